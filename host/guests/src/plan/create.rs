//! A new guest.

use super::check::{check_notes, rounded};
use super::{Ground, Planned, planned, reserve, settle};
use crate::definition::{Definition, Disk, Machine, Nic, Role, VERSION, volume};
use crate::request::{Create, NewDisk, NewNic};
use crate::{BootFile, Id, Operation, Problem, Source, Step, id};
use firn_words::say;

/// The names of disks go from `xvda` to `xvdz`.
const MOST_DISKS: usize = 16;
const MOST_NICS: usize = 8;
/// The first four disks of an HVM guest are emulated as well.
const FIRST_NOT_EMULATED: char = 'e';

impl Ground<'_> {
    /// The plan of a new guest.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn create(&self, wanted: &Create) -> Planned {
        let mut problems = self.check_create(wanted);
        let mut guest = blank(wanted, self.now);
        problems.extend(self.add_disks(wanted, &mut guest));
        for (at, nic) in wanted.nics.iter().enumerate() {
            problems.extend(self.check_nic(nic, &format!("nics[{at}].")));
            guest.nics.push(made(nic));
        }
        problems.extend(twice(&guest));
        if wanted.start && self.check_memory(wanted.memory, "memory").is_none() {
            problems.extend(self.admit(&guest));
        }
        planned(problems, Operation::Create, &guest, || {
            steps(wanted, &guest)
        })
    }

    fn check_create(&self, wanted: &Create) -> Vec<Problem> {
        let mut problems = self.check_name(&wanted.name, None);
        problems.extend(self.check_cpus(wanted.cpus, "cpus"));
        problems.extend(
            wanted
                .cpus_max
                .and_then(|cpus| self.check_cpus(cpus, "cpus_max")),
        );
        problems.extend(self.check_memory(wanted.memory, "memory"));
        problems.extend(
            wanted
                .memory_max
                .and_then(|memory| self.check_memory(memory, "memory_max")),
        );
        problems.extend(check_notes(&wanted.notes));
        problems.extend(check_counts(wanted));
        problems
    }

    /// Gives the guest its disks: first its own, then what it is started and set up with.
    fn add_disks(&self, wanted: &Create, guest: &mut Definition) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (at, new) in wanted.disks.iter().enumerate() {
            let image = wanted.image.filter(|_| at == 0);
            match self.check_disk(new, image, &format!("disks[{at}].")) {
                Ok((store, size)) => push(guest, store, size, Role::Disk),
                Err(found) => problems.extend(found),
            }
        }
        let first = wanted.disks.first().and_then(|disk| disk.store.clone());
        for (size, role) in [(wanted.cd, Role::Cd), (wanted.seed, Role::Seed)] {
            let Some(size) = size else { continue };
            let new = NewDisk {
                size: Some(rounded(size)),
                store: first.clone(),
            };
            match self.check_disk(&new, None, "disks[0].") {
                Ok((store, size)) => push(guest, store, size, role),
                // The same store has been complained about for the first disk.
                Err(found) if problems.is_empty() => problems.extend(found),
                Err(_) => {}
            }
        }
        problems
    }
}

fn check_counts(wanted: &Create) -> Vec<Problem> {
    let mut problems = Vec::new();
    if wanted.disks.len() > MOST_DISKS {
        problems.push(Problem::wrong(
            "disks",
            say!("guests-disks-many", most = MOST_DISKS),
        ));
    }
    if wanted.nics.len() > MOST_NICS {
        problems.push(Problem::wrong(
            "nics",
            say!("guests-nics-many", most = MOST_NICS),
        ));
    }
    if wanted.image.is_some() && wanted.disks.is_empty() {
        problems.push(Problem::wrong("disks", say!("guests-image-no-disk")));
    }
    let hvm = matches!(wanted.machine, Machine::Hvm { .. });
    let kernel = matches!(wanted.machine, Machine::Kernel { .. });
    let starts = wanted.image.is_some() || kernel || hvm;
    if wanted.start && !starts {
        problems.push(Problem::wrong("start", say!("guests-nothing-to-start")));
    }
    if wanted.cd.is_some() && !hvm && !kernel {
        problems.push(Problem::wrong("machine", say!("guests-cd-needs-pc")));
    }
    problems
}

/// Two NICs of one request with the same address.
fn twice(guest: &Definition) -> Option<Problem> {
    let same = |at: usize| {
        guest.nics[..at]
            .iter()
            .any(|nic| nic.mac == guest.nics[at].mac)
    };
    let at = (0..guest.nics.len()).find(|at| same(*at))?;
    let text = say!("guests-mac-twice", mac = &guest.nics[at].mac);
    Some(Problem::wrong(format!("nics[{at}].mac"), text))
}

fn blank(wanted: &Create, now: &str) -> Definition {
    Definition {
        version: VERSION,
        id: Id::random(),
        name: wanted.name.clone(),
        notes: wanted.notes.clone(),
        template: wanted.template.clone(),
        created: now.to_owned(),
        deleted: None,
        uuid: id::random_uuid(),
        cpus: wanted.cpus,
        cpus_max: wanted.cpus_max.unwrap_or(0).max(wanted.cpus),
        memory: wanted.memory,
        memory_max: wanted.memory_max.unwrap_or(0).max(wanted.memory),
        protected: false,
        pending: Vec::new(),
        local_time: wanted.local_time,
        crash: wanted.crash,
        machine: wanted.machine.clone(),
        autostart: wanted.autostart,
        disks: Vec::new(),
        removed: Vec::new(),
        nics: Vec::new(),
    }
}

fn push(guest: &mut Definition, store: String, size: u64, role: Role) {
    let target = match role {
        Role::Cd if guest.is_hvm() => Some("hdc".to_owned()),
        // An emulated disk cannot be read-only: the seed has a name that only Xen's own driver shows.
        Role::Seed => guest.target_from(FIRST_NOT_EMULATED),
        Role::Disk | Role::Cd => guest.target_from('a'),
    };
    let number = guest.next_number();
    guest.disks.extend(target.map(|target| Disk {
        number,
        store,
        size,
        target,
        role,
    }));
}

pub(super) fn made(new: &NewNic) -> Nic {
    let mac = new
        .mac
        .as_deref()
        .map_or_else(id::random_mac, str::to_lowercase);
    Nic {
        network: new.network.clone(),
        mac,
    }
}

fn steps(wanted: &Create, guest: &Definition) -> Vec<Step> {
    let mut steps: Vec<Step> = guest
        .disks
        .iter()
        .map(|disk| reserve(&guest.id, disk))
        .collect();
    steps.extend(
        guest
            .disks
            .iter()
            .enumerate()
            .filter_map(|(at, disk)| fill(wanted, guest, at, disk)),
    );
    if let Machine::Kernel { ramdisk, .. } = guest.machine {
        steps.push(Step::Keep {
            file: BootFile::Kernel,
        });
        steps.extend(ramdisk.then_some(Step::Keep {
            file: BootFile::Ramdisk,
        }));
    }
    steps.push(Step::Define {
        before: None,
        after: Some(Box::new(guest.clone())),
    });
    steps.extend(guest.disks.iter().map(|disk| settle(&guest.id, disk)));
    steps.extend(wanted.start.then(|| Step::Start {
        definition: Box::new(guest.clone()),
    }));
    steps
}

fn fill(wanted: &Create, guest: &Definition, at: usize, disk: &Disk) -> Option<Step> {
    let from = match disk.role {
        Role::Cd => Source::Cd,
        Role::Seed => Source::Seed,
        Role::Disk if at == 0 && wanted.image.is_some() => Source::Image,
        Role::Disk => return None,
    };
    let volume = volume(&guest.id, disk.number);
    Some(Step::Fill {
        store: disk.store.clone(),
        volume,
        from,
    })
}
