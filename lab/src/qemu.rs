//! Machines in QEMU: described by a [`Spec`], started in a [`Lab`], driven over serial line, QMP and ssh.
//!
//! ```no_run
//! # use firn_lab::{qemu::{Bus, Lab, Spec}, root::Root}; use std::time::Duration;
//! # fn main() -> anyhow::Result<()> {
//! let lab = Lab::new(Root::open("/path/of/the/tools")?.bind("/tmp/out"))?;
//! let machine = Spec::new("first").disk("/tmp/out/disk.img", Bus::Virtio).start(&lab, "/tmp/out")?;
//! machine.serial.wait_for("login:", Duration::from_secs(600))?;
//! # Ok(()) }
//! ```
//!
//! A machine ends with its value: nothing is left running, also when a test panics or the harness itself is killed.

mod args;
mod console;
mod image;
mod line;
mod machine;
mod process;
mod pulse;
pub mod qcow2;
mod qmp;
mod screen;
mod spec;
mod spin;
mod ssh;
mod stick;
mod switch;

pub use args::{Accel, Sockets, accel};
pub use console::{Console, Picture};
pub use image::{copy_disk, create_disk, fat_image, fingerprint, read_fat_file};
pub use machine::{Lab, Machine, free_port};
pub use process::Process;
pub use qmp::Qmp;
pub use screen::{Font, Screen};
pub use spec::{Bus, Display, Drive, Firmware, Link, Medium, Netboot, Nic, NicModel, Serial, Spec};
pub use ssh::{Key, Output, Ssh, Terminal};
pub use stick::{Table, fat_stick};
pub use switch::Switch;
