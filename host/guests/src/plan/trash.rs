//! Into the trash, out of it, and out of the world.

use super::disks::gone;
use super::{Ground, Life, Planned, change, from_trash, planned, to_trash};
use crate::definition::{Definition, Machine};
use crate::{BootFile, Operation, Problem, Step};
use firn_words::say;

impl Ground<'_> {
    /// The plan of putting a guest into the trash.
    ///
    /// # Errors
    /// When it runs or is protected.
    pub fn delete(&self, guest: &Definition) -> Planned {
        let mut problems: Vec<Problem> = self.unfinished(guest).into_iter().collect();
        let life = self.life(guest);
        if matches!(life, Life::On | Life::Paused) {
            problems.push(Problem::conflict(say!(
                "guests-delete-runs",
                name = &guest.name
            )));
        }
        if guest.protected {
            problems.push(Problem::conflict(say!(
                "guests-protected",
                name = &guest.name
            )));
        }
        planned(problems, Operation::Delete, guest, || {
            let after = Definition {
                deleted: Some(self.now.to_owned()),
                ..guest.clone()
            };
            let disks = guest.disks.iter();
            let mut steps: Vec<Step> = disks.map(|disk| to_trash(&guest.id, disk)).collect();
            steps.push(change(guest, after));
            // The last one, because it cannot be undone.
            steps.extend((life == Life::Ended).then_some(Step::Destroy));
            steps
        })
    }

    /// The plan of taking a guest out of the trash, by another name where its own is taken.
    ///
    /// # Errors
    /// When its name is taken.
    pub fn restore(&self, guest: &Definition, name: Option<&str>) -> Planned {
        let mut problems: Vec<Problem> = self.unfinished(guest).into_iter().collect();
        let name = name.unwrap_or(&guest.name);
        problems.extend(self.check_name(name, None));
        let after = Definition {
            name: name.to_owned(),
            deleted: None,
            pending: Vec::new(),
            ..guest.clone()
        };
        planned(problems, Operation::Restore, &after.clone(), || {
            let back = guest.disks.iter().map(|disk| from_trash(&guest.id, disk));
            back.chain([change(guest, after)]).collect()
        })
    }

    /// The plan of removing a guest that is in the trash for good.
    ///
    /// # Errors
    /// When a task works on it.
    pub fn empty(&self, guest: &Definition) -> Planned {
        let problems = self.unfinished(guest).into_iter().collect();
        planned(problems, Operation::Empty, guest, || {
            let removed = guest.removed.iter().map(|removed| &removed.disk);
            let disks = guest.disks.iter().chain(removed);
            let mut steps: Vec<Step> = disks.map(|disk| gone(guest, disk)).collect();
            if let Machine::Kernel { ramdisk, .. } = guest.machine {
                steps.push(Step::Drop {
                    file: BootFile::Kernel,
                });
                steps.extend(ramdisk.then_some(Step::Drop {
                    file: BootFile::Ramdisk,
                }));
            }
            steps.push(Step::Define {
                before: Some(Box::new(guest.clone())),
                after: None,
            });
            steps
        })
    }
}
