//! The wizard on the medium, over the real machine; and on a developer's desk, over a recorded one.

use super::backends;
use super::demo::Demo;
use super::desk;
use super::message::Outcome;
use super::services::Services;
use super::task::{Finding, Reply, Situation, Task};
use crate::consoles::{self, Console};
use crate::execute::{self, Done, Event, Failure, Secrets};
use crate::machine::{Machine, Nic};
use crate::plan::Plan;
use crate::power::{self, End};
use crate::probe;
use anyhow::Context;
use firn_command::cmd;
use firn_words::Text;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the image keeps its console keyboard maps, one `NAME.map.gz` each.
const KEYMAPS: &str = "/usr/share/firn/keymaps";

/// The real machine.
struct Installer {
    /// The folder with the image.
    image: PathBuf,
}

impl Services for Installer {
    fn probe(&self) -> anyhow::Result<Machine> {
        Ok(probe::machine())
    }

    fn block_devices(&self) -> Vec<String> {
        probe::block_device_names()
    }

    fn bring_up(&self) -> anyhow::Result<()> {
        probe::nics::bring_up();
        Ok(())
    }

    fn nics(&self) -> anyhow::Result<Vec<Nic>> {
        Ok(probe::nics::probe())
    }

    fn keyboard(&self, layout: &str) -> anyhow::Result<()> {
        let known = firn_config::keyboards().find(|keyboard| keyboard.name == layout);
        let map = known
            .with_context(|| format!("there is no keyboard {layout}"))?
            .keymap();
        cmd("loadkeys", ["--quiet", &format!("{KEYMAPS}/{map}.map.gz")])
            .run()
            .with_context(|| format!("loading the keyboard {layout}"))
    }

    fn perform(
        &self,
        task: &Task,
        situation: &Situation,
        meanwhile: &mut dyn FnMut(Reply) -> ControlFlow<()>,
    ) -> Reply {
        backends::perform(task, situation, &self.image, meanwhile)
    }

    fn test_network(
        &self,
        situation: &Situation,
        each: &mut dyn FnMut(Finding),
    ) -> Result<(), Text> {
        desk::test_network(situation, each)
    }

    fn blink(&self, nic: &str) -> Result<(), Text> {
        crate::desk::blink::blink(nic)
    }

    fn execute(
        &self,
        plan: &Plan,
        secrets: &Secrets,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, Failure> {
        let _network = crate::desk::network_test::claim();
        execute::execute(plan, secrets, &self.image, events)
    }
}

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
    let end = match super::run(console, Arc::new(services), false)? {
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
    super::run(console, Arc::new(services), true).map(drop)
}
