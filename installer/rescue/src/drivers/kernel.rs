//! What the running kernel says: its version, whether it demands signatures, its log.

use firn_command::cmd;
use std::fs;
use std::path::Path;

/// A module that the running root always has; its version is what a driver's must be.
const OWN_MODULE: &str = "squashfs";
/// Here the kernel looks for firmware first.
const FIRMWARE_PATH: &str = "/sys/module/firmware_class/parameters/path";

/// The running kernel, as far as drivers must fit it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kernel {
    /// `uname -r`.
    pub release: String,
    /// Version and options that modules are compared by; empty when it could not be found out.
    pub vermagic: String,
    /// Whether it takes signed modules only (Secure Boot).
    pub signed_only: bool,
}

/// The running kernel.
pub fn running() -> Kernel {
    let release = rustix::system::uname()
        .release()
        .to_string_lossy()
        .into_owned();
    let vermagic = cmd("modinfo", ["-F", "vermagic", OWN_MODULE]).read();
    let text = |path: &str| firn_words::read_text(path).unwrap_or_default();
    Kernel {
        release,
        vermagic: vermagic.unwrap_or_default().trim().to_owned(),
        signed_only: signed_only(
            &text("/sys/kernel/security/lockdown"),
            &text("/sys/module/module/parameters/sig_enforce"),
        ),
    }
}

/// Lockdown's file shows all its levels, the present one in brackets.
pub(super) fn signed_only(lockdown: &str, sig_enforce: &str) -> bool {
    let locked = lockdown.contains('[') && !lockdown.contains("[none]");
    locked || sig_enforce.trim() == "Y"
}

/// Whether a module is loaded, or built in.
pub fn has(module: &str) -> bool {
    Path::new("/sys/module").join(module).exists()
}

/// The build of a loaded module, to tell it from another of the same name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// A checksum of its source; Debian's kernel gives it to few modules.
    pub source_version: Option<String>,
    /// The note with the id that the linker gave it, as it stands in the module's file; empty where there is none.
    pub note: Vec<u8>,
}

/// The build of a loaded module.
pub fn build(module: &str) -> Build {
    let folder = Path::new("/sys/module").join(module);
    let source_version = firn_words::read_text(folder.join("srcversion")).ok();
    Build {
        source_version: source_version.map(|text| text.trim().to_owned()),
        note: fs::read(folder.join("notes/.note.gnu.build-id")).unwrap_or_default(),
    }
}

impl Build {
    /// Whether a module's file with these bytes is this very build; where nothing tells, it is not.
    pub fn is(&self, source_version: Option<&str>, file: &[u8]) -> bool {
        if let (Some(loaded), Some(other)) = (self.source_version.as_deref(), source_version) {
            return loaded == other;
        }
        let length = self.note.len();
        length > 0 && file.windows(length).any(|bytes| bytes == self.note)
    }
}

/// How many devices the drivers of a module serve.
pub fn devices(module: &str) -> usize {
    let list = |folder: &Path| -> Vec<_> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let drivers = list(&Path::new("/sys/module").join(module).join("drivers"));
    let links = drivers.iter().flat_map(|driver| list(driver));
    // Besides its devices, a driver's folder has a link to its module.
    links
        .filter(|link| link.is_symlink() && link.file_name().is_some_and(|n| n != "module"))
        .count()
}

/// The kernel's log, oldest line first.
pub fn log() -> String {
    cmd("dmesg", ["--notime"]).read().unwrap_or_default()
}

/// The lines that `after` has more than `before`; the log is a ring, so the beginning may differ.
pub(super) fn new_lines<'a>(before: &str, after: &'a str) -> Vec<&'a str> {
    let after: Vec<&str> = after.lines().collect();
    let Some(last) = before.lines().last() else {
        return after;
    };
    match after.iter().rposition(|line| *line == last) {
        Some(at) => after[at + 1..].to_vec(),
        None => after,
    }
}

/// Firmware that a driver asked for and did not get: (device, file).
pub(super) fn missing_firmware<'a>(lines: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let parse = |line: &&'a str| {
        let (before, rest) = line.split_once(": Direct firmware load for ")?;
        let (file, _) = rest.split_once(" failed")?;
        Some((before.split_whitespace().last()?, file))
    };
    lines.iter().filter_map(parse).collect()
}

/// Has the kernel look for firmware in this folder, too.
pub fn look_for_firmware_in(folder: &Path) -> std::io::Result<()> {
    fs::write(FIRMWARE_PATH, folder.to_string_lossy().as_bytes())
}
