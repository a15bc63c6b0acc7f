//! The network settings of a host, back to DHCP on one NIC.

use super::state::{Access, State};
use super::{Host, Result, files, parts, sentence};
use anyhow::Context;
use firn_config::{Ipv4, Ipv6, Network, NicRule, Port, Settings};
use firn_execute::failure::Said;
use firn_execute::state::host_path;
use firn_image::state::RENDERED;
use firn_machine::{Machine, Nic};
use firn_plan as plan;
use firn_words::{Text, say};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The folder where files come and go with the settings.
const FOLDER: &str = "systemd/network";

/// Has the host use DHCP and IPv6's autoconfiguration on this NIC, without bond and VLAN, from its next start on. The NICs get
/// their names anew, by what this machine has now.
///
/// # Errors
/// When there is no such NIC, or the host's state cannot be written.
pub fn network(machine: &Machine, host: &Host, nic: &Nic) -> Result {
    sentence(reset(machine, host, nic))
}

/// The NIC of this name or MAC address; without one the only NIC with a link.
///
/// # Errors
/// When there is none, or several.
pub fn choose_nic(machine: &Machine, wish: Option<&str>) -> Result<Nic> {
    let fits = |nic: &&Nic| match wish {
        Some(wish) => nic.name == wish || nic.mac.eq_ignore_ascii_case(wish),
        None => nic.link == Some(true),
    };
    let found: Vec<&Nic> = machine.nics.iter().filter(fits).collect();
    match found[..] {
        [one] => Ok(one.clone()),
        _ => {
            let list = Text::join(machine.nics.iter().map(Nic::title), "; ");
            Err(say!("repair-choose-nic", list = list))
        }
    }
}

fn reset(machine: &Machine, host: &Host, nic: &Nic) -> anyhow::Result<Vec<Text>> {
    let state = State::open(&parts::read(&host.disk)?, Access::Write)?;
    let mut settings = state.whole_settings()?;
    simplest(machine, nic, &mut settings)?;
    let rendered = firn_config::render(&settings)?;
    let upper = state.etc("");
    // Should the power go from here on: the settings are right, and `firn apply` or a second repair does the rest.
    files::put(
        &state.etc("firn/host.toml"),
        settings.to_toml().as_bytes(),
        0o644,
        None,
    )?;
    for file in &rendered {
        let path = host_path(&upper, &file.path)?;
        match &file.link {
            Some(target) => files::link(&path, target)?,
            None => files::put(&path, file.content.as_bytes(), file.mode, None)?,
        }
    }
    let kept = |name: &str| {
        let path = format!("/etc/{FOLDER}/{name}");
        rendered.iter().any(|file| file.path == path)
    };
    for name in stale(&state.etc(FOLDER), kept)? {
        files::remove(&state.etc(FOLDER).join(name))?;
    }
    render_again(&state.folder().join(RENDERED.trim_start_matches('/')))?;
    state.close()?;
    let name = &host.host.name;
    Ok(vec![say!(
        "repair-done-network",
        name = name,
        nic = nic.title()
    )])
}

/// This Firn may be another than the host's, whose own image is to render the files again at its next start. A host that was never started
/// does so in any case.
fn render_again(record: &Path) -> anyhow::Result<()> {
    let Ok(text) = fs::read_to_string(record) else {
        return Ok(());
    };
    let Ok(mut found) = serde_json::from_str::<serde_json::Map<String, Value>>(&text) else {
        return Ok(());
    };
    found.insert("image".into(), "".into());
    let text = serde_json::to_string_pretty(&found)? + "\n";
    files::put(record, text.as_bytes(), 0o600, None)
}

/// One NIC, addresses from the network, no servers of its own.
fn simplest(machine: &Machine, nic: &Nic, settings: &mut Settings) -> anyhow::Result<()> {
    let rule = NicRule {
        name: Some(firn_config::Pattern(nic.name.clone())),
        mac: Some(firn_config::Pattern(nic.mac.clone())),
        ..NicRule::default()
    };
    let wish = Network {
        port: Port::Interface(rule),
        ipv4: Ipv4::Dhcp,
        ipv6: Ipv6::Auto,
        ..Network::default()
    };
    let (network, _) = plan::choose_network(machine, &wish).map_err(|problems| {
        let text = problems.first().map(|problem| problem.text.clone());
        Said(text.unwrap_or_default())
    })?;
    settings.network = network;
    Ok(())
}

/// Files that an earlier rendering left, as `firn apply` knows them by their names; others are the operator's.
fn stale(folder: &Path, kept: impl Fn(&str) -> bool) -> anyhow::Result<Vec<String>> {
    let reading = || format!("reading {}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(reading)? {
        let name = entry.with_context(reading)?.file_name();
        let name = name.to_string_lossy().into_owned();
        let ours = name.starts_with("10-") || name.starts_with("20-");
        if ours && !kept(&name) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::Uplink;
    use firn_machine::samples;

    #[test]
    fn a_bond_with_vlan_becomes_one_nic_with_dhcp() {
        let mut machine = samples::server();
        machine.nics.push(samples::nic("enp2s0", 2, true));
        let answers = firn_config::parse(
            "version = 1\n[host]\nname = \"xen1\"\nroot-password = \"12345678\"\n[network]\nvlan = 42\n\
             bond = { mode = \"active-backup\", members = [{ mac = \"52:54:00:00:00:01\" }, { mac = \"52:54:00:00:00:02\" }] }\n\
             ipv4 = { address = \"192.0.2.10/24\" }\ndns = [\"192.0.2.53\"]\n",
            &[],
        )
        .unwrap();
        let mut settings = plan::plan(&machine, &answers).unwrap().settings;
        let nic = machine.nics[1].clone();
        simplest(&machine, &nic, &mut settings).unwrap();
        let network = &settings.network;
        assert_eq!(network.uplink, Uplink::Nic("nic1".into()));
        assert_eq!((network.vlan, network.ipv4), (None, Ipv4::Dhcp));
        assert!(network.dns.is_empty());
        assert_eq!(settings.host.name, "xen1");
    }

    #[test]
    fn the_hosts_own_image_renders_again() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("rendered.json");
        render_again(&record).unwrap();
        assert!(!record.exists());
        fs::write(&record, "{").unwrap();
        render_again(&record).unwrap();
        assert_eq!(fs::read_to_string(&record).unwrap(), "{");
        let written = r#"{"image": "ab", "users": "ab", "files": {"/etc/hosts": ["0f"]}}"#;
        fs::write(&record, written).unwrap();
        render_again(&record).unwrap();
        let found: Value = serde_json::from_str(&fs::read_to_string(&record).unwrap()).unwrap();
        let expected: Value = serde_json::from_str(&written.replacen("ab", "", 1)).unwrap();
        assert_eq!(found, expected);
    }

    #[test]
    fn only_our_own_files_are_stale() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["20-bond0.netdev", "10-nic0.link", "90-mine.network"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = stale(folder.path(), |name| name == "10-nic0.link").unwrap();
        assert_eq!(found, ["20-bond0.netdev"]);
    }
}
