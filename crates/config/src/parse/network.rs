//! `[network]`, which answers and settings share in part.

use super::answers::section;
use super::disks::pattern;
use super::names;
use super::reader::{Field, Fields, Reader};
use super::tree::Data;
use crate::answers::{Bond, BondMode, Ipv4, Ipv6, Network, NicRule, Port};
use crate::check::{
    check_ipv4_gateway, check_ipv6_gateway, check_mac, check_name_servers, check_once,
    check_search_domain, quoted,
};
use crate::schema;
use crate::suggest::{alternatives, did_you_mean};
use crate::values::{Ipv4Net, Ipv6Net, Pattern};
use firn_words::Text;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const MODES: &[(&str, BondMode)] = &[
    ("802.3ad", BondMode::Lacp),
    ("active-backup", BondMode::ActiveBackup),
];

/// Addresses and what belongs to them.
pub(super) struct Addresses {
    pub vlan: Option<u16>,
    pub mtu: Option<u16>,
    pub ipv4: Ipv4,
    pub ipv6: Ipv6,
    pub dns: Vec<IpAddr>,
    pub search: Vec<String>,
}

pub(super) fn read(r: &mut Reader, top: &Fields) -> Network {
    let Some(fields) = section(r, top, "network") else {
        return Network::default();
    };
    let port = port(r, &fields);
    let rest = addresses(r, &fields);
    Network {
        port,
        vlan: rest.vlan,
        mtu: rest.mtu,
        ipv4: rest.ipv4,
        ipv6: rest.ipv6,
        dns: rest.dns,
        search: rest.search,
    }
}

/// Everything but the port.
pub(super) fn addresses(r: &mut Reader, fields: &Fields) -> Addresses {
    let vlan = fields.get("vlan").and_then(|f| r.number(&f, 1, 4094));
    let mtu = fields.get("mtu").and_then(|f| r.number(&f, 1280, 9216));
    let ipv4 = fields.get("ipv4");
    let ipv6 = fields.get("ipv6");
    let dns = fields.get("dns");
    let search = fields.get("search");
    let addresses = Addresses {
        vlan: vlan.and_then(|v| u16::try_from(v).ok()),
        mtu: mtu.and_then(|m| u16::try_from(m).ok()),
        ipv4: ipv4
            .as_ref()
            .and_then(|f| read_ipv4(r, f))
            .unwrap_or_default(),
        ipv6: ipv6
            .as_ref()
            .and_then(|f| read_ipv6(r, f))
            .unwrap_or_default(),
        dns: dns
            .as_ref()
            .and_then(|f| r.list(f, |r, f| r.address(f, "192.0.2.53")))
            .unwrap_or_default(),
        search: search
            .as_ref()
            .and_then(|f| r.list(f, |r, f| r.checked(f, check_search_domain)))
            .unwrap_or_default(),
    };
    let servers = check_name_servers(&addresses.dns, &addresses.ipv4, &addresses.ipv6);
    judge(r, dns.as_ref(), servers);
    judge(r, search.as_ref(), check_once(&addresses.search));
    if let (Some(field), Ipv4::Off, Ipv6::Off) = (ipv6, addresses.ipv4, addresses.ipv6) {
        r.wrong(
            &field,
            "\"ipv4\" and \"ipv6\" are both \"off\"; nobody could reach the host",
        );
    }
    addresses
}

/// Says what is wrong with a value that was read.
fn judge(r: &mut Reader, field: Option<&Field>, verdict: Result<(), Text>) {
    if let (Some(field), Err(wrong)) = (field, verdict) {
        r.wrong(field, wrong);
    }
}

fn port(r: &mut Reader, fields: &Fields) -> Port {
    let interface = fields.get("interface");
    let bond = fields.get("bond");
    if let (Some(_), Some(field)) = (&interface, &bond) {
        r.wrong(field, "\"interface\" and \"bond\" are both given; keep one");
    }
    let rule = interface.and_then(|f| nic_rule(r, &f));
    let bond = bond.and_then(|f| read_bond(r, &f));
    match (rule, bond) {
        (_, Some(bond)) => Port::Bond(bond),
        (Some(rule), None) if rule != NicRule::default() => Port::Interface(rule),
        _ => Port::Auto,
    }
}

fn nic_rule(r: &mut Reader, field: &Field) -> Option<NicRule> {
    let fields = r.table(field, &names(schema::NIC_RULE))?;
    Some(NicRule {
        name: pattern(r, &fields, "name", |_| Ok(())),
        mac: pattern(r, &fields, "mac", mac_pattern),
        pci: pattern(r, &fields, "pci", |_| Ok(())).map(whole_pci),
        driver: pattern(r, &fields, "driver", |_| Ok(())),
        link: fields.get("link").and_then(|f| r.boolean(&f)),
    })
}

fn mac_pattern(text: &str) -> Result<(), Text> {
    if text.contains('*') {
        return Ok(());
    }
    check_mac(text)
}

/// `03:00.0`, as `lspci` shows it, is `0000:03:00.0`.
fn whole_pci(pattern: Pattern) -> Pattern {
    if pattern.0.contains('*') || pattern.0.matches(':').count() != 1 {
        return pattern;
    }
    Pattern(format!("0000:{}", pattern.0))
}

fn read_bond(r: &mut Reader, field: &Field) -> Option<Bond> {
    let keys = schema::find("network.bond")
        .map(|k| k.kind.keys())
        .unwrap_or_default();
    let fields = r.table(field, &names(keys))?;
    let mode = fields.get("mode");
    let members = fields.get("members");
    if mode.is_none() {
        let text = "the bond has no mode; add mode = \"802.3ad\" or mode = \"active-backup\"";
        r.missing("network.bond.mode", text);
    }
    if members.is_none() {
        let text = "the bond has no members; add members = [{ mac = \"…\" }, { mac = \"…\" }]";
        r.missing("network.bond.members", text);
    }
    Some(Bond {
        mode: mode.and_then(|f| bond_mode(r, &f)).unwrap_or_default(),
        members: members
            .and_then(|f| read_members(r, &f))
            .unwrap_or_default(),
    })
}

/// How the members of a bond share the work; answers and settings have it.
pub(super) fn bond_mode(r: &mut Reader, field: &Field) -> Option<BondMode> {
    r.word(field, MODES)
}

fn read_members(r: &mut Reader, field: &Field) -> Option<Vec<NicRule>> {
    let members = r.list(field, nic_rule)?;
    if members.len() < 2 {
        let text = format!(
            "a bond takes two members or more, here is {}",
            members.len()
        );
        r.wrong(field, text);
    }
    // More are never bonded, and comparing all with all would take long.
    let twice = |(at, rule): (usize, &NicRule)| members[..at.min(64)].contains(rule);
    if members.iter().enumerate().any(twice) {
        r.wrong(
            field,
            "two members have the same rule; each must choose another NIC",
        );
    }
    Some(members)
}

/// A mode in one word, or a table: says which of the two it is.
enum Shape<'n> {
    Word(&'n str),
    Table,
}

fn shape<'n>(
    r: &mut Reader,
    field: &Field<'n>,
    words: &[&str],
    example: &str,
) -> Option<Shape<'n>> {
    let text = match &field.node.data {
        Data::Table(_) => return Some(Shape::Table),
        Data::Text(text) | Data::Loose(text) if words.contains(&text.as_str()) => {
            return Some(Shape::Word(text));
        }
        Data::Text(text) | Data::Loose(text) => text.as_str(),
        _ => "",
    };
    let what = match text {
        "" => "this".to_owned(),
        text => quoted(text),
    };
    let hint = did_you_mean(text, words.iter().copied());
    let words = alternatives(words).replace(" or ", ", ");
    r.wrong(
        field,
        format!("{what} is not {words} or {{ address = \"{example}\" }}{hint}"),
    );
    None
}

fn read_ipv4(r: &mut Reader, field: &Field) -> Option<Ipv4> {
    match shape(r, field, &["dhcp", "off"], "192.0.2.10/24")? {
        Shape::Word("dhcp") => Some(Ipv4::Dhcp),
        Shape::Word(_) => Some(Ipv4::Off),
        Shape::Table => static_ipv4(r, field),
    }
}

fn read_ipv6(r: &mut Reader, field: &Field) -> Option<Ipv6> {
    match shape(r, field, &["auto", "off"], "2001:db8::10/64")? {
        Shape::Word("auto") => Some(Ipv6::Auto),
        Shape::Word(_) => Some(Ipv6::Off),
        Shape::Table => static_ipv6(r, field),
    }
}

fn static_ipv4(r: &mut Reader, field: &Field) -> Option<Ipv4> {
    let fields = static_fields(r, field, "192.0.2.10/24")?;
    let gateway_field = fields.get("gateway");
    let gateway: Option<Ipv4Addr> = gateway_field
        .as_ref()
        .and_then(|f| r.address(f, "192.0.2.1"));
    let address: Ipv4Net = fields.get("address").and_then(|f| r.parsed(&f))?;
    if let (Some(field), Some(gateway)) = (&gateway_field, gateway) {
        judge(r, Some(field), check_ipv4_gateway(&address, gateway));
    }
    Some(Ipv4::Static { address, gateway })
}

fn static_ipv6(r: &mut Reader, field: &Field) -> Option<Ipv6> {
    let fields = static_fields(r, field, "2001:db8::10/64")?;
    let gateway_field = fields.get("gateway");
    let gateway: Option<Ipv6Addr> = gateway_field.as_ref().and_then(|f| r.address(f, "fe80::1"));
    let address: Ipv6Net = fields.get("address").and_then(|f| r.parsed(&f))?;
    if let (Some(field), Some(gateway)) = (&gateway_field, gateway) {
        judge(r, Some(field), check_ipv6_gateway(&address, gateway));
    }
    Some(Ipv6::Static { address, gateway })
}

fn static_fields<'n>(r: &mut Reader, field: &Field<'n>, example: &str) -> Option<Fields<'n>> {
    let fields = r.table(field, &["address", "gateway"])?;
    if fields.get("address").is_none() {
        let path = format!("{}.address", field.path);
        r.missing(
            &path,
            &format!("there is no address; write {{ address = \"{example}\" }}"),
        );
    }
    Some(fields)
}
