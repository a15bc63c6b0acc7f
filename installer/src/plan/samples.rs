//! What is planned on disks that are made for tests.

use super::{Partition, layout, plan};
use crate::machine::samples::made::{SIZE, Seen};
use crate::machine::samples::{disk, server};
use crate::machine::{Disk, Machine};
use firn_config::{Answers, DiskRule, Pattern, Wipe};

/// The partitions of a disk of `size` bytes.
pub fn layout_for_tests(size: u64) -> Vec<Partition> {
    layout::layout(size).partitions
}

/// What a plan for a machine with one such disk says: why the disk is not overwritten, or what would be destroyed.
pub fn planned(seen: Seen, wipe: Wipe) -> Result<Vec<String>, String> {
    let disk = Disk {
        contents: seen.contents,
        firn: seen.firn,
        store_of: seen.store_of,
        unread: seen.unread,
        ..disk("vda", SIZE)
    };
    let machine = Machine {
        disks: vec![disk],
        ..server()
    };
    let mut answers = Answers::default();
    answers.host.name = "xen1".into();
    answers.disk.wipe = wipe;
    answers.disk.target = DiskRule {
        path: Some(Pattern("/dev/vda".into())),
        ..DiskRule::default()
    };
    let english = |text: &firn_words::Text| text.to_string();
    match plan(&machine, &answers) {
        Ok(plan) => Ok(plan.destroyed().iter().map(english).collect()),
        Err(problems) => Err(problems
            .iter()
            .map(|p| english(&p.text))
            .collect::<Vec<_>>()
            .join("; ")),
    }
}
