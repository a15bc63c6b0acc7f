use super::{keys, only, role, sign, signed};
use crate::{own, renewed};
use firn_image::Keys;
use firn_words::Text;

fn next(trusted: &Keys, new: &Keys, signers: &[&str]) -> Result<Keys, Vec<Text>> {
    let text = new.text().unwrap();
    let signatures = sign(text.as_bytes(), signers);
    renewed(trusted, &signed("keys.json", &text, &signatures))
}

#[test]
fn two_of_three_replace_a_release_key() {
    let mut new = keys(2);
    new.channels.insert("stable".into(), role(1, &["night"]));
    assert_eq!(next(&keys(1), &new, &["anna", "cleo"]).unwrap(), new);
    assert_eq!(
        only(next(&keys(1), &new, &["anna", "mallory"])),
        "keys.json is signed with 1 of the root keys of keys.json 1, which this host trusts (anna), and 2 are needed. Take the file that has all signatures."
    );
    assert_eq!(
        only(next(&keys(1), &new, &["build", "night", "mallory"])),
        "keys.json is not signed with any of the root keys of keys.json 1, which this host trusts. Do not use it unless you know who made it."
    );
}

#[test]
fn a_new_root_key_shows_that_somebody_has_it() {
    let mut new = keys(2);
    new.root = role(2, &["anna", "dora"]);
    assert_eq!(
        only(next(&keys(1), &new, &["anna", "ben"])),
        "keys.json is signed with 1 of its own root keys (anna), and 2 are needed. Take the file that has all signatures."
    );
    assert_eq!(next(&keys(1), &new, &["anna", "ben", "dora"]).unwrap(), new);
    // Whoever has only the new keys does not get in with them.
    new.root = role(1, &["mallory"]);
    assert!(next(&keys(1), &new, &["mallory"]).is_err());
}

#[test]
fn a_host_that_was_off_for_long_follows_all_the_same() {
    // Cleo's key was replaced in 2, Ben's in 3: what Anna, Dora and Ben have signed is trusted after 1 and after 2.
    let mut third = keys(3);
    third.root = role(2, &["anna", "dora", "night"]);
    third
        .channels
        .insert("candidate".into(), role(1, &["build"]));
    assert_eq!(
        next(&keys(1), &third, &["anna", "ben", "dora"])
            .unwrap()
            .version,
        3
    );
}

#[test]
fn nothing_goes_back() {
    let all = ["anna", "ben", "cleo"];
    assert_eq!(
        only(next(&keys(3), &keys(2), &all)),
        "This list of keys has the version 2, and the host already trusts 3. The older one is not used."
    );
    assert_eq!(next(&keys(3), &keys(3), &all).unwrap(), keys(3));
    let mut other = keys(3);
    other.channels.remove("candidate");
    assert_eq!(
        only(next(&keys(3), &other, &all)),
        "This list of keys has the version 3, as the trusted one has, but says something else. Do not use this source; tell those who publish it."
    );
}

#[test]
fn the_list_in_an_image_is_signed_by_its_own_keys() {
    let text = keys(1).text().unwrap();
    let read = |names: &[&str]| own(&signed("keys.json", &text, &sign(text.as_bytes(), names)));
    assert_eq!(read(&["ben", "cleo"]).unwrap(), keys(1));
    assert_eq!(
        only(read(&["mallory"])),
        "keys.json is not signed with any of its own root keys. Do not use it unless you know who made it."
    );
}

#[test]
fn all_flaws_are_said_at_once() {
    let mut bad = keys(1);
    bad.name = "firn".into();
    bad.format = 2;
    bad.version = 0;
    bad.root = role(1, &["anna"]);
    let anna = bad.root.keys["anna"].clone();
    bad.root.keys.insert("annette".into(), anna.clone());
    bad.root.keys.insert("short".into(), "RWQ".into());
    bad.channels = [("stable".to_owned(), role(2, &["anna"]))].into();
    let text = bad.text().unwrap();
    let texts = own(&signed(
        "keys.json",
        &text,
        &sign(text.as_bytes(), &["anna"]),
    ))
    .unwrap_err();
    let said: Vec<String> = texts.iter().map(Text::to_string).collect();
    assert_eq!(
        said,
        [
            "The list of keys calls itself firn, not firn-keys: it is another file. Take keys.json.",
            "The list of keys has the format 2, which this version does not know. Update to a version in between first.",
            "The list of keys has the version 0; the first one has 1.",
            "The keys anna and annette of root are one key; each must be listed once.",
            "The key short of root is no public key of minisign.",
            "Of the 1 keys of stable, 2 would have to sign. It must be at least one, and at most all.",
            "The key anna of the channel stable is a root key too. Root keys sign lists of keys only.",
        ]
    );
    let broken = only(own(&signed("keys.json", "[]", "")));
    assert!(
        broken.starts_with("keys.json cannot be read: invalid length 0"),
        "{broken}"
    );
}
