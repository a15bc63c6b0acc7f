//! Carries out a plan: named steps, each with an undo, one JSON line for everything that happens.

mod bios;
mod context;
mod copy;
mod disk;
mod esp;
pub mod event;
mod finish;
pub mod journal;
mod lvm;
use crate::manifest;
pub mod medium;
mod network;
mod nvram;
mod password;
mod slot;
mod state;
mod undo;

pub use event::{Done, Event, Failure, Secrets};

use crate::plan::Plan;
use context::{Context, Result};
use std::path::Path;

/// One step of the installation.
struct Step {
    /// Short name.
    name: &'static str,
    /// For people.
    title: &'static str,
    /// Its share of the whole time, in percent.
    weight: u8,
    run: fn(&mut Context<'_>) -> Result<()>,
}

/// In this order; until the last one is through, nothing on the disk can be started.
const STEPS: &[Step] = &[
    Step {
        name: "prepare",
        title: "Checking the image and the disk",
        weight: 2,
        run: prepare,
    },
    Step {
        name: "partition",
        title: "Making the partitions",
        weight: 4,
        run: disk::partition,
    },
    Step {
        name: "esp",
        title: "Making the EFI system partition",
        weight: 6,
        run: esp::make,
    },
    Step {
        name: "slot",
        title: "Copying the system",
        weight: 60,
        run: slot::fill,
    },
    Step {
        name: "lvm",
        title: "Making the volumes",
        weight: 8,
        run: lvm::make,
    },
    Step {
        name: "state",
        title: "Writing the settings",
        weight: 8,
        run: state::fill,
    },
    Step {
        name: "boot",
        title: "Installing the boot loader",
        weight: 6,
        run: boot,
    },
    Step {
        name: "finish",
        title: "Making the disk startable",
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
        let (name, title) = (step.name.to_owned(), step.title.to_owned());
        context.emit(Event::Step {
            name,
            n: i + 1,
            of: STEPS.len(),
            title,
        });
        context.begin(before, step.weight);
        if let Err(error) = (step.run)(&mut context) {
            return Err(fail(&mut context, step.name, &format!("{error:#}")));
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

fn fail(context: &mut Context<'_>, step: &str, text: &str) -> Failure {
    let text = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join("; ");
    context.emit(Event::Error {
        step: step.to_owned(),
        text: text.clone(),
    });
    let undone = undo::undo(context);
    for text in &undone {
        context.emit(Event::Undone { text: text.clone() });
    }
    Failure {
        step: step.to_owned(),
        text,
        undone,
    }
}

/// Everything that can be known to be wrong before the first byte is written; starts the network on the way, so that
/// DHCP has its time while the files are copied.
fn prepare(context: &mut Context<'_>) -> Result<()> {
    context.manifest = manifest::read(context.image)?;
    bios::check_artefacts()?;
    context.open_disk()?;
    network::start(context);
    Ok(())
}

/// GRUB for BIOS and UEFI whatever the machine was started with; both still under names that nothing starts.
fn boot(context: &mut Context<'_>) -> Result<()> {
    bios::write_core(context)?;
    esp::write_boot_files(context)?;
    Ok(())
}
