//! The host's files, made from its settings through the templates of `overlay/templates`.

use crate::settings::Settings;

/// A file of the installed host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its absolute path on the host.
    pub path: String,
    /// Its permissions, such as 0o644.
    pub mode: u32,
    /// What it holds; empty for a symbolic link.
    pub content: String,
    /// What it points to, if it is a symbolic link.
    pub link: Option<String>,
}

/// What the start menu of an installed host must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boot {
    /// What the menu calls the system, such as `Firn 0.1.0`.
    pub title: String,
    /// UUID of the file system in slot A.
    pub slot_a_uuid: String,
    /// UUID of the partition that is slot A.
    pub partuuid: String,
    /// UUID of the state's file system.
    pub state_uuid: String,
    /// The serial port: 0 is com1, 1 is com2.
    pub serial: Option<u8>,
    /// dom0's memory in MiB.
    pub dom0_mem_mib: u32,
}

/// Why a file could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template and its values do not fit together: a mistake in Firn.
    #[error("rendering {template}: {source}")]
    Template {
        /// The file in `overlay/templates`.
        template: &'static str,
        /// What the engine says.
        source: Box<tera::Error>,
    },
    /// A value that must not be put into a file.
    #[error("rendering {what}: {value:?} is no {expected}")]
    Value {
        /// What it was for.
        what: &'static str,
        /// The value.
        value: String,
        /// What it should have been.
        expected: &'static str,
    },
}

/// The files of an installed host, sorted by path.
///
/// # Errors
/// When a template and the settings do not fit together.
pub fn render(settings: &Settings) -> Result<Vec<File>, RenderError> {
    let _ = settings;
    Ok(Vec::new())
}

/// The start menu `grub.cfg` of an installed host.
///
/// # Errors
/// When an identifier has characters that none should have.
pub fn render_grub(boot: &Boot) -> Result<String, RenderError> {
    let _ = boot;
    Ok(String::new())
}
