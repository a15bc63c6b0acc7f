//! Hashing passwords.

use crate::values::Secret;
use firn_words::Text;
use yescrypt::{PasswordHasher, Yescrypt};

/// The hash of a password with a new salt, as crypt(5) writes it (yescrypt).
///
/// # Errors
/// When the system gives no random numbers.
pub fn hash_password(password: &Secret) -> Result<String, Text> {
    let hash = Yescrypt::default().hash_password(password.0.as_bytes());
    hash.map(|hash| hash.to_string())
        .map_err(|error| error.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_one_that_hosts_take_and_never_the_same_twice() {
        let password = Secret("quite some snow".into());
        let [one, other] = [(); 2].map(|()| hash_password(&password).unwrap());
        assert_eq!(crate::check_password_hash(&one), Ok(()));
        assert_ne!(one, other);
    }
}
