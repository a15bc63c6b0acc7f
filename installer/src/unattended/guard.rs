//! A machine that starts over the network again and again is not installed again: it is sent to its disk.

use super::{Next, Outcome, Speaker};
use crate::machine::{BootMode, Disk, Machine};
use crate::repair;
use firn_config::Problem;
use firn_words::say;

/// Whether a machine whose chosen disk has a Firn only has to be sent there: it was started over the network, and that disks hold
/// something is all that stands against an installation.
pub fn decide(netbooted: bool, problems: &[Problem]) -> bool {
    let wipe = |problem: &Problem| problem.name == "disk.wipe";
    netbooted && !problems.is_empty() && problems.iter().all(wipe)
}

/// Says so, and prepares the start of the disk: UEFI firmware is told to take it next; where a BIOS cannot be told, the host's own Xen is
/// loaded, to start at once.
pub fn start_disk(machine: &Machine, disk: &Disk, speaker: &mut Speaker) -> Outcome {
    let host = repair::choose(machine, Some(&disk.path));
    let next = host.and_then(|host| match machine.firmware.boot {
        BootMode::Uefi => repair::tell_firmware(&host).map(|()| Next::Restart),
        BootMode::Bios => repair::load(machine, &host).map(|()| Next::Kexec),
    });
    match next {
        Ok(next) => {
            speaker.say(&format!("firn: {}", say!("answers-guard")));
            Outcome::HasFirn(next)
        }
        Err(reason) => {
            speaker.say(&format!(
                "firn: {}",
                say!("answers-guard-order", reason = reason)
            ));
            Outcome::HasFirn(Next::Restart)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_on_the_disk_may_stand_against_it() {
        let wipe = Problem::new("disk.wipe", "it holds Firn");
        let check = Problem::new("virtualization", "off");
        let (one, both) = ([wipe.clone()], [wipe.clone(), check]);
        let table: [(bool, &[Problem], bool); 5] = [
            (true, &one, true),
            (true, &[wipe.clone(), wipe.clone()], true),
            (false, &one, false),
            (true, &both, false),
            (true, &[], false),
        ];
        for (netbooted, problems, expected) in table {
            assert_eq!(decide(netbooted, problems), expected, "{problems:?}");
        }
    }
}
