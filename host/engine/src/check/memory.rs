//! How much memory a guest takes, beyond its own.

use crate::{Host, Problem, Shape};
use firn_words::say;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
/// A page of Xen's.
const PAGE: u64 = 4 * KIB;
/// What QEMU takes of dom0's memory for one guest.
const QEMU: u64 = 96 * MIB;
/// What dom0 keeps for itself.
const DOM0_REST: u64 = 64 * MIB;

/// Memory that a guest takes from the machine, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// From what Xen has free, with what Xen itself needs to run the guest.
    pub xen: u64,
    /// From dom0's memory.
    pub dom0: u64,
}

/// What a guest of this shape takes; `hap` as in [`Host`]. As libxl reckons: 1 MiB for each processor, a page for each MiB of memory
/// (two without hardware's help), 2 MiB beside it, rounded up to 2 MiB.
pub fn need(shape: &Shape, hap: bool) -> Need {
    let tables = if hap { 1 } else { 2 };
    let pages = 256 * u64::from(shape.cpus_max) + tables * (shape.memory_max / MIB);
    let xen = shape.memory.saturating_add(pages * PAGE + 2 * MIB);
    Need {
        xen: xen.checked_next_multiple_of(2 * MIB).unwrap_or(xen),
        dom0: if shape.is_hvm() { QEMU } else { 0 },
    }
}

pub(super) fn problems(shape: &Shape, host: &Host) -> Vec<Problem> {
    let need = need(shape, host.hap);
    let mut found = Vec::new();
    if need.xen > host.memory_free {
        let text = say!(
            "engine-memory",
            guest = &shape.called,
            memory = mib(shape.memory),
            need = mib(need.xen),
            free = host.memory_free / MIB,
        );
        found.push(Problem::new("memory", text));
    }
    if need.dom0 > host.dom0_free.saturating_sub(DOM0_REST) {
        let text = say!(
            "engine-dom0-memory",
            guest = &shape.called,
            need = mib(need.dom0),
            free = host.dom0_free / MIB,
        );
        found.push(Problem::new("machine", text));
    }
    found
}

/// MiB, rounded up.
fn mib(bytes: u64) -> u64 {
    bytes.div_ceil(MIB)
}
