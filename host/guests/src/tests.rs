//! What several tests need: a guest, and a host that is simulated.

mod books;
mod fuse;
mod kills;
mod operations;
mod requests;
mod tasks;
mod world;

use crate::definition::VERSION;
use crate::{Autostart, Crash, Definition, Id, Machine, Nic};

/// A guest without disks.
pub(crate) fn sample(name: &str) -> Definition {
    Definition {
        version: VERSION,
        id: Id::random(),
        name: name.to_owned(),
        notes: String::new(),
        template: "debian-13".into(),
        created: "2026-12-01T00:00:00Z".into(),
        deleted: None,
        uuid: "6f1c2f3a-0000-4000-8000-000000000001".into(),
        cpus: 1,
        cpus_max: 4,
        memory: 512 << 20,
        memory_max: 1 << 30,
        protected: false,
        pending: Vec::new(),
        local_time: false,
        crash: Crash::Restart,
        machine: Machine::Pvh,
        autostart: Autostart::default(),
        disks: Vec::new(),
        removed: Vec::new(),
        nics: vec![Nic {
            network: "host".into(),
            mac: "00:16:3e:00:00:01".into(),
        }],
    }
}
