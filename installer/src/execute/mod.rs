//! Carries out a plan: named steps, each with an undo, one JSON line for everything that happens.

pub mod bios;
pub mod context;
mod copy;
mod disk;
mod doing;
pub mod esp;
pub mod event;
pub mod failure;
mod finish;
pub mod journal;
mod lvm;
pub mod manifest;
pub mod medium;
mod network;
pub mod nvram;
pub mod password;
mod slot;
pub mod state;
mod store;
mod undo;

pub use disk::{reread, settle};
pub use doing::ended;
pub use event::{Done, Event, Failure, Secrets};

use crate::plan::Plan;
use context::{Context, Result};
use firn_words::{Text, say};
use std::path::Path;

/// One step of the installation.
struct Step {
    /// Short name.
    name: &'static str,
    /// For people.
    title: fn() -> Text,
    /// Its share of the whole time, in percent.
    weight: u8,
    run: fn(&mut Context<'_>) -> Result<()>,
}

/// In this order; until the last one is through, nothing on the disk can be started.
const STEPS: &[Step] = &[
    Step {
        name: "prepare",
        title: || say!("execute-step-prepare"),
        weight: 2,
        run: prepare,
    },
    Step {
        name: "partition",
        title: || say!("execute-step-partition"),
        weight: 4,
        run: disk::partition,
    },
    Step {
        name: "esp",
        title: || say!("execute-step-esp"),
        weight: 6,
        run: esp::make,
    },
    Step {
        name: "slot",
        title: || say!("execute-step-slot"),
        weight: 60,
        run: slot::fill,
    },
    Step {
        name: "lvm",
        title: || say!("execute-step-lvm"),
        weight: 8,
        run: lvm::make,
    },
    Step {
        name: "state",
        title: || say!("execute-step-state"),
        weight: 8,
        run: state::fill,
    },
    Step {
        name: "boot",
        title: || say!("execute-step-boot"),
        weight: 6,
        run: boot,
    },
    Step {
        name: "finish",
        title: || say!("execute-step-finish"),
        weight: 6,
        run: finish::run,
    },
];

/// Installs. Every event also goes to the log files in /run/firn; none holds a secret.
///
/// # Errors
/// The step that failed and what was undone; the disk is then not startable.
pub fn execute(
    plan: &Plan,
    secrets: &Secrets,
    image: &Path,
    events: &mut dyn FnMut(Event),
) -> std::result::Result<Done, Failure> {
    let mut journal = journal::Journal::open();
    let mut both = |event: Event| {
        journal.write(&event);
        events(event);
    };
    let mut context = Context::new(plan, secrets, image, &mut both);
    let mut before = 0;
    for (i, step) in STEPS.iter().enumerate() {
        let (name, title) = (step.name.to_owned(), (step.title)());
        context.emit(Event::Step {
            name,
            n: i + 1,
            of: STEPS.len(),
            title,
        });
        context.begin(before, step.weight);
        if let Err(error) = (step.run)(&mut context) {
            return Err(fail(&mut context, step.name, &error));
        }
        before += step.weight;
        context.emit(Event::Progress { percent: before });
    }
    let done = Done {
        hostname: plan.settings.host.name.clone(),
        addresses: network::addresses(&context),
        warnings: context.warnings.clone(),
    };
    context.emit(Event::Done {
        hostname: done.hostname.clone(),
        addresses: done.addresses.clone(),
    });
    Ok(done)
}

/// What a step does, for people; steps are named in [`Event`]s and in [`Failure`].
pub fn title(step: &str) -> Option<Text> {
    let found = STEPS.iter().find(|known| known.name == step);
    found.map(|step| (step.title)())
}

/// Tells what went wrong, undoes, and tells what that came to.
fn fail(context: &mut Context<'_>, step: &str, error: &anyhow::Error) -> Failure {
    let mut failure = failure::of(step, error, context.secrets);
    context.emit(Event::Error {
        step: failure.step.clone(),
        text: failure.text.clone(),
        command: failure.command.clone(),
        status: failure.status.clone(),
        tail: failure.tail.clone(),
    });
    let (undone, whole) = undo::undo(context);
    for text in &undone {
        context.emit(Event::Undone { text: text.clone() });
    }
    failure.undone = undone;
    failure.left = undo::left(context, whole);
    failure.todo = failure::todo(error, &context.plan.disk.path);
    context.emit(Event::Left {
        disk: failure.left.clone(),
        todo: failure.todo.clone(),
    });
    failure
}

/// Everything that can be known to be wrong before the first byte is written; starts the network on the way, so that
/// DHCP has its time while the files are copied.
fn prepare(context: &mut Context<'_>) -> Result<()> {
    context.manifest = manifest::read(context.image)?;
    bios::check_artefacts()?;
    context.open_disks()?;
    network::start(context);
    Ok(())
}

/// GRUB for BIOS and UEFI whatever the machine was started with; both still under names that nothing starts.
fn boot(context: &mut Context<'_>) -> Result<()> {
    bios::write_core(context)?;
    esp::write_boot_files(context)?;
    Ok(())
}
