use super::{image, keys, only, sign, signed};
use crate::manifest;
use firn_image::{Keys, Manifest};
use firn_words::Text;

fn read(text: &str, signers: &[&str], keys: &Keys, channel: &str) -> Result<Manifest, Vec<Text>> {
    let signatures = sign(text.as_bytes(), signers);
    manifest(&signed("manifest.json", text, &signatures), keys, channel)
}

#[test]
fn an_image_is_taken_from_those_who_sign_for_the_channel() {
    let text = image().text().unwrap();
    for signers in [&["build"][..], &["night", "build"], &["build", "mallory"]] {
        assert_eq!(
            read(&text, signers, &keys(1), "stable").unwrap(),
            image(),
            "{signers:?}"
        );
    }
    let unknown = "manifest.json is not signed with any of the keys of the channel stable. Do not use it unless you know who made it.";
    for signers in [&["night"][..], &["mallory"], &["anna", "ben", "cleo"]] {
        assert_eq!(
            only(read(&text, signers, &keys(1), "stable")),
            unknown,
            "{signers:?}"
        );
    }
    assert_eq!(
        only(read(&text, &["build"], &keys(4), "beta")),
        "Nobody signs for the channel beta in keys.json 4; the channels there are: candidate, stable. Choose one of them in the settings."
    );
}

#[test]
fn a_threshold_counts_people_and_not_signatures() {
    let text = image().text().unwrap();
    let mut keys = keys(1);
    keys.channels
        .insert("stable".into(), super::role(2, &["build", "night"]));
    assert!(read(&text, &["night", "build"], &keys, "stable").is_ok());
    assert_eq!(
        only(read(&text, &["build", "build", "mallory"], &keys, "stable")),
        "manifest.json is signed with 1 of the keys of the channel stable (build), and 2 are needed. Take the file that has all signatures."
    );
}

#[test]
fn what_is_no_signature_is_said_to_be_none() {
    let text = image().text().unwrap();
    let good = sign(text.as_bytes(), &["build"]);
    let said = |signatures: &str| {
        only(manifest(
            &signed("manifest.json", &text, signatures),
            &keys(1),
            "stable",
        ))
    };
    let none = "manifest.json has no signature. Take it from where it was published, together with manifest.json.minisig.";
    assert_eq!((said("").as_str(), said("\n \n").as_str()), (none, none));
    let damaged = "The signature of manifest.json is none of minisign, or damaged. Fetch manifest.json.minisig anew.";
    let longer = format!("{good}more\n");
    for text in ["<html>", &good[..150], &longer, &format!("<html>\n{good}")] {
        assert_eq!(said(text), damaged, "{text}");
    }
}

#[test]
fn a_signed_manifest_must_be_one_that_is_understood() {
    let said = |text: &str| {
        let texts = read(text, &["build"], &keys(1), "stable").unwrap_err();
        texts.iter().map(Text::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        said("{"),
        [
            "manifest.json cannot be read: EOF while parsing an object at line 1 column 1. Take another image."
        ]
    );
    let first = r#"{"name": "other", "version": "0.1.0", "id": "ab"}"#;
    let missing = |name: &str| {
        format!(
            "manifest.json does not name {name}, without which no image starts. Take another image."
        )
    };
    let mut all = vec![
        "manifest.json is by other, not by firn: it is no image of Firn.".to_owned(),
        "Firn 0.1.0 is older than updates are: its manifest does not say which hosts it fits. Install it from its medium.".to_owned(),
    ];
    all.extend(
        [
            "xen.gz",
            "vmlinuz",
            "initrd.img",
            "root.squashfs",
            "boot.cfg",
        ]
        .map(missing),
    );
    assert_eq!(said(first), all);
    let later = Manifest {
        format: 3,
        ..image()
    };
    assert_eq!(
        said(&later.text().unwrap()),
        [
            "Firn 0.3.1 has a manifest of the format 3, and this version knows formats up to 2. Update to a version in between first."
        ]
    );
}

#[test]
fn bytes_that_are_no_text_are_no_manifest() {
    let bytes = [0xff, 0xfe];
    let signatures = sign(&bytes, &["build"]);
    let file = crate::Signed {
        name: "manifest.json",
        bytes: &bytes,
        signatures: &signatures,
    };
    assert_eq!(
        only(manifest(&file, &keys(1), "stable")),
        "manifest.json cannot be read: invalid utf-8 sequence of 1 bytes from index 0. Take another image."
    );
}
