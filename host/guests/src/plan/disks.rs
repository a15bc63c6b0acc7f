//! One disk more, less, or larger.

use super::check::rounded;
use super::{Ground, Planned, change, from_trash, planned, reserve, settle, to_trash};
use crate::definition::{Definition, Disk, Removed, Role, trashed, volume};
use crate::request::NewDisk;
use crate::{Operation, Problem, Step};
use firn_config::Size;
use firn_words::say;

impl Ground<'_> {
    /// The plan of one more disk. A running guest gets it at once.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn disk_add(&self, guest: &Definition, new: &NewDisk) -> Planned {
        let (on, mut problems) = self.reached(guest);
        let target = guest.target_from('a');
        if target.is_none() {
            problems.push(Problem::conflict(say!(
                "guests-disks-full",
                name = &guest.name
            )));
        }
        let made = self
            .check_disk(new, None, "")
            .map_err(|found| problems.extend(found));
        let (Ok((store, size)), Some(target), []) = (made, target, problems.as_slice()) else {
            return Err(problems);
        };
        let disk = Disk {
            number: guest.next_number(),
            store,
            size,
            target,
            role: Role::Disk,
        };
        planned(problems, Operation::DiskAdd, guest, || add(guest, disk, on))
    }

    /// The plan of taking a disk away, into the trash.
    ///
    /// # Errors
    /// When there is no such disk.
    pub fn disk_remove(&self, guest: &Definition, target: &str) -> Planned {
        let (on, mut problems) = self.reached(guest);
        let disk = find(guest, target).map_err(|problem| problems.push(problem));
        let (Ok(disk), []) = (disk, problems.as_slice()) else {
            return Err(problems);
        };
        planned(problems, Operation::DiskRemove, guest, || {
            remove(guest, disk, on, self.now)
        })
    }

    /// The plan of a larger disk. A running guest sees it at once.
    ///
    /// # Errors
    /// When there is no such disk, or it would become smaller.
    pub fn disk_grow(&self, guest: &Definition, target: &str, size: u64) -> Planned {
        let (_, mut problems) = self.reached(guest);
        let disk = find(guest, target).map_err(|problem| problems.push(problem));
        let Ok(disk) = disk else {
            return Err(problems);
        };
        let new = NewDisk {
            size: Some(size),
            store: Some(disk.store.clone()),
        };
        let wanted = self
            .check_disk(&new, None, "")
            .map_err(|found| problems.extend(found));
        if rounded(size) <= disk.size {
            let text = say!(
                "guests-disk-smaller",
                target = target,
                has = Size(disk.size),
                found = Size(size)
            );
            problems.push(Problem::wrong("size", text));
        }
        let size = wanted.map_or(disk.size, |(_, size)| size);
        planned(problems, Operation::DiskGrow, guest, || {
            grow(guest, disk, size)
        })
    }

    /// The plan of bringing a removed disk back, by its number.
    ///
    /// # Errors
    /// When there is no such disk in the trash.
    pub fn disk_restore(&self, guest: &Definition, number: u32) -> Planned {
        let (on, mut problems) = self.reached(guest);
        let disk = guest
            .removed
            .iter()
            .find(|removed| removed.disk.number == number);
        let Some(removed) = disk else {
            problems.push(Problem::missing(
                "disk",
                say!("guests-no-removed", name = &guest.name, number = number),
            ));
            return Err(problems);
        };
        let Some(target) = guest.target_from('a') else {
            problems.push(Problem::conflict(say!(
                "guests-disks-full",
                name = &guest.name
            )));
            return Err(problems);
        };
        let disk = Disk {
            target,
            ..removed.disk.clone()
        };
        planned(problems, Operation::DiskAdd, guest, || {
            restore(guest, disk, on)
        })
    }

    /// The plan of removing the disks for good that were taken from a guest.
    ///
    /// # Errors
    /// When a task works on the guest.
    pub fn disk_empty(&self, guest: &Definition) -> Planned {
        let problems = self.unfinished(guest).into_iter().collect();
        planned(problems, Operation::Empty, guest, || {
            let mut steps: Vec<Step> = guest
                .removed
                .iter()
                .map(|of| gone(guest, &of.disk))
                .collect();
            steps.push(change(
                guest,
                Definition {
                    removed: Vec::new(),
                    ..guest.clone()
                },
            ));
            steps
        })
    }
}

fn find<'a>(guest: &'a Definition, target: &str) -> Result<&'a Disk, Problem> {
    let disk = guest.disks.iter().find(|disk| disk.target == target);
    let targets: Vec<&str> = guest
        .disks
        .iter()
        .map(|disk| disk.target.as_str())
        .collect();
    let has = targets.join(", ");
    let unknown = || {
        say!(
            "guests-no-disk",
            name = &guest.name,
            target = target,
            has = has
        )
    };
    disk.ok_or_else(|| Problem::missing("disk", unknown()))
}

pub(super) fn gone(guest: &Definition, disk: &Disk) -> Step {
    Step::Remove {
        store: disk.store.clone(),
        volume: trashed(&guest.id, disk.number),
    }
}

fn add(guest: &Definition, disk: Disk, on: bool) -> Vec<Step> {
    let mut after = guest.clone();
    after.disks.push(disk.clone());
    let mut steps = vec![reserve(&guest.id, &disk)];
    steps.extend(on.then(|| attach(guest, &disk)));
    steps.push(change(guest, after));
    steps.push(settle(&guest.id, &disk));
    steps
}

fn attach(guest: &Definition, disk: &Disk) -> Step {
    Step::AttachDisk {
        definition: Box::new(guest.clone()),
        disk: disk.clone(),
    }
}

fn remove(guest: &Definition, disk: &Disk, on: bool, now: &str) -> Vec<Step> {
    let mut after = guest.clone();
    after.disks.retain(|other| other.number != disk.number);
    after.removed.push(Removed {
        when: now.to_owned(),
        disk: disk.clone(),
    });
    let detach = || Step::DetachDisk {
        definition: Box::new(guest.clone()),
        disk: disk.clone(),
    };
    let mut steps: Vec<Step> = on.then(detach).into_iter().collect();
    steps.extend([to_trash(&guest.id, disk), change(guest, after)]);
    steps
}

fn restore(guest: &Definition, disk: Disk, on: bool) -> Vec<Step> {
    let mut after = guest.clone();
    after
        .removed
        .retain(|removed| removed.disk.number != disk.number);
    after.disks.push(disk.clone());
    let mut steps = vec![from_trash(&guest.id, &disk)];
    steps.extend(on.then(|| attach(guest, &disk)));
    steps.push(change(guest, after));
    steps
}

fn grow(guest: &Definition, disk: &Disk, size: u64) -> Vec<Step> {
    let mut after = guest.clone();
    let mut same = after
        .disks
        .iter_mut()
        .filter(|other| other.number == disk.number);
    same.by_ref().for_each(|disk| disk.size = size);
    let volume = volume(&guest.id, disk.number);
    vec![
        Step::Grow {
            store: disk.store.clone(),
            volume,
            size,
        },
        change(guest, after),
    ]
}
