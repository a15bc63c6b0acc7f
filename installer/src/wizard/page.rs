//! The pages and the controls on them.

/// A page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// What Firn does, and the keyboard.
    Welcome,
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

impl Page {
    /// The pages with questions, in order.
    pub const STEPS: [Self; 9] = [
        Self::Welcome,
        Self::Checks,
        Self::Disk,
        Self::Network,
        Self::Addresses,
        Self::HostName,
        Self::Time,
        Self::Login,
        Self::Summary,
    ];

    /// Its number among [`Page::STEPS`], from 0.
    pub fn step(self) -> Option<usize> {
        Self::STEPS.iter().position(|page| *page == self)
    }

    /// The page after it.
    pub fn next(self) -> Option<Self> {
        Self::STEPS.get(self.step()? + 1).copied()
    }

    /// The page before it; a failed installation leads back to the summary.
    pub fn back(self) -> Option<Self> {
        if self == Self::Failed {
            return Some(Self::Summary);
        }
        Self::STEPS.get(self.step()?.checked_sub(1)?).copied()
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome to Firn",
            Self::Checks => "This machine",
            Self::Disk => "Disk",
            Self::Network => "Network",
            Self::Addresses => "Addresses",
            Self::HostName => "Host name",
            Self::Time => "Time",
            Self::Login => "Login",
            Self::Summary => "Summary",
            Self::Progress => "Installing",
            Self::Done => "Done",
            Self::Failed => "The installation failed",
            Self::InUse => "The installer is in use",
        }
    }

    /// Its short name in the list of steps.
    pub fn short(self) -> &'static str {
        if self == Self::Welcome {
            "Welcome"
        } else {
            self.title()
        }
    }
}

/// Something on a page that can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Control {
    /// Picker of layouts.
    Keyboard,
    /// Where the layout can be tried.
    TryKeys,
    /// List of checks.
    Checks,
    /// List of disks.
    Disk,
    /// The disk's name, typed to confirm.
    DiskName,
    /// One NIC or a bond.
    PortKind,
    /// List of NICs.
    Nics,
    /// LACP or active-backup.
    BondMode,
    /// VLAN number.
    Vlan,
    /// DHCP, static, off.
    V4,
    /// Address with prefix length.
    V4Address,
    /// Gateway.
    V4Gateway,
    /// Automatic, static, off.
    V6,
    /// Address with prefix length.
    V6Address,
    /// Gateway.
    V6Gateway,
    /// DNS servers.
    Dns,
    /// Search domains.
    Search,
    /// The host's name.
    HostName,
    /// Picker of time zones.
    Zone,
    /// Where the time comes from.
    Ntp,
    /// NTP servers.
    NtpServers,
    /// Root's password.
    Password,
    /// The same again.
    Again,
    /// An SSH public key.
    SshKey,
    /// The text of a page that has no other control; never has the focus while there is a button.
    Text,
    /// A button.
    Button(Button),
}

/// A button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Button {
    /// To the page before.
    Back,
    /// To the next page.
    Next,
    /// Probe the machine again.
    LookAgain,
    /// Begin.
    Install,
    /// Restart the machine.
    Restart,
    /// Switch the machine off.
    PowerOff,
    /// A shell; the wizard comes back after it.
    Shell,
}

impl Button {
    /// What stands on it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Back => "Back",
            Self::Next => "Continue",
            Self::LookAgain => "Look again",
            Self::Install => "Install",
            Self::Restart => "Restart",
            Self::PowerOff => "Power off",
            Self::Shell => "Shell",
        }
    }
}

/// How a control takes keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Up and down mark a line.
    List,
    /// A list that typing narrows down.
    Picker,
    /// Left and right turn one of a few options on.
    Choice,
    /// One line of text.
    Text,
    /// Enter presses it.
    Button,
}

impl Control {
    /// How it takes keys.
    pub fn kind(self) -> Kind {
        match self {
            Self::Keyboard | Self::Zone => Kind::Picker,
            Self::Checks | Self::Disk | Self::Nics => Kind::List,
            Self::PortKind | Self::BondMode | Self::V4 | Self::V6 | Self::Ntp => Kind::Choice,
            Self::Text => Kind::List,
            Self::Button(_) => Kind::Button,
            _ => Kind::Text,
        }
    }

    /// Whether printable characters go into it.
    pub fn types(self) -> bool {
        matches!(self.kind(), Kind::Picker | Kind::Text)
    }

    /// Whether what is typed is not to be seen.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::Again)
    }

    /// The options of a choice.
    pub fn options(self) -> &'static [&'static str] {
        match self {
            Self::PortKind => &["one port", "bond of several"],
            Self::BondMode => &["LACP (802.3ad)", "active-backup"],
            Self::V4 => &["DHCP", "static", "off"],
            Self::V6 => &["automatic", "static", "off"],
            Self::Ntp => &["from DHCP", "own servers", "none"],
            _ => &[],
        }
    }

    /// What stands before it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Keyboard => "Keyboard",
            Self::TryKeys => "Try the keys",
            Self::DiskName => "Type its name",
            Self::PortKind => "Use",
            Self::BondMode => "Bond",
            Self::Vlan => "VLAN",
            Self::V4 => "IPv4",
            Self::V6 => "IPv6",
            Self::V4Address | Self::V6Address => "  Address",
            Self::V4Gateway | Self::V6Gateway => "  Gateway",
            Self::Dns => "DNS servers",
            Self::Search => "Search domains",
            Self::HostName => "Name",
            Self::Zone => "Time zone",
            Self::Ntp => "Clock set",
            Self::NtpServers => "NTP servers",
            Self::Password => "Password",
            Self::Again => "Once more",
            Self::SshKey => "SSH key",
            _ => "",
        }
    }

    /// What stands in it, faint, while it is empty.
    pub fn example(self) -> &'static str {
        match self {
            Self::Keyboard | Self::Zone => "type to find",
            Self::Vlan => "none",
            Self::V4Address => "e.g. 192.0.2.10/24",
            Self::V4Gateway => "e.g. 192.0.2.1",
            Self::V6Address => "e.g. 2001:db8::10/64",
            Self::V6Gateway => "e.g. fe80::1",
            Self::Dns => "e.g. 192.0.2.53 2001:db8::53",
            Self::Search => "e.g. example.net",
            Self::HostName => "e.g. xen1.example.net",
            Self::NtpServers => "e.g. 0.pool.ntp.org 1.pool.ntp.org",
            Self::SshKey => "e.g. ssh-ed25519 AAAA... name",
            _ => "",
        }
    }
}
