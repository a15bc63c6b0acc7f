//! All answer files below tests/answers/: the good ones are taken, the bad ones are refused with exactly these sentences.

use firn_config::{Language, Problem, decode, parse};
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/answers")
        .join(folder);
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
}

/// All problems of an answer file, one in a line, as the installer says them.
fn problems(bytes: &[u8]) -> Vec<Problem> {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(problem) => return vec![problem],
    };
    parse(text, &[]).err().unwrap_or_default()
}

fn lines(bytes: &[u8]) -> String {
    let line = |problem: &Problem| format!("{problem}\n");
    problems(bytes).iter().map(line).collect()
}

#[test]
fn good_files_are_taken_and_come_back_as_they_were() {
    let files = files("good");
    assert!(files.len() >= 20, "{} files", files.len());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("# "),
            "{} does not say what it is for",
            path.display()
        );
        assert_eq!(lines(text.as_bytes()), "", "{}", path.display());
        let answers = parse(&text, &[]).unwrap();
        assert_eq!(
            parse(&answers.to_toml(), &[]),
            Ok(answers),
            "{}",
            path.display()
        );
    }
}

/// `FIRN_FIXTURES=write` writes the sentences anew; look at them before you keep them.
#[test]
fn bad_files_are_refused_with_these_sentences() {
    let files = files("bad");
    assert!(files.len() >= 30, "{} files", files.len());
    let mut changed = Vec::new();
    for path in files {
        let found = lines(&fs::read(&path).unwrap());
        assert!(!found.is_empty(), "{} is taken", path.display());
        assert!(
            !found.contains("geheim"),
            "{} shows a secret",
            path.display()
        );
        let expected = path.with_extension("txt");
        if std::env::var("FIRN_FIXTURES").is_ok_and(|v| v == "write") {
            fs::write(&expected, &found).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != found {
            changed.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn what_is_no_text_is_refused() {
    let utf16: Vec<u8> = "\u{feff}version = 1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let table: [(&str, Vec<u8>, &str); 5] = [
        ("10 MB", vec![b'#'; 10_000_000], "larger than 1 MiB"),
        ("NUL bytes", vec![0; 4096], "a NUL byte"),
        ("UTF-16", utf16, "UTF-16"),
        ("Latin-1", b"# B\xfcro\n".to_vec(), "not UTF-8"),
        ("noise", (0..=255).cycle().take(5000).collect(), "not UTF-8"),
    ];
    for (what, bytes, expected) in table {
        let found = lines(&bytes);
        assert!(
            found.contains(expected) && found.lines().count() == 1,
            "{what}: {found}"
        );
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    for path in files("good") {
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(
            parse(&windows, &[]),
            parse(&text, &[]),
            "{}",
            path.display()
        );
    }
}

/// Deep and wide: a sentence in a moment, and the stack holds.
#[test]
fn deep_and_wide_files_are_refused_quickly() {
    const SIZE: usize = 1 << 18;
    let fill = |start: &str, piece: &str| format!("{start}{}", piece.repeat(SIZE / piece.len()));
    let keys: String = (0..100_000).map(|n| format!("k{n}=1\n")).collect();
    let table = [
        fill("x = ", "["),
        fill("x = ", "[{a="),
        fill("", "a."),
        fill("", "[[a]]\n"),
        fill("", "="),
        fill("", "version = 1\n"),
        fill("host = { ssh-keys = [", "1,"),
        fill("host = { name = \"", "x"),
        fill("", "x"),
        fill("guests = { disks = [", "{serial=\"x\"},"),
        fill("network.bond = { members = [", "{mac=\"*\"},"),
        fill("time = { ntp = [", "\"a_\","),
        keys,
    ];
    for text in table {
        let before = processor_seconds();
        let found = problems(text.as_bytes());
        let head: String = text.chars().take(24).collect();
        assert!(!found.is_empty() && found.len() < 1100, "{head}");
        for problem in &found {
            let length = problem.text.in_language(Language::De).len();
            assert!(length < 2000, "{head}: a sentence of {length} bytes");
        }
        let seconds = processor_seconds() - before;
        assert!(seconds < 20, "{head} took {seconds} s of the processor");
    }
}

/// What this thread has had of the processor: other load does not count.
fn processor_seconds() -> u64 {
    let path = "/proc/thread-self/schedstat";
    let text = std::fs::read_to_string(path).unwrap();
    let nanoseconds: u64 = text.split(' ').next().unwrap().parse().unwrap();
    nanoseconds / 1_000_000_000
}
