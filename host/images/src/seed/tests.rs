//! Seeds as cloud-init reads them: the files of a FAT file system.

use super::*;
use fatfs::{FileSystem, FsOptions};
use std::io::{Cursor, Read};

const HASH: &str = "$6$abcdefgh$0123456789012345678901234567890123456789012345678901234567890123456789012345678901234.";
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7p0T1Q0iJ0iJ0iJ0iJ0iJ0iJ0iJ0iJ0iJ0iJ0iJ0iJ anna@desk";

fn plain() -> Seed {
    Seed {
        instance: "g1234567".into(),
        host_name: "web1".into(),
        user: None,
        password_hash: None,
        ssh_keys: Vec::new(),
        network: None,
    }
}

fn network() -> Network {
    Network {
        mac: "00:16:3E:01:02:03".into(),
        addresses: vec![Address {
            ip: [192, 0, 2, 5].into(),
            prefix: 24,
        }],
        gateways: vec![[192, 0, 2, 1].into()],
        dns: vec![[192, 0, 2, 53].into()],
    }
}

fn refused(seed_: Seed) -> String {
    seed(&seed_).unwrap_err().to_string()
}

#[test]
fn the_volume_is_found_and_read() {
    let seed_ = Seed {
        network: Some(network()),
        ..plain()
    };
    let bytes = seed(&seed_).unwrap();
    assert_eq!(
        bytes,
        seed(&seed_).unwrap(),
        "the same seed, the same bytes"
    );
    let volume = FileSystem::new(Cursor::new(bytes), FsOptions::new()).unwrap();
    assert_eq!(volume.volume_label(), "CIDATA");
    let names: Vec<_> = volume
        .root_dir()
        .iter()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["meta-data", "user-data", "network-config"]);
    let mut text = String::new();
    volume
        .root_dir()
        .open_file("meta-data")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(
        text,
        "{\n  \"instance-id\": \"g1234567\",\n  \"local-hostname\": \"web1\"\n}\n"
    );
}

#[test]
fn values_that_cannot_be_are_refused() {
    for user in [
        "",
        "Anna",
        "a b",
        "-a",
        "a\n- b",
        "0a",
        "root:x",
        &"a".repeat(33),
    ] {
        let text = refused(Seed {
            user: Some(user.into()),
            ..plain()
        });
        assert!(text.ends_with("cannot be a user's name: it begins with a small letter, goes on with small letters, digits, - and _, and has at most 32 characters."), "{text}");
    }
    for hash in ["secret", "$1$a$b", "$6$x\n- root"] {
        let text = refused(Seed {
            password_hash: Some(hash.into()),
            ..plain()
        });
        assert!(!text.contains(hash), "{text}");
    }
    seed(&Seed {
        host_name: "a\"b".into(),
        ..plain()
    })
    .unwrap_err();
    seed(&Seed {
        ssh_keys: vec!["no key".into()],
        ..plain()
    })
    .unwrap_err();
    seed(&Seed {
        ssh_keys: vec![format!("{KEY}\nssh-rsa AAAA")],
        ..plain()
    })
    .unwrap_err();
}

#[test]
fn addresses_that_cannot_be_are_refused() {
    let with = |change: &dyn Fn(&mut Network)| {
        let mut network = network();
        change(&mut network);
        refused(Seed {
            network: Some(network),
            ..plain()
        })
    };
    assert_eq!(
        with(&|n| n.addresses.clear()),
        "There are fixed addresses to be, and none is given."
    );
    assert_eq!(
        with(&|n| n.addresses[0].prefix = 33),
        "192.0.2.5/33 has no possible length of the prefix: give 1 to 32 behind the slash."
    );
    let family =
        "cannot be the gateway: the guest has no address of its family, or another gateway of it.";
    assert_eq!(
        with(&|n| n.gateways = vec!["fe80::1".parse().unwrap()]),
        format!("fe80::1 {family}")
    );
    assert_eq!(
        with(&|n| n.gateways.push([192, 0, 2, 2].into())),
        format!("192.0.2.2 {family}")
    );
    with(&|n| n.mac = "x".into());
}

#[test]
fn a_hash_is_never_shown() {
    let shown = format!(
        "{:?}",
        Seed {
            password_hash: Some(HASH.into()),
            ..plain()
        }
    );
    assert!(
        !shown.contains(HASH) && shown.contains("password_hash: Some(\"…\")"),
        "{shown}"
    );
}
