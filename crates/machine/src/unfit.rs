//! Why a disk can never be a target.

use super::{Disk, Machine};
use firn_config::ANSWERS_LABEL;
use firn_words::{Text, say};
use serde::{Deserialize, Serialize};

/// Why a disk can never be a target, whatever rules and people say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unfit {
    /// The installer was started from it.
    #[serde(alias = "the installation medium")]
    Medium,
    /// A CD drive.
    CdDrive,
    /// A floppy drive.
    Floppy,
    /// A network block device.
    NetworkBlockDevice,
    /// The answers were taken from it, or it is a stick labelled FIRNANSWERS.
    Answers,
    /// It cannot be written.
    ReadOnly,
    /// Its zones can only be written in order: host-managed SMR, ZNS.
    Zoned,
    /// A drive without a medium in it.
    NoMedium,
    /// The kernel does not say how large it is.
    NoSize,
    /// It, or something on it, is mounted there.
    Mounted(String),
    /// Something else is made of it and active: the name and kind of that.
    InUse(String),
    /// A member of this RAID.
    RaidMember(String),
    /// Another path to the disk of this kernel name.
    MultipathMember(String),
    /// A reason that this version does not know, in the words of the one that wrote it.
    #[serde(untagged)]
    Other(String),
}

impl Unfit {
    /// The reason for people, without a full stop.
    pub fn text(&self) -> Text {
        match self {
            Self::Medium => say!("check-unfit-medium"),
            Self::CdDrive => say!("check-unfit-cd"),
            Self::Floppy => say!("check-unfit-floppy"),
            Self::NetworkBlockDevice => say!("check-unfit-nbd"),
            Self::Answers => say!("check-unfit-answers", label = ANSWERS_LABEL),
            Self::ReadOnly => say!("check-unfit-read-only"),
            Self::Zoned => say!("check-unfit-zoned"),
            Self::NoMedium => say!("check-unfit-no-medium"),
            Self::NoSize => say!("check-unfit-no-size"),
            Self::Mounted(place) => say!("check-unfit-mounted", place = place),
            Self::InUse(user) => say!("check-unfit-in-use", user = user),
            Self::RaidMember(name) => say!("check-unfit-raid", name = name),
            Self::MultipathMember(disk) => say!("check-unfit-multipath", disk = disk),
            Self::Other(reason) => reason.into(),
        }
    }
}

impl Machine {
    /// Keeps the disks of these kernel names, which the answers came from, from being targets; over all paths to them.
    pub fn keep_answers(&mut self, names: &[String]) {
        let holds = |disk: &Disk| {
            names.contains(&disk.name) || disk.paths.iter().any(|path| names.contains(path))
        };
        let holders = self.disks.iter_mut().filter(|disk| holds(disk));
        for disk in holders.filter(|disk| disk.unfit.is_none()) {
            disk.unfit = Some(Unfit::Answers);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_disk_of_the_answers_is_no_target_by_whichever_path_they_came() {
        let disk = |name: &str, paths: &[&str], unfit| Disk {
            name: name.into(),
            paths: paths.iter().map(|path| (*path).into()).collect(),
            unfit,
            ..Disk::default()
        };
        let second = Unfit::MultipathMember("sdb".into());
        let mut machine = Machine {
            disks: vec![
                disk("sda", &[], None),
                disk("sdb", &["sdc"], None),
                disk("sdc", &[], Some(second.clone())),
                disk("sdd", &[], None),
            ],
            ..Machine::default()
        };
        machine.keep_answers(&["sdc".into(), "sdd".into()]);
        let unfit: Vec<_> = machine.disks.into_iter().map(|disk| disk.unfit).collect();
        let answers = Some(Unfit::Answers);
        assert_eq!(unfit, [None, answers.clone(), Some(second), answers]);
    }

    #[test]
    fn reads_what_it_writes_and_what_older_versions_wrote() {
        for (unfit, json) in [
            (Unfit::Medium, r#""medium""#),
            (Unfit::ReadOnly, r#""read-only""#),
            (Unfit::Mounted("/mnt".into()), r#"{"mounted":"/mnt"}"#),
            (Unfit::Other("a CD drive".into()), r#""a CD drive""#),
        ] {
            assert_eq!(serde_json::to_string(&unfit).unwrap(), json);
            assert_eq!(serde_json::from_str::<Unfit>(json).unwrap(), unfit);
        }
        let old = serde_json::from_str::<Unfit>(r#""the installation medium""#);
        assert_eq!(old.unwrap(), Unfit::Medium);
    }
}
