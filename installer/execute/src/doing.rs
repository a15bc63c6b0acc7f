//! What was being done, and how a program ended, in the language of the screen. Errors carry it in English, as logs have it.

use firn_words::{Text, say};

/// Words that a step begins its errors with.
const VERBS: &[&str] = &[
    "changing",
    "copying",
    "formatting",
    "making",
    "marking",
    "opening",
    "reading",
    "wiping",
    "writing",
];

/// What they are about, where it is not a path, and what the sentence calls it.
const THINGS: &[(&str, &str)] = &[
    ("a partition table", "table"),
    ("the partition table", "table"),
    ("the protective MBR", "mbr"),
    ("the boot code", "boot-code"),
    ("GRUB's core image", "core"),
    ("the disk's size", "size"),
];

/// One link of an error's chain, where it says what was being done; else as it is.
pub fn doing(link: &str) -> Text {
    match link.split_once(' ') {
        Some((verb, what)) if VERBS.contains(&verb) => {
            let known = THINGS.iter().find(|(thing, _)| *thing == what);
            let what = known.map_or_else(
                || what.into(),
                |(_, what)| say!("execute-thing", what = *what),
            );
            say!("execute-doing", verb = verb, what = what)
        }
        _ => link.into(),
    }
}

/// `exit status: 3` or `signal: 9 (SIGKILL)`, as the standard library writes it.
pub fn ended(status: &str) -> Text {
    match status.split_once(": ") {
        Some(("exit status", code)) => say!("execute-exit-status", code = code),
        Some(("signal", signal)) => say!("execute-signal", signal = signal),
        _ => status.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_words::Language;

    #[test]
    fn english_is_as_in_the_log_and_german_is_german() {
        let table = [
            (
                doing("writing the boot code"),
                "writing the boot code",
                "beim Schreiben: der Startcode",
            ),
            (
                doing("wiping /dev/sda"),
                "wiping /dev/sda",
                "beim Löschen: /dev/sda",
            ),
            (
                doing("making a partition table"),
                "making the partition table",
                "beim Anlegen: die Partitionstabelle",
            ),
            (
                doing("Input/output error"),
                "Input/output error",
                "Input/output error",
            ),
            (ended("exit status: 3"), "exit status: 3", "Exit-Status 3"),
            (
                ended("signal: 9 (SIGKILL)"),
                "signal: 9 (SIGKILL)",
                "Signal 9 (SIGKILL)",
            ),
        ];
        for (text, english, german) in table {
            assert_eq!(text.to_string(), english);
            assert_eq!(text.in_language(Language::De), german);
        }
    }
}
