//! SSH keys that need not be typed: from a stick, from a URL.

use crate::answers_source;
use crate::machine::Machine;
use crate::stick::Stick;
use crate::web::{self, Request, Server, Trouble};
use firn_config::{Answers, SshKey, check_key_file, read_ssh_key};
use firn_words::{Text, say};
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

/// No file of keys is nearly this large, in bytes.
const MOST_BYTES: u64 = 64 << 10;
/// Folders inside each other that are looked into, and files that are read, on one stick.
const DEPTH: usize = 3;
const MOST_FILES: usize = 100;
/// Entries of folders that are looked at on one stick.
const MOST_ENTRIES: usize = 10_000;
/// For a whole download.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a file, a stick or a page has given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Good keys, each once.
    pub keys: Vec<SshKey>,
    /// One sentence for each line that is none.
    pub refused: Vec<Text>,
}

impl Keys {
    fn add(&mut self, text: &str) {
        if let Err(problem) = check_key_file(text) {
            self.refused.push(problem);
            return;
        }
        for (at, line) in text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match read_ssh_key(line) {
                Ok(key) => self.keep(key),
                // Of a file that is no key file at all, one sentence is enough.
                Err(reason) if self.refused.len() < 5 => {
                    let problem = say!("desk-keys-line", line = at + 1, reason = reason);
                    self.refused.push(problem);
                }
                Err(_) => {}
            }
        }
    }

    fn keep(&mut self, key: SshKey) {
        if !self.keys.iter().any(|k| k.fingerprint == key.fingerprint) {
            self.keys.push(key);
        }
    }

    fn or_none(self, none: Text) -> Result<Self, Text> {
        if self.keys.is_empty() && self.refused.is_empty() {
            return Err(none);
        }
        Ok(self)
    }
}

/// The keys in the text of an `authorized_keys` or `.pub` file.
pub fn parse(text: &str) -> Keys {
    let mut keys = Keys::default();
    keys.add(text);
    keys
}

/// All keys in files `*.pub` and `authorized_keys` on a stick.
///
/// # Errors
/// What is wrong with the stick, or that it has no such file.
pub fn from_stick(stick: &Stick) -> Result<Keys, Text> {
    let keys = stick.read(below)?;
    keys.or_none(say!("desk-keys-none-on-stick", device = &stick.path))
}

fn below(root: &Path) -> io::Result<Keys> {
    fs::read_dir(root)?;
    let mut keys = Keys::default();
    let mut waiting = vec![(root.to_owned(), 0)];
    let (mut entries, mut files) = (0, 0);
    while let Some((folder, depth)) = waiting.pop() {
        let mut inside: Vec<_> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .collect();
        inside.sort_by_key(fs::DirEntry::file_name);
        for entry in inside {
            entries += 1;
            if entries > MOST_ENTRIES || files > MOST_FILES {
                return Ok(keys);
            }
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() && depth < DEPTH {
                waiting.push((entry.path(), depth + 1));
            } else if kind.is_file() && is_key_file(&entry.file_name().to_string_lossy()) {
                files += 1;
                keys.add(&text(&entry.path())?);
            }
        }
    }
    Ok(keys)
}

fn is_key_file(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".pub") || name == "authorized_keys" || name == "authorized_keys.txt"
}

fn text(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)?;
    Ok(decode(&bytes))
}

/// PowerShell's `>` writes UTF-16, and Windows' editors put a mark before the first character.
fn decode(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            let (pairs, _) = rest.as_chunks();
            String::from_utf16_lossy(
                &pairs
                    .iter()
                    .map(|p| u16::from_le_bytes(*p))
                    .collect::<Vec<_>>(),
            )
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    text.trim_start_matches('\u{feff}').to_owned()
}

/// The keys at a URL, such as `https://example.net/keys`. The network of the answers is up for that time only.
///
/// # Errors
/// What is wrong with the URL or the network, or that there is no key.
pub fn from_url(url: &str, machine: &Machine, answers: &Answers) -> Result<Keys, Text> {
    firn_config::check_url(url).map_err(|reason| say!("desk-keys-url", reason = reason))?;
    let server = answers_source::server(Path::new(crate::IMAGE)).map_err(|problem| problem.text)?;
    let network = super::network_test::bring_up(machine, answers)?;
    let result = fetch(url, &server);
    drop(network);
    let text = result?;
    parse(&text).or_none(say!("desk-keys-none-at-url", url = url))
}

fn fetch(url: &str, server: &Server) -> Result<String, Text> {
    let failed = |reason: Text| say!("desk-keys-fetch", url = url, reason = reason);
    let request = Request {
        most: MOST_BYTES,
        patience: PATIENCE,
        ..Request::get(url, server)
    };
    let reply = web::send(&request).map_err(|trouble| match trouble {
        Trouble::Large => failed(say!("desk-keys-large")),
        trouble => failed(trouble.text(url)),
    })?;
    if reply.status != 200 {
        return Err(failed(reply.text(url)));
    }
    Ok(decode(&reply.body))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm the admin";

    #[test]
    fn keys_have_comment_and_fingerprint_and_come_once() {
        let text = format!("# mine\r\n{LINE}\r\n\r\nno-pty {LINE}\nnonsense\n");
        let found = parse(&text);
        assert_eq!(found.keys.len(), 1);
        assert_eq!(found.refused.len(), 1);
        let key = &found.keys[0];
        assert_eq!(
            (key.kind.as_str(), key.comment.as_str()),
            ("ssh-ed25519", "the admin")
        );
        // As `ssh-keygen -lf` shows it.
        assert_eq!(key.fingerprint, FINGERPRINT);
        assert_eq!(parse(&format!("no-pty {LINE}")).keys[0].kind, "ssh-ed25519");
    }

    const FINGERPRINT: &str = "SHA256:1AXucK4GPGjcKlFIeKyK4sfvtCkC9DTWQJ0yloE+lG0";

    #[test]
    fn a_stick_is_searched_for_key_files() {
        let stick = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &[u8]| {
            let path = stick.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(".ssh/ID_ED25519.PUB", format!("\u{feff}{LINE}").as_bytes());
        write("id_ed25519", b"-----BEGIN OPENSSH PRIVATE KEY-----");
        write("a/b/c/d/e/deep.pub", LINE.as_bytes());
        assert_eq!(below(stick.path()).unwrap().keys.len(), 1);
        write("powershell.pub", &utf16(LINE));
        assert_eq!(below(stick.path()).unwrap().keys.len(), 1);
        write("zeros.pub", &vec![0; 1 << 20]);
        let found = below(stick.path()).unwrap();
        assert_eq!((found.keys.len(), found.refused.len()), (1, 1));
        let empty = tempfile::tempdir().unwrap();
        let none = below(empty.path()).unwrap().or_none("none".into());
        assert!(none.is_err());
    }

    fn utf16(text: &str) -> Vec<u8> {
        let marked = format!("\u{feff}{text}\r\n");
        marked.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn keys_in_utf16_are_read() {
        assert_eq!(parse(&decode(&utf16(LINE))).keys.len(), 1);
    }

    #[test]
    fn good_keys_are_taken_and_the_bad_line_is_named() {
        let found = parse(&format!("{LINE}\n\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5\n"));
        assert_eq!(found.keys.len(), 1);
        insta::assert_snapshot!(found.refused[0].to_string(), @r#"Line 3 was not taken: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5" is not whole; copy the key again, on one line."#);
    }

    #[test]
    fn nothing_of_a_private_key_is_shown() {
        let text = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n";
        let found = parse(text);
        assert!(found.keys.is_empty());
        let said: Vec<String> = found.refused.iter().map(Text::to_string).collect();
        assert_eq!(
            said,
            ["this is a private key; give the public one, the file that ends in .pub"]
        );
    }

    #[test]
    fn what_is_at_a_url_is_text_or_a_sentence() {
        let site = web::tests::site(|asked| match asked.line.as_str() {
            "GET /keys" => (200, LINE.into()),
            "GET /large" => (200, vec![b'#'; 64 * 1024 + 1]),
            _ => (404, b"no such page".to_vec()),
        });
        let at = |path: &str| fetch(&format!("{site}{path}"), &Server::default());
        assert_eq!(at("/keys"), Ok(LINE.to_owned()));
        for (path, words) in [
            (
                "/large",
                "could not be fetched: what is there is larger than 64 KiB",
            ),
            ("/gone", "answered with the status 404: no such page"),
        ] {
            let text = at(path).unwrap_err().to_string();
            assert!(text.contains(words), "{text}");
        }
    }

    #[test]
    fn only_web_addresses_without_a_password_are_fetched() {
        let said = |url: &str| {
            let found = from_url(url, &Machine::default(), &Answers::default());
            found.unwrap_err().to_string()
        };
        insta::assert_snapshot!(said("file:///etc/shadow"), @r#"This web address cannot be used: "file:///etc/shadow" is no URL; write it as "https://server.example.net/path"."#);
        insta::assert_snapshot!(said("https://me:secret@example.net/"), @"This web address cannot be used: a URL must not hold a user's name or password, because it is shown.");
    }
}
