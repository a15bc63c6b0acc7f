//! Answer files that are right.

use super::{KEY, with};
use crate::answers::*;
use crate::overrides::{Override, overrides};
use crate::parse::parse;
use crate::values::{Pattern, Size};

fn read(text: &str) -> Answers {
    parse(text, &[]).unwrap_or_else(|problems| panic!("{}", super::lines(&problems)))
}

#[test]
fn defaults() {
    let answers = read(&with(""));
    assert_eq!(answers.keyboard, "us");
    assert_eq!(answers.time.ntp, Ntp::Dhcp);
    assert_eq!(answers.network, Network::default());
    assert_eq!(answers.disk, Disk::default());
    assert_eq!(answers.finish.action, FinishAction::Reboot);
    assert_eq!(
        format!("{:?}", answers.host.root_password),
        "Some((secret))"
    );
}

#[test]
fn everything() {
    let text = format!(
        r#"
version = 1
language = "de"
keyboard = "ch:fr"
timezone = "Europe/Berlin"
[console]
serial = "com2"
[host]
name = "xen1.example.net"
ssh-keys = ["{KEY}"]
[time]
ntp = ["0.pool.ntp.org", "192.0.2.1"]
[network]
bond = {{ mode = "802.3ad", members = [{{ mac = "52-54-00-12-34-56" }}, {{ pci = "03:00.0", link = true }}] }}
vlan = 42
ipv4 = {{ address = "192.0.2.10/24", gateway = "192.0.2.1" }}
ipv6 = {{ address = "2001:db8::10/64", gateway = "fe80::1" }}
dns = ["192.0.2.53", "2001:db8::53"]
search = ["example.net"]
[disk]
target = {{ model = "SAMSUNG*", bus = "nvme", min-size = "16G", max-size = 2000000000000 }}
wipe = "0123ABCD"
[guests]
store = "files"
[checks]
skip = ["virtualization", "memory"]
[finish]
action = "poweroff"
"#
    );
    let answers = read(&text);
    assert_eq!(answers.language, firn_words::Language::De);
    assert_eq!(answers.console.serial, Serial::Com2);
    let Port::Bond(bond) = &answers.network.port else {
        panic!("no bond");
    };
    assert_eq!(bond.mode, BondMode::Lacp);
    assert_eq!(bond.members[1].pci, Some(Pattern("0000:03:00.0".into())));
    assert_eq!(answers.network.vlan, Some(42));
    assert_eq!(answers.disk.target.bus, Some(Bus::Nvme));
    assert_eq!(answers.disk.target.min_size, Some(Size(16_000_000_000)));
    assert_eq!(answers.disk.wipe, Wipe::Host("0123abcd".into()));
    assert_eq!(answers.checks.skip, ["virtualization", "memory"]);
    assert_eq!(read(&answers.to_toml()), answers);
}

#[test]
fn byte_order_mark_and_crlf() {
    let text =
        format!("\u{feff}{}", with("vlan = 1").replace("vlan = 1", "")).replace('\n', "\r\n");
    assert_eq!(read(&text), read(&with("")));
}

#[test]
fn the_command_line_wins() {
    let text = with("[network]\nvlan = 1\nipv4 = \"dhcp\"\n");
    let line = format!(
        "firn.host.name=xen9 firn.network.vlan=42 firn.network.ipv4.address=192.0.2.10/24 \
         firn.time.ntp=a.example.net,b.example.net firn.network.interface.link=true \
         firn.disk.wipe=12345678 firn.disk.target.min-size=20G firn.host.ssh-keys=\"{KEY}\" \
         firn.network.dns=[\"192.0.2.53\"]"
    );
    let answers = parse(&text, &overrides(&line).unwrap()).unwrap();
    assert_eq!(answers.host.name, "xen9");
    assert_eq!(answers.host.ssh_keys, [KEY]);
    assert_eq!(answers.network.vlan, Some(42));
    assert!(matches!(
        answers.network.ipv4,
        Ipv4::Static { gateway: None, .. }
    ));
    assert!(matches!(&answers.time.ntp, Ntp::Servers(s) if s.len() == 2));
    assert!(matches!(&answers.network.port, Port::Interface(rule) if rule.link == Some(true)));
    assert_eq!(answers.disk.wipe, Wipe::Host("12345678".into()));
    assert_eq!(answers.network.dns.len(), 1);
}

#[test]
fn the_command_line_mends_a_file() {
    let answer = |key: &str, value: &str| Override {
        key: key.into(),
        value: value.into(),
    };
    let text = "version = 1\n[host]\nname = \"xen_1\"\nroot-password = \"geheim\"\n";
    assert!(parse(text, &[]).is_err());
    assert!(parse(text, &[answer("host.name", "xen1")]).is_ok());
}
