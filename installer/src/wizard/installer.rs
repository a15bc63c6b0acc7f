//! The wizard on the medium, over the real machine; and on a developer's desk, over a recorded one.

use crate::consoles::{self, Console};
use crate::machine::Machine;
use crate::power::{self, End};
use crate::probe;
use crate::wizard::backends::Installer;
use crate::wizard::demo::Demo;
use crate::wizard::message::Outcome;
use crate::wizard::run::{Start, run};
use anyhow::Context;
use std::path::Path;
use std::sync::Arc;

/// Serves the wizard on a console until the machine is restarted or switched off.
///
/// # Errors
/// When the console cannot be used.
pub fn serve(console: &Console, image: &Path) -> anyhow::Result<()> {
    consoles::take_over(console)
        .with_context(|| format!("opening the console {}", console.name))?;
    let services = Installer {
        image: image.to_owned(),
    };
    let start = Start {
        block_devices: probe::block_device_names(),
        machine: probe::machine(),
        demo: false,
    };
    let end = match run(console, Arc::new(services), start)? {
        Outcome::Restart => End::Restart,
        Outcome::PowerOff => End::PowerOff,
    };
    power::end(end)
}

/// Shows the wizard on this terminal over a machine recorded as JSON; nothing is probed and nothing written.
///
/// # Errors
/// When the file is none, or the terminal cannot be used.
pub fn play(console: &Console, file: &Path) -> anyhow::Result<()> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let machine: Machine =
        serde_json::from_str(&text).with_context(|| format!("understanding {}", file.display()))?;
    let services = Demo { machine };
    let start = Start {
        block_devices: services.block_devices(),
        machine: services.machine.clone(),
        demo: true,
    };
    run(console, Arc::new(services), start).map(drop)
}
