//! The block devices of this machine, and the one that this host runs from.

use anyhow::{Context, Result};
use firn_command::cmd;
use serde::Deserialize;

/// Where firn-init has mounted the slot.
const SLOT: &str = "/run/firn/slot";
/// The partition of the first disk that holds the volume group.
const LVM: &str = "firn-lvm";

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
    let columns = "PATH,PKNAME,TYPE,FSTYPE,UUID,PARTLABEL,PARTN,PTUUID";
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

/// Other disks that say they are this host's first one: copies of it, block by block.
pub fn copies(boot: &Boot, devices: &[Device]) -> Vec<String> {
    let own = devices.iter().find(|device| device.path == boot.lvm);
    let same = |device: &&Device| {
        device.path != boot.lvm
            && device.partlabel.as_deref() == Some(LVM)
            && own.is_some_and(|own| own.ptuuid.is_some() && own.ptuuid == device.ptuuid)
    };
    let disks = devices.iter().filter(same).filter_map(|d| d.pkname.clone());
    disks.collect()
}

/// Waits until udev has looked at what the kernel has found so far.
pub fn settle() {
    // Where it takes too long, what is missing is told by itself.
    let _ = cmd("udevadm", ["settle", "--timeout=120"]).run();
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
