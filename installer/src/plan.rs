//! What an installation will do, decided before anything is written. Pure.

mod by_chance;
mod describe;
mod layout;
mod login;
pub mod network;
mod nic_rule;
pub mod print;
#[cfg(test)]
mod properties;
mod rule;
mod same;
#[cfg(test)]
pub mod samples;
mod target;
#[cfg(test)]
mod tests;
mod torn;
mod wipe;

pub use network::choose as choose_network;
pub use target::{MIN_STORE_DISK, lacks_disks, starts};
pub use torn::torn;

use crate::checks::{self, Verdict};
use crate::machine::{BootMode, Disk, FirnHost, Machine};
use firn_config::{Answers, Problem, Serial, Settings, SettingsGuests, SettingsHost, Store, Wipe};
use firn_words::{Text, say};
use serde::Serialize;

/// Bytes of the smallest disk that is accepted: 16 GB.
pub const MIN_DISK: u64 = 16_000_000_000;

/// The exact list of what an installation will do to which disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The disk that the host is installed on.
    pub disk: PlannedDisk,
    /// Further disks of the store, each used whole. None of them is the target or another path to it.
    pub store_disks: Vec<PlannedDisk>,
    /// Its partitions, in order.
    pub partitions: Vec<Partition>,
    /// Size of the logical volume `state`, in MiB.
    pub state_mib: u64,
    /// What the rest of the volume group becomes.
    pub store: Store,
    /// The host's lasting settings.
    pub settings: Settings,
    /// Keys that may log in as root.
    pub ssh_keys: Vec<String>,
    /// Current names, in the running installer, of the NICs that carry the management network.
    pub uplink: Vec<String>,
    /// How the host starts.
    pub boot: BootPlan,
    /// Whether a disk may be overwritten only once the server has taken the token of `disk.wipe` back.
    pub needs_token: bool,
}

/// A disk that is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PlannedDisk {
    /// Kernel name: "sda".
    pub name: String,
    /// Device file: "/dev/sda".
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Bytes of a logical block.
    pub logical_block_size: u32,
    /// For people: "/dev/sda (17.2 GB, QEMU HARDDISK)".
    pub title: Text,
    /// Serial number, by which the disk is known again just before it is written.
    pub serial: Option<String>,
    /// World wide name, likewise.
    pub wwn: Option<String>,
    /// Model, and a digest of its beginning and its end; by these a disk is known again that has neither of both.
    pub model: Option<String>,
    #[serde(skip)]
    pub edges: Option<String>,
    /// The link that says where it is attached, likewise.
    #[serde(skip)]
    pub place: Option<String>,
    /// What is on it and will be gone, in words; empty when it holds nothing.
    pub destroys: Vec<Text>,
    /// The installed Firn that will be gone.
    pub replaces: Option<FirnHost>,
    /// Sentences about other disks, which are not written, but hold parts of what is on this one.
    pub tears: Vec<Text>,
}

/// One partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Partition {
    /// What it is for.
    pub kind: PartitionKind,
    /// Its name in the GPT once everything is done.
    pub name: &'static str,
    /// First byte.
    pub start: u64,
    /// Bytes.
    pub size: u64,
}

/// What a partition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartitionKind {
    /// GRUB's core image for BIOS.
    BiosBoot,
    /// EFI system partition, also GRUB's folder for BIOS.
    Esp,
    /// The image that the host starts.
    SlotA,
    /// The slot for the next image.
    SlotB,
    /// The LVM physical volume.
    Lvm,
}

/// How the installed host starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BootPlan {
    /// How the installer was started; the host is made to start both ways all the same.
    pub mode: BootMode,
    /// Serial console: 0 = com1, 1 = com2.
    pub serial: Option<u8>,
    /// Memory for dom0 in MiB.
    pub dom0_memory_mib: u32,
}

/// Decides what to do, or says everything that stands against it.
///
/// # Errors
/// All problems at once: no disk or several disks match, the disk holds something, a check failed, …
pub fn plan(machine: &Machine, answers: &Answers) -> Result<Plan, Vec<Problem>> {
    let mut problems = failed_checks(machine, &answers.checks.skip);
    if answers.disk.mirror {
        problems.push(Problem::new("disk.mirror", say!("plan-mirror")));
    }
    problems.extend(login::check(machine, answers));
    // What a check has said of the whole machine is not said once more of the disk.
    let said = problems.iter().map(|problem| problem.name.clone());
    let skip: Vec<String> = answers.checks.skip.iter().cloned().chain(said).collect();
    let disk = target::choose(machine, &answers.disk, &skip).map_err(|p| problems.extend(p));
    let (rules, may_hold) = (&answers.guests.disks, &answers.disk.wipe);
    let store_disks = target::further(machine, rules, may_hold, disk.as_ref().ok())
        .map_err(|p| problems.extend(p));
    let network = network::choose(machine, &answers.network).map_err(|p| problems.extend(p));
    match (disk, store_disks, network) {
        (Ok(mut disk), Ok(mut store_disks), Ok((network, uplink))) if problems.is_empty() => {
            target::note_torn(machine, &mut disk, &mut store_disks);
            let layout = layout::layout(disk.size);
            let mut all = std::iter::once(&disk).chain(&store_disks);
            let holds = |disk: &PlannedDisk| disk.replaces.is_some() || !disk.destroys.is_empty();
            let needs_token = matches!(may_hold, Wipe::Token(_)) && all.any(holds);
            Ok(Plan {
                disk,
                store_disks,
                partitions: layout.partitions,
                state_mib: layout.state_mib,
                store: answers.guests.store,
                settings: settings(answers, network),
                ssh_keys: answers.host.ssh_keys.clone(),
                uplink,
                boot: boot(machine, answers),
                needs_token,
            })
        }
        _ => Err(problems),
    }
}

/// The disk that the rules choose, where a Firn is installed on it that starts by itself.
pub fn installed<'m>(machine: &'m Machine, answers: &Answers) -> Option<&'m Disk> {
    let starts = |disk: &&Disk| disk.firn.is_some() && !disk.firn_unstartable;
    target::wanted(machine, &answers.disk).filter(starts)
}

/// The failed checks as problems; the disk's size is judged with the target.
fn failed_checks(machine: &Machine, skip: &[String]) -> Vec<Problem> {
    let stops = |check: &checks::Check| {
        check.verdict == Verdict::Problem
            && check.name != "disk-size"
            && !skip.iter().any(|s| s == check.name)
    };
    let problem = |c: checks::Check| {
        let text = say!(
            "plan-check-failed",
            found = c.found,
            why = c.why,
            todo = c.todo,
            name = c.name
        );
        Problem::new(c.name, text)
    };
    checks::run(machine)
        .into_iter()
        .filter(stops)
        .map(problem)
        .collect()
}

/// The lasting part of the answers, with this network.
pub fn settings(answers: &Answers, network: firn_config::SettingsNetwork) -> Settings {
    let host = &answers.host;
    Settings {
        version: firn_config::VERSION,
        language: answers.language,
        keyboard: answers.keyboard.clone(),
        timezone: answers.timezone.clone(),
        host: SettingsHost {
            name: host.name.clone(),
            password_login: host.root_password.is_some() || host.root_password_hash.is_some(),
        },
        console: answers.console,
        time: answers.time.clone(),
        network,
        guests: SettingsGuests {
            store: answers.guests.store,
        },
    }
}

fn boot(machine: &Machine, answers: &Answers) -> BootPlan {
    BootPlan {
        mode: machine.firmware.boot,
        serial: serial(machine, answers.console.serial),
        dom0_memory_mib: firn_config::dom0_memory_mib(machine.memory_mib),
    }
}

/// `auto` is the port that ACPI names, else com1; nothing where there is no port at all.
pub fn serial(machine: &Machine, wish: Serial) -> Option<u8> {
    match wish {
        Serial::Off => None,
        Serial::Com1 => Some(0),
        Serial::Com2 => Some(1),
        Serial::Auto => {
            let named = machine.serial_ports.iter().find(|p| p.spcr);
            match named.or(machine.serial_ports.first())?.io_port {
                0x2f8 => Some(1),
                _ => Some(0),
            }
        }
    }
}
