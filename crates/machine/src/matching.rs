//! Which machines a rule means: by what they are, as the installer's probe tells it.

use crate::{Disk, Machine, Nic};
use firn_config::{Bus, Pattern, Size, is_placeholder_serial, is_placeholder_uuid};
use serde::{Deserialize, Serialize};

/// What is known about a machine that asks for its answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Facts {
    /// Of the interface that it was started from.
    pub mac: Option<String>,
    /// From the firmware.
    pub uuid: Option<String>,
    /// From the firmware.
    pub serial: Option<String>,
    /// From the firmware.
    pub product: Option<String>,
    /// The name that DHCP gave it.
    pub hostname: Option<String>,
    /// What the installer found out; only in a POST.
    pub machine: Option<Machine>,
}

impl Facts {
    /// The UUID, unless makers have left a placeholder there.
    pub fn own_uuid(&self) -> Option<&String> {
        self.uuid.as_ref().filter(|uuid| !is_placeholder_uuid(uuid))
    }

    /// The serial number, unless makers have left a placeholder there.
    pub fn own_serial(&self) -> Option<&String> {
        let own = |serial: &&String| !is_placeholder_serial(serial);
        self.serial.as_ref().filter(own)
    }
}

/// What a machine must be like; whatever is not given does not matter. Text may have `*`, case does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Match {
    /// Any of the machine's MAC addresses.
    pub mac: Option<Pattern>,
    /// The firmware's UUID.
    pub uuid: Option<Pattern>,
    /// The machine's serial number.
    pub serial: Option<Pattern>,
    /// The machine's product, alone or behind its maker's name.
    pub product: Option<Pattern>,
    /// The maker.
    pub vendor: Option<Pattern>,
    /// The name that DHCP gave.
    pub hostname: Option<Pattern>,
    /// So much memory at least.
    pub min_memory: Option<Size>,
    /// So many disks that could be installed on, at least.
    pub min_disks: Option<usize>,
    /// So many at most.
    pub max_disks: Option<usize>,
    /// At least one disk is like this.
    pub disk: Option<DiskMatch>,
    /// So many network interfaces at least.
    pub min_nics: Option<usize>,
    /// So many at most.
    pub max_nics: Option<usize>,
    /// At least one interface is like this.
    pub nic: Option<NicMatch>,
}

/// What one disk must be like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct DiskMatch {
    /// Its model.
    pub model: Option<Pattern>,
    /// Its serial number.
    pub serial: Option<Pattern>,
    /// Its world wide name.
    pub wwn: Option<Pattern>,
    /// How it is attached.
    pub bus: Option<Bus>,
    /// At least so large.
    pub min_size: Option<Size>,
    /// At most so large.
    pub max_size: Option<Size>,
}

/// What one network interface must be like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct NicMatch {
    /// Its address.
    pub mac: Option<Pattern>,
    /// Its kernel module.
    pub driver: Option<Pattern>,
    /// Vendor and device.
    pub model: Option<Pattern>,
    /// At least so fast, in Mbit/s.
    pub min_speed: Option<u32>,
}

impl Match {
    /// Whether the machine is one of those meant. What is not known about it does not fit, nor does what only looks like a name.
    pub fn fits(&self, facts: &Facts) -> bool {
        self.fits_names(facts) && self.fits_probe(facts.machine.as_ref())
    }

    fn fits_names(&self, facts: &Facts) -> bool {
        let probed = facts.machine.as_ref();
        let nics = probed.map_or(&[][..], |m| &m.nics);
        let macs = facts.mac.iter().chain(nics.iter().map(|nic| &nic.mac));
        let product = probed.and_then(|m| m.product.as_ref());
        like_any(&self.mac, macs)
            && like_any(&self.uuid, facts.own_uuid())
            && like_any(&self.serial, facts.own_serial())
            && like_any(&self.hostname, &facts.hostname)
            && like_any(&self.product, facts.product.iter().chain(product))
    }

    fn fits_probe(&self, machine: Option<&Machine>) -> bool {
        let asks_nothing = *self
            == Self {
                vendor: None,
                min_memory: None,
                min_disks: None,
                max_disks: None,
                disk: None,
                min_nics: None,
                max_nics: None,
                nic: None,
                ..self.clone()
            };
        asks_nothing || machine.is_some_and(|machine| self.fits_machine(machine))
    }

    fn fits_machine(&self, machine: &Machine) -> bool {
        let fit = || machine.disks.iter().filter(|disk| disk.unfit.is_none());
        let (disks, nics) = (fit().count(), machine.nics.len());
        like_any(&self.vendor, &machine.vendor)
            && self
                .min_memory
                .is_none_or(|least| machine.memory_mib.saturating_mul(1 << 20) >= least.0)
            && self.min_disks.is_none_or(|least| disks >= least)
            && self.max_disks.is_none_or(|most| disks <= most)
            && self.disk.as_ref().is_none_or(|m| fit().any(|d| m.fits(d)))
            && self.min_nics.is_none_or(|least| nics >= least)
            && self.max_nics.is_none_or(|most| nics <= most)
            && (self.nic.as_ref()).is_none_or(|m| machine.nics.iter().any(|nic| m.fits(nic)))
    }
}

impl DiskMatch {
    fn fits(&self, disk: &Disk) -> bool {
        like_any(&self.model, &disk.model)
            && like_any(&self.serial, disk.real_serial())
            && like_any(&self.wwn, disk.real_wwn())
            && self.bus.is_none_or(|bus| disk.bus == Some(bus))
            && self.min_size.is_none_or(|least| disk.size >= least.0)
            && self.max_size.is_none_or(|most| disk.size <= most.0)
    }
}

impl NicMatch {
    fn fits(&self, nic: &Nic) -> bool {
        like_any(&self.mac, [&nic.mac])
            && like_any(&self.driver, &nic.driver)
            && like_any(&self.model, &nic.model)
            && (self.min_speed).is_none_or(|least| nic.speed_mbit.is_some_and(|s| s >= least))
    }
}

/// Whether one of the values is like the pattern; without a pattern nothing is asked.
fn like_any<V: AsRef<str>>(pattern: &Option<Pattern>, values: impl IntoIterator<Item = V>) -> bool {
    let Some(pattern) = pattern else {
        return true;
    };
    values
        .into_iter()
        .any(|value| pattern.matches(value.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Match {
        toml::from_str(text).unwrap()
    }

    fn server() -> Facts {
        let machine: Machine = serde_json::from_str(include_str!(
            "../../../tests/machines/dell-r7525-ten-nics.json"
        ))
        .unwrap();
        Facts {
            mac: Some("B0-26-28-00-00-01".into()),
            uuid: Some("4C4C4544-0042".into()),
            serial: Some("ABC1234".into()),
            product: Some("PowerEdge R7525".into()),
            hostname: None,
            machine: Some(machine),
        }
    }

    #[test]
    fn every_condition_must_hold() {
        let facts = server();
        let table = [
            ("", true),
            ("product = 'PowerEdge R75*'", true),
            ("product = 'Dell Inc. poweredge*'", true),
            ("product = 'ProLiant*'", false),
            ("vendor = 'Dell*'", true),
            ("uuid = '4c4c*'\nserial = 'abc*'", true),
            ("uuid = '4c4c*'\nserial = 'x*'", false),
            ("mac = 'b0:26:28:*'", true),
            ("hostname = '*'", false),
            ("min-nics = 10\nmax-nics = 10", true),
            ("min-nics = 11", false),
            ("min-disks = 1", true),
            ("max-disks = 0", false),
            ("min-memory = '16G'", true),
            ("min-memory = '100T'", false),
            ("disk = { bus = 'nvme' }", true),
            ("disk = { bus = 'virtio' }", false),
            ("disk = { min-size = '100T' }", false),
            ("nic = { driver = 'i40e', model = 'intel*' }", true),
            ("nic = { driver = 'i40e', min-speed = 900000 }", false),
        ];
        for (text, expected) in table {
            assert_eq!(rule(text).fits(&facts), expected, "{text}");
        }
    }

    #[test]
    fn without_a_probe_only_names_are_known() {
        let facts = Facts {
            machine: None,
            ..server()
        };
        assert!(rule("product = 'PowerEdge*'").fits(&facts));
        assert!(!rule("product = 'PowerEdge*'\nmin-disks = 0").fits(&facts));
        assert!(!rule("vendor = '*'").fits(&facts));
    }

    #[test]
    fn placeholders_are_no_names() {
        let mut facts = server();
        facts.serial = Some("To be filled by O.E.M.".into());
        facts.uuid = Some("03000200-0400-0500-0006-000700080009".into());
        for text in [
            "serial = '*'",
            "serial = 'to be*'",
            "uuid = '*'",
            "uuid = '0300*'",
        ] {
            assert!(!rule(text).fits(&facts), "{text}");
        }
        assert!(rule("product = 'PowerEdge*'").fits(&facts));
        let disk = |serial: &str| {
            let serial = Some(serial.to_owned());
            Disk {
                serial,
                ..Disk::default()
            }
        };
        let wanted: DiskMatch = toml::from_str("serial = '0*'").unwrap();
        assert!(wanted.fits(&disk("00A17")));
        assert!(!wanted.fits(&disk("0123456789")));
        // A single letter is a serial number of a disk, though not of a machine.
        let wanted: DiskMatch = toml::from_str("serial = 'a'").unwrap();
        assert!(wanted.fits(&disk("a")));
        let named = |wwn: &str| Disk {
            wwn: Some(wwn.to_owned()),
            ..Disk::default()
        };
        let wanted: DiskMatch = toml::from_str("wwn = '0x5*'").unwrap();
        assert!(wanted.fits(&named("0x5000c500a1b2c3d4")));
        assert!(!wanted.fits(&named("0x5000000000000000")));
    }

    #[test]
    fn cds_and_second_paths_are_no_disks() {
        let text = include_str!("../../../tests/machines/qemu-bios-virtio.json");
        let machine: Machine = serde_json::from_str(text).unwrap();
        assert_eq!(machine.disks.len(), 2);
        assert!(rule("max-disks = 1\ndisk = { bus = 'virtio' }").fits_machine(&machine));
        assert!(!rule("disk = { bus = 'sata' }").fits_machine(&machine));
    }

    /// A machine tells its facts itself, and any number may stand there.
    #[test]
    fn no_memory_is_too_much() {
        for memory_mib in [1 << 44, u64::MAX] {
            let machine = Machine {
                memory_mib,
                ..Machine::default()
            };
            assert!(rule("min-memory = '16G'").fits_machine(&machine));
        }
    }

    #[test]
    fn slips_are_told() {
        let wrong = |text: &str| toml::from_str::<Match>(text).unwrap_err().to_string();
        assert!(wrong("prodct = 'x'").contains("unknown field `prodct`"));
        assert!(wrong("min-memory = 'lots'").contains("\"lots\""));
    }
}
