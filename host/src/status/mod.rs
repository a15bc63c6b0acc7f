//! `firn status`: the host at a glance.

mod pool;
mod text;
mod xen;

use crate::settings;
use anyhow::Result;
use firn_command::{cmd, ip};
use firn_config::{BRIDGE, Settings, Store};
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
    /// Why the settings cannot be read, if they cannot.
    pub problem: Option<String>,
}

/// The store for guests.
#[derive(Debug, Serialize)]
pub struct StoreStatus {
    /// As in the settings: `lvm-thin` or `files`; `unknown` if they cannot be read.
    pub kind: &'static str,
    /// None if it is not active.
    pub room: Option<pool::Room>,
}

/// Prints the status. What cannot be found out is shown as missing: a broken host needs its status most.
pub fn show(json: bool) -> Result<()> {
    let status = look();
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
    } else {
        print!("{}", text::render(&status));
    }
    Ok(())
}

fn look() -> Status {
    let hostname = firn_visible::read_text("/etc/hostname").unwrap_or_default();
    let known = known(settings::read(Path::new("/")), &hostname);
    let (kind, room) = match known.store {
        Some(Store::LvmThin) => ("lvm-thin", pool::thin()),
        Some(Store::Files) => ("files", pool::folder()),
        None => ("unknown", None),
    };
    Status {
        version: env!("CARGO_PKG_VERSION"),
        name: known.name,
        addresses: ip::usable(BRIDGE),
        xen: cmd("xl", ["info"])
            .read()
            .ok()
            .and_then(|text| xen::info(&text)),
        store: StoreStatus { kind, room },
        guests: cmd("xl", ["list"])
            .read()
            .map(|text| xen::guests(&text))
            .unwrap_or_default(),
        problem: known.problem,
    }
}

/// What the settings tell.
struct Known {
    name: String,
    store: Option<Store>,
    problem: Option<String>,
}

/// A host whose settings have a mistake still has the name that was made from them before.
fn known(settings: Result<Settings>, hostname: &str) -> Known {
    match settings {
        Ok(settings) => Known {
            name: settings.host.name,
            store: Some(settings.guests.store),
            problem: None,
        },
        Err(error) => Known {
            name: match hostname.trim() {
                "" => "a host without a name".into(),
                name => name.into(),
            },
            store: None,
            problem: Some(format!("{error:#}")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_the_settings_is_a_line_of_the_status() {
        let name = |hostname: &str| {
            let known = known(Err(anyhow::anyhow!("host.toml has mistakes")), hostname);
            assert_eq!(known.problem.as_deref(), Some("host.toml has mistakes"));
            assert!(known.store.is_none());
            known.name
        };
        assert_eq!(name("xen1.example.net\n"), "xen1.example.net");
        assert_eq!(name("\n"), "a host without a name");
    }
}
