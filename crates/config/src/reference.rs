//! The reference of the answer file for people, made from the schema.

use crate::schema::{Key, Kind, ROOT};
use std::fmt::Write;

const HEAD: &str = "\
# The answer file

<!-- Made from crates/config/src/schema.rs by `FIRN_DOCS=write cargo test -p firn-config`; do not edit. -->

An answer file is TOML. It answers what the wizard would ask; the wizard writes the same file. A key that is not listed
here is an error, and all mistakes are reported at once, each with line and column. This is enough:

```toml
version = 1

[host]
name = \"xen1.example.net\"
ssh-keys = [\"ssh-ed25519 AAAA… admin\"]
```

A file is UTF-8 text, with or without byte order mark, of at most 1 MiB. [answers.example.toml](answers.example.toml) has every
key with a comment; [answers.schema.json](answers.schema.json) tells editors the same. Before a machine reads a file:

| command | shows |
| --- | --- |
| `cargo xtask answers check FILE…` | everything that is wrong, each in its line; status 1 if anything is |
| `cargo xtask answers plan --machine MACHINE.json FILE` | what would happen on that machine, or why it would be refused (status 2); nothing is done |
| `cargo xtask answers example` | the commented example |
| `cargo xtask answers schema` | the schema |

`firn-installer probe --record MACHINE.json` writes a machine down, on the medium or on any Linux; `tests/machines/` has some.
On the medium, `firn-installer unattended --plan --answers FILE` shows the plan for the machine that it runs on.

Any key but a secret can also be given on the kernel command line (`firn.host.name=xen1`), and wins over the file. Lists
are separated by commas there; tables are given key by key (`firn.disk.target.serial=S1`), and lists of tables as TOML without
spaces: `firn.guests.disks=[{serial=\"S1\"},{serial=\"S2\"}]`, in GRUB with `\\\"` for each quote.

";

/// `docs/answers.md`, made from the schema.
pub fn reference_markdown() -> String {
    let mut page = HEAD.to_owned();
    let is_table = |key: &&Key| matches!(key.kind, Kind::Table(_));
    page.push_str("## At the top\n\n");
    rows(&mut page, "", ROOT.iter().filter(|k| !is_table(k)));
    for section in ROOT.iter().filter(is_table) {
        // Writing into a String cannot fail.
        let _ = write!(page, "\n## [{}]\n\n{}\n\n", section.name, section.about);
        rows(&mut page, "", section.kind.keys().iter());
    }
    page
}

fn rows<'k>(page: &mut String, prefix: &str, keys: impl Iterator<Item = &'k Key>) {
    if prefix.is_empty() {
        page.push_str("| key | takes | if not given | meaning |\n| --- | --- | --- | --- |\n");
    }
    for key in keys {
        let default = match key.default {
            "" => String::new(),
            default => format!("`{default}`"),
        };
        let name = format!("{prefix}{}", key.name);
        let takes = takes(&key.kind);
        let _ = writeln!(page, "| `{name}` | {takes} | {default} | {} |", key.about);
        if !matches!(key.kind, Kind::Tables(_)) {
            rows_below(page, &name, key);
        }
    }
}

fn rows_below(page: &mut String, name: &str, key: &Key) {
    rows(page, &format!("{name}."), key.kind.keys().iter());
}

pub(crate) fn takes(kind: &Kind) -> String {
    let quoted = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|w| format!("`\"{w}\"`")).collect();
        words.join(", ")
    };
    match kind {
        Kind::Text | Kind::Secret => "text".into(),
        Kind::Number(least, most) if least == most => format!("`{least}`"),
        Kind::Number(least, most) => format!("{least} to {most}"),
        Kind::Boolean => "`true`, `false`".into(),
        Kind::Word(words) => quoted(words),
        Kind::Texts => "list of texts".into(),
        Kind::Words(words) => format!("list of {}", quoted(words)),
        Kind::Size => "size".into(),
        Kind::Table(_) => "table".into(),
        Kind::Tables(_) => "list of tables".into(),
        Kind::Either(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(takes).collect();
            kinds.join(", or ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares a file in docs/ with what it should be; writes it if `FIRN_DOCS=write`.
    fn is_current(name: &str, expected: &str) {
        let path = format!("{}/../../docs/{name}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var("FIRN_DOCS").is_ok_and(|v| v == "write") {
            std::fs::write(&path, expected).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == expected,
            "docs/{name} is old; run FIRN_DOCS=write cargo test -p firn-config"
        );
    }

    #[test]
    fn docs_are_current() {
        is_current("answers.md", &reference_markdown());
        is_current("answers.example.toml", &crate::example_toml());
        let schema = serde_json::to_string_pretty(&crate::json_schema()).unwrap();
        is_current("answers.schema.json", &format!("{schema}\n"));
    }

    #[test]
    fn names_every_section() {
        let page = reference_markdown();
        for part in [
            "## [host]",
            "| `ipv4.address` | text |",
            "| `target.min-size` | size |",
        ] {
            assert!(page.contains(part), "{part}");
        }
    }
}
