//! Everything the wizard knows, as plain data. Its core are the [`Answers`]; the rest is where the person is.

use super::catalog::{Catalog, Entry};
use super::page::{Button, Control, Page};
use super::text::Field;
use super::theme::Theme;
use crate::checks::{self, Check, Verdict};
use crate::execute::{Done, Failure};
use crate::machine::{Disk, Machine, Nic};
use crate::plan::{MIN_DISK, Plan};
use firn_config::{Answers, Problem, Size};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// The wizard's whole state.
#[derive(Clone, Debug)]
pub struct Model {
    /// What the person has answered so far.
    pub answers: Answers,
    /// The machine as last probed.
    pub machine: Machine,
    /// Its checks.
    pub checks: Vec<Check>,
    /// Layouts and time zones.
    pub catalog: Catalog,
    /// The page that is shown.
    pub page: Page,
    /// The control that takes the keys.
    pub focus: Control,
    /// What lies over the page.
    pub layer: Option<Layer>,
    /// Text of each field.
    pub texts: BTreeMap<Control, Field>,
    /// Chosen option of each choice.
    pub choices: BTreeMap<Control, usize>,
    /// Marked line of each list.
    pub cursors: BTreeMap<Control, usize>,
    /// MAC addresses of the NICs ticked for a bond.
    pub members: BTreeSet<String>,
    /// Lists whose mark the person has moved.
    pub moved: BTreeSet<Control>,
    /// The layout that works on this console.
    pub loaded_keyboard: String,
    /// Columns and lines of the terminal.
    pub size: (u16, u16),
    /// Whether the console is a serial line.
    pub serial: bool,
    /// What is wrong with a control, shown below it.
    pub errors: BTreeMap<Control, String>,
    /// What is being waited for, in words.
    pub busy: Option<&'static str>,
    /// A sentence about the last thing that went wrong outside of a control.
    pub notice: Option<String>,
    /// What will be done, or why not; made for the summary.
    pub plan: Option<Result<Plan, Vec<Problem>>>,
    /// The installation.
    pub run: Run,
    /// Who uses the wizard.
    pub owner: Owner,
    /// The console it is shown on.
    pub console: String,
    /// What the terminal can show.
    pub theme: Theme,
    /// Nothing is really done.
    pub demo: bool,
    /// Time since the wizard was started.
    pub now: Duration,
}

/// Who uses the wizard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Owner {
    /// No key has been pressed anywhere.
    #[default]
    Nobody,
    /// This console.
    Me,
    /// Another console, by name.
    Other(String),
}

/// Something over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Help for the page.
    Help,
    /// Whether to go on past the problems of the checks; `yes` is whether the button Yes has the focus.
    GoOn {
        /// Focus on "Go on anyway".
        yes: bool,
    },
}

/// An installation, while it runs and after.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// When it began, on the wizard's clock.
    pub started: Duration,
    /// Number of the step, from 1.
    pub n: usize,
    /// Number of all steps.
    pub of: usize,
    /// What is being done.
    pub title: String,
    /// How far, 0 to 100.
    pub percent: u8,
    /// When it was over.
    pub ended: Duration,
    /// Everything that was said.
    pub log: Vec<String>,
    /// How it ended.
    pub end: Option<Result<Done, Failure>>,
}

impl Model {
    /// A wizard that has asked nothing yet.
    pub fn new(machine: Machine, catalog: Catalog, console: &str, theme: Theme) -> Self {
        let answers = Answers::default();
        let mut model = Self {
            checks: checks::run(&machine),
            answers,
            machine,
            catalog,
            page: Page::Welcome,
            focus: Control::Keyboard,
            layer: None,
            texts: BTreeMap::new(),
            choices: BTreeMap::new(),
            cursors: BTreeMap::new(),
            members: BTreeSet::new(),
            moved: BTreeSet::new(),
            loaded_keyboard: "us".into(),
            size: (80, 24),
            serial: false,
            errors: BTreeMap::new(),
            busy: None,
            notice: None,
            plan: None,
            run: Run::default(),
            owner: Owner::Nobody,
            console: console.to_owned(),
            theme,
            demo: false,
            now: Duration::ZERO,
        };
        model.preselect();
        model
    }

    /// Puts the marks where most people want them.
    fn preselect(&mut self) {
        let find = |list: &[Entry], value: &str| {
            list.iter()
                .position(|entry| entry.value == value)
                .unwrap_or(0)
        };
        let keyboard = find(&self.catalog.keyboards, &self.answers.keyboard);
        let zone = find(&self.catalog.zones, &self.answers.timezone);
        self.cursors.insert(Control::Keyboard, keyboard);
        self.cursors.insert(Control::Zone, zone);
        let check = self
            .checks
            .iter()
            .position(|check| check.verdict == Verdict::Problem);
        self.cursors.insert(Control::Checks, check.unwrap_or(0));
        self.mark_first_fit();
        self.preselect_nic();
    }

    /// Marks the first disk that can be chosen; better an empty one.
    pub fn mark_first_fit(&mut self) {
        let disks = &self.machine.disks;
        let fit = |disk: &Disk| self.unfit(disk).is_none();
        let empty = disks
            .iter()
            .position(|disk| fit(disk) && !holds_something(disk));
        let at = empty.or_else(|| disks.iter().position(fit)).unwrap_or(0);
        self.cursors.insert(Control::Disk, at);
    }

    /// Puts the focus back on the page, where it was on a control that is no longer there.
    pub fn refocus(&mut self) {
        if !self.controls().contains(&self.focus) {
            self.focus = self.first_focus();
        }
    }

    /// Marks the first NIC with a link.
    pub fn preselect_nic(&mut self) {
        let nic = self
            .machine
            .nics
            .iter()
            .position(|nic| nic.link == Some(true));
        self.cursors.insert(Control::Nics, nic.unwrap_or(0));
    }

    /// What is typed into a field, without spaces around it (but a password is taken as it is).
    pub fn text(&self, control: Control) -> &str {
        let text = self.texts.get(&control).map_or("", Field::value);
        if control.is_secret() {
            text
        } else {
            text.trim()
        }
    }

    /// Which option of a choice is on.
    pub fn choice(&self, control: Control) -> usize {
        self.choices.get(&control).copied().unwrap_or(0)
    }

    /// Which line of a list is marked.
    pub fn cursor(&self, control: Control) -> usize {
        self.cursors.get(&control).copied().unwrap_or(0)
    }

    /// The entries of a picker that match what was typed.
    pub fn entries(&self, control: Control) -> Vec<&Entry> {
        let list = if control == Control::Zone {
            &self.catalog.zones
        } else {
            &self.catalog.keyboards
        };
        let typed = self.text(control);
        let mut found: Vec<_> = list.iter().filter(|entry| entry.matches(typed)).collect();
        if !typed.is_empty() {
            found.sort_by_key(|entry| entry.rank(typed));
        }
        found
    }

    /// The entry that is marked in a picker.
    pub fn entry(&self, control: Control) -> Option<&Entry> {
        self.entries(control).get(self.cursor(control)).copied()
    }

    /// Lines of a list.
    pub fn list_len(&self, control: Control) -> usize {
        match control {
            Control::Checks => self.checks.len(),
            Control::Disk => self.machine.disks.len(),
            Control::Nics => self.machine.nics.len(),
            Control::Keyboard | Control::Zone => self.entries(control).len(),
            _ => 0,
        }
    }

    /// Why a disk cannot be chosen. One that is only too small can be, once that check was passed over.
    pub fn unfit(&self, disk: &Disk) -> Option<String> {
        let skipped = self
            .answers
            .checks
            .skip
            .iter()
            .any(|name| name == "disk-size");
        let small = disk.size < MIN_DISK && !skipped;
        disk.unfit
            .as_ref()
            .map(|unfit| unfit.text().to_string())
            .or_else(|| small.then(|| format!("smaller than {}", Size(MIN_DISK))))
    }

    /// The marked disk.
    pub fn disk(&self) -> Option<&Disk> {
        self.machine.disks.get(self.cursor(Control::Disk))
    }

    /// The marked NIC.
    pub fn nic(&self) -> Option<&Nic> {
        self.machine.nics.get(self.cursor(Control::Nics))
    }

    /// The checks that stand against an installation and are not to be passed over yet.
    pub fn open_problems(&self) -> Vec<&Check> {
        let open = |check: &&Check| {
            check.verdict == Verdict::Problem
                && !self
                    .answers
                    .checks
                    .skip
                    .iter()
                    .any(|skip| skip == check.name)
        };
        self.checks.iter().filter(open).collect()
    }

    /// Whether a bond is to be made.
    pub fn bonds(&self) -> bool {
        self.choice(Control::PortKind) == 1
    }

    /// The controls of the page, in the order of Tab.
    pub fn controls(&self) -> Vec<Control> {
        use Control as C;
        let mut list: Vec<Control> = match self.page {
            Page::Welcome if self.serial => vec![C::Keyboard],
            Page::Welcome => vec![C::Keyboard, C::TryKeys],
            Page::Checks => vec![C::Checks],
            Page::Disk
                if self
                    .disk()
                    .is_some_and(|disk| self.unfit(disk).is_none() && holds_something(disk)) =>
            {
                vec![C::Disk, C::DiskName]
            }
            Page::Disk => vec![C::Disk],
            Page::Network if self.bonds() => vec![C::PortKind, C::Nics, C::BondMode, C::Vlan],
            Page::Network => vec![C::PortKind, C::Nics, C::Vlan],
            Page::Addresses => self.address_controls(),
            Page::HostName => vec![C::HostName],
            Page::Time if self.choice(C::Ntp) == 1 => vec![C::Zone, C::Ntp, C::NtpServers],
            Page::Time => vec![C::Zone, C::Ntp],
            Page::Login => vec![C::Password, C::Again, C::SshKey],
            Page::Summary | Page::Progress | Page::Done | Page::Failed | Page::InUse => vec![],
        };
        list.extend(self.buttons().into_iter().map(C::Button));
        list
    }

    fn address_controls(&self) -> Vec<Control> {
        use Control as C;
        let mut list = vec![C::V4];
        if self.choice(C::V4) == 1 {
            list.extend([C::V4Address, C::V4Gateway]);
        }
        list.push(C::V6);
        if self.choice(C::V6) == 1 {
            list.extend([C::V6Address, C::V6Gateway]);
        }
        list.extend([C::Dns, C::Search]);
        list
    }

    /// The buttons of the page, from left to right.
    pub fn buttons(&self) -> Vec<Button> {
        match self.page {
            Page::Welcome => vec![Button::PowerOff, Button::Shell, Button::Next],
            Page::Checks | Page::Disk | Page::Network => {
                vec![Button::LookAgain, Button::Back, Button::Next]
            }
            Page::Summary if matches!(self.plan, Some(Ok(_))) => {
                vec![Button::Back, Button::Install]
            }
            Page::Summary => vec![Button::Back],
            Page::Done => vec![Button::PowerOff, Button::Restart],
            Page::Failed => vec![Button::Shell, Button::PowerOff, Button::Back],
            Page::Progress | Page::InUse => vec![],
            _ => vec![Button::Back, Button::Next],
        }
    }

    /// Where the focus starts on the page.
    pub fn first_focus(&self) -> Control {
        match self.page {
            Page::Summary | Page::Failed => Control::Button(Button::Back),
            Page::Done => Control::Button(Button::Restart),
            _ => self.controls().first().copied().unwrap_or(Control::Text),
        }
    }
}

/// Whether something would be lost on a disk.
pub fn holds_something(disk: &Disk) -> bool {
    !disk.contents.is_empty() || disk.firn.is_some()
}
