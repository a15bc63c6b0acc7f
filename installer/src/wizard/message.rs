//! What happens to the wizard, and what it wants to have done.

use crate::consoles::Holder;
use crate::execute::Event;
use crate::wizard::page::Page;
use crate::wizard::task::{Reply, Situation, Task, Ticket};
use firn_tui::keys::Key;
use firn_words::{Language, Text};
use std::time::Duration;

/// Something happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// The terminal has this many columns and lines.
    Resize(u16, u16),
    /// The time since the wizard's start; comes a few times a second.
    Tick(Duration),
    /// Who has the wizard: nobody, or another console.
    Owner(Option<Holder>),
    /// This console has it from now on.
    Claimed,
    /// What another console's installation says.
    Event(Event),
    /// What came of a task.
    Reply(Ticket, Reply),
    /// A part of what comes of it, while it goes on.
    Meanwhile(Ticket, Reply),
    /// Something that was wanted could not be done.
    Notice(Text),
}

/// Something is to be done outside of the page.
#[derive(Debug)]
pub enum Effect {
    /// Show another page.
    Show(Page),
    /// Claim the wizard for this console, which speaks this language, then hand the key in again.
    Claim(Key, Language),
    /// Tell the other consoles in which language this one speaks now.
    Speak(Language),
    /// Do this; answered by [`Message::Reply`] with the same ticket.
    Do(Ticket, Task, Box<Situation>),
    /// Whoever waits for a task does not want to know any more.
    Stop,
    /// Draw everything anew, and ask the terminal for its size.
    Redraw,
    /// Show a shell after this sentence, then come back.
    Shell(String),
    /// Leave the wizard.
    Exit(Outcome),
}

/// How the wizard ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The machine is to be restarted.
    Restart,
    /// The machine is to be switched off.
    PowerOff,
}
