//! A file of answers.

use super::{Channel, Found};
use firn_config::Problem;
use firn_image::cmdline::key;
use firn_words::say;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// Reads an answer file, of a file of any size no more than an answer file may have; `from` says to people where it is.
///
/// # Errors
/// It cannot be read, or is no text.
pub fn file(path: &Path, from: &str) -> Result<Found, Problem> {
    let reading = |e: io::Error| Problem::new(key::ANSWERS, format!("reading {from}: {e}"));
    let Some(bytes) = bytes(path).map_err(reading)? else {
        let kind = Problem::new("syntax", say!("value-file-kind"));
        return Err(from_there(kind, from));
    };
    Ok(Found {
        text: text(&bytes, from)?,
        from: from.into(),
        channel: Channel::Local,
        disks: Vec::new(),
    })
}

/// The text in the bytes of an answer file.
///
/// # Errors
/// They are no text.
pub fn text(bytes: &[u8], from: &str) -> Result<String, Problem> {
    let text = firn_config::decode(bytes).map(str::to_owned);
    text.map_err(|problem| from_there(problem, from))
}

/// The beginning of a file; nothing where it is a folder, or a device that might give no end of bytes.
fn bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut file = fs::File::open(path)?.take(firn_config::MAX_SIZE + 1);
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

fn from_there(problem: Problem, from: &str) -> Problem {
    let text = say!("value-file", from = from, text = problem.text);
    Problem { text, ..problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_answer_file_gets_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.toml");
        let wrong = || file(&path, "a stick").unwrap_err().to_string();
        let mut lines = Vec::new();
        fs::create_dir(&path).unwrap();
        lines.push(wrong());
        fs::remove_dir(&path).unwrap();
        // Sparse: reading all of it would take longer than anybody waits.
        let large = fs::File::create(&path).unwrap();
        large.set_len(1 << 40).unwrap();
        lines.push(wrong());
        fs::write(&path, b"version = 1\0").unwrap();
        lines.push(wrong());
        fs::write(&path, b"\xff\xfev\0").unwrap();
        lines.push(wrong());
        fs::write(&path, b"name = \"\xe4\"").unwrap();
        lines.push(wrong());
        fs::remove_file(&path).unwrap();
        lines.push(wrong());
        insta::assert_snapshot!(lines.join("\n"), @r"
        problem syntax: the answers (a stick): this is a folder or a device, not a file
        problem syntax: the answers (a stick): the file is larger than 1 MiB, which no answer file is
        problem syntax: the answers (a stick): there is a NUL byte, which no text has; the file is damaged or no answer file (line 1, column 12)
        problem syntax: the answers (a stick): the file is UTF-16 text; save it as UTF-8
        problem syntax: the answers (a stick): the file is not UTF-8 text; save it as UTF-8 (line 1, column 9)
        problem firn.answers: reading a stick: No such file or directory (os error 2)
        ");
        fs::write(&path, "\u{feff}version = 1\r\n").unwrap();
        let found = file(&path, "a stick").unwrap();
        assert_eq!(found.text, "\u{feff}version = 1\r\n");
    }
}
