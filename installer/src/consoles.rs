//! The consoles of the machine: which there are, and who may use the wizard.

/// One console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// Device name below /dev: "tty1", "ttyS0".
    pub name: String,
}

impl Console {
    /// Whether this is a serial line and not the screen.
    pub fn is_serial(&self) -> bool {
        !self.name.strip_prefix("tty").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
    }
}

/// Who uses the wizard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// This console does, from now on.
    Mine,
    /// Another console was first; its name.
    Other(String),
}

/// Claims the wizard for `console`, to be called at the first key press. The claim ends with the process.
pub fn claim(_console: &Console) -> std::io::Result<Claim> {
    Ok(Claim::Mine)
}

/// Who has claimed the wizard, without claiming it: for the status line of the others.
pub fn claimed_by() -> Option<String> {
    None
}
