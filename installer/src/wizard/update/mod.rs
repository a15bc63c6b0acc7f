//! What messages do to the model. Nothing here reads, writes or waits.

mod moves;

use super::control::{Button, Control};
use super::message::{Effect, Message, Outcome};
use super::model::{Asked, Layer, Model, Owner};
use super::page::Page;
use super::pages::network;
use super::task::{Situation, Task};
use super::view;
use crate::checks::{self, Check, Verdict};
use crate::consoles::Holder;
use crate::execute::{self, Done, Event, Failure, journal};
use crate::machine::Machine;
use firn_tui::form::Pressed;
use firn_tui::keys::Key;
use firn_words::{Text, say};

pub use moves::{go_on_anyway, in_order, show};

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
            network::take_nics(model, nics);
            Vec::new()
        }
        Message::Event(event) => {
            take_event(model, event);
            Vec::new()
        }
        Message::Finished(result) => finished(model, result),
        Message::Lost(text) => lost(model, text),
        Message::Reply(number, reply) => {
            // Who has left the page in the meantime is not brought back to it.
            if model.asked.is_none_or(|asked| asked.number != number) {
                return Vec::new();
            }
            (model.asked, model.busy) = (None, None);
            model.page.behaviour().reply(model, reply)
        }
        Message::Meanwhile(number, reply) => {
            if model.asked.is_none_or(|asked| asked.number != number) {
                return Vec::new();
            }
            model.page.behaviour().reply(model, reply)
        }
        Message::Tested(number, finding) => {
            model.network_test.take(number, finding);
            Vec::new()
        }
        Message::TestOver(number, result) => {
            model.network_test.end(number, result);
            Vec::new()
        }
        Message::Blinked(nic, result) => {
            network::blinked(model, &nic, result);
            Vec::new()
        }
        Message::TimeIn(time) => {
            model.time_there = time;
            Vec::new()
        }
        Message::BlockDevices(names) => {
            let before = model.block_devices.replace(names);
            match before {
                Some(before) if model.block_devices.as_ref() != Some(&before) => look_again(model),
                _ => Vec::new(),
            }
        }
        Message::Notice(text) => {
            model.notice = Some(text);
            Vec::new()
        }
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match (&model.owner, key) {
        (_, Key::Redraw) => vec![Effect::Redraw],
        (Owner::Nobody, key) => vec![Effect::Claim(key, model.language())],
        (Owner::Other(_), _) => Vec::new(),
        (Owner::Me, key) => own_press(model, key),
    }
}

fn own_press(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Some(layer) = model.layer.clone() {
        return layer_press(model, &layer, key);
    }
    (model.notice, model.told) = (None, None);
    match key {
        Key::Help => model.layer = Some(Layer::Help),
        // In a field a question mark may be meant as one.
        Key::Char('?') if model.form.focus.is_none_or(|focus| !focus.types()) => {
            model.layer = Some(Layer::Help)
        }
        Key::Esc => return moves::back(model),
        _ => {
            let page = model.page.behaviour();
            if let Some(effects) = page.key(model, key) {
                return effects;
            }
            let mut effects = press_control(model, key);
            effects.extend(page.after_key(model));
            model.refocus();
            return effects;
        }
    }
    Vec::new()
}

/// A key that is neither help nor back, and that the page has left to its control.
fn press_control(model: &mut Model, key: Key) -> Vec<Effect> {
    let marked = model.form.focus.and_then(|focus| model.entry(focus));
    let marked = marked.map(|entry| entry.value);
    let reach = view::reach(model);
    match model.form.press(key, &reach) {
        Pressed::Taken => {}
        Pressed::Next => return moves::next(model),
        Pressed::Push(button) => return push(model, button),
        Pressed::Tick(list) => model.page.behaviour().tick(model, list),
        Pressed::Typed(picker) => narrow(model, picker, marked),
    }
    Vec::new()
}

/// After typing the best match is marked; with nothing typed, what was marked stays so.
fn narrow(model: &mut Model, picker: Control, marked: Option<&str>) {
    match marked {
        Some(value) if model.form.text(picker).is_empty() => model.mark_entry(picker, value),
        _ => drop(model.form.cursors.insert(picker, 0)),
    }
}

fn layer_press(model: &mut Model, layer: &Layer, key: Key) -> Vec<Effect> {
    match (layer, key) {
        (Layer::Help, Key::Esc | Key::Enter | Key::Help | Key::Char(_))
        | (Layer::Question { .. }, Key::Esc) => {
            model.layer = None;
        }
        (
            Layer::Question { yes },
            Key::Left | Key::Right | Key::Tab | Key::BackTab | Key::Up | Key::Down,
        ) => {
            model.layer = Some(Layer::Question { yes: !yes });
        }
        (Layer::Question { yes }, Key::Enter) => {
            model.layer = None;
            return if *yes {
                model.page.behaviour().agreed(model)
            } else {
                Vec::new()
            };
        }
        _ => {}
    }
    Vec::new()
}

fn tick(model: &mut Model, now: std::time::Duration) -> Vec<Effect> {
    let due = now.as_secs() != model.now.as_secs();
    model.now = now;
    if due {
        model.page.behaviour().second(model)
    } else {
        Vec::new()
    }
}

fn owned(model: &mut Model, other: Option<Holder>) -> Vec<Effect> {
    match other {
        _ if model.owner == Owner::Me => {}
        Some(holder) => {
            model.owner = Owner::Other(holder.console);
            if holder.language != model.language() {
                model.speak(holder.language);
            }
            model.page = Page::InUse;
        }
        None if model.page == Page::InUse => {
            model.owner = Owner::Nobody;
            model.run = super::model::Run::default();
            return moves::show(model, Page::Language);
        }
        None => {}
    }
    Vec::new()
}

fn probed(model: &mut Model, result: Result<Box<Machine>, Text>) -> Vec<Effect> {
    model.busy = None;
    match result {
        Ok(machine) => take_machine(model, *machine),
        Err(text) => model.notice = Some(text),
    }
    Vec::new()
}

/// Takes a newly probed machine; marks stay on the disk and the NIC that they were on.
fn take_machine(model: &mut Model, machine: Machine) {
    let before = model.clone();
    model.machine = machine;
    model.checks = checks::run(&model.machine);
    let checks = &model.checks;
    let open = |name: &String| {
        let same = |check: &Check| check.name == name && check.verdict == Verdict::Problem;
        checks.iter().any(same)
    };
    model.answers.checks.skip.retain(open);
    for page in Page::ALL {
        page.behaviour().reprobed(model, &before);
    }
    model.form.errors.clear();
    model.refocus();
}

fn take_event(model: &mut Model, event: Event) {
    let run = &mut model.run;
    let line: Text = match event {
        Event::Step { name, n, of, title } => {
            // What was read from the log is English; the step's name says it in every language.
            let title = execute::title(&name).unwrap_or(title);
            (run.n, run.of, run.title) = (n, of, title.clone());
            run.steps.push(title.clone());
            title
        }
        Event::Progress { percent } => {
            run.percent = percent.min(100);
            return;
        }
        Event::Log { text } => text.into(),
        Event::Host { id, fingerprints } => journal::host_line(&id, &fingerprints).into(),
        Event::Warning { text } => say!("wizard-log-warning", text = text),
        Event::Error { step, text, .. } => say!("wizard-log-failed", step = step, text = text),
        Event::Undone { text } => say!("wizard-log-undone", text = text),
        Event::Left { disk, .. } => disk,
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
            say!("page-done-installed", name = hostname)
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
    if result.is_err() {
        forget_edges(model);
    }
    model.run.ended = model.now;
    model.run.end = Some(result);
    moves::show(model, page)
}

/// What was at the beginning and the end of a disk before it was written to is no proof that it is another one when it is tried again.
fn forget_edges(model: &mut Model) {
    let disks = model.machine.disks.iter_mut();
    for disk in disks.filter(|disk| !disk.has_identity()) {
        disk.edges = None;
    }
}

/// A thread broke down: nobody waits for it any longer, and what it wrote on the screen is drawn over.
fn lost(model: &mut Model, text: Text) -> Vec<Effect> {
    (model.busy, model.asked) = (None, None);
    model.network_test.forget();
    model.blinking.clear();
    if model.page == Page::Progress {
        let failure = Failure {
            step: "installer".into(),
            text,
            ..Failure::default()
        };
        finished(model, Err(failure));
    } else {
        model.notice = Some(text);
    }
    vec![Effect::Redraw]
}

/// What a button does: what the page means by it, else the usual.
fn push(model: &mut Model, button: Button) -> Vec<Effect> {
    if let Some(effects) = model.page.behaviour().push(model, button) {
        return effects;
    }
    match button {
        Button::Back => moves::back(model),
        Button::Next => moves::next(model),
        Button::LookAgain => look_again(model),
        Button::Restart => vec![Effect::Exit(Outcome::Restart)],
        Button::PowerOff => vec![Effect::Exit(Outcome::PowerOff)],
        Button::Shell => vec![Effect::Shell(model.say(say!("wizard-shell-greeting")))],
        // Only their pages know what they mean.
        _ => Vec::new(),
    }
}

/// Has a task done for the present page, unless something is being done; meanwhile these words are shown.
pub fn ask(model: &mut Model, task: Task, busy: Text) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    model.busy = Some(busy);
    model.number += 1;
    model.asked = Some(Asked {
        number: model.number,
        on_esc: task.on_esc(),
    });
    let situation = Box::new(situation(model));
    vec![Effect::Ask(model.number, task, situation)]
}

/// What a task may have to know, as it is now.
pub fn situation(model: &Model) -> Situation {
    Situation {
        machine: model.machine.clone(),
        answers: model.answers.clone(),
        plan: model.plan.clone().and_then(Result::ok),
        failure: model.run.end.clone().and_then(Result::err),
    }
}

/// Looks which disks are there, on a page about disks: they come and go while it is open.
pub fn watch_disks(model: &Model) -> Vec<Effect> {
    if model.busy.is_some() {
        Vec::new()
    } else {
        vec![Effect::BlockDevices]
    }
}

/// Probes the machine anew, unless that is being done.
pub fn look_again(model: &mut Model) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    model.busy = Some(say!("wizard-looking-again"));
    vec![Effect::Probe]
}
