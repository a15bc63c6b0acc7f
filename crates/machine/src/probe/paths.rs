//! Disks that must not be seen as several: the same disk over several paths, and members of a RAID of the firmware.

use crate::{Disk, Unfit, What, one_disk};

/// Makes one disk of all paths to it. The first path that could be a target, and answers if any does, stays the disk and knows the others, which
/// become unfit: there is never a second candidate. It also takes over their links, as one below by-id belongs to the
/// disk, and it is chance which path it leads to.
pub fn merge(disks: &mut [Disk]) {
    let mut order: Vec<usize> = (0..disks.len()).collect();
    order.sort_by_key(|at| !disks[*at].answers());
    for first in order {
        if disks[first].unfit.is_some() {
            continue;
        }
        for other in 0..disks.len() {
            let second_path = other != first && one_disk(&disks[first], &disks[other]);
            if !second_path || matches!(disks[other].unfit, Some(Unfit::MultipathMember(_))) {
                continue;
            }
            // In use over one path is in use over all.
            if let Some(unfit) = disks[other].unfit.clone() {
                disks[first].unfit = Some(unfit);
                break;
            }
            let (name, links) = (disks[other].name.clone(), disks[other].links.clone());
            let one = &mut disks[first];
            one.paths.push(name);
            one.links
                .extend(links.into_iter().filter(|l| l.contains("/by-id/")));
            one.links.sort();
            one.links.dedup();
            disks[other].unfit = Some(Unfit::MultipathMember(disks[first].name.clone()));
        }
    }
}

/// Under a firmware's RAID mode its members belong to a volume that we do not see: writing to one would break it.
/// With the mode off their signatures are only what is left of it.
pub fn mark_raid_members(disks: &mut [Disk]) {
    for disk in disks.iter_mut().filter(|d| d.unfit.is_none()) {
        let raid = disk.contents.iter().find_map(|c| match &c.what {
            What::FirmwareRaid(format) => Some(format.clone()),
            _ => None,
        });
        disk.unfit = raid.map(Unfit::RaidMember);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Content;
    use crate::samples::disk;
    use firn_config::Bus;

    fn lun(name: &str, wwn: Option<&str>, serial: Option<&str>) -> Disk {
        Disk {
            wwn: wwn.map(Into::into),
            serial: serial.map(Into::into),
            links: vec![
                format!("/dev/disk/by-id/of-{name}"),
                format!("/dev/disk/by-path/of-{name}"),
            ],
            bus: Some(Bus::Scsi),
            ..disk(name, 500_000_000_000)
        }
    }

    fn fit(disks: &[Disk]) -> Vec<&str> {
        let fit = disks.iter().filter(|d| d.unfit.is_none());
        fit.map(|d| d.name.as_str()).collect()
    }

    #[test]
    fn paths_to_one_disk_are_one_candidate() {
        let mut disks = [
            lun("sda", Some("0x5000c500a1b2c3d1"), None),
            lun("sdb", Some("0x5000c500a1b2c3d2"), None),
            lun("sdc", Some("0x5000c500a1b2c3d1"), None),
            lun("sdd", Some("0x5000c500a1b2c3d1"), None),
        ];
        merge(&mut disks);
        assert_eq!(fit(&disks), ["sda", "sdb"]);
        assert_eq!(disks[0].paths, ["sdc", "sdd"]);
        assert_eq!(disks[2].unfit, Some(Unfit::MultipathMember("sda".into())));
        assert!(disks[0].links.contains(&"/dev/disk/by-id/of-sdc".into()));
        assert!(!disks[0].links.contains(&"/dev/disk/by-path/of-sdc".into()));
    }

    #[test]
    fn a_path_that_is_asleep_is_not_the_one_that_stays() {
        let wwn = Some("0x5000c500a1b2c3d1");
        let asleep = |name: &str, wwn| Disk {
            unread: Some("Input/output error (os error 5)".into()),
            contents: vec![Content {
                device: name.into(),
                what: What::Unreadable("Input/output error (os error 5)".into()),
                set: None,
            }],
            ..lun(name, wwn, Some("S1"))
        };
        let mut disks = [
            asleep("sda", wwn),
            asleep("sdb", wwn),
            lun("sdc", wwn, Some("S1")),
        ];
        merge(&mut disks);
        assert_eq!(fit(&disks), ["sdc"]);
        assert_eq!(disks[2].paths, ["sda", "sdb"]);
        assert_eq!(disks[0].unfit, Some(Unfit::MultipathMember("sdc".into())));
        // None answers: one disk, about which nothing is known.
        let mut disks = [asleep("sda", wwn), asleep("sdb", wwn)];
        merge(&mut disks);
        assert_eq!(fit(&disks), ["sda"]);
        let mut nameless = [asleep("sda", None), lun("sdb", None, Some("S1"))];
        merge(&mut nameless);
        assert_eq!(fit(&nameless), ["sda", "sdb"]);
    }

    #[test]
    fn without_world_wide_names_model_and_serial_decide() {
        let all = || {
            [
                lun("sda", None, Some("S1")),
                lun("sdb", None, Some("S1")),
                lun("sdc", None, None),
                lun("sdd", None, None),
            ]
        };
        let mut unread = all();
        merge(&mut unread);
        assert_eq!(fit(&unread), ["sda", "sdb", "sdc", "sdd"]);
        let mut disks = all();
        disks.iter_mut().for_each(|d| d.edges = Some("ab".into()));
        merge(&mut disks);
        assert_eq!(fit(&disks), ["sda", "sdc", "sdd"]);
        let mut sticks = [lun("sda", None, Some("S1")), lun("sdb", None, Some("S1"))];
        sticks.iter_mut().for_each(|d| d.bus = Some(Bus::Usb));
        merge(&mut sticks);
        assert_eq!(fit(&sticks), ["sda", "sdb"]);
    }

    #[test]
    fn a_name_of_a_whole_series_makes_no_paths() {
        let mut disks = [
            lun("sda", Some("0x5000c500a1b2c3d1"), Some("S1")),
            lun("sdb", Some("0x5000c500a1b2c3d1"), Some("S2")),
        ];
        merge(&mut disks);
        assert_eq!(fit(&disks), ["sda", "sdb"]);
    }

    #[test]
    fn in_use_over_one_path_is_in_use() {
        let mut disks = [
            lun("sda", Some("0x5000c500a1b2c3d1"), None),
            lun("sdb", Some("0x5000c500a1b2c3d1"), None),
        ];
        disks[1].unfit = Some(Unfit::Mounted("/mnt".into()));
        merge(&mut disks);
        assert!(fit(&disks).is_empty());
    }

    #[test]
    fn members_of_a_live_firmware_raid_are_unfit() {
        let mut disks = [lun("sda", None, None), lun("sdb", None, None)];
        disks[0].contents.push(Content {
            device: "sda".into(),
            what: What::FirmwareRaid("isw_raid_member".into()),
            set: None,
        });
        mark_raid_members(&mut disks);
        assert_eq!(fit(&disks), ["sdb"]);
    }
}
