//! A wizard over a recorded machine: everything can be seen, nothing is done.

use crate::desk::clock;
use crate::execute::{Done, Event, Failure};
use crate::machine::Machine;
use crate::plan::Plan;
use crate::wizard::desk;
use crate::wizard::task::{
    Finding, KeySource, Offer, Outcome, Repair, Reply, Services, Situation, Task, What,
};
use firn_config::{Ipv4, Secret};
use firn_words::say;
use std::ops::ControlFlow;
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

/// Stands where the hash of a password would.
const HASH: &str = "$y$j9T$demonstration";
/// How long what is played takes.
const MOMENT: Duration = Duration::from_millis(if cfg!(test) { 0 } else { 800 });

impl Services for Demo {
    fn perform(
        &self,
        task: &Task,
        situation: &Situation,
        meanwhile: &mut dyn FnMut(Reply) -> ControlFlow<()>,
    ) -> Reply {
        if takes_time(task) {
            sleep(MOMENT);
        }
        match task {
            Task::Medium => {
                for percent in 0..=100 {
                    sleep(MOMENT / 25);
                    if meanwhile(Reply::Percent(percent)).is_break() {
                        break;
                    }
                }
                Reply::Done(Err(say!("wizard-demo-nothing")))
            }
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
                let mut situation = situation.clone();
                let host = &mut situation.answers.host;
                if host.root_password.take().is_some() {
                    // A true one would be another each time.
                    host.root_password_hash = Some(Secret(HASH.into()));
                }
                Reply::Report(desk::answers(None, &situation))
            }
            Task::Answers(..) => Reply::Report(Ok(vec![say!("wizard-demo-nothing")])),
            Task::SetClock(text) => {
                let checked = clock::check(text, &situation.answers.timezone);
                Reply::Done(checked.map(|()| say!("wizard-demo-nothing")))
            }
            Task::Keys(KeySource::Sticks | KeySource::Url(_)) => {
                Reply::Keys(Err(say!("wizard-demo-nothing")))
            }
            Task::Probe => Reply::Machine(Box::new(self.machine.clone())),
            Task::Nics => Reply::Nics(self.machine.nics.clone()),
            Task::BlockDevices => Reply::BlockDevices(self.block_devices()),
            Task::BringUp | Task::Keyboard(_) => Reply::Tried(Ok(())),
            Task::Time(zone) => Reply::Time(clock::now(zone)),
            Task::TestNetwork => test_network(situation, meanwhile),
            Task::Blink(nic) => {
                sleep(MOMENT * 6);
                Reply::Blinked(nic.clone(), Ok(()))
            }
            Task::Execute(plan, _) => {
                let mut events = |event| {
                    let _ = meanwhile(Reply::Event(event));
                };
                Reply::Finished(execute(plan, &mut events))
            }
        }
    }
}

impl Demo {
    /// The names of the machine's disks.
    pub fn block_devices(&self) -> Vec<String> {
        let disks = self.machine.disks.iter();
        disks.map(|disk| disk.name.clone()).collect()
    }
}

/// Whether a task takes its time before anything comes of it.
fn takes_time(task: &Task) -> bool {
    use Task::{Blink, BlockDevices, BringUp, Execute, Keyboard, Nics, TestNetwork, Time};
    !matches!(
        task,
        BlockDevices
            | Blink(_)
            | BringUp
            | Execute(..)
            | Keyboard(_)
            | Nics
            | TestNetwork
            | Time(_)
    )
}

/// Everything works but the time servers, so that this can be seen too.
fn test_network(situation: &Situation, each: &mut dyn FnMut(Reply) -> ControlFlow<()>) -> Reply {
    let address = match &situation.answers.network.ipv4 {
        Ipv4::Static { address, .. } => address.address.to_string(),
        _ => "192.0.2.10".into(),
    };
    let parts = [
        (What::Address, Outcome::Works, address.into()),
        (
            What::Gateway,
            Outcome::Works,
            say!("wizard-demo-answers", name = "192.0.2.1"),
        ),
        (
            What::Dns,
            Outcome::Works,
            say!("wizard-demo-answers", name = "192.0.2.53"),
        ),
        (What::Ntp, Outcome::Fails, say!("wizard-demo-nothing")),
    ];
    for (what, outcome, text) in parts {
        sleep(MOMENT * 2);
        let _ = each(Reply::Found(Finding {
            what,
            outcome,
            text,
        }));
    }
    Reply::Tested(Ok(()))
}

/// Counts to 100. A host whose name begins with `fail` fails in the middle, so that this page can be seen too.
fn execute(plan: &Plan, events: &mut dyn FnMut(Event)) -> Result<Done, Failure> {
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

fn offer(id: &str, title: &str) -> Offer {
    Offer {
        id: id.into(),
        title: title.into(),
        problem: None,
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
