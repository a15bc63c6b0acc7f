//! Whether the medium is as it was made.

use super::Check;
use crate::manifest;
use firn_words::say;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// The check's name.
pub const NAME: &str = "medium";
const PIECE: usize = 1 << 20;

/// Compares the image's files in the folder `image` with their checksums. `progress` hears how many percent are done, and
/// may break off: then the answer is unknown.
pub fn verify(image: &Path, progress: &mut dyn FnMut(u8) -> ControlFlow<()>) -> Check {
    let manifest = match manifest::read(image) {
        Ok(manifest) => manifest,
        Err(e) => return damaged(say!("check-medium-manifest", error = format!("{e:#}"))),
    };
    let whole = manifest.size();
    let mut done = 0;
    for (name, entry) in manifest.in_order() {
        let mut count = |bytes: u64| {
            done += bytes;
            let percent = u128::from(done) * 100 / u128::from(whole.max(1));
            progress(u8::try_from(percent.min(100)).unwrap_or(100))
        };
        match checksum(&image.join(name), &mut count) {
            Ok(ControlFlow::Break(())) => {
                return Check::unknown(NAME, &say!("check-medium-skipped"))
                    .because(say!("check-medium-why"), say!("check-medium-skipped-todo"));
            }
            Ok(ControlFlow::Continue(sum)) if sum == entry.sha256 => {}
            Ok(ControlFlow::Continue(_)) => {
                return damaged(say!("check-medium-differs", file = name));
            }
            Err(e) => {
                return damaged(say!(
                    "check-medium-unreadable",
                    file = name,
                    error = e.to_string()
                ));
            }
        }
    }
    Check::fine(NAME, say!("check-medium-good"))
}

fn damaged(found: firn_words::Text) -> Check {
    Check::problem(NAME, found).because(say!("check-medium-why"), say!("check-medium-todo"))
}

/// The sha256 of a file in hexadecimal digits. `count` hears of each piece, and may break off.
///
/// # Errors
/// When the file cannot be read.
pub fn checksum(
    path: &Path,
    count: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> io::Result<ControlFlow<(), String>> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        let n = file.read(&mut piece)?;
        if n == 0 {
            return Ok(ControlFlow::Continue(hex::encode(hash.finalize())));
        }
        hash.update(&piece[..n]);
        if count(n as u64).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Verdict;
    use crate::manifest::FILES;
    use std::fs;

    fn image() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        // The checksum of "abc".
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let entry = |name: &&str| format!(r#""{name}": {{"sha256": "{sum}", "size": 3}}"#);
        let entries: Vec<String> = FILES.iter().map(entry).collect();
        let text = format!(
            r#"{{"version": "1", "id": "ab", "files": {{{}}}}}"#,
            entries.join(",")
        );
        fs::write(folder.path().join(manifest::NAME), text).unwrap();
        for name in FILES {
            fs::write(folder.path().join(name), "abc").unwrap();
        }
        folder
    }

    fn go_on(_: u8) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    #[test]
    fn a_good_medium_is_fine_and_tells_how_far_it_is() {
        let folder = image();
        let mut seen = Vec::new();
        let check = verify(folder.path(), &mut |percent| {
            seen.push(percent);
            ControlFlow::Continue(())
        });
        assert_eq!(
            (check.verdict, seen),
            (Verdict::Fine, vec![20, 40, 60, 80, 100])
        );
    }

    #[test]
    fn a_damaged_file_is_named() {
        let folder = image();
        fs::write(folder.path().join("vmlinuz"), "abd").unwrap();
        let check = verify(folder.path(), &mut go_on);
        assert_eq!(check.verdict, Verdict::Problem);
        assert!(check.found.to_string().contains("vmlinuz"));
        fs::remove_file(folder.path().join("vmlinuz")).unwrap();
        assert_eq!(verify(folder.path(), &mut go_on).verdict, Verdict::Problem);
        fs::write(folder.path().join(manifest::NAME), "{").unwrap();
        assert_eq!(verify(folder.path(), &mut go_on).verdict, Verdict::Problem);
    }

    #[test]
    fn it_can_be_skipped() {
        let check = verify(image().path(), &mut |_| ControlFlow::Break(()));
        assert_eq!(check.verdict, Verdict::Unknown);
    }
}
