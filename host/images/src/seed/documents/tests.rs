use super::*;
use proptest::prelude::*;
use std::net::Ipv6Addr;

fn seed(text: &str) -> Seed {
    Seed {
        instance: text.into(),
        host_name: text.into(),
        user: Some(text.into()),
        password_hash: Some(text.into()),
        ssh_keys: vec![format!("x{text}x")],
        network: None,
    }
}

fn file(seed: &Seed, name: &str) -> String {
    let found = documents(seed).into_iter().find(|(file, _)| *file == name);
    found.unwrap().1
}

fn data(seed: &Seed) -> Value {
    let text = file(seed, "user-data");
    serde_json::from_str(text.strip_prefix("#cloud-config\n").unwrap()).unwrap()
}

#[test]
fn a_user_is_the_images_own_by_another_name() {
    assert_eq!(
        data(&seed("anna")),
        json!({
            "ssh_authorized_keys": ["xannax"],
            "ssh_pwauth": false,
            "user": { "name": "anna", "lock_passwd": false, "hashed_passwd": "anna" },
            "users": ["default"],
        })
    );
    assert_eq!(data(&seed("root"))["disable_root"], json!(false));
}

#[test]
fn a_password_alone_opens_ssh() {
    let alone = Seed {
        user: None,
        ssh_keys: Vec::new(),
        ..seed("x")
    };
    assert_eq!(data(&alone)["ssh_pwauth"], json!(true));
    let none = Seed {
        password_hash: None,
        ..alone
    };
    assert_eq!(
        data(&none),
        json!({ "ssh_authorized_keys": [], "ssh_pwauth": false })
    );
}

#[test]
fn a_router_elsewhere_is_on_the_link() {
    let network = Network {
        mac: "00-16-3E-01-02-03".into(),
        addresses: vec![
            Address {
                ip: [192, 0, 2, 5].into(),
                prefix: 32,
            },
            Address {
                ip: Ipv6Addr::new(0xfd77, 0, 0, 0, 0, 0, 0, 5).into(),
                prefix: 64,
            },
        ],
        gateways: vec![[192, 0, 2, 1].into(), "fe80::1".parse().unwrap()],
        dns: vec!["fd77::53".parse().unwrap()],
    };
    let text = file(
        &Seed {
            network: Some(network),
            ..seed("x")
        },
        "network-config",
    );
    let config: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        config,
        json!({ "version": 2, "ethernets": { "eth0": {
            "match": { "macaddress": "00:16:3e:01:02:03" },
            "set-name": "eth0",
            "dhcp4": false,
            "dhcp6": false,
            "addresses": ["192.0.2.5/32", "fd77::5/64"],
            "routes": [
                { "to": "0.0.0.0/0", "via": "192.0.2.1", "on-link": true },
                { "to": "::/0", "via": "fe80::1" },
            ],
            "nameservers": { "addresses": ["fd77::53"] },
        } } })
    );
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("\n- name: root".to_owned()),
        Just("\"}, \"runcmd\": [\"id\"]".to_owned()),
        Just("\u{85}\u{2028}\u{feff}\u{7f}\u{0}'#: !!python".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_value_leaves_its_place(text in hostile()) {
        let seed = seed(&text);
        let read = data(&seed);
        prop_assert_eq!(&read["user"]["name"], &json!(text));
        prop_assert_eq!(&read["user"]["hashed_passwd"], &json!(text));
        prop_assert_eq!(&read["ssh_authorized_keys"], &json!([format!("x{text}x")]));
        prop_assert!(read.as_object().unwrap().len() <= 5);
        let meta: Value = serde_json::from_str(&file(&seed, "meta-data")).unwrap();
        prop_assert_eq!(meta, json!({ "instance-id": text, "local-hostname": text }));
        // What YAML takes as it stands, and reads as no end of a line.
        let whole = file(&seed, "user-data") + &file(&seed, "meta-data");
        let taken = |c: char| matches!(c, '\n' | ' '..='~' | '\u{a1}'..='\u{2027}' | '\u{202a}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..);
        prop_assert!(whole.chars().all(taken), "{whole:?}");
    }
}
