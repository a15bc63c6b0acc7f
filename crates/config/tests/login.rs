//! Logins against what the real programs have said: crypt(3) of libxcrypt 4.4.38, ssh-keygen and sshd of OpenSSH 10.0p1, those
//! of Debian 13. Each line of the recorded files is a verdict, a tab, and what was tried.

use firn_config::{check_password_hash, check_ssh_key, read_ssh_key};
use proptest::prelude::*;
use ssh_key::PublicKey;

/// `fits`: crypt(3) computes with it and gives the same parameters and salt back. `other`: it computes, but gives
/// something else back, so no password fits. `refused`: it gives `*0`.
const HASHES: &str = include_str!("recorded/crypt.tsv");
/// `shell`: whoever has the key got a shell over ssh. `in`: only the key's command ran. `read`: `ssh-keygen -l` reads the
/// line (there is no private key to it). `refused`: neither.
const KEYS: &str = include_str!("recorded/ssh.tsv");

fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter_map(|line| line.split_once('\t'))
}

#[test]
fn no_hash_is_taken_that_crypt_refuses() {
    let (mut good, mut stricter) = (0, Vec::new());
    for (verdict, hash) in rows(HASHES) {
        match (check_password_hash(hash).is_ok(), verdict) {
            (true, "fits") => good += 1,
            (true, _) => panic!("{hash} is taken, crypt(3): {verdict}"),
            (false, "fits") => stricter.push(hash),
            (false, _) => {}
        }
    }
    assert!(good > 50, "only {good} are taken");
    insta::assert_snapshot!(stricter.join("\n"));
}

#[test]
fn no_key_is_taken_that_openssh_refuses() {
    let (mut good, mut stricter, mut conditional) = (0, Vec::new(), Vec::new());
    for (verdict, line) in rows(KEYS) {
        let line = line.replace("\\t", "\t");
        match (read_ssh_key(&line), verdict) {
            (Ok(key), "shell" | "in") => {
                assert_eq!(key.gives_shell, verdict == "shell", "{line}");
                good += 1;
            }
            (Ok(_), "read") => good += 1,
            (Ok(key), _) => conditional.push(options(&key.line).to_owned()),
            (Err(reason), "shell" | "in" | "read") => stricter.push(reason.to_string()),
            (Err(_), _) => {}
        }
    }
    assert!(good > 50, "only {good} are taken");
    // These let in, but not this client, from this place, at this time.
    let expected = [
        "cert-authority",
        "from=\"10.0.0.0/8\"",
        "from=\"::ffff:127.0.0.1\"",
        "expiry-time=\"20200101\"",
        "expiry-time=\"20200101\",expiry-time=\"20300101\"",
        "expiry-time=\"20300101\",expiry-time=\"20200101\"",
    ];
    assert_eq!(conditional, expected);
    insta::assert_snapshot!(stricter.join("\n"));
}

fn options(line: &str) -> &str {
    line.split(" ssh-").next().unwrap_or_default()
}

fn good_hashes() -> Vec<&'static str> {
    rows(HASHES)
        .filter(|(_, hash)| check_password_hash(hash).is_ok())
        .map(|(_, hash)| hash)
        .collect()
}

fn good_keys() -> Vec<&'static str> {
    rows(KEYS)
        .filter(|(_, line)| check_ssh_key(line).is_ok())
        .map(|(_, line)| line)
        .collect()
}

/// A good text with a few characters put in, taken out or exchanged.
fn mutated(texts: Vec<&'static str>) -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..3, "[ -~\\t\\n\\r\u{a0}é]");
    (
        prop::sample::select(texts),
        prop::collection::vec(change, 1..4),
    )
        .prop_map(|(text, changes)| {
            let mut letters: Vec<char> = text.chars().collect();
            for (at, how, letter) in changes {
                let at = at.index(letters.len());
                let end = if how == 0 { at } else { at + 1 };
                let with = if how == 2 { "" } else { &letter };
                letters.splice(at..end, with.chars());
            }
            letters.into_iter().collect()
        })
}

/// A carriage return alone, which other programs' files and TOML's `\r` have, once had the reader go round for ever.
#[test]
fn every_break_of_a_line_is_told() {
    let key = good_keys()[0];
    let (start, end) = key.split_at(30);
    for (text, said) in [
        (format!("{start}\r{end}"), "broken over 2 lines"),
        (format!("{start}\r\n{end}"), "broken over 2 lines"),
        (format!("{start}\r\r\n{end}\r"), "broken over 2 lines"),
        (format!("{key}\r{key}"), "has more than one line"),
        ("nonsense\rmore".to_owned(), "has more than one line"),
    ] {
        let reason = check_ssh_key(&text).unwrap_err().to_string();
        assert!(reason.contains(said), "{text:?}: {reason}");
    }
}

proptest! {
    #[test]
    fn a_key_that_is_taken_is_read_by_another_reader(text in mutated(good_keys())) {
        let Ok(key) = read_ssh_key(&text) else { return Ok(()) };
        prop_assert_eq!(read_ssh_key(&key.line), Ok(key.clone()));
        prop_assert!(!key.line.contains('\n'));
        let at = key.line.find(&key.kind).unwrap_or_default();
        let mut words = key.line[at..].split([' ', '\t']).filter(|word| !word.is_empty());
        let bare = [words.next(), words.next()].map(Option::unwrap_or_default).join(" ");
        prop_assert!(PublicKey::from_openssh(&bare).is_ok(), "{}", bare);
    }

    #[test]
    fn what_is_wrong_with_a_key_is_one_line(text in mutated(good_keys())) {
        if let Err(reason) = check_ssh_key(&text) {
            prop_assert!(!reason.to_string().contains(['\n', '\t']), "{}", reason);
        }
    }

    #[test]
    fn no_hash_is_shown(text in mutated(good_hashes())) {
        if let Err(reason) = check_password_hash(&text) {
            let sum = text.rsplit('$').next().unwrap_or_default();
            prop_assert!(sum.len() < 8 || !reason.to_string().contains(sum), "{}", reason);
        } else {
            prop_assert!(!text.contains([':', '\n', ' ']), "{}", text);
        }
    }
}
