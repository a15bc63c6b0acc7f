//! The pages and their order. What a page is and does stands in its own file in `pages/`.

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
}
