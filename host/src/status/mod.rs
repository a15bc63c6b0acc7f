//! `firn status`: the host at a glance.

mod pool;
mod text;
mod xen;

use crate::settings;
use anyhow::Result;
use firn_command::{cmd, ip};
use firn_config::{BRIDGE, Store};
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
}

/// The store for guests.
#[derive(Debug, Serialize)]
pub struct StoreStatus {
    /// As in the settings: `lvm-thin` or `files`.
    pub kind: &'static str,
    /// None if it is not active.
    pub room: Option<pool::Room>,
}

/// Prints the status. What cannot be found out is shown as missing: a broken host needs its status most.
pub fn show(json: bool) -> Result<()> {
    let status = look()?;
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
    } else {
        print!("{}", text::render(&status));
    }
    Ok(())
}

fn look() -> Result<Status> {
    let settings = settings::read(Path::new("/"))?;
    let store = match settings.guests.store {
        Store::LvmThin => StoreStatus {
            kind: "lvm-thin",
            room: pool::thin(),
        },
        Store::Files => StoreStatus {
            kind: "files",
            room: pool::folder(),
        },
    };
    Ok(Status {
        version: env!("CARGO_PKG_VERSION"),
        name: settings.host.name,
        addresses: ip::usable(BRIDGE),
        xen: cmd("xl", ["info"])
            .read()
            .ok()
            .and_then(|text| xen::info(&text)),
        store,
        guests: cmd("xl", ["list"])
            .read()
            .map(|text| xen::guests(&text))
            .unwrap_or_default(),
    })
}
