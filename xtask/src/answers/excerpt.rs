//! A problem of an answer file with the line that it is in.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use firn_config::Problem;

/// The problem, and below it its line with marks under the value. A line with a password is not shown, only its place.
pub fn show(problem: &Problem, path: &str, text: &str, colours: bool) -> String {
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let sentence = problem.text.to_string();
    let title = Level::ERROR.primary_title(&sentence).id(&problem.name);
    let Some((line, column)) = problem.at else {
        let origin = annotate_snippets::Origin::path(path);
        return renderer.render(&[title.element(origin)]);
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shown = text.lines().nth(line - 1).unwrap_or_default();
    if may_be_secret(shown) {
        let origin = annotate_snippets::Origin::path(path)
            .line(line)
            .char_column(column);
        return renderer.render(&[title.element(origin)]);
    }
    let start = shown
        .char_indices()
        .nth(column - 1)
        .map_or(shown.len(), |(at, _)| at);
    let span = start..start + length(&shown[start..]);
    let snippet = Snippet::source(shown)
        .path(path)
        .line_start(line)
        .annotation(AnnotationKind::Primary.span(span));
    renderer.render(&[title.element(snippet)])
}

/// Keys are mistyped, too, and hashes lose their key.
fn may_be_secret(line: &str) -> bool {
    let line = line.to_lowercase();
    ["pas", "hash", "secret", "$y$", "$6$"]
        .iter()
        .any(|sign| line.contains(sign))
}

/// Bytes of the key or value that a text begins with, as far as this line has it.
fn length(text: &str) -> usize {
    let end = match text.chars().next() {
        None => Some(0),
        Some(quote @ ('"' | '\'')) => closing(text, quote, quote),
        Some('[') => closing(text, '[', ']'),
        Some('{') => closing(text, '{', '}'),
        Some(_) => text.find([' ', '\t', ',', '=', ']', '}', '#']),
    };
    end.unwrap_or(text.trim_end().len())
}

/// The byte after what closes the text's first character.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        if c == close && (depth > 0 && open != close || open == close && at > 0) {
            depth -= i32::from(open != close);
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
        } else if c == open && open != close {
            depth += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_under_the_value() {
        let table = [
            ("\"de\" # x", 4),
            ("'a b', 2", 5),
            ("[1, [2], 3] # x", 11),
            ("{ a = { b = 1 } } x", 17),
            ("vlan = 4", 4),
            ("99 ", 2),
            ("\"open", 5),
            ("[1, 2", 5),
            ("", 0),
        ];
        for (text, expected) in table {
            assert_eq!(length(text), expected, "{text}");
        }
    }

    fn first(text: &str) -> String {
        let problems = super::super::check::problems(text.as_bytes(), "");
        show(&problems[0], "a.toml", text, false)
    }

    #[test]
    fn problems_are_shown_in_their_line() {
        let login = "version = 1\n[host]\nname = \"xen1\"\n";
        insta::assert_snapshot!(first("timezone = \"Europe/Berln\" # home\nversion = 1\n[host]\nname = \"a\"\nssh-keys = []\n"), @r#"
        error[timezone]: "Europe/Berln" is no time zone; did you mean "Europe/Berlin"?
         --> a.toml:1:12
          |
        1 | timezone = "Europe/Berln" # home
          |            ^^^^^^^^^^^^^^
        "#);
        insta::assert_snapshot!(first(login), @r#"
        error[host.ssh-keys]: nobody could log in; give "ssh-keys", "root-password-hash" or "root-password" under [host]
        --> a.toml
        "#);
        insta::assert_snapshot!(first(&format!("{login}shh-keys = [\"x\"]\nroot-pasword = \"geheim\"\n")), @r#"
        error[host.shh-keys]: unknown key "shh-keys" in host; did you mean "ssh-keys"?
         --> a.toml:4:1
          |
        4 | shh-keys = ["x"]
          | ^^^^^^^^
        "#);
        let secret = format!("{login}root-pasword = \"geheim\"\n");
        assert!(!first(&secret).contains("geheim"));
        let secret = format!("{login}root-password = geheim\n");
        assert!(!first(&secret).contains("geheim"));
        insta::assert_snapshot!(first(&secret), @r"
        error[syntax]: text must stand in quotes
        --> a.toml:4:17
        ");
    }
}
