//! `host.toml`, section by section.

use super::reader::{Field, Fields, Reader};
use super::tree::{Data, Node};
use super::{answers, disks, network, whole};
use crate::check::{check_host_name, check_mac};
use crate::settings::{Nic, Settings, SettingsGuests, SettingsHost, SettingsNetwork, Uplink};
use firn_words::Text;

const TOP: &[&str] = &[
    "version", "language", "keyboard", "timezone", "host", "console", "time", "network", "guests",
];
const NETWORK: &[&str] = &[
    "nics", "uplink", "vlan", "mtu", "ipv4", "ipv6", "dns", "search",
];

pub(super) fn read(r: &mut Reader, root: &Node) -> Option<Settings> {
    let top = r.table(&whole(root), TOP)?;
    let host = host(r, &top);
    let network = read_network(r, &top);
    let settings = Settings {
        version: answers::version(r, &top),
        language: answers::language(r, &top),
        keyboard: answers::keyboard(r, &top).unwrap_or_else(|| "us".into()),
        timezone: answers::timezone(r, &top).unwrap_or_else(|| "UTC".into()),
        host: host.unwrap_or_default(),
        console: answers::console(r, &top),
        time: answers::time(r, &top),
        network: network?,
        guests: guests(r, &top),
    };
    Some(settings)
}

fn host(r: &mut Reader, top: &Fields) -> Option<SettingsHost> {
    let Some(field) = top.get("host") else {
        r.missing(
            "host.name",
            "the host has no name; add name = \"xen1.example.net\" under [host]",
        );
        return None;
    };
    let fields = r.table(&field, &["name", "password-login"])?;
    let name = fields.get("name");
    if name.is_none() {
        r.missing(
            "host.name",
            "the host has no name; add name = \"xen1.example.net\" under [host]",
        );
    }
    let login = fields.get("password-login");
    Some(SettingsHost {
        name: name.and_then(|f| r.checked(&f, check_host_name))?,
        password_login: login.and_then(|f| r.boolean(&f)).unwrap_or_default(),
    })
}

fn guests(r: &mut Reader, top: &Fields) -> SettingsGuests {
    let fields = top
        .get("guests")
        .and_then(|field| r.table(&field, &["store"]));
    let store = fields.and_then(|fields| disks::store(r, &fields));
    SettingsGuests {
        store: store.unwrap_or_default(),
    }
}

fn read_network(r: &mut Reader, top: &Fields) -> Option<SettingsNetwork> {
    let Some(field) = top.get("network") else {
        r.missing(
            "network",
            "there is no [network]; it takes \"nics\" and \"uplink\"",
        );
        return None;
    };
    let fields = r.table(&field, NETWORK)?;
    let rest = network::addresses(r, &fields);
    let nics = nics(r, &fields);
    let uplink = uplink(r, &fields, nics.as_deref());
    Some(SettingsNetwork {
        nics: nics?,
        uplink: uplink?,
        vlan: rest.vlan,
        mtu: rest.mtu,
        ipv4: rest.ipv4,
        ipv6: rest.ipv6,
        dns: rest.dns,
        search: rest.search,
    })
}

fn nics(r: &mut Reader, fields: &Fields) -> Option<Vec<Nic>> {
    let Some(field) = fields.get("nics") else {
        r.missing(
            "network.nics",
            "there are no NICs; add nics = [{ name = \"nic0\", mac = \"…\" }]",
        );
        return None;
    };
    let nics = r.list(&field, nic)?;
    let twice = |(at, nic): (usize, &Nic)| nics[..at].iter().any(|other| nic.clashes(other));
    if nics.iter().enumerate().any(twice) {
        r.wrong(
            &field,
            "two NICs have the same name or MAC address; with one address, both need \"pci\"",
        );
    }
    Some(nics)
}

fn nic(r: &mut Reader, field: &Field) -> Option<Nic> {
    let fields = r.table(field, &["name", "mac", "pci"])?;
    let pci = fields.get("pci");
    let pci = pci.map(|f| r.checked(&f, check_pci));
    let (Some(name), Some(mac)) = (fields.get("name"), fields.get("mac")) else {
        r.wrong(field, "a NIC takes both \"name\" and \"mac\"");
        return None;
    };
    let name = r.checked(&name, check_nic_name);
    let mac = r.checked(&mac, check_mac);
    Some(Nic {
        name: name?,
        mac: mac?.to_lowercase().replace('-', ":"),
        pci: match pci {
            Some(pci) => Some(pci?.to_lowercase()),
            None => None,
        },
    })
}

fn check_pci(address: &str) -> Result<(), Text> {
    let fields: Vec<&str> = address.split([':', '.']).collect();
    let hex = |text: &&str| text.bytes().all(|b| b.is_ascii_hexdigit());
    let lengths: Vec<usize> = fields.iter().map(|text| text.len()).collect();
    if fields.iter().all(hex) && matches!(lengths[..], [4..=8, 2, 2, 1]) {
        return Ok(());
    }
    let text = crate::check::quoted(address);
    Err(format!("{text} is no PCI address; write it as \"0000:61:00.0\"").into())
}

/// The kernel takes 15 bytes, and a VLAN adds up to five (`.4094`).
fn check_nic_name(name: &str) -> Result<(), Text> {
    let fits = (1..=10).contains(&name.len());
    if fits
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    {
        return Ok(());
    }
    Err(format!("{name:?} is no name for a NIC; write it as \"nic0\"").into())
}

fn uplink(r: &mut Reader, fields: &Fields, nics: Option<&[Nic]>) -> Option<Uplink> {
    let Some(field) = fields.get("uplink") else {
        r.missing(
            "network.uplink",
            "there is no uplink; add uplink = \"nic0\"",
        );
        return None;
    };
    if !matches!(field.node.data, Data::Table(_)) {
        return nic_name(r, &field, nics).map(Uplink::Nic);
    }
    let parts = r.table(&field, &["mode", "members"])?;
    let (Some(mode), Some(members)) = (parts.get("mode"), parts.get("members")) else {
        r.wrong(&field, "a bond takes both \"mode\" and \"members\"");
        return None;
    };
    let mode = network::bond_mode(r, &mode);
    let names = r.list(&members, |r, f| nic_name(r, f, nics))?;
    if names.is_empty() {
        r.wrong(&members, "the bond has no members");
    }
    Some(Uplink::Bond {
        mode: mode?,
        members: names,
    })
}

fn nic_name(r: &mut Reader, field: &Field, nics: Option<&[Nic]>) -> Option<String> {
    let name = r.text(field)?;
    let known = nics.is_none_or(|nics| nics.iter().any(|n| n.name == name));
    if !known {
        r.wrong(
            field,
            format!("{name:?} is not among the names in \"nics\""),
        );
        return None;
    }
    Some(name)
}
