//! root's password, set anew.

use super::parts;
use super::state::{Access, State};
use super::{Host, Result, files, sentence};
use firn_config::Secret;
use firn_execute::{Secrets, password as hashing};
use firn_image::shadow::with_root;
use firn_words::{Text, say};
use std::fs;
use std::os::unix::fs::MetadataExt;

/// Characters of the shortest password, as everywhere in Firn.
pub const SHORTEST: usize = 8;

/// Sets root's password on the host.
///
/// # Errors
/// When it is too short, or the host's state cannot be written.
pub fn password(host: &Host, password: Secret) -> Result {
    if password.0.chars().count() < SHORTEST {
        return Err(say!("repair-password-short", least = SHORTEST));
    }
    if password.0.chars().any(char::is_control) {
        return Err(say!("repair-password-control"));
    }
    sentence(set(host, password))
}

fn set(host: &Host, password: Secret) -> anyhow::Result<Vec<Text>> {
    let hash = hashing::hash(&Secrets {
        password: Some(password),
        password_hash: None,
        ..Secrets::default()
    })?;
    let state = State::open(&parts::read(&host.disk)?, Access::Write)?;
    let path = state.etc("shadow");
    // The installer's own file has the same users: both come from the image.
    let source = if path.is_file() {
        path.clone()
    } else {
        "/etc/shadow".into()
    };
    let text = fs::read_to_string(&source)?;
    let owner = fs::metadata(&source)?;
    let text = with_root(&text, &hash);
    files::put(
        &path,
        text.as_bytes(),
        0o640,
        Some((owner.uid(), owner.gid())),
    )?;
    let keys_only = state
        .settings()
        .is_ok_and(|settings| !settings.host.password_login);
    state.close()?;
    let mut done = vec![say!("repair-done-password", name = &host.host.name)];
    done.extend(keys_only.then(|| say!("repair-done-password-keys")));
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_passwords_are_refused_before_anything_is_opened() {
        let host = Host {
            disk: firn_machine::samples::disk("no-such-disk", 1),
            host: Default::default(),
        };
        let refusal = |text: &str| {
            password(&host, Secret(text.into()))
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            refusal("1234567"),
            "The password needs at least 8 characters."
        );
        assert_eq!(
            refusal("1234567\u{7}8"),
            "The password has a control character, which nobody could type at the login."
        );
    }
}
