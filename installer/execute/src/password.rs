//! root's password in /etc/shadow.

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

/// The shadow file `text` with root's hash replaced.
pub fn shadow(text: &str, hash: &str) -> String {
    let line = |line: &str| {
        let mut fields: Vec<&str> = line.split(':').collect();
        if fields[0] == "root" && fields.len() > 1 {
            fields[1] = hash;
        }
        fields.join(":") + "\n"
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::Secret;

    #[test]
    fn only_roots_hash_is_replaced() {
        let text = "root:*:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n";
        assert_eq!(
            shadow(text, "$y$x"),
            "root:$y$x:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n"
        );
    }

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
