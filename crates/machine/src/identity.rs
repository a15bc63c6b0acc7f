//! What tells one disk from all others. What only looks as if it did, `firn_config` knows: makers leave placeholders where a serial
//! number or a world wide name should be, the same on every disk of a series.

use super::Disk;
use firn_config::{is_placeholder_disk_serial, is_placeholder_wwn};

impl Disk {
    /// The serial number, where it is one.
    pub fn real_serial(&self) -> Option<&str> {
        self.serial
            .as_deref()
            .filter(|s| !is_placeholder_disk_serial(s))
    }

    /// The world wide name, where it is one.
    pub fn real_wwn(&self) -> Option<&str> {
        self.wwn.as_deref().filter(|w| !is_placeholder_wwn(w))
    }

    /// Whether the disk says of itself which one it is.
    pub fn has_identity(&self) -> bool {
        self.real_serial().is_some() || self.real_wwn().is_some()
    }

    /// The link that says where the disk is attached.
    pub fn place(&self) -> Option<&str> {
        let by_path = |link: &&String| link.starts_with("/dev/disk/by-path/");
        self.links.iter().find(by_path).map(String::as_str)
    }

    /// Whether this link below by-id was made of a placeholder: with several such disks it is chance to which one it leads.
    pub fn is_link_by_chance(&self, link: &str) -> bool {
        let Some(name) = link.strip_prefix("/dev/disk/by-id/") else {
            return false;
        };
        let name = name.strip_suffix("-0:0").unwrap_or(name).to_lowercase();
        let ends_with = |what: &str| {
            let before = name.strip_suffix(what);
            before.is_some_and(|rest| rest.ends_with(['_', '-', '3']))
        };
        let serial = self
            .serial
            .as_deref()
            .filter(|s| is_placeholder_disk_serial(s));
        let serial = serial.map(|s| s.trim().to_lowercase().replace(' ', "_"));
        let wwn = self.wwn.as_deref().filter(|w| is_placeholder_wwn(w));
        let wwn = wwn.map(|w| w.trim().to_lowercase());
        let digits = wwn.as_deref().map(|w| w.trim_start_matches("0x"));
        [serial.as_deref(), wwn.as_deref(), digits]
            .into_iter()
            .flatten()
            .any(ends_with)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::disk;
    use super::*;

    #[test]
    fn links_that_are_made_of_placeholders() {
        let odd = Disk {
            serial: Some("0000 0000".into()),
            wwn: Some("0x5000000000000000".into()),
            ..disk("sda", 1)
        };
        let table = [
            ("/dev/disk/by-id/ata-Generic_SSD_0000_0000", true),
            ("/dev/disk/by-id/usb-Generic_0000_0000-0:0", true),
            ("/dev/disk/by-id/wwn-0x5000000000000000", true),
            ("/dev/disk/by-id/scsi-35000000000000000", true),
            (
                "/dev/disk/by-id/nvme-eui.000000000000000100a07520285a0000",
                false,
            ),
            ("/dev/disk/by-path/pci-0000:00:17.0-ata-1", false),
            ("/dev/sda", false),
        ];
        for (link, expected) in table {
            assert_eq!(odd.is_link_by_chance(link), expected, "{link}");
        }
    }
}
