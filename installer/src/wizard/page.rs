//! The pages and their order. What a page is and does stands in its own file in `pages/`.

use super::pages::{self, Behaviour};

/// A page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// What Firn does, and the language.
    Language,
    /// The keyboard.
    Keyboard,
    /// What is right and wrong with the machine.
    Checks,
    /// The target disk.
    Disk,
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
}

/// The pages that follow each other.
const ORDER: &[Page] = &[
    Page::Language,
    Page::Keyboard,
    Page::Checks,
    Page::Disk,
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
        Self::Checks,
        Self::Disk,
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
    ];

    /// The numbered pages: the questions of an installation.
    pub const STEPS: &[Self] = ORDER.split_at(2).1;

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
            Self::Checks => &pages::checks::Checks,
            Self::Disk => &pages::disk::Disk,
            Self::Network => &pages::network::Network,
            Self::Addresses => &pages::addresses::Addresses,
            Self::HostName => &pages::host_name::HostName,
            Self::Time => &pages::time::Time,
            Self::Login => &pages::login::Login,
            Self::Summary => &pages::summary::Summary,
            Self::Progress => &pages::progress::Progress,
            Self::Done => &pages::done::Done,
            Self::Failed => &pages::failed::Failed,
            Self::InUse => &pages::in_use::InUse,
        }
    }
}
