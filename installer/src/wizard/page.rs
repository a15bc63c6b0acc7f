//! The pages and their order. What a page is and does stands in its own file in `pages/`.

use super::pages::{self, Behaviour};

/// A page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// What Firn does, and the language.
    Language,
    /// The keyboard.
    Keyboard,
    /// What to do.
    Menu,
    /// What is right and wrong with the machine.
    Checks,
    /// The target disk.
    Disk,
    /// How guests are kept.
    Storage,
    /// NIC or bond, VLAN.
    Network,
    /// IPv4, IPv6, DNS.
    Addresses,
    /// The host's name.
    HostName,
    /// Time zone and NTP.
    Time,
    /// Password and key.
    Login,
    /// What will be done.
    Summary,
    /// It is being done.
    Progress,
    /// It is done.
    Done,
    /// It went wrong.
    Failed,
    /// Another console has the wizard.
    InUse,
    /// Load a driver.
    Drivers,
    /// The installed hosts.
    Repair,
    /// What to repair on one of them.
    RepairHost,
    /// Something to read.
    Report,
    /// Where to save something.
    Save,
}

/// The pages that follow each other.
const ORDER: &[Page] = &[
    Page::Language,
    Page::Keyboard,
    Page::Menu,
    Page::Checks,
    Page::Disk,
    Page::Storage,
    Page::Network,
    Page::Addresses,
    Page::HostName,
    Page::Time,
    Page::Login,
    Page::Summary,
];

impl Page {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Language,
        Self::Keyboard,
        Self::Menu,
        Self::Checks,
        Self::Disk,
        Self::Storage,
        Self::Network,
        Self::Addresses,
        Self::HostName,
        Self::Time,
        Self::Login,
        Self::Summary,
        Self::Progress,
        Self::Done,
        Self::Failed,
        Self::InUse,
        Self::Drivers,
        Self::Repair,
        Self::RepairHost,
        Self::Report,
        Self::Save,
    ];

    /// The numbered pages: the questions of an installation.
    pub const STEPS: &[Self] = ORDER.split_at(3).1;

    /// Its number among [`Page::STEPS`], from 0.
    pub fn step(self) -> Option<usize> {
        Self::STEPS.iter().position(|page| *page == self)
    }

    /// The page after it.
    pub fn next(self) -> Option<Self> {
        let at = ORDER.iter().position(|page| *page == self)?;
        ORDER.get(at + 1).copied()
    }

    /// The page before it in the order.
    pub fn previous(self) -> Option<Self> {
        let at = ORDER.iter().position(|page| *page == self)?;
        ORDER.get(at.checked_sub(1)?).copied()
    }

    /// What it shows and does.
    pub fn behaviour(self) -> &'static dyn Behaviour {
        match self {
            Self::Language => &pages::language::Language,
            Self::Keyboard => &pages::keyboard::Keyboard,
            Self::Menu => &pages::menu::Menu,
            Self::Drivers => &pages::drivers::Drivers,
            Self::Repair => &pages::repair::Repair,
            Self::RepairHost => &pages::repair_host::RepairHost,
            Self::Report => &pages::report::Report,
            Self::Save => &pages::save::Save,
            Self::Checks => &pages::checks::Checks,
            Self::Disk => &pages::disk::Disk,
            Self::Storage => &pages::storage::Storage,
            Self::Network => &pages::network::Network,
            Self::Addresses => &pages::addresses::Addresses,
            Self::HostName => &pages::host_name::HostName,
            Self::Time => &pages::time::Time,
            Self::Login => &pages::login::Login,
            Self::Summary => &pages::summary::Summary,
            Self::Progress => &pages::progress::Progress { looks_on: false },
            Self::Done => &pages::done::Done,
            Self::Failed => &pages::failed::Failed,
            Self::InUse => &pages::progress::Progress { looks_on: true },
        }
    }
}
