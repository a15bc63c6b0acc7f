//! What a machine is made of: plain data with builder methods.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

/// What the machine starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firmware {
    /// SeaBIOS.
    Bios,
    /// OVMF, with variables of its own that live beside the serial log.
    Uefi,
    /// OVMF with Microsoft's keys enrolled and Secure Boot on; variables of its own, too, which only SMM can write.
    SecureBoot,
}

impl Firmware {
    /// OVMF's program and the variables to begin with, below `/usr/share/OVMF`; nothing for SeaBIOS.
    pub fn ovmf(self) -> Option<(&'static str, &'static str)> {
        match self {
            Firmware::Bios => None,
            Firmware::Uefi => Some(("OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd")),
            Firmware::SecureBoot => Some(("OVMF_CODE_4M.ms.fd", "OVMF_VARS_4M.ms.fd")),
        }
    }
}

/// Where a drive is plugged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bus {
    /// `/dev/vda`
    Virtio,
    /// `/dev/nvme0n1`
    Nvme,
    /// `/dev/sda` on AHCI
    Sata,
    /// a removable `/dev/sda` on xHCI
    Usb,
}

/// A disk of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drive {
    /// The image on the host: qcow2 where its name ends so, else raw.
    pub path: PathBuf,
    /// Where it is plugged in.
    pub bus: Bus,
    /// The serial number that the guest reads.
    pub serial: String,
}

impl Drive {
    /// As QEMU calls it.
    pub(super) fn format(&self) -> &'static str {
        match self.path.extension() {
            Some(ending) if ending == "qcow2" => "qcow2",
            _ => "raw",
        }
    }
}

/// What carries the ISO to the machine. It is started from before any disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Medium {
    /// In an AHCI CD drive.
    Cd(PathBuf),
    /// As if written to a USB stick.
    UsbStick(PathBuf),
}

/// The kind of NIC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NicModel {
    /// Paravirtual.
    Virtio,
    /// An Intel 82574L.
    E1000e,
}

/// What a NIC is connected to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// QEMU's own network with DHCP, DNS and a way out; a free loopback port leads to port 22 of the guest's address
    /// (`None`: the one that DHCP gives).
    User(Option<Ipv4Addr>),
    /// A port of the [`crate::qemu::Switch`] that the caller runs: datagram socket of QEMU, of the switch.
    Switch(PathBuf, PathBuf),
    /// A port of a [`crate::net::Network`], by the name of its tap device.
    Tap(String),
    /// A hub of this number inside QEMU.
    Hub(u8),
    /// A cable that ends in nothing; the link is up.
    Nothing,
}

/// A NIC with a fixed MAC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nic {
    /// The kind of card.
    pub model: NicModel,
    /// Its permanent address.
    pub mac: String,
    /// What it is connected to.
    pub link: Link,
}

/// How a machine starts from the network, before any disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Netboot {
    /// DHCP and TFTP, over IPv4.
    Pxe,
    /// The same over IPv6; UEFI only.
    PxeV6,
    /// DHCP and HTTP, over IPv4; UEFI only.
    Http,
}

/// Where the first serial port leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serial {
    /// To [`crate::qemu::Machine::serial`].
    Console,
    /// To [`crate::qemu::Machine::serial`], but it is the second port, and nobody listens at the first.
    Second,
    /// The machine has no serial port; [`crate::qemu::Machine::serial`] is silent.
    Absent,
    /// To the terminal that QEMU was started on.
    Terminal,
    /// Only into this machine's log file, `NAME-serial.log`.
    Log,
}

/// Where the screen appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// Nowhere; screenshots still work.
    None,
    /// In a window.
    Window,
    /// On this VNC display of the loopback address (TCP port 5900 + N).
    Vnc(u16),
}

/// A machine that is not running yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// The prefix of its logs and pictures.
    pub name: String,
    /// BIOS, UEFI, or UEFI with Secure Boot.
    pub firmware: Firmware,
    /// In MiB.
    pub memory_mib: u32,
    /// Virtual processors.
    pub cpus: u8,
    /// The CPU model, as `-cpu` takes it.
    pub cpu: String,
    /// In the order in which they are started from.
    pub disks: Vec<Drive>,
    /// The medium, started from first.
    pub medium: Option<Medium>,
    /// In PCI order.
    pub nics: Vec<Nic>,
    /// How to start from the network, each card in turn; without it no firmware looks there.
    pub netboot: Option<Netboot>,
    /// Where the first serial port leads.
    pub serial: Serial,
    /// Where the screen appears.
    pub display: Display,
    /// SeaBIOS, too, speaks on the serial line (and so everything of GRUB comes twice).
    pub firmware_on_serial: bool,
    /// QEMU ends instead of restarting the machine.
    pub no_reboot: bool,
    /// Further words of QEMU's command line.
    pub extra: Vec<String>,
}

impl Spec {
    /// A BIOS machine with 2 GiB, two processors with SVM and nested paging, and nothing else.
    pub fn new(name: impl Into<String>) -> Spec {
        Spec {
            name: name.into(),
            firmware: Firmware::Bios,
            memory_mib: 2048,
            cpus: 2,
            cpu: "qemu64,+svm,+npt".into(),
            disks: Vec::new(),
            medium: None,
            nics: Vec::new(),
            netboot: None,
            serial: Serial::Console,
            display: Display::None,
            firmware_on_serial: false,
            no_reboot: false,
            extra: Vec::new(),
        }
    }

    /// Starts with this firmware.
    #[must_use]
    pub fn firmware(mut self, firmware: Firmware) -> Spec {
        self.firmware = firmware;
        self
    }

    /// Starts with UEFI firmware that has Secure Boot on, with Microsoft's keys: as most servers are delivered.
    #[must_use]
    pub fn secure_boot(self) -> Spec {
        self.firmware(Firmware::SecureBoot)
    }

    /// Has this much memory, in MiB.
    #[must_use]
    pub fn memory(mut self, mib: u32) -> Spec {
        self.memory_mib = mib;
        self
    }

    /// Has this CPU, as `-cpu` takes it.
    #[must_use]
    pub fn cpu(mut self, model: impl Into<String>) -> Spec {
        self.cpu = model.into();
        self
    }

    /// Adds a disk; its serial number is the image's file name without ending.
    #[must_use]
    pub fn disk(self, path: impl AsRef<Path>, bus: Bus) -> Spec {
        let serial = path.as_ref().file_stem().unwrap_or_default();
        let serial = serial.to_string_lossy().into_owned();
        self.disk_with_serial(path, bus, serial)
    }

    /// Adds a disk with this serial number.
    #[must_use]
    pub fn disk_with_serial(
        mut self,
        path: impl AsRef<Path>,
        bus: Bus,
        serial: impl Into<String>,
    ) -> Spec {
        self.disks.push(Drive {
            path: path.as_ref().to_owned(),
            bus,
            serial: serial.into(),
        });
        self
    }

    /// Puts this medium in.
    #[must_use]
    pub fn medium(mut self, medium: Medium) -> Spec {
        self.medium = Some(medium);
        self
    }

    /// Adds a NIC; the MAC is `52:54:00:00:00:NN` with NN the number of the card from 1 on.
    #[must_use]
    pub fn nic(mut self, model: NicModel, link: Link) -> Spec {
        let mac = format!("52:54:00:00:00:{:02x}", self.nics.len() + 1);
        self.nics.push(Nic { model, mac, link });
        self
    }

    /// Gives the NIC that was added last this MAC.
    #[must_use]
    pub fn mac(mut self, mac: &str) -> Spec {
        if let Some(nic) = self.nics.last_mut() {
            nic.mac = mac.into();
        }
        self
    }

    /// Starts from the network first.
    #[must_use]
    pub fn netboot(mut self, how: Netboot) -> Spec {
        self.netboot = Some(how);
        self
    }

    /// Shows the screen here.
    #[must_use]
    pub fn display(mut self, display: Display) -> Spec {
        self.display = display;
        self
    }

    /// Leads the first serial port there.
    #[must_use]
    pub fn serial(mut self, serial: Serial) -> Spec {
        self.serial = serial;
        self
    }

    /// SeaBIOS speaks on the serial line.
    #[must_use]
    pub fn firmware_on_serial(mut self) -> Spec {
        self.firmware_on_serial = true;
        self
    }

    /// QEMU ends instead of restarting the machine.
    #[must_use]
    pub fn no_reboot(mut self) -> Spec {
        self.no_reboot = true;
        self
    }

    /// Goes on where [`super::Machine::save`] has left a machine of the same specification, by this name in its disks.
    #[must_use]
    pub fn saved(self, name: &str) -> Spec {
        self.extra(["-loadvm", name])
    }

    /// A machine whose loader has done its work already: QEMU puts kernel and initrd into its memory, with these words.
    #[must_use]
    pub fn loaded(mut self, kernel: &Path, initrd: &Path, words: &str) -> Spec {
        self.netboot = None;
        let file = |path: &Path| path.display().to_string();
        let (kernel, initrd) = (file(kernel), file(initrd));
        self.extra(["-kernel", &kernel, "-initrd", &initrd, "-append", words])
    }

    /// A virtio disk with this image and serial number, of which these sectors of 512 bytes cannot be written.
    #[must_use]
    pub fn bad_disk(self, image: impl AsRef<Path>, serial: &str, sectors: &[u64]) -> Spec {
        let node = serial.to_lowercase();
        let file = image.as_ref().display().to_string().replace(',', ",,");
        let mut drive = format!(
            "driver=blkdebug,node-name={node},image.driver=file,image.filename={file},image.cache.no-flush=on,image.discard=unmap"
        );
        for (n, sector) in sectors.iter().enumerate() {
            drive += &format!(
                ",inject-error.{n}.event=none,inject-error.{n}.iotype=write,inject-error.{n}.errno=5,\
                 inject-error.{n}.sector={sector},inject-error.{n}.once=off"
            );
        }
        let device =
            format!("virtio-blk-pci,drive={node},serial={serial},werror=report,rerror=report");
        self.extra(["-blockdev", &drive, "-device", &device])
    }

    /// Adds words to QEMU's command line.
    #[must_use]
    pub fn extra<I: IntoIterator<Item: Into<String>>>(mut self, words: I) -> Spec {
        self.extra.extend(words.into_iter().map(Into::into));
        self
    }
}
