//! The wizard's controls, and the buttons that there are.

use firn_words::{Text, say};

/// Something on a page that can have the focus.
pub type Control = firn_tui::control::Control<Button>;
/// What is entered on the pages.
pub type Form = firn_tui::form::Form<Button, Text>;

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
    /// Read the medium.
    CheckMedium,
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
            Self::CheckMedium => say!("wizard-check-medium"),
        }
    }
}
