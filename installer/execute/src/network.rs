//! The network while installing: the same files as on the host, so that the address that DHCP gives here is the one the
//! host will have. Nothing here can make an installation fail.

use super::context::Context;
use firn_bootnet as bootnet;
use firn_command::{cmd, ip};
use firn_config::{BRIDGE, Ipv4, Ipv6, Settings, Uplink};
use firn_words::say;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const FOLDER: &str = "/run/systemd/network";
const ADDRESS_WAIT: Duration = Duration::from_secs(20);

/// Gives the NICs the names that they have on the host, and networkd the host's files.
pub fn start(context: &mut Context<'_>) {
    if let Err(text) = try_start(&context.plan.settings) {
        context.log(format!("the network stays as it is: {text}"));
    }
}

fn try_start(settings: &Settings) -> Result<(), String> {
    let files = firn_config::render(settings).map_err(|e| e.to_string())?;
    bootnet::step_aside().map_err(|e| format!("making way for the host's network: {e}"))?;
    rename_nics(settings)?;
    fs::create_dir_all(FOLDER).map_err(|e| format!("making {FOLDER}: {e}"))?;
    for file in files.iter().filter(|f| is_networkd(&f.path)) {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        fs::write(Path::new(FOLDER).join(name), &file.content)
            .map_err(|e| format!("writing {name}: {e}"))?;
    }
    cmd("networkctl", ["reload"])
        .run()
        .map_err(|e| e.to_string())
}

/// Names come from .link files only when a NIC appears; here they are all there already.
fn is_networkd(path: &str) -> bool {
    path.starts_with("/etc/systemd/network/")
        && (path.ends_with(".network") || path.ends_with(".netdev"))
}

/// Renames by MAC address, and place where that is needed. A NIC has to be down for that.
fn rename_nics(settings: &Settings) -> Result<(), String> {
    let now = firn_machine::probe::nics::probe();
    for wanted in &settings.network.nics {
        let Some(nic) = now
            .iter()
            .find(|n| n.is_that_of(wanted) && n.name != wanted.name)
        else {
            continue;
        };
        let link = |args: &[&str]| {
            cmd("ip", ["link", "set", "dev"])
                .args(args)
                .run()
                .map_err(|e| e.to_string())
        };
        link(&[&nic.name, "down"])?;
        link(&[&nic.name, "name", &wanted.name])?;
        link(&[&wanted.name, "up"])?;
    }
    Ok(())
}

/// Waits for the address that the network gives, where one is expected, at most 20 s.
pub fn wait(context: &mut Context<'_>) {
    let settings = &context.plan.settings;
    let expected = |address: &String| match expected(settings) {
        Some(Family::V4) => !address.contains(':'),
        _ => address.contains(':'),
    };
    if self::expected(settings).is_none() {
        return;
    }
    let missing = || !bridge_addresses().iter().any(expected);
    let end = Instant::now() + ADDRESS_WAIT;
    while missing() && Instant::now() < end && Path::new("/sys/class/net").join(BRIDGE).exists() {
        sleep(Duration::from_millis(500));
    }
    if missing() {
        context.warn(say!("execute-no-address"));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    V4,
    V6,
}

/// What is worth waiting for; a fixed address is known without asking the network.
fn expected(settings: &Settings) -> Option<Family> {
    match (&settings.network.ipv4, &settings.network.ipv6) {
        (Ipv4::Dhcp, _) => Some(Family::V4),
        (Ipv4::Off, Ipv6::Auto) => Some(Family::V6),
        _ => None,
    }
}

/// The addresses that the host will have: the fixed ones, and what the network gave.
pub fn addresses(context: &Context<'_>) -> Vec<String> {
    let network = &context.plan.settings.network;
    let given = bridge_addresses();
    let mut found = Vec::new();
    match network.ipv4 {
        Ipv4::Static { address, .. } => found.push(address.address.to_string()),
        Ipv4::Dhcp => found.extend(given.iter().filter(|a| !a.contains(':')).cloned()),
        Ipv4::Off => {}
    }
    match network.ipv6 {
        Ipv6::Static { address, .. } => found.push(address.address.to_string()),
        Ipv6::Auto => found.extend(given.iter().filter(|a| a.contains(':')).cloned()),
        Ipv6::Off => {}
    }
    found
}

/// After a failure: takes the host's files away again.
pub fn stop(context: &Context<'_>) {
    let Ok(files) = firn_config::render(&context.plan.settings) else {
        return;
    };
    for file in files.iter().filter(|f| is_networkd(&f.path)) {
        let _ = fs::remove_file(
            Path::new(FOLDER).join(file.path.rsplit('/').next().unwrap_or_default()),
        );
    }
    let bond = matches!(context.plan.settings.network.uplink, Uplink::Bond { .. });
    for link in [Some(BRIDGE), bond.then_some("bond0")]
        .into_iter()
        .flatten()
    {
        let _ = cmd("ip", ["link", "delete", "dev", link]).run();
    }
    bootnet::come_back();
    let _ = cmd("networkctl", ["reload"]).run();
}

/// None while there is no bridge.
fn bridge_addresses() -> Vec<String> {
    ip::usable(BRIDGE)
}
