//! "Save as answer file".

use crate::execute::Secrets;
use crate::execute::password;
use crate::stick::Stick;
use firn_config::{Answers, Secret};
use firn_words::{Text, say};

/// The name of the file on a stick.
pub const NAME: &str = "firn-answers.toml";
const HEAD: &str = "# Answers for the installer of Firn, saved by its wizard. As \"answers.toml\" on a stick with the label FIRNANSWERS\n\
    # this file installs the same host without a question.\n\
    # To install over that host later, write below [disk]:\n\
    # wipe = \"FIRST 8 DIGITS OF THE HOST'S ID\"\n";

/// The answers as a file that may lie around: root's password only as its hash.
///
/// # Errors
/// When the password cannot be hashed.
pub fn to_text(answers: &Answers) -> Result<String, Text> {
    let mut answers = answers.clone();
    if let Some(clear) = answers.host.root_password.take() {
        let secrets = Secrets {
            password: Some(clear),
            password_hash: None,
            ..Secrets::default()
        };
        let hash = password::hash(&secrets);
        let hash = hash.map_err(|e| say!("desk-save-hash", reason = e.to_string()))?;
        answers.host.root_password_hash = Some(Secret(hash));
    }
    Ok(format!("{HEAD}{}", answers.to_toml()))
}

/// Saves the answers on a stick beside what is there; gives the name of the file.
///
/// # Errors
/// What is wrong with the stick.
pub fn save(answers: &Answers, stick: &Stick) -> Result<String, Text> {
    stick.save(NAME, to_text(answers)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_not_in_the_file_and_the_rest_comes_back() {
        let mut answers = Answers::default();
        answers.host.name = "xen1.example.net".into();
        answers.host.root_password = Some(Secret("quite some snow".into()));
        let text = to_text(&answers).unwrap();
        assert!(!text.contains("quite some snow"), "{text}");
        assert!(text.contains("wipe = \"FIRST 8 DIGITS OF THE HOST'S ID\""));
        let read = firn_config::parse(&text, &[]).unwrap();
        let hash = read.host.root_password_hash.clone().unwrap();
        assert!(hash.0.starts_with("$y$"));
        answers.host.root_password = None;
        answers.host.root_password_hash = Some(hash);
        assert_eq!(read, answers);
    }

    #[test]
    fn keys_alone_need_no_hash() {
        let mut answers = Answers::default();
        answers.host.name = "xen1".into();
        let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin";
        answers.host.ssh_keys = vec![key.into()];
        let read = firn_config::parse(&to_text(&answers).unwrap(), &[]).unwrap();
        assert_eq!(read, answers);
    }
}
