//! What an operation does, step by step, as data: it is shown before, written down while, and read again after a power cut.

mod told;

use crate::{Id, Nic, definition::Definition, definition::Disk, definition::Machine};
use serde::{Deserialize, Serialize};

/// An operation, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What was asked for.
    pub operation: Operation,
    /// The guest.
    pub guest: Id,
    /// The guest's name, for people.
    pub name: String,
    /// The steps in their order.
    pub steps: Vec<Step>,
}

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// A new guest.
    Create,
    /// Start it.
    Start,
    /// Ask it to shut down.
    Stop,
    /// End it at once.
    Kill,
    /// Ask it to restart.
    Reboot,
    /// Press its reset button.
    Reset,
    /// Stop its processors.
    Pause,
    /// Let them go on.
    Unpause,
    /// Change what it is.
    Set,
    /// One more disk.
    DiskAdd,
    /// One disk less.
    DiskRemove,
    /// A larger disk.
    DiskGrow,
    /// One more NIC.
    NicAdd,
    /// One NIC less.
    NicRemove,
    /// Into the trash.
    Delete,
    /// Out of the trash.
    Restore,
    /// Out of the world.
    Empty,
    /// Its domain has ended by itself.
    Ended,
}

/// One step. Each can be done twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Step {
    /// A new volume, which is the task's until [`Step::Settle`].
    Reserve {
        store: String,
        volume: String,
        size: u64,
    },
    /// Writes to a new volume.
    Fill {
        store: String,
        volume: String,
        from: Source,
    },
    /// Keeps a file that the guest starts from.
    Keep { file: BootFile },
    /// Removes such a file.
    Drop { file: BootFile },
    /// What the guest is from now on.
    Define {
        before: Option<Box<Definition>>,
        after: Option<Box<Definition>>,
    },
    /// The volume belongs to the guest alone.
    Settle { store: String, volume: String },
    /// Another name for a volume.
    Rename {
        store: String,
        from: String,
        to: String,
    },
    /// Removes a volume and what is on it.
    Remove { store: String, volume: String },
    /// Makes a volume larger.
    Grow {
        store: String,
        volume: String,
        size: u64,
    },
    /// Starts the guest.
    Start { definition: Box<Definition> },
    /// Asks the guest to end, which it may ignore.
    Ask { reboot: bool },
    /// Waits until it has ended.
    Wait { seconds: u32 },
    /// Ends its domain, or cleans up what is left of it.
    Destroy,
    /// Cleans up what is left of a domain that has ended; one that runs is left alone.
    Clean,
    /// Presses the reset button.
    Reset,
    /// Stops its processors.
    Pause,
    /// Lets them go on.
    Unpause,
    /// Changes the running guest's memory, in bytes.
    Memory { from: u64, to: u64 },
    /// Changes the running guest's processors.
    Cpus { from: u32, to: u32 },
    /// Gives the running guest a disk.
    AttachDisk {
        definition: Box<Definition>,
        disk: Disk,
    },
    /// Takes a disk from it.
    DetachDisk {
        definition: Box<Definition>,
        disk: Disk,
    },
    /// Gives it a NIC.
    AttachNic {
        definition: Box<Definition>,
        nic: Nic,
    },
    /// Takes a NIC from it.
    DetachNic {
        definition: Box<Definition>,
        nic: Nic,
    },
}

/// What is written to a new volume. It comes with the request and is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The disk image.
    Image,
    /// The CD's image.
    Cd,
    /// What cloud-init is told.
    Seed,
}

/// A file that a guest starts from, which is on no disk of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BootFile {
    /// The kernel.
    Kernel,
    /// The initrd.
    Ramdisk,
}

impl BootFile {
    /// Where it lies among the files of guests.
    pub(crate) fn path(self, guest: &Id) -> String {
        match self {
            Self::Kernel => format!("boot/{guest}.kernel"),
            Self::Ramdisk => format!("boot/{guest}.ramdisk"),
        }
    }
}

impl Plan {
    /// The new guest starts so: what is on its disk says it.
    pub(crate) fn decide(&mut self, machine: &Machine) {
        for step in &mut self.steps {
            match step {
                Step::Define {
                    before: None,
                    after: Some(guest),
                }
                | Step::Start { definition: guest } => {
                    guest.machine = machine.clone();
                }
                _ => {}
            }
        }
    }

    /// The first step that cannot be undone. What was interrupted before it is undone; what has come as far is finished.
    pub(crate) fn point(&self) -> usize {
        let last = self.steps.len();
        self.steps
            .iter()
            .position(|step| !step.can_be_undone())
            .unwrap_or(last)
    }
}

impl Step {
    fn can_be_undone(&self) -> bool {
        use Step::{Destroy, Drop, Grow, Pause, Remove, Settle, Start, Unpause};
        !matches!(
            self,
            Settle { .. }
                | Remove { .. }
                | Drop { .. }
                | Grow { .. }
                | Start { .. }
                | Destroy
                | Pause
                | Unpause
        )
    }

    /// Whether it is done by the engine. Such a step that fails is told and not tried again: nothing is left behind by it.
    pub(crate) fn is_engines(&self) -> bool {
        use Step::{Clean, Destroy, Pause, Reset, Start, Unpause};
        matches!(
            self,
            Start { .. } | Destroy | Clean | Reset | Pause | Unpause
        )
    }

    /// Its share of the time, among all steps.
    pub(crate) fn weight(&self) -> u32 {
        match self {
            Self::Fill { .. } => 80,
            Self::Start { .. } | Self::Wait { .. } => 10,
            _ => 1,
        }
    }

    /// Whether it changes a running guest, which forgets that when it ends.
    pub(crate) fn is_live(&self) -> bool {
        use Step::{AttachDisk, AttachNic, Cpus, DetachDisk, DetachNic, Memory};
        matches!(
            self,
            Memory { .. }
                | Cpus { .. }
                | AttachDisk { .. }
                | DetachDisk { .. }
                | AttachNic { .. }
                | DetachNic { .. }
        )
    }
}
