//! Which of several file systems with one label counts. Pure, but for the list of devices.

use super::Found;
use firn_config::{Problem, Size};
use firn_disks::BlockDevice;
use firn_image::cmdline::key;
use firn_words::{Text, say};

/// A file system with the label.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// The file system.
    pub device: BlockDevice,
    /// Kernel name of the whole disk.
    pub disk: String,
    model: Option<String>,
    /// Whether it can be pulled out. Then somebody has put it in, which is not sure of a disk that stays where it is.
    pub removable: bool,
}

/// What reading from a candidate gave: a file, none, or why not.
pub type Outcome = Result<Option<Found>, Problem>;

/// All of this machine, those that can be pulled out first.
pub fn all(label: &str) -> Vec<Candidate> {
    of(&firn_disks::lsblk::list(), label)
}

fn of(disks: &[BlockDevice], label: &str) -> Vec<Candidate> {
    let on = |disk: &BlockDevice| -> Vec<Candidate> {
        let labelled = disk.flat().into_iter().filter(|d| d.has_label(label));
        labelled.map(|device| candidate(disk, device)).collect()
    };
    let mut all: Vec<Candidate> = disks.iter().flat_map(on).collect();
    all.sort_by_key(|candidate| !candidate.removable);
    all
}

fn candidate(disk: &BlockDevice, device: &BlockDevice) -> Candidate {
    Candidate {
        device: device.clone(),
        disk: disk.name.clone(),
        model: firn_disks::lsblk::trimmed(disk.model.as_deref()),
        removable: disk.removable(),
    }
}

/// The answers of all candidates: those that can be pulled out come before the others, and what is there of one rank must be one file. A
/// file that cannot be read counts as one: somebody has meant it.
///
/// # Errors
/// It cannot be read, or there are several, which are named.
pub fn choose(label: &str, read: Vec<(Candidate, Outcome)>) -> Outcome {
    let there = read
        .into_iter()
        .filter_map(|(candidate, outcome)| Some((candidate, outcome.transpose()?)));
    let (removable, fixed): (Vec<_>, Vec<_>) =
        there.partition(|(candidate, _)| candidate.removable);
    let mut rank = if removable.is_empty() {
        fixed
    } else {
        removable
    };
    if !all_the_same(&rank) {
        return Err(several(label, &rank));
    }
    let disks: Vec<String> = rank
        .iter()
        .map(|(candidate, _)| candidate.disk.clone())
        .collect();
    match rank.drain(..).next() {
        Some((_, found)) => Ok(Some(Found { disks, ..found? })),
        None => Ok(None),
    }
}

/// A disk that was written from a CD's image shows its one file system twice.
fn all_the_same(rank: &[(Candidate, Result<Found, Problem>)]) -> bool {
    let text = |(_, found): &(Candidate, Result<Found, Problem>)| {
        found.as_ref().ok().map(|f| f.text.clone())
    };
    match rank {
        [] | [_] => true,
        [first, more @ ..] => {
            text(first).is_some() && more.iter().all(|other| text(other) == text(first))
        }
    }
}

fn several(label: &str, rank: &[(Candidate, Result<Found, Problem>)]) -> Problem {
    let names = rank.iter().map(|(candidate, _)| candidate.title());
    let devices = Text::join(names, ", ");
    Problem::new(
        key::ANSWERS,
        say!("answers-several", label = label, devices = devices),
    )
}

impl Candidate {
    /// For people: "/dev/sdb1 (8 GB, SanDisk Ultra)".
    fn title(&self) -> Text {
        let size = Size(self.device.size).text();
        let words = [Some(size), self.model.as_ref().map(Text::from)];
        let words = Text::join(words.into_iter().flatten(), ", ");
        Text::join(
            [format!("{} (", self.device.path).into(), words, ")".into()],
            "",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers_source::Channel;

    fn disk(name: &str, tran: &str, labels: &[&str]) -> BlockDevice {
        let part = |(number, label): (usize, &&str)| BlockDevice {
            name: format!("{name}{}", number + 1),
            path: format!("/dev/{name}{}", number + 1),
            kind: "part".into(),
            size: 8_000_000_000,
            label: Some((*label).into()),
            ..BlockDevice::default()
        };
        BlockDevice {
            name: name.into(),
            path: format!("/dev/{name}"),
            kind: "disk".into(),
            tran: Some(tran.into()),
            model: Some(format!("Maker  {name}")),
            children: labels.iter().enumerate().map(part).collect(),
            ..BlockDevice::default()
        }
    }

    fn file(text: &str) -> Outcome {
        Ok(Some(Found {
            text: text.into(),
            from: text.into(),
            channel: Channel::Local,
            disks: Vec::new(),
        }))
    }

    fn broken() -> Outcome {
        Err(Problem::new("syntax", "broken".to_owned()))
    }

    /// What comes of reading these from the candidates, in their order.
    fn chosen(disks: &[BlockDevice], outcomes: Vec<Outcome>) -> String {
        let candidates = of(disks, "FIRNANSWERS");
        assert_eq!(candidates.len(), outcomes.len());
        match choose(
            "FIRNANSWERS",
            candidates.into_iter().zip(outcomes).collect(),
        ) {
            Ok(Some(found)) => format!("{} of {}", found.text, found.disks.join(" ")),
            Ok(None) => "none".into(),
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn labels_in_any_case_on_partitions_and_whole_disks() {
        let mut whole = disk("sdb", "usb", &[]);
        whole.label = Some("FirnAnswers".into());
        let other = disk("sda", "sata", &["DATA", "firnanswers ", "FIRNANSWERS2"]);
        let cd = BlockDevice {
            kind: "rom".into(),
            label: Some("FIRNANSWERS".into()),
            ..disk("sr0", "sata", &[])
        };
        let names: Vec<String> = of(&[other, whole, cd], "FIRNANSWERS")
            .into_iter()
            .map(|candidate| candidate.device.name)
            .collect();
        assert_eq!(names, ["sdb", "sr0", "sda2"]);
    }

    #[test]
    fn what_can_be_pulled_out_comes_first() {
        let label = &["FIRNANSWERS"];
        let (fixed, stick) = (disk("sda", "sata", label), disk("sdb", "usb", label));
        let both = [fixed.clone(), stick.clone()];
        assert_eq!(chosen(&both, vec![file("new"), file("old")]), "new of sdb");
        assert_eq!(chosen(&both, vec![file("new"), broken()]), "new of sdb");
        assert_eq!(chosen(&both, vec![Ok(None), file("old")]), "old of sda");
        // It is not passed over: somebody has put it in.
        assert_eq!(
            chosen(&both, vec![broken(), file("old")]),
            "problem syntax: broken"
        );
        assert_eq!(chosen(&both, vec![Ok(None), Ok(None)]), "none");
        assert_eq!(chosen(&[fixed], vec![file("old")]), "old of sda");
        assert_eq!(chosen(&[], vec![]), "none");
    }

    #[test]
    fn several_of_a_rank_are_named() {
        let label = &["FIRNANSWERS"];
        let sticks = [disk("sdb", "usb", label), disk("sdc", "usb", label)];
        insta::assert_snapshot!(chosen(&sticks, vec![file("a"), file("b")]), @"problem firn.answers: several file systems labelled FIRNANSWERS have different answers, or one of them cannot be read: /dev/sdb1 (8 GB, Maker sdb), /dev/sdc1 (8 GB, Maker sdc); leave only one of them in the machine, or give the others another label");
        let named = chosen(&sticks, vec![file("a"), file("b")]);
        assert_eq!(chosen(&sticks, vec![file("a"), broken()]), named);
        assert_eq!(chosen(&sticks, vec![broken(), broken()]), named);
        assert_eq!(chosen(&sticks, vec![file("a"), file("a")]), "a of sdb sdc");
        assert_eq!(chosen(&sticks, vec![Ok(None), file("b")]), "b of sdc");
        let disks = [disk("sda", "sata", label), disk("nvme0n1", "nvme", label)];
        assert!(chosen(&disks, vec![file("a"), file("b")]).contains("/dev/nvme0n11"));
        let one_stick = [disk("sdb", "usb", &["FIRNANSWERS", "FIRNANSWERS"])];
        assert!(chosen(&one_stick, vec![file("a"), file("b")]).contains("/dev/sdb2 ("));
    }
}
