//! An answer file with every key, for people to start from; made from the schema.

use crate::reference::takes;
use crate::schema::{Key, Kind, ROOT};

const HEAD: &str = "\
# An answer file for Firn with every key. Only \"version\", the host's name and one way to log in have to be given.
# What stands behind a \"#\" is not in force: it shows what Firn takes if the key is not given, or an example.
# Check your file with `cargo xtask answers check FILE`.
";

/// Columns of a comment.
const WIDTH: usize = 110;

/// The commented example; [`crate::parse`] takes it as it is.
pub fn example_toml() -> String {
    let mut page = HEAD.to_owned();
    let is_section = |key: &&Key| matches!(key.kind, Kind::Table(_));
    for key in ROOT.iter().filter(|k| !is_section(k)) {
        entry(&mut page, key);
    }
    for section in ROOT.iter().filter(is_section) {
        page.push('\n');
        comment(&mut page, &plain(section.about), "# ");
        page.push_str(&format!("[{}]\n", section.name));
        for key in section.kind.keys() {
            entry(&mut page, key);
        }
    }
    page
}

fn entry(page: &mut String, key: &Key) {
    page.push('\n');
    let takes = match &key.kind {
        Kind::Table(_) | Kind::Tables(_) | Kind::Number(1, 1) => String::new(),
        kind => format!(" Takes: {}.", plain(&takes(kind))),
    };
    comment(page, &format!("{}{takes}", plain(key.about)), "# ");
    let below = key.kind.keys();
    let width = below.iter().map(|k| k.name.len()).max().unwrap_or(0);
    for key in below {
        let start = format!("#   {:<width$}  ", key.name);
        comment(page, &plain(key.about), &start);
    }
    let value = if key.example.is_empty() {
        key.default
    } else {
        key.example
    };
    let sign = if key.stands { "" } else { "# " };
    page.push_str(&format!("{sign}{} = {value}\n", key.name));
}

/// Without Markdown's marks.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// Wraps a text; the lines after the first begin with as many columns.
fn comment(page: &mut String, text: &str, start: &str) {
    let next = format!("#{:1$}", "", start.chars().count() - 1);
    let mut line = start.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            page.push_str(&format!("{line}\n"));
            line.clone_from(&next);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    page.push_str(&format!("{line}\n"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn is_right_as_it_is_and_with_each_key_in_force() {
        let text = example_toml();
        assert_eq!(parse(&text, &[]).map(drop), Ok(()));
        let mut tried = 0;
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(bare) = line.strip_prefix("# ") else {
                continue;
            };
            let key = bare.split(" = ").next().unwrap_or_default();
            let is_key = key
                .chars()
                .all(|c| c.is_ascii_lowercase() || "46-".contains(c));
            if !bare.contains(" = ") || !is_key {
                continue;
            }
            let mut changed = lines.clone();
            changed[at] = bare;
            // The other keys of [report] mean nothing without it.
            let url = lines.iter().position(|line| line.starts_with("# url = "));
            if let Some(url) = url.filter(|url| *url < at) {
                changed[url] = lines[url].trim_start_matches("# ");
            }
            let changed = changed.join("\n");
            assert_eq!(parse(&changed, &[]).map(drop), Ok(()), "{bare}");
            tried += 1;
        }
        assert!(tried > 15, "{tried} keys were tried");
    }

    #[test]
    fn lines_are_not_too_long() {
        for line in example_toml().lines() {
            assert!(line.chars().count() <= 120, "{line}");
        }
    }
}
