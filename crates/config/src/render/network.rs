//! The files of systemd-networkd: NIC names, the port, and the bridge `xenbr0` that carries the addresses.

use super::templates::fill;
use super::{File, RenderError};
use crate::answers::{BondMode, Ipv4, Ipv6};
use crate::settings::{Nic, SettingsNetwork, Uplink};
use serde::Serialize;
use tera::Context;

/// Where networkd looks.
const FOLDER: &str = "/etc/systemd/network";

pub(super) fn files(network: &SettingsNetwork) -> Result<Vec<File>, RenderError> {
    let mut files = Vec::new();
    for nic in &network.nics {
        files.push(link(nic)?);
    }
    files.push(file(
        "20-guests.network",
        "guests.network",
        &Context::new(),
    )?);
    let mac = uplink_mac(network)?;
    let port = uplink(&mut files, network, mac)?;
    files.push(bridge(mac)?);
    files.push(addresses(network)?);
    let carrier = match network.vlan {
        Some(id) => {
            let name = format!("{port}.{id}");
            files.push(vlan(&name, id)?);
            files.push(joins(&port, &format!("VLAN={name}"), network.mtu)?);
            name
        }
        None => port,
    };
    files.push(joins(&carrier, "Bridge=xenbr0", network.mtu)?);
    Ok(files)
}

/// One file of networkd's.
fn file(name: &str, template: &'static str, context: &Context) -> Result<File, RenderError> {
    Ok(File::new(
        format!("{FOLDER}/{name}"),
        fill(template, context)?,
    ))
}

fn link(nic: &Nic) -> Result<File, RenderError> {
    let mut context = Context::new();
    context.insert(
        "nic",
        &NicView {
            name: &nic.name,
            mac: Some(nic.mac.as_str()).filter(|_| nic.pci.is_none() || nic.has_mac()),
            pci: nic.pci.as_deref(),
        },
    );
    file(&format!("10-{}.link", nic.name), "nic.link", &context)
}

/// A NIC as the template wants it.
#[derive(Serialize)]
struct NicView<'s> {
    name: &'s str,
    mac: Option<&'s str>,
    pci: Option<&'s str>,
}

/// The MAC address of the uplink's NIC, or of its bond's first member.
fn uplink_mac(network: &SettingsNetwork) -> Result<&str, RenderError> {
    let name = match &network.uplink {
        Uplink::Nic(name) => Some(name),
        Uplink::Bond { members, .. } => members.first(),
    };
    let nic = network.nics.iter().find(|n| Some(&n.name) == name);
    nic.map(|n| n.mac.as_str())
        .ok_or_else(|| RenderError::Value {
            what: "the uplink",
            value: name.cloned().unwrap_or_default(),
            expected: "NIC of this host",
        })
}

/// The files of a bond, if there is one; gives the name of the port.
fn uplink(
    files: &mut Vec<File>,
    network: &SettingsNetwork,
    mac: &str,
) -> Result<String, RenderError> {
    let (mode, members) = match &network.uplink {
        Uplink::Nic(name) => return Ok(name.clone()),
        Uplink::Bond { mode, members } => (mode, members),
    };
    let mut context = Context::new();
    context.insert("mac", mac);
    context.insert("lacp", &(*mode == BondMode::Lacp));
    files.push(file("20-bond0.netdev", "bond.netdev", &context)?);
    for member in members {
        files.push(joins(member, "Bond=bond0", network.mtu)?);
    }
    Ok("bond0".into())
}

/// A device without addresses that is part of another one. A bridge does not hand its MTU down, so each has it.
fn joins(name: &str, what: &str, mtu: Option<u16>) -> Result<File, RenderError> {
    let mut context = Context::new();
    context.insert("name", name);
    context.insert("joins", what);
    context.insert("mtu", &mtu);
    file(&format!("20-{name}.network"), "port.network", &context)
}

fn vlan(name: &str, id: u16) -> Result<File, RenderError> {
    let mut context = Context::new();
    context.insert("name", name);
    context.insert("id", &id);
    file(&format!("20-{name}.netdev"), "vlan.netdev", &context)
}

fn bridge(mac: &str) -> Result<File, RenderError> {
    let mut context = Context::new();
    context.insert("mac", mac);
    file("20-xenbr0.netdev", "xenbr0.netdev", &context)
}

/// IPv4 or IPv6 as the template wants it.
#[derive(Serialize)]
struct IpView {
    kind: &'static str,
    address: String,
    gateway: Option<String>,
    /// The gateway is outside the host's network, as with single addresses of a provider's.
    on_link: bool,
}

impl IpView {
    fn word(kind: &'static str) -> Self {
        Self {
            kind,
            address: String::new(),
            gateway: None,
            on_link: false,
        }
    }
}

fn ipv4_view(ipv4: &Ipv4) -> IpView {
    match ipv4 {
        Ipv4::Dhcp => IpView::word("dhcp"),
        Ipv4::Off => IpView::word("off"),
        Ipv4::Static { address, gateway } => IpView {
            kind: "static",
            address: address.to_string(),
            gateway: gateway.map(|g| g.to_string()),
            on_link: gateway.is_some_and(|g| address.on_link(g)),
        },
    }
}

fn ipv6_view(ipv6: &Ipv6) -> IpView {
    match ipv6 {
        Ipv6::Auto => IpView::word("auto"),
        Ipv6::Off => IpView::word("off"),
        Ipv6::Static { address, gateway } => IpView {
            kind: "static",
            address: address.to_string(),
            gateway: gateway.map(|g| g.to_string()),
            on_link: gateway.is_some_and(|g| address.on_link(g)),
        },
    }
}

fn addresses(network: &SettingsNetwork) -> Result<File, RenderError> {
    let dns: Vec<String> = network.dns.iter().map(ToString::to_string).collect();
    let mut context = Context::new();
    context.insert("ipv4", &ipv4_view(&network.ipv4));
    context.insert("ipv6", &ipv6_view(&network.ipv6));
    context.insert("dns", &dns);
    context.insert("search", &network.search);
    context.insert("mtu", &network.mtu);
    file("20-xenbr0.network", "xenbr0.network", &context)
}
