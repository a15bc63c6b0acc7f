//! What an engine says about the machine and its guests: plain data.

use std::net::IpAddr;
use std::time::Duration;

/// The machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// Bytes of the whole machine.
    pub memory: u64,
    /// Bytes that new guests can have.
    pub memory_free: u64,
    /// Bytes of dom0's own memory that nothing uses; QEMU of guests with emulated hardware lives there.
    pub dom0_free: u64,
    /// Threads of the processors.
    pub cpus: u32,
    /// Xen's version.
    pub version: String,
    /// Whether guests with emulated hardware, and PVH guests, can run.
    pub hvm: bool,
    /// Whether the processors keep guests' page tables by themselves.
    pub hap: bool,
}

/// A domain other than dom0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Xen's number, a new one at each start.
    pub number: u32,
    /// The `name` of its [`crate::Shape`]; whatever it is called, where somebody else has started it. Empty while it is being built.
    pub name: String,
    /// What it does.
    pub state: State,
    /// Bytes of memory that it has.
    pub memory: u64,
    /// Processors that are switched on.
    pub cpus: u32,
    /// Time that its processors have worked, to a tenth of a second.
    pub cpu_time: Duration,
}

/// What a domain does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It runs, or waits for work.
    Running,
    /// Its processors are stopped.
    Paused,
    /// It has ended by itself; what is left of it stays until [`crate::Engine::destroy`].
    Ended(Reason),
    /// Xen is taking it apart, or waits for somebody to let go of its memory.
    Dying,
    /// It is being built, and has never run.
    Building,
}

/// Why a domain has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was shut down.
    PowerOff,
    /// It wants to start anew.
    Reboot,
    /// It was suspended.
    Suspend,
    /// Its system broke down.
    Crash,
    /// Its watchdog was not answered.
    Watchdog,
    /// It wants to start anew within the same domain.
    SoftReset,
    /// A number that this program does not know.
    Unknown,
}

/// An address that an agent in the guest reports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reported {
    /// The number of the network card, from 0.
    pub nic: u32,
    /// The address.
    pub address: IpAddr,
}
