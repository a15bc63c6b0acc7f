//! What was being done, and how a program ended, in the language of the screen. Errors carry it in English, as logs have it.

use firn_words::{Text, say};

type About = fn(Text) -> Text;
type Name = fn() -> Text;

/// Words that a step begins its errors with, and the sentence for each.
const DOING: &[(&str, About)] = &[
    ("changing ", |what| {
        say!("execute-doing-changing", what = what)
    }),
    ("copying ", |what| {
        say!("execute-doing-copying", what = what)
    }),
    ("formatting ", |what| {
        say!("execute-doing-formatting", what = what)
    }),
    ("making ", |what| say!("execute-doing-making", what = what)),
    ("marking ", |what| {
        say!("execute-doing-marking", what = what)
    }),
    ("opening ", |what| {
        say!("execute-doing-opening", what = what)
    }),
    ("reading ", |what| {
        say!("execute-doing-reading", what = what)
    }),
    ("wiping ", |what| say!("execute-doing-wiping", what = what)),
    ("writing ", |what| {
        say!("execute-doing-writing", what = what)
    }),
];

/// What they are about, where it is not a path.
const WHAT: &[(&str, Name)] = &[
    ("a partition table", || say!("execute-what-table")),
    ("the partition table", || say!("execute-what-table")),
    ("the protective MBR", || say!("execute-what-mbr")),
    ("the boot code", || say!("execute-what-boot-code")),
    ("GRUB's core image", || say!("execute-what-core")),
    ("the disk's size", || say!("execute-what-size")),
];

/// One link of an error's chain, where it says what was being done; else as it is.
pub fn doing(link: &str) -> Text {
    let known = DOING.iter().find_map(|(verb, sentence)| {
        let what = link.strip_prefix(verb)?;
        let named = WHAT.iter().find(|(name, _)| *name == what);
        Some(sentence(
            named.map_or_else(|| what.into(), |(_, text)| text()),
        ))
    });
    known.unwrap_or_else(|| link.into())
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
