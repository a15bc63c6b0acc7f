use super::ask::{dns_question, is_dns_answer, ntp_offset, ntp_question};
use super::network::Addresses;
use super::wanted::{links, with_present_names};
use super::{Finding, Outcome, read, verdict};
use crate::machine::samples;
use crate::plan;
use firn_config::{Answers, Bond, BondMode, Ipv4, Ipv6, Network, NicRule, Pattern, Port, Uplink};
use std::net::IpAddr;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn said(finding: &Finding) -> (Outcome, &'static str) {
    (finding.outcome, finding.text.id().unwrap_or_default())
}

#[test]
fn gateways_name_servers_and_leases_are_read() {
    let json = r#"[{"dst":"default","gateway":"192.0.2.1","dev":"xenbr0"},{"dst":"default","dev":"xenbr0"},
        {"dst":"default","gateway":"192.0.2.1","metric":1024}]"#;
    assert_eq!(read::gateways(json), [ip("192.0.2.1")]);
    let text = "Link 3 (xenbr0): 10.0.2.3 fe80::1%3 192.0.2.9#dns.example.net";
    assert_eq!(
        read::name_servers(text),
        [ip("10.0.2.3"), ip("fe80::1"), ip("192.0.2.9")]
    );
    assert!(
        read::name_servers("Failed to resolve interface \"xenbr0\": No such device").is_empty()
    );
    let lease = "ADDRESS=10.0.2.15\nNTP=192.0.2.1 192.0.2.2\nNTPX=1\n";
    assert_eq!(read::leased(lease, "NTP"), ["192.0.2.1", "192.0.2.2"]);
    assert!(read::leased(lease, "DNS").is_empty());
}

#[test]
fn the_test_uses_the_nics_present_names() {
    let mut machine = samples::server();
    machine.nics = vec![
        samples::nic("enp1s0", 1, true),
        samples::nic("enp2s0", 2, true),
    ];
    let rule = |name: &str| NicRule {
        name: Some(Pattern(name.into())),
        ..NicRule::default()
    };
    let mut wish = Network {
        port: Port::Interface(rule("enp2s0")),
        vlan: Some(42),
        ..Network::default()
    };
    let (wanted, _) = plan::network::choose(&machine, &wish).unwrap();
    let wanted = with_present_names(wanted, &machine);
    assert_eq!(wanted.uplink, Uplink::Nic("enp2s0".into()));
    assert_eq!(links(&wanted), ["xenbr0", "enp2s0.42"]);
    wish.port = Port::Bond(Bond {
        mode: BondMode::ActiveBackup,
        members: vec![rule("enp1s0"), rule("enp2s0")],
    });
    let (wanted, _) = plan::network::choose(&machine, &wish).unwrap();
    let wanted = with_present_names(wanted, &machine);
    assert_eq!(links(&wanted), ["xenbr0", "bond0.42", "bond0"]);
    let Uplink::Bond { members, .. } = wanted.uplink else {
        panic!("no bond")
    };
    assert_eq!(members, ["enp1s0", "enp2s0"]);
}

#[test]
fn what_is_said_about_addresses() {
    let wish = |ipv4, ipv6| Network {
        ipv4,
        ipv6,
        ..Network::default()
    };
    let found = |link, list: &[(&str, bool)]| Addresses {
        nics: vec!["enp1s0".into()],
        link,
        found: list.iter().map(|(a, twice)| (ip(a), *twice)).collect(),
    };
    let fixed = Ipv4::Static {
        address: "192.0.2.10/24".parse().unwrap(),
        gateway: None,
    };
    let (four, six) = (("192.0.2.10", false), ("2001:db8::1", false));
    let table = [
        (
            wish(Ipv4::Dhcp, Ipv6::Auto),
            found(false, &[]),
            (Outcome::Fails, "desk-net-no-link"),
        ),
        (
            wish(Ipv4::Dhcp, Ipv6::Auto),
            found(true, &[]),
            (Outcome::Fails, "desk-net-no-dhcp"),
        ),
        (
            wish(Ipv4::Dhcp, Ipv6::Auto),
            found(true, &[six]),
            (Outcome::Fails, "desk-net-no-dhcp"),
        ),
        (
            wish(Ipv4::Dhcp, Ipv6::Auto),
            found(true, &[four]),
            (Outcome::Works, "desk-net-only-ipv4"),
        ),
        (
            wish(Ipv4::Dhcp, Ipv6::Auto),
            found(true, &[four, six]),
            (Outcome::Works, "desk-net-address"),
        ),
        (
            wish(Ipv4::Off, Ipv6::Auto),
            found(true, &[]),
            (Outcome::Fails, "desk-net-no-router"),
        ),
        (
            wish(fixed, Ipv6::Off),
            found(true, &[four]),
            (Outcome::Works, "desk-net-address"),
        ),
        (
            wish(fixed, Ipv6::Off),
            found(true, &[("192.0.2.10", true)]),
            (Outcome::Fails, "desk-net-twice"),
        ),
        (
            wish(fixed, Ipv6::Off),
            found(true, &[]),
            (Outcome::Fails, "desk-net-no-address"),
        ),
        (
            wish(Ipv4::Off, Ipv6::Off),
            found(true, &[]),
            (Outcome::Note, "desk-net-both-off"),
        ),
    ];
    for (wish, found, expected) in table {
        assert_eq!(
            said(&verdict::address(&wish, &found)),
            expected,
            "{found:?}"
        );
    }
}

#[test]
fn what_is_said_about_gateways_and_servers() {
    let (a, b) = (ip("192.0.2.1"), ip("fe80::1"));
    let gateway = |list: &[(IpAddr, bool)]| said(&verdict::gateway(list));
    assert_eq!(gateway(&[]), (Outcome::Note, "desk-net-no-gateway"));
    assert_eq!(
        gateway(&[(a, true), (b, true)]),
        (Outcome::Works, "desk-net-gateway")
    );
    assert_eq!(
        gateway(&[(a, false)]),
        (Outcome::Fails, "desk-net-gateway-silent")
    );
    assert_eq!(
        gateway(&[(a, true), (b, false)]),
        (Outcome::Note, "desk-net-gateway-half")
    );
    let dns = |list: &[(IpAddr, bool)]| said(&verdict::dns_finding(list));
    assert_eq!(dns(&[]), (Outcome::Note, "desk-net-no-dns"));
    assert_eq!(dns(&[(a, true)]), (Outcome::Works, "desk-net-dns"));
    assert_eq!(dns(&[(a, false)]), (Outcome::Fails, "desk-net-dns-silent"));
    assert_eq!(
        dns(&[(a, false), (b, true)]),
        (Outcome::Note, "desk-net-dns-half")
    );
    assert_eq!(
        said(&verdict::ntp_answer("x", 0.2)),
        (Outcome::Works, "desk-net-ntp")
    );
    let text = verdict::ntp_answer("x", -3600.0).text.to_string();
    assert!(text.contains("60 minutes"), "{text}");
    let none = verdict::ntp(&None, std::time::Instant::now());
    assert_eq!(said(&none), (Outcome::Note, "desk-net-ntp-none"));
}

#[test]
fn dns_packets() {
    let question = dns_question(0x1234);
    assert_eq!(question.len(), 17);
    let mut answer = question.clone();
    answer[2] |= 0x80;
    assert!(is_dns_answer(0x1234, &answer));
    assert!(!is_dns_answer(0x1234, &question), "a question is no answer");
    assert!(
        !is_dns_answer(0x1235, &answer),
        "an answer to something else"
    );
    assert!(!is_dns_answer(0x1234, &answer[..5]));
}

#[test]
fn ntp_packets() {
    let second = 1_000_000_000_u128;
    let sent = 1_800_000_000 * second;
    let question = ntp_question(sent);
    let mut answer = vec![0; 48];
    (answer[0], answer[1]) = (0x24, 2);
    answer[24..32].copy_from_slice(&question[40..48]);
    // The server is 100 s ahead, the way takes 1 s each.
    for at in [32, 40] {
        answer[at..at + 8].copy_from_slice(&ntp_question(sent + 101 * second)[40..48]);
    }
    let offset = ntp_offset(sent, sent + 2 * second, &answer).unwrap();
    assert!((offset - 100.0).abs() < 0.01, "{offset}");
    let changed = |at: usize, value: u8| {
        let mut answer = answer.clone();
        answer[at] = value;
        ntp_offset(sent, sent + 2 * second, &answer)
    };
    assert_eq!(changed(0, 0xe4), None, "the server has no time itself");
    assert_eq!(changed(1, 0), None, "the server refuses");
    assert_eq!(changed(24, 1), None, "an answer to something else");
    assert_eq!(ntp_offset(sent, sent, &answer[..47]), None);
    assert_eq!(ntp_offset(sent, sent, &[]), None);
}

#[test]
fn answers_without_a_nic_are_no_test() {
    let mut machine = samples::server();
    machine.nics.clear();
    let result = super::run(&machine, &Answers::default(), &mut |_| {});
    assert!(result.is_err());
}
