//! From the wizard's tasks to the parts of the installer that do them.

use crate::checks;
use crate::desk::{blink, clock, network_test};
use crate::drivers::{self, Candidate};
use crate::execute;
use crate::probe;
use crate::repair;
use crate::stick::{self, Stick};
use crate::support::{self, Bundle, Subject};
use crate::wizard::desk;
use crate::wizard::task::{Offer, Repair, Reply, Services, Situation, Task};
use anyhow::Context;
use firn_command::cmd;
use firn_config::Size;
use firn_words::{Text, say};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Lines of an installed host's logs that are shown.
const LOG_LINES: usize = 400;
/// Where the image keeps its console keyboard maps, one `NAME.map.gz` each.
const KEYMAPS: &str = "/usr/share/firn/keymaps";

/// The real machine.
pub struct Installer {
    /// The folder with the image.
    pub image: PathBuf,
}

impl Services for Installer {
    fn perform(
        &self,
        task: &Task,
        situation: &Situation,
        meanwhile: &mut dyn FnMut(Reply) -> ControlFlow<()>,
    ) -> Reply {
        let image = &self.image;
        match task {
            Task::Medium => {
                let mut percent = |percent| meanwhile(Reply::Percent(percent));
                Reply::Checked(checks::medium::verify(image, &mut percent))
            }
            Task::Sticks => Reply::Offers(stick::writable().iter().map(offer).collect()),
            Task::Drivers => Reply::Offers(drivers_found()),
            Task::Load(name) => Reply::Loaded(load(name)),
            Task::Repair(disk, how) => Reply::Report(mend(disk, how, situation)),
            Task::Support(stick) => Reply::Report(bundle(stick.as_deref(), situation, image)),
            Task::Answers(stick) => Reply::Report(desk::answers(stick.as_deref(), situation)),
            Task::Keys(source) => Reply::Keys(desk::keys(source, situation)),
            Task::SetClock(text) => Reply::Done(desk::set_clock(text, situation)),
            Task::Probe => Reply::Machine(Box::new(probe::machine())),
            Task::BringUp => {
                probe::nics::bring_up();
                Reply::Tried(Ok(()))
            }
            Task::Nics => Reply::Nics(probe::nics::probe()),
            Task::BlockDevices => Reply::BlockDevices(probe::block_device_names()),
            Task::Keyboard(layout) => {
                let result = keyboard(layout);
                Reply::Tried(result.map_err(|error| format!("{error:#}").into()))
            }
            Task::Time(zone) => Reply::Time(clock::now(zone)),
            Task::TestNetwork => {
                let mut each = |finding| {
                    let _ = meanwhile(Reply::Found(finding));
                };
                Reply::Tested(desk::test_network(situation, &mut each))
            }
            Task::Blink(nic) => Reply::Blinked(nic.clone(), blink::blink(nic)),
            Task::Execute(plan, secrets) => {
                let _network = network_test::claim();
                // Nothing stops an installation or a test on its way.
                let mut events = |event| {
                    let _ = meanwhile(Reply::Event(event));
                };
                Reply::Finished(execute::execute(plan, secrets, image, &mut events))
            }
        }
    }
}

/// Makes a keyboard layout work on the screen.
fn keyboard(layout: &str) -> anyhow::Result<()> {
    let known = firn_config::keyboards().find(|keyboard| keyboard.name == layout);
    let map = known
        .with_context(|| format!("there is no keyboard {layout}"))?
        .keymap();
    cmd("loadkeys", ["--quiet", &format!("{KEYMAPS}/{map}.map.gz")])
        .run()
        .with_context(|| format!("loading the keyboard {layout}"))
}

fn offer(stick: &Stick) -> Offer {
    Offer {
        id: stick.name.clone(),
        title: stick.title(),
        problem: stick.problem.clone(),
    }
}

fn drivers_found() -> Vec<Offer> {
    let found = drivers::find();
    let candidate = |candidate: &Candidate| Offer {
        id: candidate.name(),
        title: Text::join([candidate.name().into(), kilobytes(candidate.size)], "   "),
        problem: None,
    };
    let problem = |text: &Text| Offer {
        problem: Some(text.clone()),
        ..Offer::default()
    };
    let drivers = found.candidates.iter().map(candidate);
    // A sentence on its own line tells what was wrong with a stick; it cannot be chosen.
    drivers.chain(found.problems.iter().map(problem)).collect()
}

fn kilobytes(bytes: u64) -> Text {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)).into(),
        _ => Size(bytes).text(),
    }
}

fn load(name: &str) -> Result<Text, Text> {
    let found = drivers::find();
    let candidate = found.candidates.iter().find(|one| one.name() == name);
    let candidate = candidate.ok_or_else(|| say!("wizard-gone", name = name))?;
    drivers::load(candidate).map(|loaded| loaded.text())
}

fn mend(disk: &str, how: &Repair, situation: &Situation) -> Result<Vec<Text>, Text> {
    let machine = &situation.machine;
    let hosts = repair::find(machine);
    let host = hosts.iter().find(|host| host.disk.path == disk);
    let host = host.ok_or_else(|| say!("wizard-gone", name = disk))?;
    match how {
        Repair::Boot => repair::menu(machine, host),
        Repair::Network(mac) => {
            let nic = machine.nics.iter().find(|nic| nic.mac == *mac);
            let nic = nic.ok_or_else(|| say!("wizard-gone", name = mac))?;
            repair::network(machine, host, nic)
        }
        Repair::Password(password) => repair::password(host, password.clone()),
        Repair::Logs => Ok(vec![repair::logs(host, LOG_LINES)?.into()]),
        Repair::Support(Some(stick)) => put(&repair::bundle(host)?, stick),
        Repair::Support(None) => Ok(vec![repair::short(host)?.into()]),
    }
}

fn bundle(stick: Option<&str>, situation: &Situation, image: &Path) -> Result<Vec<Text>, Text> {
    let subject = Subject {
        machine: &situation.machine,
        answers: Some(&situation.answers),
        plan: situation.plan.as_ref(),
        failure: situation.failure.as_ref(),
        image,
    };
    match stick {
        Some(stick) => put(&support::bundle(&subject), stick),
        None => Ok(vec![support::short(&subject).into()]),
    }
}

/// Writes a bundle on the stick with this name; says how it is called there, and its checksum.
fn put(bundle: &Bundle, stick: &str) -> Result<Vec<Text>, Text> {
    let place = desk::stick_named(stick)?;
    let (path, hash) = place.write(|folder| bundle.save(folder))?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(vec![
        say!("page-save-saved", file = file.into_owned(), stick = stick),
        format!("sha256 {hash}").into(),
    ])
}
