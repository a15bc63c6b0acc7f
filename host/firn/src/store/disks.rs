//! The block devices of this machine, and the one that this host runs from.

use anyhow::{Context, Result};
use firn_command::cmd;
use firn_image::disk::LVM;
use firn_image::run::SLOT;
use serde::Deserialize;

/// What has one path to a disk. (Of several paths to an NVMe disk the kernel makes one by itself.)
const SINGLE: [&str; 6] = ["ata", "sata", "usb", "nvme", "mmc", "virtio"];

/// A disk or partition, as `lsblk` tells it from udev's database: nothing is opened for it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
pub struct Device {
    /// `/dev/sda5`
    pub path: String,
    /// The disk of a partition.
    pub pkname: Option<String>,
    /// `disk`, `part`, `lvm`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// `LVM2_member` for a physical volume.
    pub fstype: Option<String>,
    /// Of a physical volume its PVID, with dashes.
    pub uuid: Option<String>,
    /// The partition's name in the table.
    pub partlabel: Option<String>,
    /// The partition's number in the table.
    pub partn: Option<u32>,
    /// Which table it stands in; on Firn's disks the host's id.
    pub ptuuid: Option<String>,
    /// World wide name of the disk; a partition may lack it.
    pub wwn: Option<String>,
    /// How the disk is connected: `sas`, `fc`, `usb`, …; partitions and virtual disks have none.
    pub tran: Option<String>,
}

impl Device {
    /// The PVID, as LVM's devices file has it, of a physical volume that is no guest's own: on a disk, a partition, or what
    /// the kernel makes of several disks.
    pub fn pvid(&self) -> Option<String> {
        let own = !matches!(self.kind.as_str(), "lvm" | "loop" | "rom");
        let member = self.fstype.as_deref() == Some("LVM2_member");
        let uuid = self.uuid.as_deref().filter(|_| own && member)?;
        Some(uuid.replace('-', ""))
    }
}

#[derive(Deserialize)]
struct Listing {
    blockdevices: Vec<Device>,
}

/// All of them.
pub fn list() -> Result<Vec<Device>> {
    let columns = "PATH,PKNAME,TYPE,FSTYPE,UUID,PARTLABEL,PARTN,PTUUID,WWN,TRAN";
    let args = ["--json", "--list", "--paths", "--output", columns];
    let listing: Listing = cmd("lsblk", args).json()?;
    Ok(listing.blockdevices)
}

/// What this host runs from.
#[derive(Clone, Debug, PartialEq)]
pub struct Boot {
    /// Its disk.
    pub disk: String,
    /// The partition there that holds the volume group.
    pub lvm: String,
}

/// The disk that firn-init took: the state is on it, whatever other disks look the same.
pub fn boot(devices: &[Device]) -> Result<Boot> {
    let mounts =
        std::fs::read_to_string("/proc/self/mounts").context("reading /proc/self/mounts")?;
    let slot = source(&mounts, SLOT).context("looking for the slot that this host runs from")?;
    boot_of(&slot, devices)
        .with_context(|| format!("looking for the partition {LVM} beside {slot}"))
}

/// What is mounted at `target`, out of `/proc/self/mounts`.
fn source(mounts: &str, target: &str) -> Option<String> {
    let mut lines = mounts.lines().map(|line| line.split(' '));
    lines.find_map(|mut words| {
        let source = words.next()?;
        (words.next()? == target).then(|| source.to_owned())
    })
}

fn boot_of(slot: &str, devices: &[Device]) -> Option<Boot> {
    let slot = devices.iter().find(|device| device.path == slot)?;
    let disk = slot.pkname.clone()?;
    let lvm = devices
        .iter()
        .find(|d| d.pkname.as_ref() == Some(&disk) && d.partlabel.as_deref() == Some(LVM))?;
    Some(Boot {
        lvm: lvm.path.clone(),
        disk,
    })
}

/// Other disks that say they are this host's first one: copies of it, block by block. A further path to it is none.
pub fn copies(boot: &Boot, devices: &[Device]) -> Vec<String> {
    let Some(own) = devices.iter().find(|device| device.path == boot.lvm) else {
        return Vec::new();
    };
    let same = |device: &&Device| {
        device.path != boot.lvm
            && device.partlabel.as_deref() == Some(LVM)
            && own.ptuuid.is_some()
            && own.ptuuid == device.ptuuid
            && !one_disk(own, device, devices)
    };
    let disks = devices.iter().filter(same).filter_map(|d| d.pkname.clone());
    disks.collect()
}

/// Whether two devices are the same place on one disk, reached over two paths: on what has several paths, with the same world wide
/// name. One that the maker has filled in proves nothing.
pub fn one_disk(one: &Device, other: &Device, devices: &[Device]) -> bool {
    let name = |device| name(device, devices);
    one.partn == other.partn && name(one).is_some() && name(one) == name(other)
}

/// The name of a device's disk, if it is one that no other disk has.
fn name<'d>(device: &'d Device, devices: &'d [Device]) -> Option<&'d str> {
    let parent = |d: &&Device| Some(&d.path) == device.pkname.as_ref();
    let disk = devices.iter().find(parent).unwrap_or(device);
    let single = disk.tran.as_deref().is_some_and(|t| SINGLE.contains(&t));
    let name = disk.wwn.as_deref().or(device.wwn.as_deref())?;
    (!single && !firn_config::is_placeholder_wwn(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(path: &str, disk: &str, label: &str, table: &str) -> Device {
        Device {
            path: path.into(),
            pkname: Some(disk.into()),
            kind: "part".into(),
            partlabel: Some(label.into()),
            ptuuid: Some(table.into()),
            ..Device::default()
        }
    }

    #[test]
    fn the_disk_of_the_slot_decides_and_its_copy_is_found() {
        let devices = [
            part("/dev/sda3", "/dev/sda", "firn-a", "host"),
            part("/dev/sda5", "/dev/sda", "firn-lvm", "host"),
            part("/dev/sdb3", "/dev/sdb", "firn-a", "host"),
            part("/dev/sdb5", "/dev/sdb", "firn-lvm", "host"),
            part("/dev/sdc5", "/dev/sdc", "firn-lvm", "another host"),
        ];
        let mounts = "proc /proc proc rw 0 0\n/dev/sdb3 /run/firn/slot ext4 ro 0 0\n";
        let slot = source(mounts, SLOT).unwrap();
        let boot = boot_of(&slot, &devices).unwrap();
        assert_eq!(
            (boot.disk.as_str(), boot.lvm.as_str()),
            ("/dev/sdb", "/dev/sdb5")
        );
        assert_eq!(copies(&boot, &devices), ["/dev/sda"]);
        assert_eq!(source(mounts, "/run/firn"), None);
        assert_eq!(boot_of("/dev/sdd3", &devices), None);
        assert_eq!(boot_of("/dev/sdb3", &devices[..3]), None);
    }

    #[test]
    fn paths_to_one_disk_are_no_copies() {
        let disks = |wwn: &str, tran: &str| {
            let disk = |path: &str| Device {
                path: path.into(),
                kind: "disk".into(),
                wwn: Some(wwn.into()),
                tran: (!tran.is_empty()).then(|| tran.into()),
                ..Device::default()
            };
            [
                disk("/dev/sda"),
                disk("/dev/sdb"),
                part("/dev/sda5", "/dev/sda", "firn-lvm", "host"),
                part("/dev/sdb5", "/dev/sdb", "firn-lvm", "host"),
            ]
        };
        let boot = Boot {
            disk: "/dev/sda".into(),
            lvm: "/dev/sda5".into(),
        };
        let table = [
            ("0x600508b1001c4d5e6f708192a3b4c5d6", "fc", true),
            ("0x5000c500a1b2c3d4", "sas", true),
            ("0x5000c500a1b2c3d4", "", true),
            // One path each, so these are two disks whatever they say.
            ("0x5000c500a1b2c3d4", "usb", false),
            ("0x5000c500a1b2c3d4", "sata", false),
            ("0x0000000000000000", "sas", false),
            ("0x5000000000000001", "sas", false),
            ("", "sas", false),
        ];
        for (wwn, tran, one) in table {
            let copies = copies(&boot, &disks(wwn, tran));
            assert_eq!(copies.is_empty(), one, "{wwn} {tran}");
        }
        let mut two = disks("0x5000c500a1b2c3d4", "sas");
        two[1].wwn = Some("0x5000c500a1b2c3d5".into());
        assert_eq!(copies(&boot, &two), ["/dev/sdb"]);
    }

    #[test]
    fn only_a_physical_volume_of_the_host_has_a_pvid() {
        let mut device = part("/dev/sda5", "/dev/sda", "firn-lvm", "host");
        assert_eq!(device.pvid(), None);
        device.fstype = Some("LVM2_member".into());
        device.uuid = Some("abCDef-1234".into());
        assert_eq!(device.pvid().as_deref(), Some("abCDef1234"));
        device.kind = "lvm".into();
        assert_eq!(device.pvid(), None, "a guest's own volume group");
    }
}
