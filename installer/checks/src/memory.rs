//! Memory.

use super::Check;
use firn_machine::Machine;
use firn_words::say;

/// Least memory in MiB: 1 GiB, less what firmware keeps for itself.
const LEAST_MIB: u64 = 1024 - FIRMWARE_MIB;
/// Memory in MiB below which guests hardly fit: 4 GiB, less what firmware keeps for itself.
const GOOD_MIB: u64 = 4096 - FIRMWARE_MIB;
const FIRMWARE_MIB: u64 = 64;

/// Enough for dom0, and for guests.
pub fn memory(machine: &Machine) -> Check {
    const NAME: &str = "memory";
    let found = say!("check-memory-found", mib = machine.memory_mib.to_string());
    match machine.memory_mib {
        m if m < LEAST_MIB => Check::problem(NAME, found)
            .because(say!("check-memory-least"), say!("check-memory-todo")),
        m if m < GOOD_MIB => Check::note(NAME, found)
            .because(say!("check-memory-little"), say!("check-memory-if-you-can")),
        _ => Check::fine(NAME, found),
    }
}
