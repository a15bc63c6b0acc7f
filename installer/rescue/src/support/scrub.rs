//! Takes secrets out of texts, also those that nobody expected there.

use firn_config::Answers;
use firn_execute::Secrets;

/// What stands where a secret was.
const GONE: &str = "[secret]";
/// What password hashes of crypt(3) begin with.
const HASHES: [&str; 7] = ["$y$", "$gy$", "$7$", "$6$", "$5$", "$2", "$1$"];
/// Keys whose value is a secret in answers, in JSON, in guests' definitions and on command lines.
const KEYS: [&str; 6] = [
    "root-password",
    "root_password",
    "password",
    "passwd",
    "passphrase",
    "token",
];

/// Blots out secrets.
#[derive(Clone, Debug, Default)]
pub struct Scrub {
    secrets: Secrets,
}

impl Scrub {
    /// Knows these secrets; hashes, passwords in URLs and values of password keys are found without being known.
    pub fn new(secrets: Secrets) -> Self {
        Self { secrets }
    }

    /// Knows the secrets of these answers.
    pub fn of(answers: Option<&Answers>) -> Self {
        Self::new(answers.map(Secrets::from).unwrap_or_default())
    }

    /// The text without secrets.
    pub fn text(&self, text: &str) -> String {
        let known = self.secrets.hide(text);
        let mut lines = String::with_capacity(known.len());
        for line in known.split_inclusive('\n') {
            lines.push_str(&without_urls(&without_hashes(&without_values(line))));
        }
        lines
    }
}

/// Whether a letter can be inside a word of a hash.
fn in_hash(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "$./=,".contains(letter)
}

fn without_hashes(line: &str) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find(|c| !in_hash(c)).unwrap_or(from.len());
        let word = &from[..end];
        let hash = HASHES.iter().any(|start| word.starts_with(start)) && word.len() > 12;
        out.push_str(if hash { GONE } else { word });
        rest = &from[end..];
    }
    out + rest
}

/// `scheme://user:password@host`
fn without_urls(line: &str) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some(at) = rest.find("://") {
        let (before, from) = rest.split_at(at + 3);
        out.push_str(before);
        let end = from
            .find(|c: char| c == '/' || c.is_whitespace() || "\"'<>".contains(c))
            .unwrap_or(from.len());
        rest = match from[..end].rfind('@') {
            Some(sign) => {
                out.push_str(GONE);
                &from[sign..]
            }
            None => from,
        };
    }
    out + rest
}

/// `root-password = "…"`, `"root_password": "…"`, `host.root-password=…`: everything behind the sign up to the end of the value.
fn without_values(line: &str) -> String {
    let lower = line.to_ascii_lowercase();
    let found = KEYS
        .iter()
        .filter_map(|key| lower.find(key).map(|at| (at, key.len())))
        .min();
    let Some((at, length)) = found else {
        return line.to_owned();
    };
    // The key may go on ("-hash") and be quoted.
    let tail = &line[at + length..];
    let key_end = tail
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .unwrap_or(tail.len());
    let behind = tail[key_end..].trim_start_matches(['"', '\'', ' ', '\t']);
    if !behind.starts_with(['=', ':']) {
        return line.to_owned();
    }
    let value = behind[1..].trim_start();
    let start = line.len() - value.len();
    let length = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(value, quote),
        _ => value
            .find(|c: char| c.is_whitespace())
            .unwrap_or(value.len()),
    };
    let after = without_values(&value[length..]);
    format!("{}{GONE}{after}", &line[..start])
}

/// The length of a quoted value with its quotes; one that is not closed goes to the end.
fn quoted(value: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in value.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    value.trim_end_matches(['\r', '\n']).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::Secret;

    #[test]
    fn canaries_never_get_through() {
        let scrub = Scrub::new(Secrets {
            password: Some(Secret("CANARY one".into())),
            password_hash: None,
            ..Secrets::default()
        });
        let table = [
            ("typed CANARY one here\n", "typed [secret] here\n"),
            (
                "root:$y$j9T$CANARY/x.$CANARY:19000:0\n",
                "root:[secret]:19000:0\n",
            ),
            ("$6$salt$CANARYCANARY", "[secret]"),
            (
                "root-password = \"CANARY \\\" two\" # CANA\n",
                "root-password = [secret] # CANA\n",
            ),
            (
                "root-password-hash='$y$CANARY'\n",
                "root-password-hash=[secret]\n",
            ),
            (
                "quiet firn.host.root-password=CANARY console=ttyS0",
                "quiet firn.host.root-password=[secret] console=ttyS0",
            ),
            (
                "{\"root_password\": \"CANARY\", \"root_password_hash\": \"CANARY\"}",
                "{\"root_password\": [secret], \"root_password_hash\": [secret]}",
            ),
            (
                "firn.answers=https://user:CANARY@host.example/a.toml ok",
                "firn.answers=https://[secret]@host.example/a.toml ok",
            ),
            ("password = \"CANARY", "password = [secret]"),
            ("vncpasswd = 'CANARY'\n", "vncpasswd = [secret]\n"),
            ("token = \"CANARY\"\n", "token = [secret]\n"),
            (
                "firn.disk.wipe=token:CANARY x",
                "firn.disk.wipe=token:[secret] x",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(scrub.text(text), expected);
        }
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "costs $5 and $HOME\n",
            "password-login = true\n",
            "the password is asked for\n",
            "https://example.net/a@b\n",
            "ssh-ed25519 AAAA admin@example\n",
        ] {
            let expected = text.replace("= true", "= [secret]");
            assert_eq!(Scrub::default().text(text), expected);
        }
    }
}
