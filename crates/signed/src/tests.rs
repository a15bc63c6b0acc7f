//! What all tests begin with: people with keys, their documents, and every way to change one.

mod forged;
mod keys;
mod manifest;

use crate::Signed;
use firn_image::{Entry, FORMAT, Keys, Manifest, Needs, Role, SettingsVersions, file};
use firn_words::Text;
use minisign::KeyPair;
use std::sync::LazyLock;

/// Whoever has a key. Making one takes its time, so all tests share them.
static PEOPLE: LazyLock<Vec<(&str, KeyPair)>> = LazyLock::new(|| {
    let names = ["anna", "ben", "cleo", "dora", "build", "night", "mallory"];
    let pair = |name| (name, KeyPair::generate_unencrypted_keypair().unwrap());
    names.map(pair).into()
});

fn pair(name: &str) -> &'static KeyPair {
    &PEOPLE.iter().find(|(known, _)| *known == name).unwrap().1
}

fn role(threshold: u32, names: &[&str]) -> Role {
    let key = |name: &&str| ((*name).to_owned(), pair(name).pk.to_base64());
    Role {
        threshold,
        keys: names.iter().map(key).collect(),
    }
}

/// Two of Anna, Ben and Cleo make the rules; the build's key signs what is stable, the night's a candidate.
fn keys(version: u32) -> Keys {
    let channels = [
        ("stable", role(1, &["build"])),
        ("candidate", role(1, &["night"])),
    ];
    let channels = channels.map(|(name, role)| (name.to_owned(), role));
    Keys::new(version, role(2, &["anna", "ben", "cleo"]), channels.into())
}

fn image() -> Manifest {
    let entry = |size| Entry {
        sha256: "0f".repeat(32),
        size,
        fsverity: None,
    };
    let files = (1..)
        .zip(file::ALL)
        .map(|(size, name)| (name.to_owned(), entry(size)));
    Manifest {
        name: "firn".into(),
        format: FORMAT,
        version: "0.3.1".into(),
        release: 2026120101,
        id: "0123456789abcdef".into(),
        xen: "4.20.4".into(),
        xen_source_sha256: "ab".repeat(32),
        xen_advisories_to: Some(523),
        kernel: "6.12.57".into(),
        settings: SettingsVersions {
            reads: vec![1, 2],
            writes: 2,
        },
        needs: Needs {
            grub: 1,
            from: 2026110100,
        },
        fixes: vec!["XSA-523".into()],
        keys: None,
        locked: true,
        files: files.collect(),
    }
}

/// The signatures of these people, as their `.minisig` file has them.
fn sign(bytes: &[u8], names: &[&str]) -> String {
    let one = |name: &&str| {
        minisign::sign(None, &pair(name).sk, bytes, Some("file"), Some("signature"))
            .unwrap()
            .into_string()
    };
    names.iter().map(one).collect()
}

fn signed<'a>(name: &'a str, text: &'a str, signatures: &'a str) -> Signed<'a> {
    Signed {
        name,
        bytes: text.as_bytes(),
        signatures,
    }
}

/// The one sentence of a refusal.
fn only<T: std::fmt::Debug>(result: Result<T, Vec<Text>>) -> String {
    let texts = result.unwrap_err();
    assert_eq!(texts.len(), 1, "{texts:?}");
    texts[0].to_string()
}
