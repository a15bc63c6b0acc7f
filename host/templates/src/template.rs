//! What a template says, and what a guest becomes by it.

use serde::Deserialize;

/// The known-good shape of a guest for one operating system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What it belongs to, such as `debian` or `windows`.
    pub family: String,
    /// How it runs.
    pub kind: Kind,
    /// What starts it; none for PVH.
    pub firmware: Option<Firmware>,
    /// What its installer finds first.
    pub devices: Devices,
    /// The least bytes of memory.
    pub least: u64,
    /// Bytes of memory where none are named.
    pub memory: u64,
    /// Virtual CPUs where none are named.
    pub cpus: u32,
    /// Bytes of a disk where no size is named.
    pub disk: u64,
    /// Whether Xen shows it Hyper-V's interfaces.
    pub viridian: bool,
    /// What its clock shows.
    pub clock: Clock,
    /// How it is asked to shut down.
    pub shutdown: Shutdown,
    /// Which ways of installing fit.
    pub install: Vec<Install>,
    /// Agents that exist for it.
    pub agents: Vec<Agent>,
    /// Who logs in to the publisher's cloud image.
    pub user: Option<String>,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// Where the figures come from.
    pub source: String,
    /// What was really run.
    pub ran: String,
}

/// How a guest runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Without emulated hardware, where its disk image allows that.
    Pvh,
    /// With emulated hardware.
    Hvm,
}

/// What starts an HVM guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Firmware {
    /// SeaBIOS.
    Bios,
    /// OVMF.
    Uefi,
}

/// Which disks and NICs an installer finds without further drivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Devices {
    /// Xen's own.
    Xen,
    /// Emulated ones.
    Emulated,
}

/// What a guest's clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// UTC.
    Utc,
    /// Local time.
    Localtime,
}

/// How a guest is asked to shut down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shutdown {
    /// Through xenstore.
    Pv,
    /// By ACPI's power button.
    Acpi,
}

/// A way of installing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Install {
    /// From a CD.
    Iso,
    /// From a publisher's disk image.
    Image,
    /// A network installer's kernel and initrd.
    Netboot,
}

/// A program in the guest that speaks with the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agent {
    /// XenServer's and XCP-ng's guest utilities.
    XeGuestUtilities,
    /// The Xen Project's agent in Rust.
    XenGuestAgent,
}

/// How a guest made by a template starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// As PVH, from its disk.
    Pvh,
    /// As HVM.
    Hvm {
        /// Whether from UEFI.
        uefi: bool,
        /// Whether with Hyper-V's interfaces.
        viridian: bool,
    },
}

impl Template {
    /// How a guest starts. Only a disk image is there to be started as PVH; what is installed from a CD needs firmware.
    pub fn machine(&self, image: bool) -> Machine {
        match self.kind {
            Kind::Pvh if image => Machine::Pvh,
            _ => Machine::Hvm {
                uefi: self.firmware == Some(Firmware::Uefi),
                viridian: self.viridian,
            },
        }
    }

    /// Whether the clock shows local time.
    pub fn local_time(&self) -> bool {
        self.clock == Clock::Localtime
    }
}
