//! What the wizard has done for it while a page waits, and what comes of it.

use crate::checks::Check;
pub use crate::desk::network_test::{Finding, Outcome, What};
use crate::execute::{Done, Event, Failure, Secrets};
use crate::machine::{Machine, Nic};
use crate::plan::Plan;
use crate::wizard::page::Page;
use firn_config::{Answers, Secret};
use firn_words::Text;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Something that this installer can do beside installing; what it cannot is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ability {
    /// Load a driver from a stick or a second CD.
    Drivers,
    /// Repair an installed host.
    Repair,
    /// Make a support bundle.
    Support,
    /// Save files on sticks and read files from them.
    Sticks,
    /// Try the network's settings.
    TestNetwork,
    /// Make the lights of a NIC blink.
    Blink,
    /// Fetch SSH keys from a URL.
    Fetch,
    /// Set the clock.
    SetClock,
    /// Compare the medium with its checksums.
    Medium,
}

impl Ability {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Drivers,
        Self::Repair,
        Self::Support,
        Self::Sticks,
        Self::TestNetwork,
        Self::Blink,
        Self::Fetch,
        Self::SetClock,
        Self::Medium,
    ];
}

/// A thing to choose from that only the outside knows: a stick, a driver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// By which it is chosen.
    pub id: String,
    /// For people.
    pub title: Text,
    /// Why it cannot be chosen.
    pub problem: Option<Text>,
}

/// How an installed host is repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// The start menu and the firmware's boot entries are written anew.
    Boot,
    /// The management network goes back to DHCP on the NIC with this MAC address.
    Network(String),
    /// Root's password is set.
    Password(Secret),
    /// The end of its logs is shown.
    Logs,
    /// A support bundle of it is saved on this stick; without one a short text is shown.
    Support(Option<String>),
}

/// Where SSH keys come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// Files that end in `.pub`, and `authorized_keys`, on any stick.
    Sticks,
    /// A URL.
    Url(String),
}

/// SSH keys that were fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The good ones, one line each.
    pub lines: Vec<String>,
    /// What is wrong with the first line that is none.
    pub refused: Option<Text>,
}

/// Something to be done that takes its time.
#[derive(Clone, Debug)]
pub enum Task {
    /// Compare the medium with its checksums; answered by [`Reply::Percent`]s and [`Reply::Checked`].
    Medium,
    /// Look for sticks that files can be saved on; answered by [`Reply::Offers`].
    Sticks,
    /// Look for drivers on sticks and CDs; answered by [`Reply::Offers`].
    Drivers,
    /// Load the driver with this id; answered by [`Reply::Loaded`].
    Load(String),
    /// Repair the host on the disk with this device file; answered by [`Reply::Report`].
    Repair(String, Repair),
    /// Make a support bundle of this installer, on a stick or as a short text; answered by [`Reply::Report`].
    Support(Option<String>),
    /// Write the answers on a stick, or show them; answered by [`Reply::Report`].
    Answers(Option<String>),
    /// Fetch SSH keys; answered by [`Reply::Keys`].
    Keys(KeySource),
    /// Set the clock to a time that was typed, in the answers' time zone; answered by [`Reply::Done`].
    SetClock(String),
    /// Read the machine anew; answered by [`Reply::Machine`].
    Probe,
    /// Bring every NIC up, so that its link shows.
    BringUp,
    /// Read the NICs and their links; answered by [`Reply::Nics`].
    Nics,
    /// See which block devices are there; answered by [`Reply::BlockDevices`].
    BlockDevices,
    /// Make this keyboard layout work at once.
    Keyboard(String),
    /// Find out how late it is in this time zone; answered by [`Reply::Time`].
    Time(String),
    /// Try the network of the answers; answered by [`Reply::Found`] and [`Reply::Tested`].
    TestNetwork,
    /// Make the lights of the NIC with this name blink; answered by [`Reply::Blinked`].
    Blink(String),
    /// Carry the plan out; answered by [`Reply::Event`]s and [`Reply::Finished`].
    Execute(Box<Plan>, Secrets),
}

/// What a task was given by: what comes of it goes back there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its number; each task has its own.
    pub number: u64,
    /// The page.
    pub page: Page,
    /// Whether the page waits for it: what comes after the page was left is for nobody.
    pub waited: bool,
}

/// What Esc does while a task goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnEsc {
    /// Nothing: something is being changed.
    Waits,
    /// Stops the task and stays on the page.
    Stops,
    /// Leaves the page: it was only looked for something.
    Leaves,
}

impl Task {
    /// What Esc does while it goes on.
    pub fn on_esc(&self) -> OnEsc {
        match self {
            Self::Medium | Self::Keys(_) => OnEsc::Stops,
            Self::Sticks | Self::Drivers => OnEsc::Leaves,
            _ => OnEsc::Waits,
        }
    }
}

/// What a task may have to know.
#[derive(Clone, Debug, Default)]
pub struct Situation {
    /// The machine as last probed.
    pub machine: Machine,
    /// What was answered so far.
    pub answers: Answers,
    /// What is planned, if it can be.
    pub plan: Option<Plan>,
    /// How the installation failed.
    pub failure: Option<Failure>,
}

/// What came of a [`Task`].
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// What there is to choose from.
    Offers(Vec<Offer>),
    /// How far it is.
    Percent(u8),
    /// How a check went.
    Checked(Check),
    /// A driver is loaded.
    Loaded(Result<Text, Text>),
    /// Something to read.
    Report(Result<Vec<Text>, Text>),
    /// SSH keys.
    Keys(Result<Fetched, Text>),
    /// It is done.
    Done(Result<Text, Text>),
    /// The machine was probed.
    Machine(Box<Machine>),
    /// The NICs as they are now.
    Nics(Vec<Nic>),
    /// The block devices that are there now.
    BlockDevices(Vec<String>),
    /// How late it is in the time zone that was asked for.
    Time(Option<String>),
    /// A result of the network's test.
    Found(Finding),
    /// The network's test is over, or could not be made.
    Tested(Result<(), Text>),
    /// The lights of the NIC with this name have stopped blinking, or never did.
    Blinked(String, Result<(), Text>),
    /// The installation says something.
    Event(Event),
    /// The installation is over.
    Finished(Result<Done, Failure>),
    /// What was wanted was done, or could not be.
    Tried(Result<(), Text>),
    /// It broke down without an answer: a mistake in this program.
    Lost(Text),
}

/// What has tasks done, so that a demonstration and tests can put something else in the installer's place.
pub trait Services: Send + Sync {
    /// What can be done here.
    fn abilities(&self) -> BTreeSet<Ability> {
        Ability::ALL.iter().copied().collect()
    }

    /// Does what a page asks for; it may take long. `meanwhile` gets parts of the answer, and may say that nobody wants to know any more.
    fn perform(
        &self,
        task: &Task,
        situation: &Situation,
        meanwhile: &mut dyn FnMut(Reply) -> ControlFlow<()>,
    ) -> Reply;
}
