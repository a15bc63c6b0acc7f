//! What messages do to the model and the pages. Nothing here reads, writes or waits.

mod course;
mod moves;

use crate::checks::{self, Check, Verdict};
use crate::consoles::Holder;
use crate::execute::Failure;
use crate::machine::Machine;
use crate::wizard::ask::look_again;
use crate::wizard::behaviour::Event;
use crate::wizard::control::{Button, Control};
use crate::wizard::message::{Effect, Message, Outcome};
use crate::wizard::model::{Layer, Model, Owner, Run};
use crate::wizard::page::Page;
use crate::wizard::pages::{Pages, network};
use crate::wizard::task::{Reply, Ticket};
use crate::wizard::view;
use firn_tui::form::Pressed;
use firn_tui::keys::Key;
use firn_words::{Text, say};
use std::time::Duration;

/// Takes a message in and says what is to be done.
pub fn update(model: &mut Model, pages: &mut Pages, message: Message) -> Vec<Effect> {
    let effects = take(model, pages, message);
    moves::follow(model, pages, effects)
}

fn take(model: &mut Model, pages: &mut Pages, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => return press(model, pages, key),
        Message::Resize(columns, lines) => model.size = (columns, lines),
        Message::Tick(now) => return tick(model, pages, now),
        Message::Owner(other) => return owned(model, other),
        Message::Claimed => model.owner = Owner::Me,
        Message::Event(event) => course::follow(model, event),
        Message::Reply(ticket, reply) => return replied(model, pages, ticket, reply, true),
        Message::Meanwhile(ticket, reply) => return replied(model, pages, ticket, reply, false),
        Message::Notice(text) => model.notice = Some(text),
    }
    Vec::new()
}

/// What came of a task: what everybody has to know is taken here, the rest is for the page that has given it.
fn replied(
    model: &mut Model,
    pages: &mut Pages,
    ticket: Ticket,
    reply: Reply,
    last: bool,
) -> Vec<Effect> {
    match reply {
        Reply::Machine(machine) => probed(model, pages, *machine),
        Reply::Nics(nics) => network::take_nics(model, nics),
        Reply::BlockDevices(names) => return block_devices(model, names),
        Reply::Event(event) => course::follow(model, event),
        Reply::Finished(result) => return course::end(model, result),
        Reply::Tried(result) => model.notice = result.err().or(model.notice.take()),
        Reply::Lost(text) => return lost(model, pages, ticket, text),
        reply => return for_page(model, pages, ticket, reply, last),
    }
    Vec::new()
}

fn for_page(
    model: &mut Model,
    pages: &mut Pages,
    ticket: Ticket,
    reply: Reply,
    last: bool,
) -> Vec<Effect> {
    let awaited = model.asked.is_some_and(|asked| asked.ticket == ticket);
    // Who has left the page in the meantime is not brought back to it.
    if ticket.waited && !awaited {
        return Vec::new();
    }
    if ticket.waited && last {
        (model.asked, model.busy) = (None, None);
    }
    let page = pages.get_mut(ticket.page);
    let event = Event::Reply(ticket.number, reply);
    page.handle(model, event).unwrap_or_default()
}

/// What comes while the machine is being looked at may be newer than what is seen of it: the next look will tell.
fn block_devices(model: &mut Model, names: Vec<String>) -> Vec<Effect> {
    if model.busy.is_some() {
        return Vec::new();
    }
    let before = model.block_devices.replace(names);
    match before {
        Some(before) if model.block_devices.as_ref() != Some(&before) => look_again(model),
        _ => Vec::new(),
    }
}

fn press(model: &mut Model, pages: &mut Pages, key: Key) -> Vec<Effect> {
    match (&model.owner, key) {
        (_, Key::Redraw) => vec![Effect::Redraw],
        (Owner::Nobody, key) => vec![Effect::Claim(key, model.language())],
        (Owner::Other(_), _) => Vec::new(),
        (Owner::Me, key) => own_press(model, pages, key),
    }
}

fn own_press(model: &mut Model, pages: &mut Pages, key: Key) -> Vec<Effect> {
    if let Some(layer) = model.layer.clone() {
        return layer_press(model, pages, &layer, key);
    }
    (model.notice, model.told) = (None, None);
    match key {
        Key::Help => model.layer = Some(Layer::Help),
        // In a field a question mark may be meant as one.
        Key::Char('?') if model.form.focus.is_none_or(|focus| !focus.types()) => {
            model.layer = Some(Layer::Help)
        }
        Key::Esc => return moves::back(model, pages),
        _ => return page_press(model, pages, key),
    }
    Vec::new()
}

/// A key that is neither help nor back.
fn page_press(model: &mut Model, pages: &mut Pages, key: Key) -> Vec<Effect> {
    let here = model.page;
    if let Some(effects) = pages.get_mut(here).handle(model, Event::Key(key)) {
        return effects;
    }
    let effects = press_control(model, pages, key);
    let mut effects = moves::follow(model, pages, effects);
    if model.page == here {
        let after = pages.get_mut(here).handle(model, Event::AfterKey);
        effects.extend(after.unwrap_or_default());
    }
    refocus(model, pages);
    effects
}

/// A key that the page has left to its control.
fn press_control(model: &mut Model, pages: &mut Pages, key: Key) -> Vec<Effect> {
    let marked = model.form.focus.and_then(|focus| model.entry(focus));
    let marked = marked.map(|entry| entry.value);
    let reach = view::reach(model, pages);
    match model.form.press(key, &reach) {
        Pressed::Taken => {}
        Pressed::Next => return moves::next(model, pages),
        Pressed::Push(button) => return push(model, pages, button),
        Pressed::Tick => return pages.tell(model, Event::Tick),
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

/// Puts the focus back on the page, where it was on a control that is no longer there.
fn refocus(model: &mut Model, pages: &Pages) {
    let page = pages.shown(model);
    let controls = page.all_controls(model);
    if model.form.focus.is_none_or(|at| !controls.contains(&at)) {
        page.focus(model);
    }
}

fn layer_press(model: &mut Model, pages: &mut Pages, layer: &Layer, key: Key) -> Vec<Effect> {
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
            if *yes {
                return pages.tell(model, Event::Agreed);
            }
        }
        _ => {}
    }
    Vec::new()
}

fn tick(model: &mut Model, pages: &mut Pages, now: Duration) -> Vec<Effect> {
    let due = now.as_secs() != model.now.as_secs();
    model.now = now;
    if due {
        pages.tell(model, Event::Second)
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
            model.run = Run::default();
            return vec![Effect::Show(Page::Language)];
        }
        None => {}
    }
    Vec::new()
}

/// Takes a newly probed machine; marks stay on the disk and the NIC that they were on.
fn probed(model: &mut Model, pages: &mut Pages, machine: Machine) {
    model.busy = None;
    let before = model.clone();
    model.machine = machine;
    model.checks = checks::run(&model.machine);
    let checks = &model.checks;
    let open = |name: &String| {
        let same = |check: &Check| check.name == name && check.verdict == Verdict::Problem;
        checks.iter().any(same)
    };
    model.answers.checks.skip.retain(open);
    pages.reprobed(model, &before);
    model.form.errors.clear();
    refocus(model, pages);
}

/// A thread broke down: nobody waits for it any longer, and what it wrote on the screen is drawn over. An installation goes on whatever becomes of
/// other threads.
fn lost(model: &mut Model, pages: &mut Pages, ticket: Ticket, text: Text) -> Vec<Effect> {
    if model.asked.is_none_or(|asked| asked.ticket == ticket) {
        (model.busy, model.asked) = (None, None);
    }
    let page = pages.get_mut(ticket.page);
    let event = Event::Reply(ticket.number, Reply::Lost(text.clone()));
    let mut effects = page.handle(model, event).unwrap_or_default();
    if model.page == Page::Progress && model.run.ticket == ticket.number {
        let failure = Failure {
            step: "installer".into(),
            text,
            ..Failure::default()
        };
        effects.extend(course::end(model, Err(failure)));
    } else {
        model.notice = Some(text);
    }
    effects.push(Effect::Redraw);
    effects
}

/// What a button does: what the page means by it, else the usual.
fn push(model: &mut Model, pages: &mut Pages, button: Button) -> Vec<Effect> {
    if let Some(effects) = pages.get_mut(model.page).handle(model, Event::Push(button)) {
        return effects;
    }
    match button {
        Button::Back => moves::back(model, pages),
        Button::Next => moves::next(model, pages),
        Button::LookAgain => look_again(model),
        Button::Restart => vec![Effect::Exit(Outcome::Restart)],
        Button::PowerOff => vec![Effect::Exit(Outcome::PowerOff)],
        Button::Shell => vec![Effect::Shell(model.say(say!("wizard-shell-greeting")))],
        // Only their pages know what they mean.
        _ => Vec::new(),
    }
}
