//! Answer files that are wrong, with the exact lines that say so.

use super::{lines, with};
use crate::overrides::Override;
use crate::parse::parse;
use crate::parse::versions::known as settings;

fn wrong(text: &str) -> String {
    lines(&parse(text, &[]).unwrap_err())
}

#[test]
fn one_mistake_each() {
    let table = [
        (
            "[network]\nvlna = 4",
            r#"problem network.vlna: unknown key "vlna" in network; did you mean "vlan"? (line 4, column 1)"#,
        ),
        (
            "[network]\nvlan = 4095",
            "problem network.vlan: 4095 is not between 1 and 4094 (line 4, column 8)",
        ),
        (
            "[network]\nvlan = \"42\"",
            r#"problem network.vlan: "42" is text; this takes a number without quotes (line 4, column 8)"#,
        ),
        (
            "[network]\nmtu = 1279",
            "problem network.mtu: 1279 is not between 1280 and 9216 (line 4, column 7)",
        ),
        (
            "keyboard = \"gre\"",
            r#"problem keyboard: "gre" is no keyboard that Firn knows; did you mean "gr"? (line 3, column 12)"#,
        ),
        (
            "timezone = 5",
            r#"problem timezone: 5 is a number; this takes text in quotes: timezone = "5" (line 3, column 12)"#,
        ),
        (
            "language = \"fr\"",
            r#"problem language: "fr" is not "en" or "de" (line 3, column 12)"#,
        ),
        (
            "disk = { wipe = 12345678 }",
            r#"problem disk.wipe: 12345678 is a number; this takes text in quotes: wipe = "12345678" (line 3, column 17)"#,
        ),
        (
            "disk = { wipe = \"al\" }",
            r#"problem disk.wipe: "al" is not "empty", "any", "token:…" or the first 8 digits of an installed host's id (line 3, column 17)"#,
        ),
        (
            "disk = { target = { min-size = \"16X\" } }",
            r#"problem disk.target.min-size: "16X" is no size; write it as "16G" or "16GiB" (line 3, column 32)"#,
        ),
        (
            "disk = { target = { min-size = \"2T\", max-size = \"1T\" } }",
            r#"problem disk.target.max-size: "max-size" (1T) is smaller than "min-size" (2T) (line 3, column 49)"#,
        ),
        (
            "disk = { target = \"/dev/sda\" }",
            r#"problem disk.target: "/dev/sda" is text; this takes a rule: { path = "/dev/sda" } (line 3, column 19)"#,
        ),
        (
            "disk = { target = { path = \"sda\" } }",
            r#"problem disk.target.path: "sda" is no device; write it as "/dev/sda" (line 3, column 28)"#,
        ),
        (
            "network = { interface = { link = \"yes\" } }",
            r#"problem network.interface.link: "yes" is text; this takes true or false, without quotes (line 3, column 34)"#,
        ),
        (
            "checks = { skip = [\"virtualisation\"] }",
            r#"problem checks.skip: "virtualisation" is not known; did you mean "virtualization"? (line 3, column 20)"#,
        ),
        (
            "time = { ntp = \"ntp.example.net\" }",
            r#"problem time.ntp: "ntp.example.net" is not "dhcp", "none" or a list; write a server as ["ntp.example.net"] (line 3, column 16)"#,
        ),
        (
            "time = { ntp = [] }",
            r#"problem time.ntp: the list of servers is empty; write "none" if there are none (line 3, column 16)"#,
        ),
        (
            "network = { ipv4 = \"dchp\" }",
            r#"problem network.ipv4: "dchp" is not "dhcp", "off" or { address = "192.0.2.10/24" }; did you mean "dhcp"? (line 3, column 20)"#,
        ),
        (
            "network = { ipv4 = { address = \"192.0.2.10\" } }",
            r#"problem network.ipv4.address: "192.0.2.10" has no prefix length; write it as "192.0.2.10/24" (line 3, column 32)"#,
        ),
        (
            "network = { ipv4 = { address = \"192.0.2.10/24\", gateway = \"10.0.0.1\" } }",
            r#"problem network.ipv4.gateway: "10.0.0.1" is not in the network of "192.0.2.10/24"; if the provider has the gateway there, write the host's address as "192.0.2.10/32" (line 3, column 59)"#,
        ),
        (
            "network = { ipv4 = { gateway = \"10.0.0.1\" } }",
            r#"problem network.ipv4.address: there is no address; write { address = "192.0.2.10/24" }"#,
        ),
        (
            "network = { ipv4 = \"off\", ipv6 = \"off\" }",
            r#"problem network.ipv6: "ipv4" and "ipv6" are both "off"; nobody could reach the host (line 3, column 34)"#,
        ),
        (
            "network = { dns = [\"ns1\"] }",
            r#"problem network.dns: "ns1" is no address; write it as "192.0.2.53" (line 3, column 20)"#,
        ),
        (
            "network = { dns = \"192.0.2.53\" }",
            r#"problem network.dns: "192.0.2.53" is text; this takes a list: ["…", "…"] (line 3, column 19)"#,
        ),
        (
            "network = { interface = { mac = \"52:54\" } }",
            r#"problem network.interface.mac: "52:54" is no MAC address; write it as "52:54:00:12:34:56" (line 3, column 33)"#,
        ),
        (
            "network = { bond = { mode = \"lacp\", members = [{ name = \"a\" }, { name = \"b\" }] } }",
            r#"problem network.bond.mode: "lacp" is not "802.3ad" or "active-backup" (line 3, column 29)"#,
        ),
        (
            "network = { bond = { mode = \"802.3ad\", members = [{ name = \"a\" }] } }",
            "problem network.bond.members: a bond takes two members or more, here is 1 (line 3, column 50)",
        ),
        (
            "[finish]\naction = \"halt\"",
            r#"problem finish.action: "halt" is not "reboot", "poweroff" or "shell" (line 4, column 10)"#,
        ),
        (
            "[notes]\n",
            r#"problem notes: unknown key "notes" at the top of the file; it takes "version", "language", "keyboard", "timezone", "console", "host", "time", "network", "disk", "guests", "checks", "finish" and "report" (line 3, column 2)"#,
        ),
    ];
    for (more, line) in table {
        assert_eq!(wrong(&with(more)), line);
    }
}

#[test]
fn what_is_missing() {
    insta::assert_snapshot!(wrong(""), @r#"
    problem version: the file does not say its version; begin it with version = 1
    problem host.name: the host has no name; add name = "xen1.example.net" under [host]
    problem host.ssh-keys: nobody could log in; give "ssh-keys", "root-password-hash" or "root-password" under [host]
    "#);
}

#[test]
fn three_mistakes_three_lines() {
    let text = "version = 2\n[host]\nnmae = \"xen1\"\nroot-pasword = \"geheim\"\n";
    insta::assert_snapshot!(wrong(text), @r#"
    problem version: version 2 is not known to this Firn, which reads version 1 (line 1, column 11)
    problem host.nmae: unknown key "nmae" in host; did you mean "name"? (line 3, column 1)
    problem host.root-pasword: unknown key "root-pasword" in host; did you mean "root-password"? (line 4, column 1)
    "#);
}

#[test]
fn syntax_does_not_hide_the_rest() {
    let text = "version = 1\n[host\nname = xen1\n[disk]\nwipe = \"al\"\n[netwrk]\nvlan = = 3\n";
    insta::assert_snapshot!(wrong(text), @r#"
    problem syntax: unclosed table, expected `]` (line 2, column 6)
    problem disk.wipe: "al" is not "empty", "any", "token:…" or the first 8 digits of an installed host's id (line 5, column 8)
    problem netwrk: unknown key "netwrk" at the top of the file; did you mean "network"? (line 6, column 2)
    problem syntax: extra `=` (line 7, column 8)
    "#);
}

#[test]
fn duplicate_keys() {
    insta::assert_snapshot!(wrong(&with("language = \"en\"\nlanguage = \"de\"\n")), @"problem syntax: the key language is given twice (line 4, column 1)");
}

#[test]
fn secrets_are_not_quoted() {
    let text = "version = 1\n[host]\nname = \"xen1\"\nroot-password = 12345\nroot-password-hash = \"hunter2\"\n";
    insta::assert_snapshot!(wrong(text), @r#"
    problem host.root-password: this takes text in quotes (line 4, column 17)
    problem host.root-password-hash: "root-password" and "root-password-hash" are both given; keep one (line 5, column 22)
    problem host.root-password-hash: the hash is of another kind than yescrypt ($y$…) and sha512-crypt ($6$…); make one with `mkpasswd` (line 5, column 22)
    "#);
}

#[test]
fn the_command_line_is_named() {
    let answer = Override {
        key: "network.vlan".into(),
        value: "many".into(),
    };
    let unknown = Override {
        key: "host.nmae".into(),
        value: "xen1".into(),
    };
    let problems = parse(&with(""), &[answer, unknown]).unwrap_err();
    insta::assert_snapshot!(lines(&problems), @r#"
    problem host.nmae: unknown key "nmae" in host; did you mean "name"? (kernel command line)
    problem network.vlan: "many" is text; this takes a number without quotes (kernel command line)
    "#);
}

#[test]
fn host_toml() {
    let text = "version = 1\n[host]\nname = \"xen1\"\n[network]\nnics = [{ name = \"nic0\", mac = \"52:54\" }, { name = \"eth 0\" }]\nuplink = \"nic1\"\n";
    insta::assert_snapshot!(lines(&settings(text).unwrap_err()), @r#"
    problem network.nics.mac: "52:54" is no MAC address; write it as "52:54:00:12:34:56" (line 5, column 32)
    problem network.nics: a NIC takes both "name" and "mac" (line 5, column 43)
    "#);
}

#[test]
fn forgotten_quotes_show_no_secret() {
    let text =
        "version = 1\n[host]\nname = xen1\nroot-password = geheim\nroot-password = 'geheim\n";
    let lines = wrong(text);
    assert!(!lines.contains("geheim"));
    insta::assert_snapshot!(lines, @r"
    problem syntax: text must stand in quotes (line 3, column 8)
    problem syntax: text must stand in quotes (line 4, column 17)
    problem syntax: invalid literal string, expected `'` (line 5, column 24)
    ");
}
