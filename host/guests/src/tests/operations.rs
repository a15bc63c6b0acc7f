//! Every operation, on a host where there is something to do for each.

use super::world::{World, named, wanted};
use crate::{Book, Crash, Create, Ground, Machine, NewDisk, NewNic, Next, Planned, Set};
use firn_engine::{Engine, Reason};
use std::time::Duration;

pub(super) const PC: Machine = Machine::Hvm {
    uefi: false,
    viridian: false,
};

fn kernel() -> Machine {
    Machine::Kernel {
        ramdisk: true,
        command_line: "console=hvc0".into(),
    }
}

/// The guests that run on the host at the beginning.
pub(super) const RUNNING: [&str; 2] = ["pc", "small"];

/// A host with guests of all kinds, none of which runs.
pub(super) fn host() -> World {
    let world = World::new();
    let make = |wanted: Create| world.done(|ground, _| ground.create(&wanted));
    let two = vec![
        NewDisk {
            size: Some(1 << 30),
            store: None
        };
        2
    ];
    let whole = Create {
        image: Some(1 << 20),
        seed: Some(4096),
        disks: two.clone(),
        ..wanted("whole", Machine::Pvh)
    };
    make(whole);
    make(Create {
        disks: two.clone(),
        ..wanted("pc", PC)
    });
    make(Create {
        disks: two,
        ..wanted("small", Machine::Pvh)
    });
    make(wanted("kernel", kernel()));
    make(wanted("kept", Machine::Pvh));
    make(wanted("gone", kernel()));
    world.done(|ground, book| ground.delete(named(book, "gone")));
    world.done(|ground, book| ground.disk_remove(named(book, "small"), "xvdb"));
    let keep = Set {
        crash: Some(Crash::Keep),
        ..Set::default()
    };
    world.done(|ground, book| ground.set(named(book, "kept"), &keep));
    world
}

/// An operation.
pub(super) struct Operation {
    pub(super) name: &'static str,
    /// What has happened before.
    pub(super) first: fn(&World),
    pub(super) plan: fn(&Ground<'_>, &Book) -> Planned,
}

const fn operation(name: &'static str, plan: fn(&Ground<'_>, &Book) -> Planned) -> Operation {
    Operation {
        name,
        first: |_| {},
        plan,
    }
}

fn end(world: &World, name: &str, reason: Reason) {
    let id = named(&world.book(), name).id.clone();
    world.engine.engine.end(id.as_str(), reason).unwrap();
}

fn set(memory: u64, cpus: u32) -> Set {
    let (memory, cpus) = (Some(memory << 20), Some(cpus));
    Set {
        memory,
        cpus,
        name: Some("Other".into()),
        notes: Some("noted".into()),
        ..Set::default()
    }
}

fn disk() -> NewDisk {
    NewDisk {
        size: Some(2 << 30),
        store: None,
    }
}

/// All of them.
pub(super) const ALL: &[Operation] = &[
    operation("create from an image", |ground, _| {
        let new = Create {
            image: Some(1 << 20),
            seed: Some(4096),
            start: true,
            ..wanted("new", Machine::Pvh)
        };
        ground.create(&new)
    }),
    operation("create with a kernel", |ground, _| {
        ground.create(&Create {
            start: true,
            ..wanted("new", kernel())
        })
    }),
    operation("create from a CD", |ground, _| {
        ground.create(&Create {
            cd: Some(1 << 20),
            start: true,
            ..wanted("new", PC)
        })
    }),
    operation("create an empty one", |ground, _| {
        ground.create(&wanted("new", PC))
    }),
    operation("start", |ground, book| ground.start(named(book, "whole"))),
    Operation {
        name: "start with pending changes",
        first: |world| {
            world.start(&["whole"]);
            world.done(|ground, book| ground.set(named(book, "whole"), &set(2048, 6)));
            let id = named(&world.book(), "Other").id.clone();
            world.engine.destroy(id.as_str()).unwrap();
        },
        plan: |ground, book| ground.start(named(book, "Other")),
    },
    operation("stop", |ground, book| ground.stop(named(book, "pc"), 1)),
    operation("kill", |ground, book| ground.kill(named(book, "pc"))),
    operation("reboot", |ground, book| {
        ground.reboot(named(book, "small"), 1)
    }),
    operation("reset a PC", |ground, book| ground.reset(named(book, "pc"))),
    operation("reset a PVH guest", |ground, book| {
        ground.reset(named(book, "small"))
    }),
    operation("pause", |ground, book| ground.pause(named(book, "pc"))),
    Operation {
        name: "unpause",
        first: |world| world.done(|ground, book| ground.pause(named(book, "pc"))),
        plan: |ground, book| ground.unpause(named(book, "pc")),
    },
    operation("set while it runs", |ground, book| {
        ground.set(named(book, "small"), &set(512, 2))
    }),
    operation("set more than it can have", |ground, book| {
        ground.set(named(book, "small"), &set(2048, 6))
    }),
    operation("set while it is stopped", |ground, book| {
        ground.set(named(book, "whole"), &set(2048, 6))
    }),
    operation("add a disk", |ground, book| {
        ground.disk_add(named(book, "whole"), &disk())
    }),
    operation("add a disk while it runs", |ground, book| {
        ground.disk_add(named(book, "pc"), &disk())
    }),
    operation("remove a disk", |ground, book| {
        ground.disk_remove(named(book, "whole"), "xvda")
    }),
    operation("remove a disk while it runs", |ground, book| {
        ground.disk_remove(named(book, "pc"), "xvdb")
    }),
    operation("grow a disk", |ground, book| {
        ground.disk_grow(named(book, "pc"), "xvda", 3 << 30)
    }),
    operation("restore a disk", |ground, book| {
        ground.disk_restore(named(book, "small"), 1)
    }),
    operation("remove disks for good", |ground, book| {
        ground.disk_empty(named(book, "small"))
    }),
    operation("add a NIC", |ground, book| {
        ground.nic_add(named(book, "pc"), &nic())
    }),
    operation("remove a NIC", |ground, book| {
        let guest = named(book, "pc");
        ground.nic_remove(guest, &guest.nics[0].mac)
    }),
    operation("delete", |ground, book| ground.delete(named(book, "whole"))),
    Operation {
        name: "delete one that has crashed",
        first: |world| {
            world.start(&["kept"]);
            end(world, "kept", Reason::Crash);
        },
        plan: |ground, book| ground.delete(named(book, "kept")),
    },
    operation("restore", |ground, book| {
        ground.restore(named(book, "gone"), Some("back"))
    }),
    operation("empty the trash", |ground, book| {
        ground.empty(named(book, "gone"))
    }),
    Operation {
        name: "a guest has rebooted",
        first: |world| end(world, "small", Reason::Reboot),
        plan: |ground, book| {
            let next = Next::Restart {
                pause: Duration::ZERO,
                crashed: false,
            };
            ground.ended(named(book, "small"), &next)
        },
    },
    Operation {
        name: "a guest has shut down",
        first: |world| end(world, "small", Reason::PowerOff),
        plan: |ground, book| ground.ended(named(book, "small"), &Next::Clean),
    },
];

fn nic() -> NewNic {
    NewNic {
        network: "host".into(),
        mac: None,
    }
}
