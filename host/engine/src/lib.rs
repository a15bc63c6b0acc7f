//! Guests as the hypervisor sees them: Xen, and a simulated engine behind the same trait. Nothing else in Firn talks to Xen.
//!
//! All calls block, each with a deadline of its own; they are made from threads, and one that hangs delays no other.

mod check;
mod domain;
mod engine;
mod error;
mod shape;
mod simulated;
mod xenstore;
mod xl;

pub use check::{Need, need};
pub use domain::{Domain, Host, Reason, Reported, State};
pub use engine::{Ask, Engine};
pub use error::{Error, Problem, Result};
pub use shape::{Clock, Device, Disk, Firmware, Hvm, Loader, Machine, Model, Nic, Shape};
pub use simulated::{CRASH_START, FAIL_START, SLOW_STOP, Simulated};
pub use xl::Xen;
