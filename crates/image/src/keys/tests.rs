use super::*;
use proptest::prelude::*;

/// A key whose id and whose own bytes are of these letters.
fn key(id: char, own: char) -> String {
    let text = |c: char, count| String::from(c).repeat(count);
    format!("RW{}{}", text(id, 12), text(own, 42))
}

fn role(threshold: u32, keys: &[(&str, String)]) -> Role {
    let keys = keys
        .iter()
        .map(|(name, key)| ((*name).to_owned(), key.clone()));
    Role {
        threshold,
        keys: keys.collect(),
    }
}

fn keys() -> Keys {
    let three = [
        ("anna", key('a', 'A')),
        ("ben", key('b', 'B')),
        ("cleo", key('c', 'C')),
    ];
    let channels = [("stable".to_owned(), role(1, &[("build", key('d', 'D'))]))];
    Keys::new(1, role(2, &three), channels.into())
}

#[test]
fn what_is_written_is_read() {
    let text = keys().text().unwrap();
    assert!(
        text.starts_with("{\n  \"name\": \"firn-keys\",\n  \"format\": 1,\n  \"version\": 1,\n")
    );
    assert_eq!(Keys::parse(&text).unwrap(), keys());
    assert_eq!(keys().flaws(), []);
    // What a later program means with a field is not known here, and may be what matters.
    let more = text.replacen("\"version\"", "\"more\": 1, \"version\"", 1);
    assert!(Keys::parse(&more).is_err());
}

#[test]
fn all_flaws_are_found_at_once() {
    let mut keys = keys();
    keys.name = "firn".into();
    keys.format = 2;
    keys.version = 0;
    keys.root.threshold = 4;
    keys.root.keys.insert("anna2".into(), key('z', 'A'));
    keys.root.keys.remove("cleo");
    let stable = role(0, &[("ben", key('b', 'B')), ("short", "RWabc".into())]);
    keys.channels.insert("stable".into(), stable);
    let text = str::to_owned;
    let expected = [
        Flaw::Name(text("firn")),
        Flaw::Format(2),
        Flaw::Version,
        Flaw::Threshold {
            role: text("root"),
            threshold: 4,
            keys: 3,
        },
        Flaw::Twice {
            role: text("root"),
            names: [text("anna"), text("anna2")],
        },
        Flaw::Threshold {
            role: text("stable"),
            threshold: 0,
            keys: 2,
        },
        Flaw::Key {
            role: text("stable"),
            name: text("short"),
        },
        Flaw::Root {
            channel: text("stable"),
            name: text("ben"),
        },
    ];
    assert_eq!(keys.flaws(), expected);
}

#[test]
fn as_many_must_sign_as_the_threshold_says() {
    let root = keys().root;
    let two = [key('a', 'A'), key('c', 'C')];
    let signers = root.signers(|key| two.iter().any(|signed| signed == key));
    assert_eq!(signers, ["anna", "cleo"]);
    assert_eq!(
        [0, 1, 2, 3].map(|count| root.suffices(count)),
        [false, false, true, true]
    );
    assert!(!role(0, &[]).suffices(0), "nobody is never enough");
}

#[test]
fn a_file_may_hold_several_signatures() {
    let one = "untrusted comment: a\nRUQ\ntrusted comment: untrusted comment: b\nxyz\n";
    assert_eq!(signatures(""), [""; 0]);
    assert_eq!(signatures(&format!("{one}\n{one}")), [one, one]);
    assert_eq!(signatures(&format!("<html>\n{one}")), ["<html>\n", one]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_is_read_and_nothing_is_left_out(text in "([a-z:{}\"0-9\n ]|untrusted comment:|\n){0,80}") {
        let _ = Keys::parse(&text);
        let kept: String = signatures(&text).concat();
        let seen = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(seen(&kept), seen(&text));
    }

    /// Whoever has fewer keys than the threshold says never suffices.
    #[test]
    fn fewer_than_the_threshold_never_suffice(threshold in 0_u32..5, count in 0_usize..5) {
        let suffices = role(threshold, &[]).suffices(count);
        prop_assert_eq!(suffices, threshold >= 1 && count >= threshold as usize);
    }
}
