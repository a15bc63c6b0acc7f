//! The reset button, over QEMU's own protocol (QMP): one JSON object a line.

use serde_json::Value;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(10);
/// Events that may come before an answer.
const MOST_LINES: usize = 100;

/// Presses it.
pub(super) fn reset(socket: &Path) -> io::Result<()> {
    let stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    let mut lines = BufReader::new(stream);
    for command in ["qmp_capabilities", "system_reset"] {
        let line = format!("{{\"execute\":\"{command}\"}}\n");
        lines.get_mut().write_all(line.as_bytes())?;
        answer(&mut lines)?;
    }
    Ok(())
}

/// Waits for the answer to a command; a greeting and events come between.
fn answer(lines: &mut impl BufRead) -> io::Result<()> {
    for _ in 0..MOST_LINES {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let value: Value = serde_json::from_str(&line)?;
        if let Some(error) = value.get("error") {
            let text = error.get("desc").and_then(Value::as_str);
            return Err(io::Error::other(text.unwrap_or("no reason").to_owned()));
        }
        if value.get("return").is_some() {
            return Ok(());
        }
    }
    Err(io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;
    use std::thread;

    /// A QEMU that says these lines, one command each, and gives what it was told.
    fn qemu(answers: &[&'static str]) -> (io::Result<()>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("qmp");
        let listener = UnixListener::bind(&path).unwrap();
        let answers = answers.to_vec();
        let server = thread::spawn(move || {
            let mut lines = BufReader::new(listener.accept().unwrap().0);
            lines.get_mut().write_all(b"{\"QMP\": {}}\n").unwrap();
            let mut heard = Vec::new();
            for answer in answers {
                let mut line = String::new();
                lines.read_line(&mut line).unwrap();
                heard.push(line);
                lines.get_mut().write_all(answer.as_bytes()).unwrap();
            }
            heard
        });
        (reset(&path), server.join().unwrap())
    }

    #[test]
    fn the_button_is_pressed() {
        let (done, heard) = qemu(&[
            "{\"return\": {}}\n",
            "{\"event\": \"RESET\"}\n{\"return\": {}}\n",
        ]);
        done.unwrap();
        let expected = [
            "{\"execute\":\"qmp_capabilities\"}\n",
            "{\"execute\":\"system_reset\"}\n",
        ];
        assert_eq!(heard, expected);
    }

    #[test]
    fn a_refusal_has_its_reason() {
        let (done, _) = qemu(&["{\"error\": {\"class\": \"x\", \"desc\": \"not now\"}}\n"]);
        assert_eq!(done.unwrap_err().to_string(), "not now");
    }
}
