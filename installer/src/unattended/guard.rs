//! A machine that starts over the network again and again is not installed again: it is sent to its disk.

use super::{Outcome, Speaker};
use crate::execute::nvram;
use crate::machine::{BootMode, Machine};
use firn_config::Problem;
use firn_words::say;

/// Whether the machine only has to be sent to its disk: it was started over the network, the disk that the rules choose has a
/// Firn, and that disks hold something is all that stands against an installation.
pub fn decide(netbooted: bool, installed: bool, problems: &[Problem]) -> bool {
    let wipe = |problem: &Problem| problem.name == "disk.wipe";
    netbooted && installed && !problems.is_empty() && problems.iter().all(wipe)
}

/// Says so, and has UEFI firmware start the disk next. A BIOS cannot be told.
pub fn start_disk(machine: &Machine, speaker: &mut Speaker) -> Outcome {
    speaker.say(&format!("firn: {}", say!("answers-guard")));
    let told = machine.firmware.boot == BootMode::Uefi && nvram::start_next();
    if !told {
        speaker.say(&format!("firn: {}", say!("answers-guard-order")));
    }
    Outcome::HasFirn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_on_the_disk_may_stand_against_it() {
        let wipe = Problem::new("disk.wipe", "it holds Firn");
        let check = Problem::new("virtualization", "off");
        let (one, both) = ([wipe.clone()], [wipe.clone(), check]);
        let table: [(bool, bool, &[Problem], bool); 6] = [
            (true, true, &one, true),
            (true, true, &[wipe.clone(), wipe.clone()], true),
            (false, true, &one, false),
            (true, false, &one, false),
            (true, true, &both, false),
            (true, true, &[], false),
        ];
        for (netbooted, installed, problems, expected) in table {
            assert_eq!(
                decide(netbooted, installed, problems),
                expected,
                "{problems:?}"
            );
        }
    }
}
