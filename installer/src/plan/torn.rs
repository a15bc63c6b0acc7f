//! Volume groups, RAIDs and pools that reach over several disks: whoever writes to one of them harms what is on the others.

use super::same::entangled;
use crate::machine::{Content, Disk, Machine};
use firn_words::{Text, say};

/// For each thing on `disk` that has further parts on disks which are not `written`: what it is, and which disks those are.
pub fn torn(machine: &Machine, disk: &Disk, written: &[&Disk]) -> Vec<Text> {
    let spared = |other: &&Disk| !written.iter().any(|one| entangled(machine, one, other));
    let others: Vec<&Disk> = machine.disks.iter().filter(spared).collect();
    let mut found: Vec<Text> = Vec::new();
    for content in &disk.contents {
        let with: Vec<&Disk> = others
            .iter()
            .copied()
            .filter(|other| other.contents.iter().any(|part| of_one_set(content, part)))
            .collect();
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
    use crate::machine::samples::disk;
    use crate::machine::{Unfit, What};
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
        let both = machine(vec![part("sda", Some("a")), path]);
        assert!(of(&both, &[0]).is_empty());
    }
}
