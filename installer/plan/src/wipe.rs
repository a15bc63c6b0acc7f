//! What a chosen disk holds never helps to choose it: it can only stop the installation.

use firn_config::{Problem, Wipe};
use firn_machine::{Content, Disk, FirnHost, few};
use firn_words::{Text, say};

/// More things than this are not listed each in a line of its own.
const MOST_LINES: usize = 12;

/// Whether `wipe` allows to destroy what the disk holds.
pub fn judge(disk: &Disk, wipe: &Wipe) -> Option<Problem> {
    let title = disk.title();
    let part = if disk.firn.is_some() { "host" } else { "store" };
    let text = match (wipe, disk.owner()) {
        // The server decides, just before anything is written.
        (Wipe::Token(_), _) => return None,
        (Wipe::Host(id), Some(firn)) if names(id, firn) => return None,
        (Wipe::Host(id), Some(firn)) => say!(
            "plan-wipe-other-host",
            wipe = id,
            disk = title,
            part = part,
            name = &firn.name,
            id = firn.short_id()
        ),
        (_, Some(firn)) => say!(
            "plan-wipe-host",
            disk = title,
            part = part,
            name = &firn.name,
            wipe = name(wipe),
            id = firn.short_id()
        ),
        // It may hold a host.
        (_, None) if disk.unread.is_some() => {
            let reason = disk.unread.clone().unwrap_or_default();
            say!("plan-wipe-unread", disk = title, reason = reason)
        }
        (Wipe::Any, None) => return None,
        (_, None) if disk.contents.is_empty() => return None,
        (Wipe::Empty, None) => say!("plan-wipe-empty", disk = title, holds = holds(disk)),
        (Wipe::Host(id), None) => say!(
            "plan-wipe-no-host",
            wipe = id,
            disk = title,
            holds = holds(disk)
        ),
    };
    Some(Problem::new("disk.wipe", text))
}

/// A host whose id cannot be read is named by nothing.
fn names(id: &str, firn: &FirnHost) -> bool {
    !id.is_empty() && firn.short_id().eq_ignore_ascii_case(id)
}

fn name(wipe: &Wipe) -> &str {
    match wipe {
        Wipe::Empty => "empty",
        Wipe::Any => "any",
        Wipe::Host(id) => id,
        Wipe::Token(_) => "token:…",
    }
}

fn holds(disk: &Disk) -> Text {
    few(disk.contents.iter().map(content), ", ")
}

/// What is on a disk and will be gone, in words; of very many things the first few, and how many more there are.
pub fn destroys(disk: &Disk) -> Vec<Text> {
    match &disk.store_of {
        Some(firn) => vec![say!(
            "plan-guests-of",
            name = &firn.name,
            id = firn.short_id(),
            disk = &disk.path
        )],
        None if disk.contents.len() > MOST_LINES => vec![holds(disk)],
        None => disk.contents.iter().map(content).collect(),
    }
}

/// One thing on a disk, with its device.
fn content(content: &Content) -> Text {
    say!(
        "plan-content",
        what = content.what.text(),
        device = &content.device
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_machine::What;
    use firn_machine::samples::disk;

    fn with(count: u64) -> Disk {
        let part = |n: u64| Content {
            device: format!("sda{n}"),
            what: What::Partition(17_000_000),
            set: None,
        };
        Disk {
            contents: (1..=count).map(part).collect(),
            ..disk("sda", 20_000_000_000)
        }
    }

    #[test]
    fn very_many_partitions_are_the_first_few_and_a_count() {
        let few = "a partition of 17 MB on sda1, a partition of 17 MB on sda2, a partition of 17 MB on sda3, a partition of 17 MB on sda4 and 124 more";
        let problem = judge(&with(128), &Wipe::Empty).unwrap();
        assert_eq!(
            problem.text.to_string(),
            format!(
                "/dev/sda (20 GB) is not empty, as wipe = \"empty\" wants it: it holds {few}; wipe = \"any\" would destroy that"
            )
        );
        let text = |disk: &Disk| {
            destroys(disk)
                .iter()
                .map(Text::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(text(&with(128)), [few]);
        assert_eq!(text(&with(12)).len(), 12);
        assert!(
            holds(&with(5))
                .to_string()
                .ends_with("sda4, a partition of 17 MB on sda5")
        );
        let german = destroys(&with(128))[0].in_language(firn_config::Language::De);
        assert!(german.ends_with("auf sda4 und 124 weitere"), "{german}");
    }
}
