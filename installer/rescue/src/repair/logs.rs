//! A look at the logs of a host, and everything about it in one bundle. Nothing is written on its disk.

use super::state::{Access, State};
use super::{Host, Result, parts, sentence};
use crate::support::{self, Bundle, Scrub};
use firn_command::cmd;
use firn_execute::failure::Said;
use firn_words::say;
use std::fs;
use std::path::Path;

/// Lines of the journal that go into the bundle.
const BUNDLE_LINES: usize = 5000;
/// Lines of the journal that go into the short text.
const SHORT_LINES: usize = 12;

/// The last lines of the host's journal.
///
/// # Errors
/// When its state cannot be read.
pub fn logs(host: &Host, lines: usize) -> Result<String> {
    sentence((|| {
        let state = State::open(&parts::read(&host.disk)?, Access::Read)?;
        let text = journal(state.folder(), lines, None)?;
        state.close()?;
        Ok(text)
    })())
}

/// Everything about the host that somebody who helps needs to see, without secrets and without keys.
///
/// # Errors
/// When its state cannot be read.
pub fn bundle(host: &Host) -> Result<Bundle> {
    sentence((|| {
        let parts = parts::read(&host.disk)?;
        let state = State::open(&parts, Access::Read)?;
        let mut bundle = of_state(&host.host.name, state.folder());
        bundle.add("host.txt", &format!("{}\n", host.title()));
        let text = journal(state.folder(), BUNDLE_LINES, None);
        bundle.add("journal.log", &text.unwrap_or_else(|e| format!("{e:#}\n")));
        bundle.add("lvs.txt", &volumes(&parts.lvm));
        state.close()?;
        Ok(bundle)
    })())
}

/// What matters of a host in a few lines, for a screen: where there is no stick for a bundle.
///
/// # Errors
/// When its state cannot be read.
pub fn short(host: &Host) -> Result<String> {
    sentence((|| {
        let parts = parts::read(&host.disk)?;
        let state = State::open(&parts, Access::Read)?;
        let mut lines = vec![host.title().to_string(), "volumes".into()];
        lines.extend(indented(&volumes(&parts.lvm)));
        lines.push("the journal's last errors".into());
        let errors = journal(state.folder(), SHORT_LINES, Some("err"));
        lines.extend(indented(&errors.unwrap_or_else(|e| format!("{e:#}"))));
        state.close()?;
        Ok(support::sealed(lines, &Scrub::default()))
    })())
}

fn indented(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("  {line}"))
}

/// The host's volumes as LVM lists them.
fn volumes(device: &str) -> String {
    let lvs = ["lvs", "--all", "--devices", device, "firn"];
    cmd("lvm", lvs).read().unwrap_or_else(|e| e.to_string())
}

/// The journal's last lines; with a priority only those that are at least so bad.
fn journal(state: &Path, lines: usize, priority: Option<&str>) -> anyhow::Result<String> {
    let lines = format!("--lines={lines}");
    let priority = priority.map(|least| format!("--priority={least}"));
    let args = ["--no-pager", "--output=short-iso", &lines];
    let args = args.into_iter().chain(priority.as_deref());
    let folder = state.join("var/log/journal");
    if !folder.exists() {
        return Err(anyhow::Error::new(Said(say!("repair-no-log"))));
    }
    let text = cmd("journalctl", args)
        .arg("--directory")
        .arg(folder)
        .read()?;
    Ok(Scrub::default().text(&(text + "\n")))
}

/// What the state says in files.
fn of_state(name: &str, state: &Path) -> Bundle {
    let mut bundle = Bundle::new(name, Scrub::default());
    let etc = state.join("etc/upper");
    for file in ["firn/host.toml", "lvm/devices/system.devices", "hostname"] {
        add_file(&mut bundle, &format!("etc/{file}"), &etc.join(file));
    }
    for folder in ["systemd/network", "xen", "modules-load.d", "modprobe.d"] {
        add_folder(&mut bundle, &format!("etc/{folder}"), &etc.join(folder));
    }
    add_folder(&mut bundle, "xen", &state.join("var/log/xen"));
    bundle
}

/// A file of text, as far as it is there; what is no text is made so.
fn add_file(bundle: &mut Bundle, name: &str, path: &Path) {
    if let Ok(bytes) = fs::read(path) {
        bundle.add(name, &String::from_utf8_lossy(&bytes));
    }
}

/// The plain files of a folder; what is below it, and links, stay out.
fn add_folder(bundle: &mut Bundle, name: &str, folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    for file in files {
        add_file(bundle, &format!("{name}/{file}"), &folder.join(&file));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_of_a_host_has_its_settings_and_no_secrets() {
        let state = tempfile::tempdir().unwrap();
        let etc = state.path().join("etc/upper");
        fs::create_dir_all(etc.join("firn")).unwrap();
        fs::create_dir_all(etc.join("xen")).unwrap();
        fs::write(etc.join("firn/host.toml"), "version = 1\n").unwrap();
        fs::write(
            etc.join("xen/a.cfg"),
            "vncpasswd = \"CANARY\"\npassword = \"CANARY\"\n",
        )
        .unwrap();
        fs::write(etc.join("shadow"), "root:CANARY:\n").unwrap();
        std::os::unix::fs::symlink("/etc/shadow", etc.join("xen/link")).unwrap();
        let bundle = of_state("xen1", state.path());
        assert_eq!(bundle.file("etc/firn/host.toml"), Some("version = 1\n"));
        assert_eq!(
            bundle.file("etc/xen/a.cfg"),
            Some("vncpasswd = [secret]\npassword = [secret]\n")
        );
        assert_eq!(bundle.file("etc/xen/link"), None);
        assert!(!format!("{bundle:?}").contains("CANARY"));
    }
}
