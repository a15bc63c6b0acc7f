//! Which disk the installation medium is on, whatever lies between the two: a partition, an ISO as a file on a stick, a mapped device.

use firn_image::run::{CARRIER, MEDIUM};
use std::fs;
use std::path::Path;

/// Mapped devices that may lie one on another.
const LAYERS: usize = 8;

/// The whole disk that the medium is on, by its kernel name.
pub fn disk() -> Option<String> {
    let mounts = firn_words::read_text("/proc/self/mountinfo").ok()?;
    let device = device(&mounts)?;
    whole_disk(
        &fs::canonicalize(format!("/sys/dev/block/{device}")).ok()?,
        LAYERS,
    )
}

/// `major:minor` of the file system that lies on the disk.
fn device(mountinfo: &str) -> Option<&str> {
    let mut places = [CARRIER, MEDIUM].into_iter();
    places.find_map(|place| device_of_mount(mountinfo, place))
}

/// `major:minor` of what is mounted at `place`; the last mount there is the one that shows.
fn device_of_mount<'a>(mountinfo: &'a str, place: &str) -> Option<&'a str> {
    let parse = |line: &'a str| {
        let fields: Vec<&str> = line.split(' ').collect();
        (fields.get(4) == Some(&place)).then(|| fields[2])
    };
    mountinfo.lines().filter_map(parse).next_back()
}

/// From a device's folder in sysfs to the name of its disk: a partition lies inside it, and a mapped device names those below it.
/// Loaders of sticks for several systems map the sectors of an ISO, and those lie on one disk.
fn whole_disk(dir: &Path, layers: usize) -> Option<String> {
    let below = fs::read_dir(dir.join("slaves")).ok();
    let below = below.and_then(|mut entries| entries.next()?.ok());
    if let Some(below) = below
        && layers > 0
    {
        return whole_disk(&fs::canonicalize(below.path()).ok()?, layers - 1);
    }
    let disk = if dir.join("partition").exists() {
        dir.parent()?
    } else {
        dir
    };
    Some(disk.file_name()?.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn the_last_mount_counts() {
        let text = "22 1 11:0 / /run/firn/medium ro - iso9660 /dev/sr0 ro\n23 1 8:1 / /mnt rw - ext4 /dev/sda1 rw\n";
        assert_eq!(device_of_mount(text, MEDIUM), Some("11:0"));
        assert_eq!(device_of_mount(text, "/nowhere"), None);
    }

    #[test]
    fn an_iso_in_a_file_is_on_the_disk_of_its_file_system() {
        let text = "22 1 8:17 / /run/firn/carrier ro - exfat /dev/sdb1 ro\n23 1 7:0 / /run/firn/medium ro - iso9660 /dev/loop0 ro\n";
        assert_eq!(device(text), Some("8:17"));
        let alone = text.lines().last().unwrap();
        assert_eq!(device(alone), Some("7:0"));
    }

    /// As sysfs has it: partitions inside their disk, what a mapped device lies on as links in `slaves`.
    #[test]
    fn partitions_and_mapped_devices_lead_to_their_disk() {
        let sys = tempfile::tempdir().unwrap();
        let path = |name: &str| sys.path().join(name);
        for folder in ["usb/sdb/sdb1", "usb/sdb/slaves", "virtual/dm-0/slaves"] {
            fs::create_dir_all(path(folder)).unwrap();
        }
        fs::create_dir_all(path("virtual/dm-1/slaves")).unwrap();
        fs::write(path("usb/sdb/sdb1/partition"), "1\n").unwrap();
        symlink(path("usb/sdb/sdb1"), path("virtual/dm-0/slaves/sdb1")).unwrap();
        symlink(path("virtual/dm-0"), path("virtual/dm-1/slaves/dm-0")).unwrap();
        for device in ["usb/sdb", "usb/sdb/sdb1", "virtual/dm-0", "virtual/dm-1"] {
            let disk = whole_disk(&path(device), LAYERS);
            assert_eq!(disk.as_deref(), Some("sdb"), "{device}");
        }
    }
}
