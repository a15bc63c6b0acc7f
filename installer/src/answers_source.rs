//! Where answers come from: the kernel command line, a file embedded in the medium, a file system labelled FIRNANSWERS.

use crate::probe;
use firn_command::cmd;
use firn_config::Problem;
use firn_words::say;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The label of a file system with answers.
pub const LABEL: &str = "FIRNANSWERS";
const FILE: &str = "answers.toml";
const EMBEDDED: &str = "/run/firn/medium/firn/answers.toml";
const MOUNT: &str = "/run/firn/answers";
/// A named file system gets this long to appear.
const LABEL_WAIT: Duration = Duration::from_secs(30);

/// An answer file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its text.
    pub text: String,
    /// Where it was, in words.
    pub from: String,
}

/// What `firn.answers=` on the kernel command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wish {
    Label { label: String, path: String },
    Problem(Problem),
}

/// The kernel command line.
pub fn cmdline() -> String {
    fs::read_to_string("/proc/cmdline")
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Looks in all places once, the first wins; a file system that the command line names is waited for.
///
/// # Errors
/// When the command line asks for answers that cannot be had: then nothing else is taken instead.
pub fn find(cmdline: &str) -> Result<Option<Found>, Problem> {
    match wish(cmdline) {
        Some(Wish::Problem(problem)) => return Err(problem),
        Some(Wish::Label { label, path }) => return named(&label, &path).map(Some),
        None => {}
    }
    let embedded = Path::new(EMBEDDED);
    if embedded.symlink_metadata().is_ok() {
        return file(embedded, "the installation medium").map(Some);
    }
    labelled()
}

/// Looks for a file system labelled FIRNANSWERS with a file answers.toml.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn labelled() -> Result<Option<Found>, Problem> {
    let mut found = Ok(None);
    for device in devices(LABEL) {
        found = read(&device, FILE);
        if let Ok(Some(_)) = found {
            break;
        }
    }
    found
}

fn wish(cmdline: &str) -> Option<Wish> {
    let value = cmdline
        .split_whitespace()
        .find_map(|word| word.strip_prefix("firn.answers="))?;
    let value = value.trim_matches('"');
    if value.starts_with("http://") || value.starts_with("https://") {
        return Some(Wish::Problem(problem(format!(
            "firn.answers={value}: answers over the network come with netboot, which this version does not have; \
             use firn.answers=label:NAME/answers.toml or a file system labelled {LABEL}"
        ))));
    }
    let named = value
        .strip_prefix("label:")
        .map(|rest| rest.split_once('/').unwrap_or((rest, FILE)));
    Some(match named {
        Some((label, path)) if !label.is_empty() && !path.is_empty() => Wish::Label {
            label: label.into(),
            path: path.into(),
        },
        _ => Wish::Problem(problem(format!(
            "firn.answers={value} is not label:NAME/path"
        ))),
    })
}

fn problem(text: String) -> Problem {
    Problem::new("firn.answers", text)
}

fn named(label: &str, path: &str) -> Result<Found, Problem> {
    let end = Instant::now() + LABEL_WAIT;
    loop {
        let devices = devices(label);
        for device in &devices {
            if let Some(found) = read(device, path)? {
                return Ok(found);
            }
        }
        if !devices.is_empty() {
            return Err(problem(format!(
                "the file system labelled {label} has no file {path}"
            )));
        }
        if Instant::now() > end {
            return Err(problem(format!(
                "no file system labelled {label} appeared within {} s",
                LABEL_WAIT.as_secs()
            )));
        }
        sleep(Duration::from_secs(1));
    }
}

fn devices(label: &str) -> Vec<probe::BlockDevice> {
    let all = probe::block_devices();
    let matching = all
        .iter()
        .flat_map(|d| d.flat())
        .filter(|d| d.has_label(label));
    matching.cloned().collect()
}

fn read(device: &probe::BlockDevice, path: &str) -> Result<Option<Found>, Problem> {
    let from = format!("{} on {}", path, device.path);
    let content = mounted(device, Access::Read, |root| {
        let Some(file) = without_case(root, path) else {
            return Ok(None);
        };
        Ok(Some(self::file(&file, &from)))
    });
    match content {
        Ok(Some(found)) => found.map(Some),
        Ok(None) => Ok(None),
        Err(e) => Err(problem(format!("reading {from}: {e}"))),
    }
}

/// Reads an answer file, of a file of any size no more than an answer file may have; `from` says to people where it is.
///
/// # Errors
/// It cannot be read, or is no text.
pub fn file(path: &Path, from: &str) -> Result<Found, Problem> {
    let bytes = bytes(path).map_err(|e| problem(format!("reading {from}: {e}")))?;
    let Some(bytes) = bytes else {
        return Err(from_there(
            Problem::new("syntax", say!("value-file-kind")),
            from,
        ));
    };
    match firn_config::decode(&bytes) {
        Ok(text) => Ok(Found {
            text: text.into(),
            from: from.into(),
        }),
        Err(problem) => Err(from_there(problem, from)),
    }
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

/// The file at `path` below `root`, whatever the case of its letters; symbolic links are not followed.
fn without_case(root: &Path, path: &str) -> Option<PathBuf> {
    let mut at = root.to_owned();
    for part in path.split('/').filter(|p| !p.is_empty()) {
        let fits = |e: &fs::DirEntry| {
            e.file_name().to_string_lossy().eq_ignore_ascii_case(part)
                && e.file_type().is_ok_and(|t| !t.is_symlink())
        };
        at = fs::read_dir(&at).ok()?.flatten().find(fits)?.path();
    }
    (at != root).then_some(at)
}

/// How a file system is mounted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

/// Mounts the file system for the time of `work`. Read-only means that not even its journal is replayed.
fn mounted<T>(
    device: &probe::BlockDevice,
    access: Access,
    work: impl FnOnce(&Path) -> io::Result<T>,
) -> io::Result<T> {
    let kind = device.fstype.as_deref().unwrap_or("vfat");
    let options = match (kind, access) {
        ("vfat" | "exfat" | "msdos", Access::Read) => "ro",
        ("ext2" | "ext3" | "ext4", Access::Read) => "ro,noload",
        ("iso9660", Access::Read) => "ro",
        ("vfat" | "exfat" | "msdos" | "ext2" | "ext3" | "ext4", Access::Write) => "rw,sync",
        (_, Access::Write) => return Err(io::Error::other("it cannot be written")),
        _ => {
            return Err(io::Error::other(format!(
                "{kind} is no file system for answers: use FAT, ext4 or ISO 9660"
            )));
        }
    };
    let kind = if kind == "ext2" || kind == "ext3" {
        "ext4"
    } else {
        kind
    };
    fs::create_dir_all(MOUNT)?;
    let options = format!("{options},nosuid,nodev,noexec");
    cmd("mount", ["-t", kind, "-o", &options, &device.path, MOUNT])
        .run()
        .map_err(io::Error::other)?;
    let result = work(Path::new(MOUNT));
    cmd("umount", [MOUNT]).run().map_err(io::Error::other)?;
    result
}

/// Lets `work` write on the file system labelled FIRNANSWERS; gives its device, or nothing when there is none.
///
/// # Errors
/// When it is there and cannot be written.
pub fn write_back(work: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<Option<String>> {
    let Some(device) = devices(LABEL).into_iter().next() else {
        return Ok(None);
    };
    mounted(&device, Access::Write, work)?;
    Ok(Some(device.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_command_line_asks_for() {
        let label = |label: &str, path: &str| {
            Some(Wish::Label {
                label: label.into(),
                path: path.into(),
            })
        };
        assert_eq!(
            wish("quiet firn.answers=label:SITE/hosts/xen1.toml"),
            label("SITE", "hosts/xen1.toml")
        );
        assert_eq!(
            wish("firn.answers=label:SITE"),
            label("SITE", "answers.toml")
        );
        assert_eq!(wish("quiet"), None);
        for bad in [
            "firn.answers=https://example.net/a.toml",
            "firn.answers=/a.toml",
            "firn.answers=label:/x",
        ] {
            assert!(
                matches!(wish(bad), Some(Wish::Problem(p)) if p.name == "firn.answers"),
                "{bad}"
            );
        }
    }

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

    #[test]
    fn file_names_in_any_case() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Hosts")).unwrap();
        fs::write(folder.path().join("Hosts/ANSWERS.TOM"), "").unwrap();
        fs::write(folder.path().join("ANSWERS.TOML"), "").unwrap();
        assert!(without_case(folder.path(), "answers.toml").is_some());
        assert!(without_case(folder.path(), "hosts/answers.tom").is_some());
        assert!(without_case(folder.path(), "../answers.toml").is_none());
        assert!(without_case(folder.path(), "other.toml").is_none());
    }
}
