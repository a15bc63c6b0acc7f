//! SSH keys that need not be typed: from a stick, from a URL.

use crate::answers_source;
use crate::machine::Machine;
use crate::stick::Stick;
use crate::web::{self, Request, Server, Trouble};
use base64ct::{Base64, Base64Unpadded, Encoding};
use firn_config::{Answers, check_ssh_key};
use firn_words::{Text, say};
use sha2::{Digest, Sha256};
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

/// A key that `authorized_keys` may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The whole line.
    pub line: String,
    /// `ssh-ed25519`, …
    pub kind: String,
    /// What its owner has called it, mostly `name@machine`.
    pub comment: String,
    /// As `ssh-keygen -l` shows it: `SHA256:…`.
    pub fingerprint: String,
}

/// What a file, a stick or a page has given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Good keys, each once.
    pub keys: Vec<Key>,
    /// One sentence for each line that is none.
    pub refused: Vec<Text>,
}

impl Keys {
    fn add(&mut self, text: &str) {
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match check_ssh_key(line) {
                Ok(()) => {
                    let key = describe(line);
                    if !self.keys.iter().any(|k| k.fingerprint == key.fingerprint) {
                        self.keys.push(key);
                    }
                }
                // Of a file that is no key file at all, one sentence is enough.
                Err(problem) if self.refused.len() < 5 => self.refused.push(problem),
                Err(_) => {}
            }
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

/// A line that was checked: options may stand before the type.
fn describe(line: &str) -> Key {
    let words: Vec<&str> = line.split_whitespace().collect();
    let data = |word: &&str| word.starts_with("AAAA");
    let at = words.iter().position(data).unwrap_or(words.len());
    let blob = words.get(at).and_then(|text| Base64::decode_vec(text).ok());
    let hash = Sha256::digest(blob.unwrap_or_default());
    Key {
        line: line.to_owned(),
        kind: words
            .get(at.wrapping_sub(1))
            .copied()
            .unwrap_or_default()
            .to_owned(),
        comment: words.get(at + 1..).unwrap_or_default().join(" "),
        fingerprint: format!("SHA256:{}", Base64Unpadded::encode_string(&hash)),
    }
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
    // Windows' editors put a mark before the first character.
    Ok(String::from_utf8_lossy(&bytes)
        .trim_start_matches('\u{feff}')
        .to_owned())
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
    Ok(String::from_utf8_lossy(&reply.body).into_owned())
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
        write("zeros.pub", &vec![0; 1 << 20]);
        let found = below(stick.path()).unwrap();
        assert_eq!((found.keys.len(), found.refused.len()), (1, 1));
        let empty = tempfile::tempdir().unwrap();
        let none = below(empty.path()).unwrap().or_none("none".into());
        assert!(none.is_err());
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
