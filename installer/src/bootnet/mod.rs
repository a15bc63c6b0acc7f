//! The network before there are answers: what netboot left, or DHCP on every NIC with a link. networkd runs it, from files that
//! step aside while an installation or a test has its own.

mod facts;
mod files;
mod handed;

pub use facts::Facts;
pub use handed::handed;

use crate::probe::nics;
use firn_command::{cmd, ip};
use firn_image::run::NETWORK_ASIDE as ASIDE;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where networkd looks; what lies here is gone with the next start.
const FOLDER: &str = "/run/systemd/network";
/// What the files' names begin with: those from here, and the ones that firn-init leaves. Any other file comes before them.
const PREFIX: &str = "90-firn-";
const CLASS: &str = "/sys/class/net";
const PAUSE: Duration = Duration::from_millis(500);

/// Has networkd ask for addresses, unless there is one, or netboot has done so already.
///
/// # Errors
/// The files cannot be written, or networkd does not read them.
pub fn start(vlan: Option<u16>) -> io::Result<()> {
    if handed().is_some() || connected() {
        return Ok(());
    }
    nics::bring_up();
    let macs: Vec<String> = nics::probe().into_iter().map(|nic| nic.mac).collect();
    fs::create_dir_all(FOLDER)?;
    for (name, content) in files::all(&macs, vlan) {
        fs::write(Path::new(FOLDER).join(name), content)?;
    }
    cmd("networkctl", ["reload"])
        .run()
        .map_err(|e| io::Error::other(e.last_words()))
}

/// Waits for an address; says whether one came.
pub fn wait(patience: Duration) -> bool {
    let end = Instant::now() + patience;
    loop {
        let connected = connected();
        if connected || Instant::now() >= end {
            return connected;
        }
        sleep(PAUSE);
    }
}

fn connected() -> bool {
    devices().iter().any(|device| has_address(device))
}

fn devices() -> Vec<String> {
    let entries = fs::read_dir(CLASS).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "lo").collect();
    names.sort();
    names
}

fn has_address(device: &str) -> bool {
    !ip::usable(device).is_empty()
}

/// What tells this machine from others; of its NICs the one with an address counts, else the first.
pub fn facts(bootif: Option<&str>) -> Facts {
    let connected = devices().into_iter().find(|device| has_address(device));
    let first = || nics::probe().into_iter().next().map(|nic| nic.name);
    Facts::of(&connected.or_else(first).unwrap_or_default(), bootif)
}

/// Takes the files out of networkd's sight and the VLANs away; whoever calls this has networkd read its files anew.
///
/// # Errors
/// A file cannot be moved.
pub fn step_aside() -> io::Result<()> {
    fs::create_dir_all(ASIDE)?;
    for file in files_in(FOLDER) {
        let text = firn_words::read_text(&file).unwrap_or_default();
        if let Some(device) = files::made_by(&file, &text) {
            // Another network's VLAN may have the same number on the same NIC.
            let _ = cmd("ip", ["link", "delete", "dev", device]).run();
        }
    }
    move_all(FOLDER, ASIDE)
}

/// Puts the files back, and says whether there were any; whoever calls this has networkd read its files anew.
pub fn come_back() -> bool {
    let any = !files_in(ASIDE).is_empty();
    // Only reports go over this network from now on; where it is missing they are kept.
    let _ = move_all(ASIDE, FOLDER);
    any
}

fn move_all(from: &str, to: &str) -> io::Result<()> {
    for file in files_in(from) {
        let name = file.file_name().unwrap_or_default();
        fs::rename(&file, Path::new(to).join(name))?;
    }
    Ok(())
}

fn files_in(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(PREFIX);
    entries.filter(ours).map(|entry| entry.path()).collect()
}
