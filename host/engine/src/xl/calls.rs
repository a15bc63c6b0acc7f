//! The calls of Xen's tools: programs, arguments and deadlines as data.

use super::config;
use crate::{Ask, Disk, Nic};
use std::path::Path;
use std::time::Duration;

const MIB: u64 = 1 << 20;

/// What only reads, or tells Xen something.
const QUICK: Duration = Duration::from_secs(30);
/// A device, whose script has a time limit of its own in Xen's tools, or a guest that is asked and must answer within 60 seconds.
const DEVICE: Duration = Duration::from_secs(90);
/// A guest that is built, or taken apart. Much memory takes its time.
const LONG: Duration = Duration::from_secs(300);

/// One call of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) program: &'static str,
    pub(super) args: Vec<String>,
    pub(super) limit: Duration,
}

impl Call {
    fn new(program: &'static str, args: &[&str], limit: Duration) -> Self {
        Self {
            program,
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
            limit,
        }
    }

    /// What it is called in an error: the program, and what it was to do.
    pub(super) fn title(&self) -> String {
        let what = match self.program {
            "systemd-run" => return "xl create".into(),
            _ => self.args.first().map_or("", String::as_str),
        };
        format!("{} {what}", self.program)
    }
}

pub(super) fn info() -> Call {
    Call::new("xl", &["info"], QUICK)
}

pub(super) fn list() -> Call {
    Call::new("xl", &["list"], QUICK)
}

/// Only those that are built completely.
pub(super) fn details() -> Call {
    Call::new("xl", &["list", "--long"], QUICK)
}

/// Takes away what is left of an earlier run.
pub(super) fn clear(name: &str) -> Call {
    let unit = format!("firn-guest-{name}.scope");
    Call::new("systemctl", &["stop", "--quiet", &unit], DEVICE)
}

/// Starts a guest in a scope of its own, so that its QEMU outlives firnd, and is not ended before the guest when the host goes down.
/// `-e`: no process of Xen's tools stays and decides what becomes of it.
pub(super) fn create(name: &str, config: &Path) -> Call {
    let unit = format!("--unit=firn-guest-{name}.scope");
    let config = config.display().to_string();
    let args = [
        "--scope",
        "--quiet",
        "--collect",
        "--property=DefaultDependencies=no",
        &unit,
        "--",
        "xl",
        "create",
        "-q",
        "-e",
        &config,
    ];
    Call::new("systemd-run", &args, LONG)
}

/// A guest with emulated hardware gets its power button pressed where it has no driver for Xen. Xen has no reset button to press.
pub(super) fn ask(name: &str, what: Ask, hvm: bool) -> Call {
    let args: &[&str] = match what {
        Ask::Shutdown if hvm => &["shutdown", "-F", name],
        Ask::Shutdown => &["shutdown", name],
        Ask::Reboot => &["reboot", name],
    };
    Call::new("xl", args, DEVICE)
}

pub(super) fn destroy(name: &str) -> Call {
    Call::new("xl", &["destroy", name], LONG)
}

pub(super) fn pause(name: &str) -> Call {
    Call::new("xl", &["pause", name], QUICK)
}

pub(super) fn unpause(name: &str) -> Call {
    Call::new("xl", &["unpause", name], QUICK)
}

pub(super) fn set_memory(name: &str, bytes: u64) -> Call {
    let size = format!("{}m", bytes / MIB);
    Call::new("xl", &["mem-set", name, &size], QUICK)
}

/// Also more than the machine has.
pub(super) fn set_cpus(name: &str, cpus: u32) -> Call {
    let cpus = cpus.to_string();
    Call::new("xl", &["vcpu-set", "--ignore-host", name, &cpus], QUICK)
}

pub(super) fn attach_disk(name: &str, disk: &Disk, hvm: bool) -> Call {
    let disk = config::disk(disk, hvm);
    Call::new("xl", &["block-attach", name, &disk], DEVICE)
}

pub(super) fn detach_disk(name: &str, number: u32) -> Call {
    Call::new("xl", &["block-detach", name, &number.to_string()], DEVICE)
}

pub(super) fn attach_nic(name: &str, nic: &Nic) -> Call {
    let nic = config::nic(nic);
    Call::new("xl", &["network-attach", name, &nic], DEVICE)
}

pub(super) fn detach_nic(name: &str, mac: &str) -> Call {
    Call::new("xl", &["network-detach", name, mac], DEVICE)
}

pub(super) fn insert_cd(name: &str, target: &str, image: &Path) -> Call {
    let image = image.display().to_string();
    Call::new("xl", &["cd-insert", name, target, &image], DEVICE)
}

pub(super) fn eject_cd(name: &str, target: &str) -> Call {
    Call::new("xl", &["cd-eject", name, target], DEVICE)
}
