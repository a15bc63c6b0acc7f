//! What can have the focus on a page: lists, fields, choices, buttons.

use super::catalog::Subject;
use firn_words::{Text, say};

/// Something on a page that can have the focus. Pages keep theirs as constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Control {
    /// Tells it from all others of the wizard.
    pub name: &'static str,
    /// How it takes keys.
    pub kind: Kind,
}

/// How a control takes keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Up and down mark a line.
    List,
    /// A list whose lines Space ticks.
    Ticks,
    /// A list that typing narrows down.
    Picker(Subject),
    /// Left and right turn one of so many options on.
    Choice(usize),
    /// One line of text.
    Text,
    /// One line of text that is not to be seen.
    Secret,
    /// Enter presses it.
    Button(Button),
}

impl Control {
    /// A list.
    pub const fn list(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::List,
        }
    }

    /// A list whose lines Space ticks.
    pub const fn ticks(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Ticks,
        }
    }

    /// A list that typing narrows down.
    pub const fn picker(name: &'static str, subject: Subject) -> Self {
        Self {
            name,
            kind: Kind::Picker(subject),
        }
    }

    /// One of `count` options.
    pub const fn choice(name: &'static str, count: usize) -> Self {
        Self {
            name,
            kind: Kind::Choice(count),
        }
    }

    /// A field.
    pub const fn text(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Text,
        }
    }

    /// A field for a password.
    pub const fn secret(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Secret,
        }
    }

    /// A button.
    pub const fn button(button: Button) -> Self {
        Self {
            name: "button",
            kind: Kind::Button(button),
        }
    }

    /// Whether printable characters go into it.
    pub fn types(self) -> bool {
        matches!(self.kind, Kind::Picker(_) | Kind::Text | Kind::Secret)
    }

    /// Whether what is typed is not to be seen.
    pub fn is_secret(self) -> bool {
        self.kind == Kind::Secret
    }
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
    /// Try once more.
    Retry,
    /// Make a support bundle.
    Support,
    /// Save the answers.
    Save,
    /// Show instead of saving.
    Show,
    /// Load the marked driver.
    Load,
    /// Try the settings.
    Test,
    /// Make lights blink.
    Blink,
    /// Fetch keys.
    Fetch,
    /// Save the answers, or have them shown.
    SaveAnswers,
}

impl Button {
    /// What stands on it.
    pub fn label(self) -> Text {
        match self {
            Self::Back => say!("wizard-back"),
            Self::Next => say!("wizard-continue"),
            Self::LookAgain => say!("wizard-look-again"),
            Self::Install => say!("wizard-install"),
            Self::Restart => say!("wizard-restart"),
            Self::PowerOff => say!("wizard-power-off"),
            Self::Shell => say!("wizard-shell"),
            Self::Retry => say!("wizard-retry"),
            Self::Support => say!("wizard-support"),
            Self::Save => say!("wizard-save"),
            Self::Show => say!("wizard-show"),
            Self::Load => say!("wizard-load"),
            Self::Test => say!("wizard-test"),
            Self::Blink => say!("wizard-blink"),
            Self::Fetch => say!("wizard-fetch"),
            Self::SaveAnswers => say!("wizard-save-answers"),
        }
    }
}
