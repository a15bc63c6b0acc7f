//! Looking at what is on each disk. A process of its own looks at each, with a time limit: whatever a disk holds, and however late
//! it answers, its trouble stays with that disk.

use super::gpt_names::{self, Layout};
use super::{contents, edges, tables};
use crate::{Content, FirnHost, What};
use firn_command::limited;
use firn_disks::BlockDevice;
use firn_disks::lvm;
use firn_words::{Text, say};
use serde::{Deserialize, Serialize};
use std::io::{self, Read};
use std::process::Command;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

/// How long looking at one disk may take; a hard disk is through with all of it in ten seconds.
const PATIENCE: Duration = Duration::from_secs(60);
/// As many disks as are looked at at the same time: at least, where memory is short, and at most. Many may be volumes of one RAID,
/// which must not keep each other from being through in time.
const AT_ONCE: (u64, u64) = (8, 32);
/// KiB of free memory for each of them. A process takes 5 MiB of its own, with the program that it asks about signatures.
const KIB_EACH: u64 = 16 << 10;
/// The verb of the program that probes: it must end with [`on_request`].
pub const VERB: &str = "look-at-disk";

/// What is to be looked at.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Request {
    /// The disk, with its partitions.
    pub device: BlockDevice,
    /// The volume groups of all disks.
    pub groups: lvm::Groups,
    /// Whether its beginning and end are needed to tell it from others.
    pub edges: bool,
}

/// What was seen on a disk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// What it holds.
    pub contents: Vec<Content>,
    /// The Firn that is installed on it.
    pub firn: Option<FirnHost>,
    /// Whether nothing starts that Firn as the disk is now.
    pub firn_unstartable: bool,
    /// The Firn whose store it belongs to.
    pub store_of: Option<FirnHost>,
    /// The digest of its beginning and end, where that was asked for.
    pub edges: Option<String>,
    /// Why nothing is known about it.
    pub unread: Option<Text>,
}

/// Looks at all of these disks, each in a process of its own; gives what was seen in the same order.
pub fn at_all(requests: Vec<Request>) -> Vec<Seen> {
    let results = Mutex::new(vec![Seen::default(); requests.len()]);
    let memory = super::text("/proc/meminfo").unwrap_or_default();
    let workers = requests.len().min(at_once(&memory));
    let left = Mutex::new(requests.into_iter().enumerate());
    let next = || left.lock().ok()?.next();
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((index, request)) = next() {
                    let seen = apart(&request);
                    if let Ok(mut results) = results.lock() {
                        results[index] = seen;
                    }
                }
            });
        }
    });
    results
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// How many at the same time, by the text of /proc/meminfo.
fn at_once(memory: &str) -> usize {
    let line = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    let (least, most) = AT_ONCE;
    let count = (kib.unwrap_or_default() / KIB_EACH).clamp(least, most);
    usize::try_from(count).unwrap_or(1)
}

fn apart(request: &Request) -> Seen {
    let program = std::env::current_exe();
    let program = program
        .map(Command::new)
        .map_err(|error| error.to_string().into());
    program
        .and_then(|program| ask(program, request, PATIENCE))
        .unwrap_or_else(|reason| unread(request, reason))
}

/// Has a process look at the disk.
///
/// # Errors
/// Why it has said nothing.
fn ask(mut program: Command, request: &Request, limit: Duration) -> Result<Seen, Text> {
    let json = serde_json::to_vec(request).map_err(|error| Text::from(error.to_string()))?;
    program.arg(VERB);
    let output = limited::run(program, json, limit).map_err(|trouble| match trouble {
        limited::Trouble::Late(_, seconds) => {
            say!("check-disk-late", seconds = seconds.to_string())
        }
        trouble => trouble.to_string().into(),
    })?;
    let seen = serde_json::from_str(&output.text)
        .ok()
        .filter(|_| output.success);
    seen.ok_or_else(|| output.last_words.into())
}

/// A disk about which nothing is known is not empty.
fn unread(request: &Request, reason: Text) -> Seen {
    Seen {
        contents: vec![Content {
            device: request.device.name.clone(),
            what: What::Unreadable(reason.clone()),
            set: None,
        }],
        unread: Some(reason),
        ..Seen::default()
    }
}

/// The process that looks: reads what is asked, and writes what it has seen.
///
/// # Errors
/// When it cannot be read or written.
pub fn on_request() -> anyhow::Result<()> {
    let mut json = Vec::new();
    io::stdin().read_to_end(&mut json)?;
    serde_json::to_writer(io::stdout(), &at(&serde_json::from_slice(&json)?))?;
    Ok(())
}

/// Looks at a disk, here and now.
pub fn at(request: &Request) -> Seen {
    let (device, groups) = (&request.device, &request.groups);
    let tables = match tables::read(&device.path, firn_disks::block_size(device.log_sec)) {
        Ok(tables) => tables,
        Err(reason) => return unread(request, reason.into()),
    };
    let edges = || edges::of(&device.path, device.size).ok();
    let mut seen = Seen {
        edges: request.edges.then(edges).flatten(),
        ..Seen::default()
    };
    match gpt_names::layout(&device.path, &tables) {
        Layout::Unfinished => return seen,
        Layout::Installed(host) => {
            let shown = device.children.iter().any(|child| child.kind == "part");
            seen.firn = Some(host);
            seen.firn_unstartable = !tables.is_as_it_should_be(shown);
        }
        Layout::Store(host) => seen.store_of = Some(host),
        Layout::Foreign => {}
    }
    seen.contents = contents::of(device, groups, &tables);
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(script: &str) -> Result<Seen, String> {
        let mut program = Command::new("sh");
        program.args(["-c", script]);
        ask(program, &Request::default(), Duration::from_millis(1500))
            .map_err(|text| text.to_string())
    }

    #[test]
    fn a_process_that_says_nothing_is_no_empty_disk() {
        assert_eq!(answer("cat >/dev/null; echo '{}'"), Ok(Seen::default()));
        for (script, reason) in [
            (
                "echo >&2 'thread main panicked'; exit 101",
                "thread main panicked",
            ),
            ("echo '{}'; exit 1", "exit status: 1"),
            ("echo nonsense; echo >&2 no", "no"),
            ("sleep 9", "looking at it took longer than 1 s"),
        ] {
            assert_eq!(answer(script), Err(reason.into()), "{script}");
        }
        let seen = unread(&Request::default(), "why".into());
        assert_eq!(seen.contents.len(), 1);
        assert_eq!(
            seen.contents[0].what.to_string(),
            "something that cannot be read (why)"
        );
    }

    #[test]
    fn memory_says_how_many_disks_are_looked_at_at_the_same_time() {
        for (memory, expected) in [
            ("", 8),
            ("MemTotal: 99999999 kB\nMemAvailable: many kB\n", 8),
            ("MemTotal: 1000000 kB\nMemAvailable:      65536 kB\n", 8),
            ("MemTotal: 1000000 kB\nMemAvailable:     400000 kB\n", 24),
            ("MemTotal: 99999999 kB\nMemAvailable: 90000000 kB\n", 32),
        ] {
            assert_eq!(at_once(memory), expected, "{memory}");
        }
    }
}
