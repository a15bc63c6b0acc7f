//! A wizard over a recorded machine: everything can be seen, nothing is done.

use super::services::Services;
use super::task::{Ability, KeySource, Offer, Repair, Reply, Situation, Task, Tested};
use crate::execute::{Done, Event, Failure, Secrets};
use crate::machine::{Machine, Nic};
use crate::plan::Plan;
use firn_words::{Text, say};
use std::collections::BTreeSet;
use std::thread::sleep;
use std::time::Duration;

/// Plays an installation on a recorded machine.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The recorded machine.
    pub machine: Machine,
}

/// The steps that the played installation says it takes.
const STEPS: &[&str] = &[
    "prepare",
    "partition",
    "esp",
    "slot",
    "lvm",
    "state",
    "boot",
    "finish",
];

/// How long what is played takes.
const MOMENT: Duration = Duration::from_millis(if cfg!(test) { 0 } else { 800 });

impl Services for Demo {
    fn probe(&self) -> anyhow::Result<Machine> {
        sleep(MOMENT);
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

    fn abilities(&self) -> BTreeSet<Ability> {
        BTreeSet::from([
            Ability::Drivers,
            Ability::Repair,
            Ability::Support,
            Ability::Sticks,
            Ability::TestNetwork,
            Ability::Blink,
            Ability::Fetch,
            Ability::SetClock,
        ])
    }

    fn perform(&self, task: &Task, situation: &Situation) -> Reply {
        sleep(MOMENT);
        match task {
            Task::Sticks => Reply::Offers(vec![
                offer("sdz1", "sdz1: DATA, 16 GB (Example Stick, vfat)"),
                Offer {
                    problem: Some(say!("wizard-demo-broken")),
                    ..offer("sdy1", "sdy1: 4 GB")
                },
            ]),
            Task::Drivers => Reply::Offers(vec![offer("example", "example.ko (sdz1)")]),
            Task::Load(name) => Reply::Loaded(Ok(name.into())),
            Task::Repair(_, Repair::Logs) => Reply::Report(Ok((1..60)
                .map(|n| format!("Nov 23 10:00:{n:02} xen1 kernel: line {n}").into())
                .collect())),
            Task::Repair(..) | Task::Support(..) => {
                Reply::Report(Ok(vec![say!("wizard-demo-nothing")]))
            }
            Task::Answers(None) => {
                let mut answers = situation.answers.clone();
                answers.host.root_password = None;
                Reply::Report(Ok(vec![answers.to_toml().into()]))
            }
            Task::Answers(..) => Reply::Report(Ok(vec![say!("wizard-demo-nothing")])),
            Task::TestNetwork => Reply::Tested(vec![
                tested("IPv4", Ok("192.0.2.10/24".into())),
                tested("Gateway", Ok("192.0.2.1".into())),
                tested("DNS", Ok("192.0.2.53".into())),
                tested("NTP", Err(say!("wizard-demo-nothing"))),
            ]),
            Task::Blink(_) | Task::SetClock(_) => Reply::Done(Ok(say!("wizard-demo-nothing"))),
            Task::Keys(KeySource::Sticks | KeySource::Url(_)) => {
                Reply::Keys(Err(say!("wizard-demo-nothing")))
            }
        }
    }

    fn time_in(&self, _zone: &str) -> Option<String> {
        Some("2026-11-23 16:30".into())
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
                events(Event::Step {
                    name: STEPS[n].to_owned(),
                    n: n + 1,
                    of: STEPS.len(),
                    title: STEPS[n].into(),
                });
            }
            events(Event::Progress { percent });
            sleep(Duration::from_millis(60));
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

fn offer(id: &str, title: &str) -> Offer {
    Offer {
        id: id.into(),
        title: title.into(),
        problem: None,
    }
}

fn tested(name: &str, result: Result<Text, Text>) -> Tested {
    Tested {
        name: name.into(),
        result,
    }
}

fn failure() -> Failure {
    Failure {
        step: "slot".into(),
        text: "copying root.squashfs: writing /dev/sda3: Input/output error (os error 5)".into(),
        undone: vec![say!("execute-undone-mounts"), say!("execute-undone-mark")],
        left: say!("execute-left-unfinished", disk = "/dev/sda"),
        todo: say!("execute-todo-disk-errors", disk = "/dev/sda"),
        ..Failure::default()
    }
}
