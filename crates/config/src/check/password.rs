//! Root's password.

use firn_words::{Text, is_seen, say};

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
    if !password.chars().all(is_seen) {
        return Err(say!("value-password-control"));
    }
    Ok(())
}
