//! Rules that name a disk by a placeholder: what they match today, another disk may match tomorrow.

use super::rule::{Place, describe};
use firn_config::{DiskRule, Pattern, Problem, is_placeholder_disk_serial, is_placeholder_wwn};
use firn_machine::Disk;
use firn_words::{Text, say};

/// What stands against a rule that has left this one disk only by a serial number, a name or a link that is a placeholder.
pub fn judge(disk: &Disk, rule: &DiskRule, place: Place) -> Option<Problem> {
    let by_name = names(&rule.serial, disk.real_serial()) || names(&rule.wwn, disk.real_wwn());
    let at_place = rule.path.as_ref().is_some_and(|wish| is_at(disk, wish));
    if by_name || at_place {
        return None;
    }
    let (property, value) = placeholder(disk, rule)?;
    let path = disk.place().unwrap_or(&disk.path);
    let text: Text = say!(
        "plan-disk-placeholder",
        rule = format!("{} {}", place.before, describe(rule).unwrap_or_default()),
        disk = disk.title(),
        property = property,
        value = format!("{value:?}"),
        example = format!("{{ path = {path:?} }}")
    );
    Some(Problem::new(place.key, text))
}

fn names(wish: &Option<Pattern>, real: Option<&str>) -> bool {
    let (Some(wish), Some(real)) = (wish, real) else {
        return false;
    };
    wish.matches(real)
}

/// Whether the path leads there by something else than a link that was made of a placeholder.
fn is_at(disk: &Disk, wish: &Pattern) -> bool {
    let paths = disk.links.iter().chain([&disk.path]);
    paths
        .filter(|path| wish.matches(path))
        .any(|path| !disk.is_link_by_chance(path))
}

/// The key of the rule that is a placeholder, and its value. Stars alone ask for nothing.
fn placeholder<'d>(disk: &'d Disk, rule: &DiskRule) -> Option<(&'static str, &'d str)> {
    let asks = |wish: &Option<Pattern>| {
        wish.as_ref()
            .is_some_and(|w| !w.0.trim_matches('*').is_empty())
    };
    let serial = disk
        .serial
        .as_deref()
        .filter(|s| asks(&rule.serial) && is_placeholder_disk_serial(s));
    let wwn = disk
        .wwn
        .as_deref()
        .filter(|w| asks(&rule.wwn) && is_placeholder_wwn(w));
    let link = rule
        .path
        .as_ref()
        .filter(|_| asks(&rule.path))
        .and_then(|wish| {
            let mut links = disk.links.iter();
            links.find(|link| wish.matches(link)).map(String::as_str)
        });
    let all = [("serial", serial), ("wwn", wwn), ("path", link)];
    all.into_iter()
        .find_map(|(property, value)| Some((property, value?)))
}

#[cfg(test)]
mod tests {
    use super::super::plan;
    use firn_config::{Answers, Bus, DiskRule, Language, Pattern};
    use firn_machine::samples::{disk, server};
    use firn_machine::{Disk, Machine};

    fn odd(name: &str, serial: &str, n: u8) -> Disk {
        Disk {
            model: Some("Generic SSD".into()),
            serial: Some(serial.into()),
            wwn: Some("0x0000000000000000".into()),
            bus: Some(Bus::Sata),
            links: vec![
                format!("/dev/disk/by-id/ata-Generic_SSD_{serial}"),
                format!("/dev/disk/by-path/pci-0000:00:17.0-ata-{n}"),
            ],
            ..disk(name, 480_000_000_000)
        }
    }

    fn said(disks: &[Disk], rule: DiskRule, language: Language) -> String {
        let machine = Machine {
            disks: disks.to_vec(),
            ..server()
        };
        let mut answers = Answers::default();
        answers.host.name = "xen1".into();
        answers.disk.target = rule;
        match plan(&machine, &answers) {
            Ok(plan) => plan.disk.name,
            Err(problems) => problems[0].text.in_language(language),
        }
    }

    fn pattern(text: &str) -> Option<Pattern> {
        Some(Pattern(text.into()))
    }

    fn serial(text: &str) -> DiskRule {
        DiskRule {
            serial: pattern(text),
            ..DiskRule::default()
        }
    }

    fn path(text: &str) -> DiskRule {
        DiskRule {
            path: pattern(text),
            ..DiskRule::default()
        }
    }

    #[test]
    fn a_placeholder_names_no_disk() {
        let one = [odd("sda", "00000000", 1)];
        insta::assert_snapshot!(said(&one, serial("00000000"), Language::En), @r#"disk.target = { serial = "00000000" } leaves /dev/sda (480 GB, Generic SSD), but its serial "00000000" is a placeholder, which other disks may have as well; name the disk by where it is attached: { path = "/dev/disk/by-path/pci-0000:00:17.0-ata-1" }"#);
        insta::assert_snapshot!(said(&one, serial("00000000"), Language::De), @r#"disk.target = { serial = "00000000" } lässt /dev/sda (480 GB, Generic SSD) übrig, aber serial "00000000" ist ein Platzhalter, den auch andere Festplatten haben können; geben Sie an, wo die Festplatte angeschlossen ist: { path = "/dev/disk/by-path/pci-0000:00:17.0-ata-1" }"#);
        let wwn = DiskRule {
            wwn: pattern("0x0000000000000000"),
            ..DiskRule::default()
        };
        insta::assert_snapshot!(said(&one, wwn, Language::En), @r#"disk.target = { wwn = "0x0000000000000000" } leaves /dev/sda (480 GB, Generic SSD), but its wwn "0x0000000000000000" is a placeholder, which other disks may have as well; name the disk by where it is attached: { path = "/dev/disk/by-path/pci-0000:00:17.0-ata-1" }"#);
        insta::assert_snapshot!(said(&one, path("/dev/disk/by-id/ata-Generic_SSD_00000000"), Language::En), @r#"disk.target = { path = "/dev/disk/by-id/ata-Generic_SSD_00000000" } leaves /dev/sda (480 GB, Generic SSD), but its path "/dev/disk/by-id/ata-Generic_SSD_00000000" is a placeholder, which other disks may have as well; name the disk by where it is attached: { path = "/dev/disk/by-path/pci-0000:00:17.0-ata-1" }"#);
    }

    #[test]
    fn its_place_does() {
        let two = [odd("sda", "0", 1), odd("sdb", "0", 2)];
        let place = "/dev/disk/by-path/pci-0000:00:17.0-ata-2";
        let both = DiskRule {
            path: pattern(place),
            ..serial("0")
        };
        assert_eq!(said(&two, path(place), Language::En), "sdb");
        assert_eq!(said(&two, both, Language::En), "sdb");
        assert_eq!(said(&two, path("/dev/sda"), Language::En), "sda");
        assert_eq!(said(&two[..1], serial("*"), Language::En), "sda");
        assert_eq!(said(&two[..1], DiskRule::default(), Language::En), "sda");
    }

    #[test]
    fn two_disks_with_one_placeholder_are_two() {
        let two = [odd("sda", "0", 1), odd("sdb", "0", 2)];
        insta::assert_snapshot!(said(&two, serial("0"), Language::En), @r#"disk.target = { serial = "0" } matches 2 of 2 disks: /dev/sda (480 GB, Generic SSD) path /dev/disk/by-path/pci-0000:00:17.0-ata-1, /dev/sdb (480 GB, Generic SSD) path /dev/disk/by-path/pci-0000:00:17.0-ata-2; say more, such as serial, wwn, model, bus or path, so that one is left"#);
        assert!(said(&two, DiskRule::default(), Language::En).starts_with("without a rule 2 of 2"));
    }

    /// Two disks that say the same of themselves; the second holds something.
    #[test]
    fn what_the_other_disk_holds_is_not_what_is_destroyed() {
        let zeros = Some("0x0000000000000000");
        let table = [
            (Bus::Sas, None, zeros),
            (Bus::Sas, Some("0000000000000000"), None),
            (Bus::Sata, Some("0000000000000000"), None),
            (Bus::Sata, Some("S3Z1NB0K"), None),
            (
                Bus::Nvme,
                None,
                Some("eui.0000000001000000e4d25c8a7f0e5001"),
            ),
            (Bus::Usb, Some("S3Z1NB0K"), Some("0x5000c500a1b2c3d4")),
        ];
        for (bus, serial, wwn) in table {
            let device = |name: &str| Disk {
                bus: Some(bus),
                serial: serial.map(Into::into),
                wwn: wwn.map(Into::into),
                model: Some("LOGICAL VOLUME".into()),
                ..disk(name, 960_197_124_096)
            };
            let precious = Disk {
                contents: vec![firn_machine::Content {
                    device: "sdb1".into(),
                    what: firn_machine::What::Other("ext4 \"precious\"".into()),
                    set: None,
                }],
                ..device("sdb")
            };
            let two = [device("sda"), precious];
            let any = said(&two, DiskRule::default(), Language::En);
            assert!(
                any.starts_with("without a rule 2 of 2 disks are possible"),
                "{any}"
            );
            // The first is empty, so wipe = "empty" lets it be written; the second is not, and says so.
            assert_eq!(said(&two, path("/dev/sda"), Language::En), "sda");
            let second = said(&two, path("/dev/sdb"), Language::En);
            assert!(
                second.contains("it holds ext4 \"precious\" on sdb1"),
                "{second}"
            );
        }
    }
}
