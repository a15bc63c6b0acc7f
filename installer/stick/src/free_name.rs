//! Saves a file beside those that are there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// More files of one name than this are no accident.
const MOST: u32 = 999;

/// Writes a new file `name`, or `name-2`, … before the ending; gives the name. What could not be written whole is removed.
pub fn save(folder: &Path, name: &str, content: &[u8]) -> io::Result<String> {
    for n in 1..=MOST {
        let name = numbered(name, n);
        let path = folder.join(&name);
        // Only root may read it, where the file system keeps that.
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        match opened {
            Ok(file) => {
                let written = write(file, content);
                if written.is_err() {
                    let _ = fs::remove_file(&path);
                }
                return written.map(|()| name);
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn write(mut file: File, content: &[u8]) -> io::Result<()> {
    file.write_all(content)?;
    file.sync_all()
}

/// `firn-answers.toml`, then `firn-answers-2.toml`.
fn numbered(name: &str, n: u32) -> String {
    match (n, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (n, Some((stem, ending))) => format!("{stem}-{n}.{ending}"),
        (n, None) => format!("{name}-{n}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..3)
            .map(|n| {
                save(
                    folder.path(),
                    "firn-answers.toml",
                    format!("{n}").as_bytes(),
                )
                .unwrap()
            })
            .collect();
        assert_eq!(
            names,
            [
                "firn-answers.toml",
                "firn-answers-2.toml",
                "firn-answers-3.toml"
            ]
        );
        let first = fs::read_to_string(folder.path().join(&names[0])).unwrap();
        assert_eq!(first, "0");
        assert_eq!(numbered("bundle", 2), "bundle-2");
    }

    #[test]
    fn a_full_stick_keeps_no_half_file() {
        // Writing to /dev/full is what writing to a full stick is like.
        let error =
            write(File::options().write(true).open("/dev/full").unwrap(), b"x").unwrap_err();
        assert_eq!(error.raw_os_error(), Some(28));
    }
}
