//! What happens to the wizard, and what it wants to have done.

use super::task::{Finding, Reply, Situation, Task};
use crate::consoles::Holder;
use crate::execute::{Done, Event, Failure, Secrets};
use crate::machine::{Machine, Nic};
use crate::plan::Plan;
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
    /// The machine was probed again.
    Probed(Result<Box<Machine>, Text>),
    /// The NICs as they are now.
    Nics(Vec<Nic>),
    /// The installation says something.
    Event(Event),
    /// The installation is over.
    Finished(Result<Done, Failure>),
    /// What ran on a thread broke down without an answer: a mistake in this program.
    Lost(Text),
    /// What came of the task with this number.
    Reply(u64, Reply),
    /// A part of what comes of it, while it goes on.
    Meanwhile(u64, Reply),
    /// How late it is in the time zone that was asked for.
    TimeIn(Option<String>),
    /// The block devices that are there now.
    BlockDevices(Vec<String>),
    /// Something that was wanted could not be done.
    Notice(Text),
    /// A result of the network's test with this number.
    Tested(u64, Finding),
    /// The network's test with this number is over, or could not be made.
    TestOver(u64, Result<(), Text>),
    /// The lights of the NIC with this name have stopped blinking, or never did.
    Blinked(String, Result<(), Text>),
}

/// Something is to be done outside of the model.
#[derive(Debug)]
pub enum Effect {
    /// Claim the wizard for this console, which speaks this language, then hand the key in again.
    Claim(Key, Language),
    /// Tell the other consoles in which language this one speaks now.
    Speak(Language),
    /// Probe the machine; answered by [`Message::Probed`].
    Probe,
    /// Bring all NICs up, so that their links show.
    BringUp,
    /// Read the NICs; answered by [`Message::Nics`].
    Nics,
    /// Make this keyboard layout work at once.
    Keyboard(String),
    /// Carry the plan out; answered by [`Message::Event`]s and [`Message::Finished`].
    Execute(Box<Plan>, Secrets),
    /// Find out how late it is in this time zone; answered by [`Message::TimeIn`].
    TimeIn(String),
    /// See which block devices are there; answered by [`Message::BlockDevices`].
    BlockDevices,
    /// Do this; answered by [`Message::Reply`] with the same number.
    Ask(u64, Task, Box<Situation>),
    /// Whoever asked does not want to know any more.
    Stop,
    /// Draw everything anew, and ask the terminal for its size.
    Redraw,
    /// Show a shell after this sentence, then come back.
    Shell(String),
    /// Try the network; answered by [`Message::Tested`]s and [`Message::TestOver`] with this number.
    TestNetwork(u64, Box<Situation>),
    /// Make the lights of the NIC with this name blink; answered by [`Message::Blinked`].
    Blink(String),
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
