//! Nothing of a signed file can be changed without its being noticed, and neither can its signature.

use super::{image, keys, only, sign, signed};
use crate::{Signed, manifest, renewed};
use firn_words::Text;
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

/// A file that is right, and its signatures.
type File = (String, String);

static MANIFEST: LazyLock<File> = LazyLock::new(|| made(image().text().unwrap(), &["build"]));
static KEYS: LazyLock<File> = LazyLock::new(|| made(keys(2).text().unwrap(), &["anna", "ben"]));

fn made(text: String, names: &[&str]) -> File {
    let signatures = sign(text.as_bytes(), names);
    (text, signatures)
}

/// What is said of the image with these bytes and signatures.
fn judged(bytes: &[u8], signatures: &str) -> Result<(), Vec<Text>> {
    let file = Signed {
        name: "manifest.json",
        bytes,
        signatures,
    };
    manifest(&file, &keys(1), "stable").map(drop)
}

/// The same of keys.
fn followed(bytes: &[u8], signatures: &str) -> Result<(), Vec<Text>> {
    let file = Signed {
        name: "keys.json",
        bytes,
        signatures,
    };
    renewed(&keys(1), &file).map(drop)
}

fn changed(file: &str) -> String {
    format!(
        "The signature is not of this {file}: one of them was changed. Fetch both anew; if that does not help, do not use this source."
    )
}

/// The same JSON with one leaf changed, for each leaf; and without each field.
fn each_field(value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let with = |inner: Value| {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), inner);
                    Value::Object(fields)
                };
                all.extend(each_field(inner).into_iter().map(with));
                let mut fields = fields.clone();
                fields.remove(name);
                all.push(Value::Object(fields));
            }
        }
        Value::Array(items) => {
            let mut items = items.clone();
            items.push("more".into());
            all.push(Value::Array(items));
        }
        Value::Number(number) => all.push((number.as_u64().unwrap() + 1).into()),
        Value::String(text) => all.push(format!("{text}x").into()),
        _ => all.push("x".into()),
    }
    all
}

#[test]
fn a_field_that_is_changed_or_missing_is_noticed() {
    type Check = fn(&[u8], &str) -> Result<(), Vec<Text>>;
    let files: [(&str, &File, Check); 2] = [
        ("manifest.json", &MANIFEST, judged),
        ("keys.json", &KEYS, followed),
    ];
    for (name, (text, signatures), check) in files {
        check(text.as_bytes(), signatures).unwrap();
        let forgeries = each_field(&serde_json::from_str(text).unwrap());
        assert!(forgeries.len() > 20, "{}", forgeries.len());
        for forgery in forgeries {
            let forged = serde_json::to_string_pretty(&forgery).unwrap() + "\n";
            assert_ne!(forged, *text);
            assert_eq!(
                only(check(forged.as_bytes(), signatures)),
                changed(name),
                "{forged}"
            );
            // Signed anew by somebody else it is no better.
            let foreign = sign(forged.as_bytes(), &["mallory"]);
            let said = only(check(forged.as_bytes(), &foreign));
            assert!(
                said.starts_with(&format!("{name} is not signed with any of ")),
                "{said}"
            );
        }
    }
}

#[test]
fn every_byte_is_covered() {
    for (bytes, signatures, check, name) in [
        (
            MANIFEST.0.as_bytes(),
            &MANIFEST.1,
            judged as fn(&[u8], &str) -> _,
            "manifest.json",
        ),
        (KEYS.0.as_bytes(), &KEYS.1, followed, "keys.json"),
    ] {
        for at in 0..bytes.len() {
            let mut forged = bytes.to_vec();
            forged[at] ^= 1;
            assert_eq!(only(check(&forged, signatures)), changed(name), "byte {at}");
        }
        assert_eq!(only(check(&bytes[1..], signatures)), changed(name));
        assert_eq!(
            only(check(&bytes[..bytes.len() - 1], signatures)),
            changed(name)
        );
        assert_eq!(
            only(check(&[bytes, b"\n"].concat(), signatures)),
            changed(name)
        );
        assert_eq!(only(check(b"", signatures)), changed(name));
    }
}

/// But for the comment in the first line, which minisign calls untrusted.
#[test]
fn every_byte_of_a_signature_counts() {
    let (text, signature) = &*MANIFEST;
    let first = signature.find('\n').unwrap();
    for at in first..signature.len() - 1 {
        for bit in [1, 2, 4] {
            let mut forged = signature.clone().into_bytes();
            forged[at] ^= bit;
            let forged = String::from_utf8(forged).unwrap();
            assert!(
                judged(text.as_bytes(), &forged).is_err(),
                "byte {at}: {forged}"
            );
        }
    }
}

#[test]
fn a_signature_of_one_file_is_none_of_another() {
    let said = only(judged(KEYS.0.as_bytes(), &MANIFEST.1));
    assert_eq!(said, changed("manifest.json"));
    // Root keys do not sign images, and release keys do not sign keys.
    let (text, _) = &*MANIFEST;
    let roots = sign(text.as_bytes(), &["anna", "ben", "cleo"]);
    assert!(
        only(judged(text.as_bytes(), &roots))
            .contains("not signed with any of the keys of the channel stable")
    );
    // A list of keys that the release key has signed is no image.
    let (text, _) = &*KEYS;
    let build = sign(text.as_bytes(), &["build"]);
    let file = signed("manifest.json", text, &build);
    assert!(
        manifest(&file, &keys(1), "stable").unwrap_err()[0]
            .to_string()
            .starts_with("manifest.json cannot be read: ")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Only what was signed is taken, whatever lies beside it.
    #[test]
    fn nothing_but_what_was_signed_is_taken(
        cut in any::<prop::sample::Index>(),
        with in prop::collection::vec(any::<u8>(), 0..20),
        text in "(untrusted comment: |trusted comment: |RU[A-Za-z0-9+/]{98}=|\n|[a-z]){0,12}",
        joined in any::<bool>(),
    ) {
        let (good, signature) = &*MANIFEST;
        let at = cut.index(good.len());
        let forged = [&good.as_bytes()[..at], &with, &good.as_bytes()[at..]].concat();
        prop_assert_eq!(judged(&forged, signature).is_ok(), with.is_empty());
        let beside = if joined { format!("{text}\n{signature}") } else { text };
        prop_assert!(judged(&forged, &beside).is_err() || with.is_empty() && joined);
        prop_assert!(followed(&forged, &beside).is_err());
    }
}
