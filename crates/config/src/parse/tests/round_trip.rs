//! What is written can be read again, and nothing that can be written makes the parser fall.

use super::KEY;
use crate::CHECK_NAMES;
use crate::answers::*;
use crate::finish_action;
use crate::overrides::overrides;
use crate::parse::parse;
use crate::settings::*;
use crate::values::{Pattern, Secret, Size};
use proptest::option;
use proptest::prelude::*;

fn pattern() -> impl Strategy<Value = Option<Pattern>> {
    option::of("[a-z*\"' \\\\é]{0,8}x".prop_map(Pattern))
}

fn nic_rule() -> impl Strategy<Value = NicRule> {
    let mac = option::of("52:54:00:[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}".prop_map(Pattern));
    (pattern(), mac, pattern(), option::of(any::<bool>())).prop_map(|(name, mac, driver, link)| {
        NicRule {
            name,
            mac,
            pci: None,
            driver,
            link,
        }
    })
}

fn port() -> impl Strategy<Value = Port> {
    let bond = ("52:54:00:00:00:[0-9a-f]{2}", nic_rule()).prop_map(|(mac, mut second)| {
        let first = NicRule {
            mac: Some(Pattern(mac)),
            ..NicRule::default()
        };
        second.link = Some(true);
        Port::Bond(Bond {
            mode: BondMode::Lacp,
            members: vec![first, second],
        })
    });
    let rule = nic_rule().prop_filter_map("empty", |rule| {
        (rule != NicRule::default()).then_some(Port::Interface(rule))
    });
    prop_oneof![Just(Port::Auto), rule, bond]
}

fn network() -> impl Strategy<Value = Network> {
    let ipv4 = (1u8..254, 8u8..30).prop_map(|(host, prefix)| {
        let text = format!("10.1.2.{}/{prefix}", host | 1);
        text.parse().map_or(Ipv4::Off, |address| Ipv4::Static {
            address,
            gateway: None,
        })
    });
    let ipv4 = prop_oneof![Just(Ipv4::Dhcp), Just(Ipv4::Off), ipv4];
    (
        port(),
        (option::of(1u16..4095), option::of(1280u16..9217)),
        ipv4,
        (11u8..127, any::<[u8; 3]>()),
    )
        .prop_map(|(port, (vlan, mtu), ipv4, (first, [a, b, c]))| {
            Network {
                port,
                vlan,
                mtu,
                ipv4,
                // IPv6 is not off here; IPv4 may be.
                dns: match ipv4 {
                    Ipv4::Off => Vec::new(),
                    _ => vec![[first, a, b, c].into()],
                },
                ..Network::default()
            }
        })
}

fn disk() -> impl Strategy<Value = Disk> {
    let wipe = prop_oneof![
        Just(Wipe::Empty),
        Just(Wipe::Any),
        "[0-9a-f]{8}".prop_map(Wipe::Host),
        "[0-9A-Za-z._~-]{8,20}".prop_map(|token| Wipe::Token(Secret(token)))
    ];
    let size = option::of((1_000_000..u64::MAX).prop_map(Size));
    (pattern(), pattern(), size, wipe).prop_map(|(serial, model, min_size, wipe)| Disk {
        target: DiskRule {
            serial,
            model,
            min_size,
            bus: Some(Bus::Sata),
            ..DiskRule::default()
        },
        wipe,
    })
}

fn answers() -> impl Strategy<Value = Answers> {
    let password = "[^\\p{C}]{1,20}"
        .prop_filter("nobody could type it", |text| {
            text.chars().all(firn_words::is_seen)
        })
        .prop_map(Secret);
    let skip = proptest::sample::subsequence(CHECK_NAMES.to_vec(), 0..CHECK_NAMES.len());
    let further = option::of(disk().prop_map(|disk| disk.target));
    let all = (password, network(), disk(), skip, further, report());
    all.prop_map(|(password, network, disk, skip, further, report)| Answers {
        host: Host {
            name: "xen1.example.net".into(),
            root_password: Some(password),
            root_password_hash: None,
            ssh_keys: vec![KEY.into()],
        },
        network,
        disk,
        guests: Guests {
            store: Store::Files,
            disks: further.into_iter().collect(),
        },
        checks: Checks {
            skip: skip.into_iter().map(str::to_owned).collect(),
        },
        report,
        ..Answers::default()
    })
}

fn report() -> impl Strategy<Value = Option<Report>> {
    let parts = ("https://[a-z]{1,8}/[!-~]{0,8}", option::of("[!-~]{1,20}"));
    option::of(parts.prop_map(|(url, token)| Report {
        url,
        ca: Some("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".into()),
        pin: Some("sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=".into()),
        token: token.map(Secret),
    }))
}

/// Lines that are nearly right, which find more than noise does.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("[host]\n"),
        Just("[[host]]\n"),
        Just("[network.ipv4]\n"),
        Just("name = "),
        Just("version = 1\n"),
        Just("\"xen1\"\n"),
        Just("{ mac = "),
        Just("members = ["),
        Just("] }\n"),
        Just("ipv4."),
        Just("\u{feff}"),
        Just("\r\n"),
        Just("'''"),
        Just("= ="),
        Just("finish.action = \"shell\"\n"),
        Just("-0x1\n"),
        Just("1e5\n"),
        Just("é"),
        Just("99999999999999999999\n"),
        Just("ssh-keys = [1, {}]\n"),
        Just("ntp = {}\n"),
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn answers_come_back(answers in answers()) {
        let text = answers.to_toml();
        prop_assert_eq!(parse(&text, &[]), Ok(answers), "{}", text);
    }

    #[test]
    fn noise_is_survived(text in any::<String>(), near in nearly(), line in any::<String>()) {
        for text in [&text, &near] {
            let answers = overrides(&line).unwrap_or_default();
            let _ = parse(text, &answers);
            let _ = Settings::parse(text);
            finish_action(text, &answers);
        }
        let _ = overrides(&format!("firn.{near}"));
        let _ = overrides(&format!("firn.host.name={near}"));
    }

    #[test]
    fn places_lie_in_the_file(text in nearly()) {
        for problem in parse(&text, &[]).err().unwrap_or_default() {
            if let Some((line, column)) = problem.at {
                let lines = text.matches('\n').count() + 1;
                prop_assert!((1..=lines).contains(&line) && column >= 1);
            }
            prop_assert!(!problem.text.to_string().contains('\n'), "{}", problem);
        }
    }
}
