//! `firn status`: the host at a glance.

mod pool;
pub mod problems;
mod text;
mod xen;

use crate::settings::{self, Found};
use anyhow::Result;
use firn_command::{cmd, ip};
use firn_config::{BRIDGE, Nic, Ntp, Store, Uplink};
use problems::{Facts, Problem};
use serde::Serialize;
use std::path::Path;

/// All that is shown; `--json` writes it as it is.
#[derive(Debug, Serialize)]
pub struct Status {
    /// Firn's version.
    pub version: &'static str,
    pub name: String,
    pub addresses: Vec<String>,
    /// None if this system does not run under Xen.
    pub xen: Option<xen::Xen>,
    pub store: StoreStatus,
    pub guests: Vec<xen::Guest>,
    /// What is wrong, the worst first.
    pub problems: Vec<Problem>,
}

/// The store for guests.
#[derive(Debug, Serialize)]
pub struct StoreStatus {
    /// As in the settings: `lvm-thin` or `files`; `unknown` if they cannot be read.
    pub kind: &'static str,
    /// None if it is not active.
    pub room: Option<pool::Room>,
}

/// Prints the status; whether everything works. What cannot be found out is shown as missing: a broken host needs its status most.
pub fn show(json: bool) -> Result<bool> {
    let status = look();
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
    } else {
        print!("{}", text::render(&status));
    }
    Ok(!problems::any_failed(&status.problems))
}

/// All that is to be known of this host now.
pub fn look() -> Status {
    let known = known();
    let (kind, room) = match known.store {
        Some(Store::LvmThin) => ("lvm-thin", pool::thin()),
        Some(Store::Files) => ("files", pool::folder()),
        None => ("unknown", None),
    };
    let info = cmd("xl", ["info"]).read();
    let facts = Facts {
        known: &known,
        xen: info.as_ref().err().map(firn_command::Error::last_words),
        room: room.as_ref(),
    };
    let problems = problems::find(&facts);
    Status {
        version: env!("CARGO_PKG_VERSION"),
        addresses: ip::usable(BRIDGE),
        xen: info.ok().and_then(|text| xen::info(&text)),
        store: StoreStatus { kind, room },
        guests: cmd("xl", ["list"])
            .read()
            .map(|text| xen::guests(&text))
            .unwrap_or_default(),
        problems,
        name: known.name,
    }
}

/// What the settings tell.
pub struct Known {
    /// The host's name; one whose settings have a mistake still has the name that was made from them before.
    pub name: String,
    /// How guests are kept.
    pub store: Option<Store>,
    /// Where the time comes from.
    pub ntp: Option<Ntp>,
    /// The NICs.
    pub nics: Option<Nics>,
    /// Whether root may come in over SSH with a password.
    pub password_over_ssh: bool,
    /// Why the settings cannot be read, if they cannot.
    pub problem: Option<String>,
    /// What is to be said of settings that a newer Firn has written.
    pub newer: Option<String>,
}

/// The NICs of the settings.
pub struct Nics {
    pub all: Vec<Nic>,
    /// Names of those that carry the bridge.
    pub uplink: Vec<String>,
}

/// Reads the settings of this host.
pub fn known() -> Known {
    let hostname = firn_visible::read_text("/etc/hostname").unwrap_or_default();
    known_from(settings::read(Path::new("/")), &hostname)
}

fn known_from(found: Result<Found>, hostname: &str) -> Known {
    match found {
        Ok(Found { settings, said, .. }) => Known {
            name: settings.host.name,
            store: Some(settings.guests.store),
            ntp: Some(settings.time.ntp),
            nics: Some(Nics {
                all: settings.network.nics,
                uplink: match settings.network.uplink {
                    Uplink::Nic(name) => vec![name],
                    Uplink::Bond { members, .. } => members,
                },
            }),
            password_over_ssh: settings.host.password_login,
            problem: None,
            newer: said,
        },
        Err(error) => Known {
            name: match hostname.trim() {
                "" => "a host without a name".into(),
                name => name.into(),
            },
            store: None,
            ntp: None,
            nics: None,
            password_over_ssh: false,
            problem: Some(format!("{error:#}")),
            newer: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_the_settings_is_a_line_of_the_status() {
        let name = |hostname: &str| {
            let known = known_from(Err(anyhow::anyhow!("host.toml has mistakes")), hostname);
            assert_eq!(known.problem.as_deref(), Some("host.toml has mistakes"));
            assert!(known.store.is_none());
            known.name
        };
        assert_eq!(name("xen1.example.net\n"), "xen1.example.net");
        assert_eq!(name("\n"), "a host without a name");
    }

    #[test]
    fn settings_of_a_newer_firn_are_a_warning() {
        let text = "version = 2\n[host]\nname = \"xen1\"\n[network]\n\
            nics = [{ name = \"nic0\", mac = \"52:54:00:00:00:01\" }]\nuplink = \"nic0\"\n";
        let found = Found {
            settings: firn_config::Settings::read(text).unwrap().settings,
            said: Some("host.toml is newer".into()),
            left: Vec::new(),
        };
        let known = known_from(Ok(found), "");
        assert_eq!((known.name.as_str(), &known.problem), ("xen1", &None));
        let problem = problems::settings(&known).unwrap();
        assert_eq!(problem.severity, problems::Severity::Warning);
        assert_eq!(problem.reason, "host.toml is newer");
    }
}
