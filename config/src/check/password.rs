//! Root's password.

use firn_words::{Text, say};

/// Root's password.
///
/// # Errors
/// What is wrong with it, without showing it.
pub fn check_password(password: &str) -> Result<(), Text> {
    if password.is_empty() {
        return Err(say!("value-password-empty"));
    }
    if password.len() > 255 {
        return Err(say!("value-password-long"));
    }
    if password.chars().any(|c| c.is_control() || is_unseen(c)) {
        return Err(say!("value-password-control"));
    }
    Ok(())
}

/// Characters without width, which come along when text is copied and which no keyboard has.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
