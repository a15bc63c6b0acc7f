//! Whether an emulated machine does anything at all.
//!
//! QEMU 10's emulation now and then acknowledges an interrupt for a processor and then forgets it: the processor halts, and waits for ever
//! for an interrupt that the forgotten one blocks. Such a machine takes no time of the computer's any more. One that only waits for
//! somebody does, for its timers.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

/// Less than this within [`STILL`] is nothing. A machine that stands still takes about 0.5 ms a second.
const NOTHING: Duration = Duration::from_millis(200);
/// After so long without anything the machine stands still.
pub const STILL: Duration = Duration::from_secs(120);

/// How often it is looked. Looking reads a file for every process of the computer.
pub const LOOK: Duration = Duration::from_secs(10);

/// The processors' time that a process and its descendants have taken, looked at from time to time.
#[derive(Debug)]
pub struct Pulse {
    pid: u32,
    taken: Duration,
    since: Instant,
    looked: Option<Instant>,
}

impl Pulse {
    /// Of this process.
    pub fn new(pid: u32) -> Pulse {
        Pulse {
            pid,
            taken: Duration::ZERO,
            since: Instant::now(),
            looked: None,
        }
    }

    /// Whether nothing has happened for [`STILL`]. May be asked as often as one likes: it looks every [`LOOK`].
    pub fn stands_still(&mut self) -> bool {
        if self.looked.is_some_and(|at| at.elapsed() < LOOK) {
            return false;
        }
        self.looked = Some(Instant::now());
        let now = taken(&processes(), self.pid);
        if now.saturating_sub(self.taken) > NOTHING {
            (self.taken, self.since) = (now, Instant::now());
        }
        self.since.elapsed() > STILL
    }
}

/// The line `/proc/PID/stat` of every process.
fn processes() -> Vec<String> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let stat = |entry: fs::DirEntry| fs::read_to_string(entry.path().join("stat")).ok();
    entries.filter_map(stat).collect()
}

/// The time that this process and its descendants have taken, of those lines.
fn taken(lines: &[String], root: u32) -> Duration {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut ticks = BTreeMap::new();
    for (pid, parent, time) in lines.iter().filter_map(|line| parse(line)) {
        children.entry(parent).or_default().push(pid);
        ticks.insert(pid, time);
    }
    let (mut sum, mut open) = (0, vec![root]);
    while let Some(pid) = open.pop() {
        sum += ticks.get(&pid).copied().unwrap_or_default();
        open.extend(children.remove(&pid).unwrap_or_default());
    }
    Duration::from_secs(sum) / u32::try_from(rustix::param::clock_ticks_per_second()).unwrap_or(100)
}

/// Process, parent, and clock ticks in user and kernel mode (proc_pid_stat(5): fields 1, 4, 14, 15; field 2 may hold spaces).
fn parse(line: &str) -> Option<(u32, u32, u64)> {
    let pid = line.split(' ').next()?.parse().ok()?;
    let (_, rest) = line.rsplit_once(") ")?;
    let field = |number: usize| rest.split(' ').nth(number - 3);
    let ticks = |number: usize| field(number)?.parse::<u64>().ok();
    Some((pid, field(4)?.parse().ok()?, ticks(14)? + ticks(15)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(pid: u32, name: &str, parent: u32, user: u64, kernel: u64) -> String {
        format!("{pid} ({name}) S {parent} 1 1 0 -1 0 0 0 0 0 {user} {kernel} 0 0 20 0 1 0 5 0 0")
    }

    #[test]
    fn descendants_count_and_strangers_do_not() {
        let lines = [
            line(10, "unshare", 1, 1, 1),
            line(11, "a (strange) name", 10, 20, 5),
            line(12, "qemu", 11, 300, 73),
            line(13, "other", 1, 9000, 0),
        ];
        let ticks = rustix::param::clock_ticks_per_second();
        assert_eq!(taken(&lines, 10).as_millis(), u128::from(400_000 / ticks));
        assert_eq!(taken(&lines, 99), Duration::ZERO);
    }

    #[test]
    fn who_works_does_not_stand_still() {
        let own = std::process::id();
        let mut pulse = Pulse::new(own);
        let begin = Instant::now();
        // Beside other load it may be long before a process has had that much time.
        while taken(&processes(), own) <= NOTHING {
            assert!(begin.elapsed() < STILL);
        }
        assert!(!pulse.stands_still());
        assert!(pulse.taken > Duration::ZERO);
    }
}
