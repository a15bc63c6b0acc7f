//! Xen, NICs, the state and the clock.

use super::super::{Known, Nics};
use super::Problem;
use firn_command::cmd;
use firn_config::Ntp;
use firn_image::run::STATE;
use firn_visible::visible;
use std::path::Path;

/// From so many percent on somebody should make room.
const NEARLY_FULL: u64 = 90;
const FULL: u64 = 99;

/// The hypervisor; `complaint` is that of `xl`.
pub fn xen(complaint: Option<&str>) -> Option<Problem> {
    let kind = std::fs::read_to_string("/sys/hypervisor/type").unwrap_or_default();
    judge_xen(complaint, kind.trim() == "xen")
}

fn judge_xen(complaint: Option<&str>, under_xen: bool) -> Option<Problem> {
    let reason = match complaint {
        None => return None,
        Some(text) if under_xen => format!("xl does not answer: {}", visible(text)),
        Some(_) => "this system was started without it, so no guest can run: restart, and take the first entry of the start menu".into(),
    };
    Some(Problem::failed("Xen", reason))
}

/// NICs of the settings that the machine has not.
pub fn nics(nics: &Nics) -> Vec<Problem> {
    let there = |name: &str| Path::new("/sys/class/net").join(name).exists();
    judge_nics(nics, &there)
}

fn judge_nics(nics: &Nics, there: &dyn Fn(&str) -> bool) -> Vec<Problem> {
    let missing = nics.all.iter().filter(|nic| !there(&nic.name));
    let problem = |nic: &firn_config::Nic| {
        let part = format!("NIC {} ({})", nic.name, nic.mac);
        if nics.uplink.contains(&nic.name) {
            return Problem::failed(
                part,
                "the machine has none of this address, and the network needs it: connect it, or change network.nics in /etc/firn/host.toml and run firn apply",
            );
        }
        Problem::warning(part, "the machine has none of this address")
    };
    missing.map(problem).collect()
}

/// The file system that holds what the host must not lose.
pub fn state() -> Option<Problem> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let found = rustix::fs::statvfs(STATE).ok();
    // Blocks that ordinary programs may have; root has a few more.
    let used = found.map(|f| 100 - f.f_bavail * 100 / f.f_blocks.max(1));
    judge_state(is_read_only(&mounts), used)
}

/// Whether the state is mounted read-only: ext4 does that by itself when its disk gives errors.
fn is_read_only(mounts: &str) -> bool {
    let words = mounts
        .lines()
        .map(|line| line.split(' ').collect::<Vec<_>>());
    words.into_iter().any(|words| {
        matches!(words[..], [_, STATE, _, options, ..] if options.split(',').any(|o| o == "ro"))
    })
}

fn judge_state(read_only: bool, used: Option<u64>) -> Option<Problem> {
    const PART: &str = "state (/var, /etc, /root)";
    match used {
        _ if read_only => Some(Problem::failed(
            PART,
            "nothing can be written to it: its disk has given errors; look at dmesg and at the disk",
        )),
        None => Some(Problem::failed(PART, "it is not mounted")),
        Some(percent) if percent >= FULL => Some(Problem::failed(
            PART,
            "it is full: remove what is not needed",
        )),
        Some(percent) if percent >= NEARLY_FULL => Some(Problem::warning(
            PART,
            format!("it is {percent} % full: remove what is not needed"),
        )),
        Some(_) => None,
    }
}

/// The clock, where time servers are wanted.
pub fn clock(known: &Known) -> Option<Problem> {
    if known.ntp == Some(Ntp::None) {
        return None;
    }
    let args = ["show", "--property=NTPSynchronized", "--value"];
    judge_clock(&cmd("timedatectl", args).read().ok()?)
}

fn judge_clock(synchronised: &str) -> Option<Problem> {
    (synchronised.trim() == "no").then(|| {
        Problem::warning(
            "clock",
            "no time server has been reached yet: `chronyc sources` lists them",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::Nic;

    #[test]
    fn without_xen_it_says_what_to_do() {
        assert_eq!(judge_xen(None, true), None);
        let reason = |under_xen| judge_xen(Some("no\u{7} answer"), under_xen).unwrap().reason;
        assert_eq!(reason(true), "xl does not answer: no\\x07 answer");
        assert_eq!(
            reason(false),
            "this system was started without it, so no guest can run: restart, and take the first entry of the start menu"
        );
    }

    #[test]
    fn a_missing_nic_matters_where_the_network_needs_it() {
        let nic = |name: &str, mac: &str| Nic {
            name: name.into(),
            mac: mac.into(),
            pci: None,
        };
        let nics = Nics {
            all: vec![
                nic("nic0", "52:54:00:00:00:01"),
                nic("nic1", "52:54:00:00:00:02"),
            ],
            uplink: vec!["nic1".into()],
        };
        assert!(judge_nics(&nics, &|_| true).is_empty());
        assert_eq!(
            judge_nics(&nics, &|_| false),
            [
                Problem::warning(
                    "NIC nic0 (52:54:00:00:00:01)",
                    "the machine has none of this address"
                ),
                Problem::failed(
                    "NIC nic1 (52:54:00:00:00:02)",
                    "the machine has none of this address, and the network needs it: connect it, or change network.nics in \
                     /etc/firn/host.toml and run firn apply"
                ),
            ]
        );
    }

    #[test]
    fn the_state_is_judged_by_its_room_and_whether_it_can_be_written() {
        let reason = |ro, used| judge_state(ro, used).map(|p| (p.severity, p.reason));
        use super::super::Severity::{Failed, Warning};
        assert_eq!(reason(false, Some(89)), None);
        assert_eq!(
            reason(false, Some(90)),
            Some((Warning, "it is 90 % full: remove what is not needed".into()))
        );
        assert_eq!(
            reason(false, Some(99)),
            Some((Failed, "it is full: remove what is not needed".into()))
        );
        assert_eq!(
            reason(true, Some(10)).unwrap().1,
            "nothing can be written to it: its disk has given errors; look at dmesg and at the disk"
        );
        assert_eq!(
            reason(false, None),
            Some((Failed, "it is not mounted".into()))
        );
    }

    #[test]
    fn mounts_tell_whether_it_is_read_only() {
        let line = |options: &str| format!("/dev/dm-0 /run/firn/state ext4 {options} 0 0\n");
        assert!(is_read_only(&line("ro,noatime")));
        assert!(!is_read_only(&line("rw,noatime,errors=remount-ro")));
        assert!(!is_read_only("/dev/sda3 /run/firn/slot ext4 ro 0 0\n"));
    }

    #[test]
    fn an_unset_clock_is_a_warning() {
        assert_eq!(judge_clock("yes\n"), None);
        assert_eq!(
            judge_clock("no\n"),
            Some(Problem::warning(
                "clock",
                "no time server has been reached yet: `chronyc sources` lists them"
            ))
        );
    }
}
