//! What messages do to the model. Nothing here reads, writes or waits.

mod commit;
mod control;
mod moves;

use super::keys::Key;
use super::message::{Effect, Message, Outcome};
use super::model::{Layer, Model, Owner};
use super::page::{Button, Control, Page};
use crate::checks;
use crate::execute::{self, Done, Event, Failure};
use crate::machine::{Machine, Nic};

/// Seconds between two looks at the NICs while the network page is shown.
const LOOK_EVERY: u64 = 2;
/// Lines of the log that are kept.
const LOG_LINES: usize = 500;

/// Takes a message in and says what is to be done.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => press(model, key),
        Message::Resize(columns, lines) => {
            model.size = (columns, lines);
            Vec::new()
        }
        Message::Tick(now) => tick(model, now),
        Message::Owner(other) => owned(model, other),
        Message::Claimed => {
            model.owner = Owner::Me;
            Vec::new()
        }
        Message::Probed(result) => probed(model, result),
        Message::Nics(nics) => {
            take_nics(model, nics);
            Vec::new()
        }
        Message::Event(event) => {
            take_event(model, event);
            Vec::new()
        }
        Message::Finished(result) => finished(model, result),
        Message::Lost(text) => lost(model, text),
        Message::Notice(text) => {
            model.notice = Some(text);
            Vec::new()
        }
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match (&model.owner, key) {
        (_, Key::Redraw) => vec![Effect::Redraw],
        (Owner::Nobody, key) => vec![Effect::Claim(key)],
        (Owner::Other(_), _) => Vec::new(),
        (Owner::Me, key) => own_press(model, key),
    }
}

fn own_press(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Some(layer) = model.layer.clone() {
        return layer_press(model, &layer, key);
    }
    model.notice = None;
    match key {
        Key::Help => model.layer = Some(Layer::Help),
        // In a field a question mark may be meant as one.
        Key::Char('?') if !model.focus.types() => model.layer = Some(Layer::Help),
        Key::Esc => return moves::back(model),
        _ => {
            let page = model.page;
            let mut effects = control::press(model, key);
            effects.extend(moves::keyboard_effect(model, page));
            return effects;
        }
    }
    Vec::new()
}

fn layer_press(model: &mut Model, layer: &Layer, key: Key) -> Vec<Effect> {
    match (layer, key) {
        (Layer::Help, Key::Esc | Key::Enter | Key::Help | Key::Char(_))
        | (Layer::GoOn { .. }, Key::Esc) => {
            model.layer = None;
        }
        (
            Layer::GoOn { yes },
            Key::Left | Key::Right | Key::Tab | Key::BackTab | Key::Up | Key::Down,
        ) => {
            model.layer = Some(Layer::GoOn { yes: !yes });
        }
        (Layer::GoOn { yes }, Key::Enter) => {
            model.layer = None;
            return if *yes {
                moves::go_on_anyway(model)
            } else {
                Vec::new()
            };
        }
        _ => {}
    }
    Vec::new()
}

fn tick(model: &mut Model, now: std::time::Duration) -> Vec<Effect> {
    let due = model.page == Page::Network
        && model.busy.is_none()
        && now.as_secs() / LOOK_EVERY != model.now.as_secs() / LOOK_EVERY;
    model.now = now;
    if due { vec![Effect::Nics] } else { Vec::new() }
}

fn owned(model: &mut Model, other: Option<String>) -> Vec<Effect> {
    match other {
        _ if model.owner == Owner::Me => {}
        Some(name) => {
            model.owner = Owner::Other(name);
            model.page = Page::InUse;
        }
        None if model.page == Page::InUse => {
            model.owner = Owner::Nobody;
            model.run = super::model::Run::default();
            moves::show(model, Page::Welcome);
        }
        None => {}
    }
    Vec::new()
}

fn probed(model: &mut Model, result: Result<Box<Machine>, String>) -> Vec<Effect> {
    model.busy = None;
    match result {
        Ok(machine) => take_machine(model, *machine),
        Err(text) => model.notice = Some(text),
    }
    Vec::new()
}

/// Takes a newly probed machine; marks stay on the disk and the NIC that they were on.
fn take_machine(model: &mut Model, mut machine: Machine) {
    let disk = model.disk().cloned();
    let nics = std::mem::take(&mut machine.nics);
    let old = std::mem::replace(&mut model.machine, machine);
    model.machine.nics = old.nics;
    take_nics(model, nics);
    model.checks = checks::run(&model.machine);
    model.answers.checks.skip.clear();
    let last = model.checks.len().saturating_sub(1);
    let cursor = model.cursor(Control::Checks).min(last);
    model.cursors.insert(Control::Checks, cursor);
    let same = |new: &crate::machine::Disk| {
        disk.as_ref()
            .is_some_and(|old| (&old.name, &old.serial) == (&new.name, &new.serial))
    };
    match model.machine.disks.iter().position(same) {
        Some(at) => {
            model.cursors.insert(Control::Disk, at);
        }
        None => {
            model.texts.remove(&Control::DiskName);
            model.mark_first_fit();
        }
    }
    model.errors.clear();
    model.refocus();
}

fn take_nics(model: &mut Model, nics: Vec<Nic>) {
    let mac = model.nic().map(|nic| nic.mac.clone());
    let unknown = model.machine.nics.iter().all(|nic| nic.link.is_none());
    model.machine.nics = nics;
    model
        .members
        .retain(|member| model.machine.nics.iter().any(|nic| nic.mac == *member));
    let same = model
        .machine
        .nics
        .iter()
        .position(|nic| Some(&nic.mac) == mac.as_ref());
    match same {
        // Before the first links were known the mark was nobody's choice.
        Some(at) if !unknown || model.moved.contains(&Control::Nics) => {
            model.cursors.insert(Control::Nics, at);
        }
        _ => model.preselect_nic(),
    }
}

fn take_event(model: &mut Model, event: Event) {
    let run = &mut model.run;
    let line = match event {
        Event::Step { name, n, of, title } => {
            let title = execute::title(&name).unwrap_or(title);
            (run.n, run.of, run.title) = (n, of, title.to_string());
            title.to_string()
        }
        Event::Progress { percent } => {
            run.percent = percent.min(100);
            return;
        }
        Event::Log { text } => text,
        Event::Warning { text } => format!("warning: {text}"),
        Event::Error { step, text, .. } => format!("{step} failed: {text}"),
        Event::Undone { text } => format!("undone: {text}"),
        Event::Left { disk, .. } => disk.to_string(),
        Event::Done {
            hostname,
            addresses,
        } => {
            run.percent = 100;
            run.end = Some(Ok(Done {
                hostname: hostname.clone(),
                addresses,
                warnings: Vec::new(),
            }));
            format!("{hostname} is installed")
        }
    };
    run.log.push(line);
    if run.log.len() > LOG_LINES {
        run.log.remove(0);
    }
}

fn finished(model: &mut Model, result: Result<Done, Failure>) -> Vec<Effect> {
    let page = if result.is_ok() {
        Page::Done
    } else {
        Page::Failed
    };
    model.run.ended = model.now;
    model.run.end = Some(result);
    moves::show(model, page);
    Vec::new()
}

/// A thread broke down: nobody waits for it any longer, and what it wrote on the screen is drawn over.
fn lost(model: &mut Model, text: String) -> Vec<Effect> {
    model.busy = None;
    if model.page == Page::Progress {
        finished(
            model,
            Err(Failure {
                step: "installer".into(),
                text: text.into(),
                ..Failure::default()
            }),
        );
    } else {
        model.notice = Some(text);
    }
    vec![Effect::Redraw]
}

/// What a button does.
fn push(model: &mut Model, button: Button) -> Vec<Effect> {
    match button {
        Button::Back => moves::back(model),
        Button::Next => moves::next(model),
        Button::LookAgain if model.busy.is_none() => {
            model.busy = Some("Looking at the machine again");
            vec![Effect::Probe]
        }
        Button::LookAgain => Vec::new(),
        Button::Install => moves::install(model),
        Button::Restart => vec![Effect::Exit(Outcome::Restart)],
        Button::PowerOff => vec![Effect::Exit(Outcome::PowerOff)],
        Button::Shell => vec![Effect::Shell],
    }
}
