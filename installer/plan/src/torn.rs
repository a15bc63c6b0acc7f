//! Volume groups, RAIDs and pools that reach over several disks: whoever writes to one of them harms what is on the others.

use super::same::{entangled, other_paths};
use firn_machine::{Content, Disk, Machine};
use firn_words::{Text, say};

/// For each thing on `disk` that has further parts on disks which are not `written`: what it is, and which disks those are.
pub fn torn(machine: &Machine, disk: &Disk, written: &[&Disk]) -> Vec<Text> {
    // LVM names one path only of a disk that has several.
    let paths = std::iter::once(disk).chain(other_paths(machine, disk));
    paths
        .map(|path| seen_by(machine, path, written))
        .find(|torn| !torn.is_empty())
        .unwrap_or_default()
}

fn seen_by(machine: &Machine, path: &Disk, written: &[&Disk]) -> Vec<Text> {
    let is_one_of =
        |disks: &[&Disk], other: &Disk| disks.iter().any(|one| entangled(machine, one, other));
    let mut found: Vec<Text> = Vec::new();
    for content in &path.contents {
        let mut with: Vec<&Disk> = Vec::new();
        for other in &machine.disks {
            let part = other.contents.iter().any(|part| of_one_set(content, part));
            if part && !is_one_of(written, other) && !is_one_of(&with, other) {
                with.push(other);
            }
        }
        if !with.is_empty() {
            let disks = Text::join(with.iter().map(|other| other.title()), ", ");
            found.push(say!(
                "plan-torn",
                count = with.len(),
                disks = disks,
                what = content.what.text(),
                device = &content.device
            ));
        }
    }
    found
}

fn of_one_set(one: &Content, other: &Content) -> bool {
    one.set.is_some() && one.set == other.set
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_machine::samples::disk;
    use firn_machine::{Unfit, What};
    use firn_words::Language;

    fn part(name: &str, set: Option<&str>) -> Disk {
        Disk {
            contents: vec![Content {
                device: format!("{name}1"),
                what: What::Lvm("vg0".into()),
                set: set.map(Into::into),
            }],
            serial: Some(name.into()),
            ..disk(name, 20_000_000_000)
        }
    }

    fn machine(disks: Vec<Disk>) -> Machine {
        Machine {
            disks,
            ..Machine::default()
        }
    }

    fn of(machine: &Machine, written: &[usize]) -> Vec<String> {
        let written: Vec<&Disk> = written.iter().map(|n| &machine.disks[*n]).collect();
        let torn = torn(machine, written[0], &written);
        torn.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_else_is_lost_is_named() {
        let all = machine(vec![
            part("sda", Some("a")),
            part("sdb", Some("a")),
            part("sdc", Some("a")),
            part("sdd", Some("d")),
            part("sde", None),
            part("sdf", None),
        ]);
        assert_eq!(
            of(&all, &[0]),
            [
                "/dev/sdb (20 GB), /dev/sdc (20 GB) may become unreadable, too: they hold other parts of what is on sda1, an LVM volume of the group \"vg0\"."
            ]
        );
        assert_eq!(
            of(&all, &[0, 1]),
            [
                "/dev/sdc (20 GB) may become unreadable, too: it holds another part of what is on sda1, an LVM volume of the group \"vg0\"."
            ]
        );
        assert!(of(&all, &[0, 1, 2]).is_empty());
        assert!(of(&all, &[3]).is_empty());
        assert!(of(&all, &[4]).is_empty(), "what has no id is no set");
        let german = torn(&all, &all.disks[1], &[&all.disks[1], &all.disks[0]]);
        assert_eq!(
            german[0].in_language(Language::De),
            "Auch /dev/sdc (20 GB) kann unlesbar werden: Dort liegt ein weiterer Teil von dem, was auf sdb1 ist (ein LVM-Volume der Gruppe \"vg0\")."
        );
    }

    #[test]
    fn another_path_to_the_disk_is_no_other_disk() {
        let mut path = part("sdb", Some("a"));
        path.unfit = Some(Unfit::MultipathMember("sda".into()));
        let mut all = machine(vec![part("sda", Some("a")), path]);
        assert!(of(&all, &[0]).is_empty());
        // The other way round: one spared disk over two paths, and what is on the written one shows by its second path only.
        all.disks[0].contents.clear();
        let mut spared = part("sdd", Some("a"));
        spared.unfit = Some(Unfit::MultipathMember("sdc".into()));
        all.disks.extend([part("sdc", Some("a")), spared]);
        let said = of(&all, &[0]);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].starts_with("/dev/sdc (20 GB) may become"),
            "{said:?}"
        );
    }
}
