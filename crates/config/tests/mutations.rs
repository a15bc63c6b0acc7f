//! Good answer files with damage in them: nothing makes the parser fall, what it takes can be written and read again, and
//! what it refuses has a sentence. `PROPTEST_CASES=1000000 cargo test --release -p firn-config --test mutations` runs long.

use firn_config::{Language, decode, finish_action, overrides, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use std::path::Path;
use std::sync::LazyLock;
use std::{fs, ops::Range};

/// All files of tests/answers, the bad ones too: they are near to other mistakes.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/answers");
    let mut files = Vec::new();
    for kind in ["good", "bad"] {
        let entries = fs::read_dir(folder.join(kind)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let toml = paths.filter(|path| path.extension().is_some_and(|e| e == "toml"));
        files.extend(toml.map(|path| fs::read(path).unwrap()));
    }
    files.sort();
    files
});

const PIECES: &[&str] = &[
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\r\n",
    "\\",
    "\\u0000",
    "\\uD800",
    "\0",
    "\u{feff}",
    "é",
    "\u{1f4be}",
    "-",
    "0x",
    "1e999",
    "nan",
    "99999999999999999999",
    "-1",
    "true",
    "[host]\n",
    "[[guests.disks]]\n",
    "[network.ipv4]\n",
    "host.name = ",
    "version = 1\n",
    "ssh-keys = [1, {}]\n",
    "disks = [{ serial = \"x\" }]\n",
    "wipe = \"any\"\n",
    "ipv6 = { address = \"::1/0\" }\n",
    "bond = { members = [] }\n",
    "min-size = \"18446744073709551615T\"\n",
    "finish.action = \"poweroff\"\n",
];

/// One damage to a file.
#[derive(Clone, Debug)]
enum Damage {
    Delete(Index, u8),
    Repeat(Index, u8),
    Flip(Index, u8),
    Insert(Index, Index),
    Bytes(Index, Vec<u8>),
    /// Lines of another file.
    Splice(Index, Index, Index, u8),
    Cut(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), any::<u8>()).prop_map(|(a, n)| Damage::Delete(a, n)),
        2 => (at(), any::<u8>()).prop_map(|(a, n)| Damage::Repeat(a, n)),
        2 => (at(), any::<u8>()).prop_map(|(a, n)| Damage::Flip(a, n)),
        5 => (at(), at()).prop_map(|(a, piece)| Damage::Insert(a, piece)),
        1 => (at(), vec(any::<u8>(), 1..8)).prop_map(|(a, bytes)| Damage::Bytes(a, bytes)),
        3 => (at(), at(), at(), any::<u8>()).prop_map(|(a, f, l, n)| Damage::Splice(a, f, l, n)),
        1 => at().prop_map(Damage::Cut),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let place = |index: &Index, bytes: &[u8]| index.index(bytes.len() + 1);
    let range = |index: &Index, n: u8, bytes: &[u8]| -> Range<usize> {
        let start = place(index, bytes);
        start..(start + usize::from(n % 40)).min(bytes.len())
    };
    let put = |bytes: &mut Vec<u8>, at: usize, new: &[u8]| {
        bytes.splice(at..at, new.iter().copied());
    };
    match damage {
        Damage::Delete(at, n) => drop(bytes.drain(range(at, *n, bytes))),
        Damage::Repeat(at, n) => {
            let range = range(at, *n, bytes);
            let piece = bytes[range.clone()].to_vec();
            put(bytes, range.end, &piece.repeat(1 + usize::from(n % 3)));
        }
        Damage::Flip(at, n) => {
            let at = place(at, bytes);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << (n % 8);
            }
        }
        Damage::Insert(at, piece) => {
            let at = place(at, bytes);
            put(bytes, at, piece.get(PIECES).as_bytes());
        }
        Damage::Bytes(at, new) => {
            let at = place(at, bytes);
            put(bytes, at, new);
        }
        Damage::Splice(at, file, line, n) => {
            let lines: Vec<&[u8]> = file.get(&FILES).split_inclusive(|b| *b == b'\n').collect();
            let from = line.index(lines.len() + 1);
            let to = (from + usize::from(n % 6)).min(lines.len());
            let new = lines[from..to].concat();
            let start = place(at, bytes);
            let next = bytes[start..].iter().position(|b| *b == b'\n');
            put(bytes, next.map_or(start, |n| start + n + 1), &new);
        }
        Damage::Cut(at) => bytes.truncate(place(at, bytes)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn damaged_files_get_a_sentence(file in any::<Index>(), damages in vec(damage(), 1..10), line in "(firn\\.)?[a-z.-]{0,16}=?[\\[\\]{}\"a-z0-9=, ]{0,24}") {
        let mut bytes = file.get(&FILES).clone();
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        let text = match decode(&bytes) {
            Ok(text) => text.to_owned(),
            Err(problem) => {
                prop_assert!(!problem.text.is_empty());
                String::from_utf8_lossy(&bytes).into_owned()
            }
        };
        let answers = overrides(&line).unwrap_or_default();
        finish_action(&text, &answers);
        let lines = text.matches('\n').count() + 1;
        match parse(&text, &answers) {
            Ok(answers) => {
                let written = answers.to_toml();
                prop_assert_eq!(parse(&written, &[]), Ok(answers), "{}", written);
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let said = problem.text.to_string();
                    prop_assert!(!said.is_empty() && said.len() < 2000 && !said.contains('\n'), "{said}");
                    prop_assert!(!problem.text.in_language(Language::De).contains("<value-"));
                    prop_assert!(problem.at.is_none_or(|(line, column)| line <= lines && column >= 1));
                }
            }
        }
    }
}
