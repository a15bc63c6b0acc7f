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
mod mark;
pub mod medium;
mod network;
pub mod nvram;
pub mod password;
pub mod slot;
pub mod state;
mod store;
mod store_disk;
mod tables;
mod target;
mod undo;

pub use context::Drivers;
pub use disk::{reread, settle};
pub use doing::ended;
pub use event::{Done, Event, Failure, Secrets};
pub use firn_checks::manifest;

use context::{Context, Result};
use firn_plan::Plan;
use firn_steps::Step;
use firn_words::{Text, say};
use std::path::Path;

/// In this order; until the last one is through, nothing on the disk can be started.
fn steps<'a>() -> [Step<Context<'a>>; 8] {
    [
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
            run: tables::partition,
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
    ]
}

/// Installs. Every event also goes to the log files in /run/firn; none holds a secret.
///
/// # Errors
/// The step that failed and what was undone; the disk is then not startable.
pub fn execute(
    plan: &Plan,
    secrets: &Secrets,
    image: &Path,
    drivers: Drivers,
    events: &mut dyn FnMut(Event),
) -> std::result::Result<Done, Failure> {
    let mut journal = journal::open();
    let mut both = |event: Event| {
        journal.write(&event, journal::log_text(&event).as_deref());
        events(event);
    };
    let mut context = Context::new(plan, secrets, image, &mut both);
    context.drivers = drivers;
    if let Err((step, error)) = firn_steps::run(&steps(), &mut context) {
        return Err(fail(&mut context, step, &error));
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
    let steps = steps();
    let found = steps.iter().find(|known| known.name == step);
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
