//! The hash of root's password.

use super::context::Result;
use super::event::Secrets;
use firn_config::hash_password;

/// No password fits.
const LOCKED: &str = "*";

/// The hash of root's password; one that nothing fits when there is none.
pub fn hash(secrets: &Secrets) -> Result<String> {
    match (&secrets.password, &secrets.password_hash) {
        (Some(clear), _) => {
            let hash = hash_password(clear);
            Ok(hash.map_err(|e| anyhow::anyhow!("hashing root's password: {e}"))?)
        }
        (None, Some(hash)) => Ok(hash.0.clone()),
        (None, None) => Ok(LOCKED.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::Secret;

    #[test]
    fn a_clear_password_is_hashed_with_yescrypt() {
        let secrets = Secrets {
            password: Some(Secret("secret".into())),
            password_hash: None,
            ..Secrets::default()
        };
        let hash = hash(&secrets).unwrap();
        assert!(hash.starts_with("$y$"), "{hash}");
        assert!(!hash.contains("secret"));
    }

    #[test]
    fn without_a_password_nothing_fits() {
        assert_eq!(hash(&Secrets::default()).unwrap(), "*");
    }
}
