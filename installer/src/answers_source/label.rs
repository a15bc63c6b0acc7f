//! Answers on a file system with a label.

use super::Found;
use super::candidate::{self, Candidate, Outcome};
use super::volume::{self, Access};
use firn_config::{ANSWERS_LABEL, Problem};
use firn_image::cmdline::key;
use std::fs;
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

pub use firn_image::file::ANSWERS as FILE;
/// A named file system gets this long to appear.
const LABEL_WAIT: Duration = Duration::from_secs(30);
/// So long after the kernel's start a stick that was in the machine then has shown: before that a disk that stays where it is may only
/// have been faster.
const STICKS_SHOW: Duration = Duration::from_secs(30);

/// Looks for a file system labelled FIRNANSWERS with a file answers.toml; `say` gets a line where a stick is waited for.
///
/// # Errors
/// When the file is there and cannot be read, or there are several.
pub fn labelled(say: &mut dyn FnMut(&str)) -> Result<Option<Found>, Problem> {
    look(ANSWERS_LABEL, FILE, say)
}

fn problem(text: String) -> Problem {
    Problem::new(key::ANSWERS, text)
}

/// The file `path` on the file system labelled `label`, which is waited for.
///
/// # Errors
/// It does not appear, has no such file, or there are several.
pub fn named(label: &str, path: &str, say: &mut dyn FnMut(&str)) -> Result<Found, Problem> {
    let end = Instant::now() + LABEL_WAIT;
    loop {
        if let Some(found) = look(label, path, say)? {
            return Ok(found);
        }
        if !candidate::all(label).is_empty() {
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

/// Reads from all with the label, once from each; for as long as a stick may still show, a file on a disk that stays is not taken.
fn look(label: &str, path: &str, say: &mut dyn FnMut(&str)) -> Outcome {
    let mut read = Vec::new();
    let mut said = false;
    loop {
        update(&mut read, candidate::all(label), |candidate| {
            volume::read(&candidate.device, path)
        });
        let wait = if read.iter().any(pulled) {
            None
        } else {
            sticks_may_show()
        };
        match (candidate::choose(label, read.clone()), wait) {
            (Ok(Some(found)), Some(seconds)) if !said => {
                said = true;
                say(&waiting(&found, seconds));
            }
            (Ok(None), _) => return Ok(None),
            (outcome, None) => return outcome,
            _ => {}
        }
        sleep(Duration::from_secs(1));
    }
}

/// Reads what is new, and forgets what is gone.
fn update(
    read: &mut Vec<(Candidate, Outcome)>,
    now: Vec<Candidate>,
    from: impl Fn(&Candidate) -> Outcome,
) {
    let same = |one: &Candidate, other: &Candidate| {
        (&one.disk, &one.device.path, one.device.size)
            == (&other.disk, &other.device.path, other.device.size)
    };
    read.retain(|(known, _)| now.iter().any(|candidate| same(candidate, known)));
    for candidate in now {
        if !read.iter().any(|(known, _)| same(known, &candidate)) {
            let outcome = from(&candidate);
            read.push((candidate, outcome));
        }
    }
}

/// Whether it has a file, and somebody has put it in.
fn pulled((candidate, outcome): &(Candidate, Outcome)) -> bool {
    candidate.removable && !matches!(outcome, Ok(None))
}

fn waiting(found: &Found, seconds: u64) -> String {
    format!(
        "firn: there is {}, a disk that stays in the machine; waiting {seconds} s more for a stick with answers, which would count instead",
        found.from
    )
}

/// For how many seconds more a stick may show that was in the machine at its start; nothing where the kernel has run for long enough,
/// or there is no USB.
fn sticks_may_show() -> Option<u64> {
    let text = fs::read_to_string("/proc/uptime").unwrap_or_default();
    let left = seconds_left(&text)?;
    (has_usb(Path::new("/sys/bus"))).then_some(left)
}

fn seconds_left(uptime: &str) -> Option<u64> {
    let seconds: f64 = uptime.split(' ').next()?.parse().ok()?;
    let left = STICKS_SHOW.checked_sub(Duration::try_from_secs_f64(seconds).ok()?)?;
    (!left.is_zero()).then(|| left.as_secs().max(1))
}

/// Whether there is a USB controller: one that works, or one on PCI whose driver is not there yet.
fn has_usb(bus: &Path) -> bool {
    let entries = |folder: &str| {
        fs::read_dir(bus.join(folder))
            .into_iter()
            .flatten()
            .flatten()
    };
    let is_usb = |entry: fs::DirEntry| {
        let class = fs::read_to_string(entry.path().join("class"));
        class.is_ok_and(|class| class.starts_with("0x0c03"))
    };
    entries("usb/devices").next().is_some() || entries("pci/devices").any(is_usb)
}

/// Lets `work` write on the file system labelled FIRNANSWERS; gives its device, or nothing when there is none. On a disk that stays where it
/// is nothing is written, unless it is one of those that the answers came from.
///
/// # Errors
/// When it is there and cannot be written.
pub fn write_back(
    used: &[String],
    work: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<Option<String>> {
    let mut candidates = candidate::all(ANSWERS_LABEL);
    candidates.retain(|candidate| candidate.removable || used.contains(&candidate.disk));
    candidates.sort_by_key(|candidate| !used.contains(&candidate.disk));
    let Some(candidate) = candidates.into_iter().next() else {
        return Ok(None);
    };
    volume::mounted(&candidate.device, Access::Write, work)?;
    Ok(Some(candidate.device.path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers_source::Channel;
    use std::cell::RefCell;
    use std::slice;

    fn candidate(disk: &str, removable: bool) -> Candidate {
        let mut candidate = Candidate::default();
        (candidate.disk, candidate.removable) = (disk.into(), removable);
        (candidate.device.path, candidate.device.size) = (format!("/dev/{disk}1"), 8_000_000_000);
        candidate
    }

    fn found(candidate: &Candidate) -> Found {
        Found {
            text: String::new(),
            from: format!("answers.toml on {}", candidate.device.path),
            channel: Channel::Local,
            disks: Vec::new(),
        }
    }

    #[test]
    fn each_is_read_once_until_it_is_gone() {
        let calls = RefCell::new(Vec::new());
        let mut read = Vec::new();
        let mut look = |now: &[Candidate]| {
            update(&mut read, now.to_vec(), |candidate| {
                calls.borrow_mut().push(candidate.disk.clone());
                Ok(Some(found(candidate)))
            });
            read.iter().map(|(c, _)| c.disk.clone()).collect::<Vec<_>>()
        };
        let (fixed, stick) = (candidate("sda", false), candidate("sdb", true));
        assert_eq!(look(slice::from_ref(&fixed)), ["sda"]);
        assert_eq!(look(slice::from_ref(&fixed)), ["sda"]);
        assert_eq!(look(&[stick.clone(), fixed.clone()]), ["sda", "sdb"]);
        assert_eq!(look(slice::from_ref(&fixed)), ["sda"]);
        look(&[stick, fixed]);
        assert_eq!(*calls.borrow(), ["sda", "sdb", "sdb"]);
    }

    #[test]
    fn only_a_stick_with_a_file_ends_the_waiting() {
        for (removable, outcome, expected) in [
            (true, Ok(Some(found(&candidate("sdb", true)))), true),
            (true, Err(problem("no".into())), true),
            (true, Ok(None), false),
            (false, Ok(Some(found(&candidate("sda", false)))), false),
        ] {
            assert_eq!(pulled(&(candidate("sdb", removable), outcome)), expected);
        }
    }

    #[test]
    fn sticks_are_waited_for_while_the_kernel_is_young_and_where_there_is_usb() {
        for (uptime, expected) in [
            ("12.34 20.00\n", Some(17)),
            ("29.50 1.00\n", Some(1)),
            ("30.00 1.00\n", None),
            ("4000.00 1.00\n", None),
            ("", None),
            ("-1 -1", None),
        ] {
            assert_eq!(seconds_left(uptime), expected, "{uptime}");
        }
        let bus = tempfile::tempdir().unwrap();
        let make = |device: &str, class: &str| {
            let folder = bus.path().join(device);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("class"), class).unwrap();
        };
        fs::create_dir_all(bus.path().join("usb/devices")).unwrap();
        make("pci/devices/0000:00:01.0", "0x010601\n");
        assert!(!has_usb(bus.path()));
        make("pci/devices/0000:00:02.0", "0x0c0330\n");
        assert!(has_usb(bus.path()));
        fs::remove_dir_all(bus.path().join("pci")).unwrap();
        make("usb/devices/usb1", "");
        assert!(has_usb(bus.path()));
    }

    #[test]
    fn it_is_said_what_is_waited_for() {
        assert_eq!(
            waiting(&found(&candidate("sda", false)), 17),
            "firn: there is answers.toml on /dev/sda1, a disk that stays in the machine; waiting 17 s more for a stick with answers, which would count instead"
        );
    }
}
