//! A wizard over a recorded machine: everything can be seen, nothing is done.

use super::services::Services;
use crate::execute::{Done, Event, Failure, Secrets};
use crate::machine::{Machine, Nic};
use crate::plan::Plan;
use std::thread::sleep;
use std::time::Duration;

/// Plays an installation on a recorded machine.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The recorded machine.
    pub machine: Machine,
}

/// What the played installation says it does.
const STEPS: &[&str] = &[
    "Clearing the disk",
    "Making the partitions",
    "Copying the image",
    "Making the file systems",
    "Writing the settings",
    "Putting the boot loader on",
    "Checking what was written",
];

impl Services for Demo {
    fn probe(&self) -> anyhow::Result<Machine> {
        sleep(Duration::from_millis(800));
        Ok(self.machine.clone())
    }

    fn bring_up(&self) -> anyhow::Result<()> {
        Ok(())
    }

    fn nics(&self) -> anyhow::Result<Vec<Nic>> {
        Ok(self.machine.nics.clone())
    }

    fn keyboard(&self, _layout: &str) -> anyhow::Result<()> {
        Ok(())
    }

    /// Counts to 100. A host whose name begins with `fail` fails in the middle, so that this page can be seen too.
    fn execute(
        &self,
        plan: &Plan,
        _secrets: &Secrets,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, Failure> {
        let name = &plan.settings.host.name;
        for percent in 0..=100u8 {
            let n = usize::from(percent) * STEPS.len() / 101;
            if usize::from(percent.saturating_sub(1)) * STEPS.len() / 101 != n || percent == 0 {
                let title = STEPS[n].into();
                events(Event::Step {
                    name: format!("step-{n}"),
                    n: n + 1,
                    of: STEPS.len(),
                    title,
                });
            }
            events(Event::Progress { percent });
            sleep(Duration::from_millis(120));
            if percent == 60 && name.starts_with("fail") {
                return Err(failure());
            }
        }
        Ok(Done {
            hostname: name.clone(),
            addresses: vec!["192.0.2.10".into(), "2001:db8::10".into()],
            warnings: Vec::new(),
        })
    }
}

fn failure() -> Failure {
    Failure {
        step: "copy".into(),
        text: "copying root.squashfs: writing /dev/sda3: Input/output error (os error 5)".into(),
        undone: vec![
            "unmounted /run/firn/target".into(),
            "cleared the partition table of /dev/sda".into(),
        ],
        ..Failure::default()
    }
}
