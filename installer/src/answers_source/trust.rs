//! Whom this medium trusts.

use super::channel;
use crate::web::Server;
use firn_config::{Problem, Trust};
use firn_image::cmdline::key;
use firn_words::{Text, say};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What `trust.toml` beside the image says; without that file, nothing special.
///
/// # Errors
/// It is there and cannot be read, or has mistakes: then nobody may be trusted as if it were not there.
pub fn trust(image: &Path) -> Result<Trust, Problem> {
    let problem = |text: Text| Problem::new(key::ANSWERS, text);
    let text = match fs::read_to_string(image.join(Trust::FILE)) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Trust::default()),
        Err(e) => {
            let text = say!("answers-trust-unreadable", reason = e.to_string());
            return Err(problem(text));
        }
    };
    Trust::parse(&text).map_err(|problems| {
        let texts = problems.iter().map(|p| p.to_string().into());
        problem(say!("answers-trust", problems = Text::join(texts, ", ")))
    })
}

/// Whom a server on the network must be, as this medium has it.
///
/// # Errors
/// As [`trust`].
pub fn server(image: &Path) -> Result<Server, Problem> {
    trust(image).map(|trust| channel::server(&trust))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_is_not_there_says_nothing() {
        let image = tempfile::tempdir().unwrap();
        let file = image.path().join(Trust::FILE);
        assert_eq!(trust(image.path()), Ok(Trust::default()));
        fs::write(&file, "strict = true\n").unwrap();
        assert!(trust(image.path()).unwrap().strict);
        let mut lines = Vec::new();
        for bytes in [&b"strict = true # \xe4\n"[..], b"strict = 1\n"] {
            fs::write(&file, bytes).unwrap();
            lines.push(trust(image.path()).unwrap_err().to_string());
        }
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        lines.push(trust(image.path()).unwrap_err().to_string());
        insta::assert_snapshot!(lines.join("\n"), @r"
        problem firn.answers: the file trust.toml on the medium cannot be read: stream did not contain valid UTF-8; write the medium anew or use another one
        problem firn.answers: the file trust.toml on the medium has mistakes: problem strict: 1 is a number; this takes true or false, without quotes (line 1, column 10)
        problem firn.answers: the file trust.toml on the medium cannot be read: Is a directory (os error 21); write the medium anew or use another one
        ");
    }
}
