//! `keys.json`: whose signatures are taken, for images and for the next `keys.json`.

use serde::{Deserialize, Serialize};
use serde_json::Result;
use std::collections::BTreeMap;

/// What [`Keys::name`] is.
const NAME: &str = "firn-keys";
/// The format that this program writes, and the newest that it understands.
const FORMAT: u32 = 1;
/// A public key of minisign in base64: two letters for the kind, eight bytes of id, the key itself.
const KEY_LENGTH: usize = 56;
/// Where the key itself begins, but for its first four bits.
const KEY_START: usize = 14;
/// How each signature in a `.minisig` file begins.
const SIGNATURE_START: &str = "untrusted comment:";

/// Whose signatures are taken. It is itself signed, by its own root keys and by those of the one that it follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// What this is, `firn-keys`.
    pub name: String,
    /// Its format.
    pub format: u32,
    /// Which one it is: 1, and one more for each that follows.
    pub version: u32,
    /// Who signs the next `keys.json`. These keys are kept offline.
    pub root: Role,
    /// Who signs the images of each channel: stable, candidate.
    pub channels: BTreeMap<String, Role>,
}

/// Some keys, and how many of them must sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// How many of the keys must sign.
    pub threshold: u32,
    /// minisign's public keys by the names of those who have the secret ones.
    pub keys: BTreeMap<String, String>,
}

/// What makes a `keys.json` unfit. A role is `root` or the name of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is another kind of document, of this name.
    Name(String),
    /// It is of a format that this program does not know.
    Format(u32),
    /// Its version is 0.
    Version,
    /// A role whose threshold is 0, or more than it has keys.
    Threshold {
        /// The role.
        role: String,
        /// How many must sign.
        threshold: u32,
        /// How many there are.
        keys: usize,
    },
    /// What is no public key of minisign.
    Key {
        /// The role.
        role: String,
        /// Its name.
        name: String,
    },
    /// A key that one role has under two names: one person would count twice.
    Twice {
        /// The role.
        role: String,
        /// Its names.
        names: [String; 2],
    },
    /// A root key that signs images too, and so cannot be kept offline.
    Root {
        /// The channel.
        channel: String,
        /// Its name there.
        name: String,
    },
}

impl Keys {
    /// A document of today's format without flaws of its frame.
    pub fn new(version: u32, root: Role, channels: BTreeMap<String, Role>) -> Keys {
        let name = NAME.to_owned();
        Keys {
            name,
            format: FORMAT,
            version,
            root,
            channels,
        }
    }

    /// Reads the file's text; whether it makes sense say its [`Keys::flaws`].
    ///
    /// # Errors
    /// When it is no such JSON.
    pub fn parse(text: &str) -> Result<Keys> {
        serde_json::from_str(text)
    }

    /// The file's text.
    ///
    /// # Errors
    /// None that is known: it is text and numbers alone.
    pub fn text(&self) -> Result<String> {
        super::text(self)
    }

    /// All that makes it unfit.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if self.name != NAME {
            flaws.push(Flaw::Name(self.name.clone()));
        }
        if self.format != FORMAT {
            flaws.push(Flaw::Format(self.format));
        }
        if self.version == 0 {
            flaws.push(Flaw::Version);
        }
        flaws.extend(self.root.flaws("root"));
        for (channel, role) in &self.channels {
            flaws.extend(role.flaws(channel));
            flaws.extend(self.roots_in(channel, role));
        }
        flaws
    }

    fn roots_in(&self, channel: &str, role: &Role) -> Vec<Flaw> {
        let is_root = |key: &str| self.root.keys.values().any(|root| same(root, key));
        let roots = role.keys.iter().filter(|(_, key)| is_root(key));
        let flaw = |name: &String| Flaw::Root {
            channel: channel.to_owned(),
            name: name.clone(),
        };
        roots.map(|(name, _)| flaw(name)).collect()
    }
}

impl Role {
    /// The names of those of whose keys `signed` says that they have signed.
    pub fn signers(&self, signed: impl Fn(&str) -> bool) -> Vec<&str> {
        let signed = self.keys.iter().filter(|(_, key)| signed(key));
        signed.map(|(name, _)| name.as_str()).collect()
    }

    /// Whether so many of its keys are enough.
    pub fn suffices(&self, signers: usize) -> bool {
        self.threshold > 0 && u64::from(self.threshold) <= signers as u64
    }

    fn flaws(&self, role: &str) -> Vec<Flaw> {
        let role = role.to_owned();
        let mut flaws = Vec::new();
        if !self.suffices(self.keys.len()) {
            let (threshold, keys) = (self.threshold, self.keys.len());
            flaws.push(Flaw::Threshold {
                role: role.clone(),
                threshold,
                keys,
            });
        }
        let all: Vec<(&String, &String)> = self.keys.iter().collect();
        for (at, (name, key)) in all.iter().enumerate() {
            if !is_key(key) {
                flaws.push(Flaw::Key {
                    role: role.clone(),
                    name: (*name).clone(),
                });
            } else if let Some((other, _)) = all[..at].iter().find(|(_, other)| same(other, key)) {
                let names = [(*other).clone(), (*name).clone()];
                flaws.push(Flaw::Twice {
                    role: role.clone(),
                    names,
                });
            }
        }
        flaws
    }
}

fn is_key(key: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
    key.len() == KEY_LENGTH && key.starts_with("RW") && key.bytes().all(letter)
}

/// Whether two keys are one, whatever their ids are.
fn same(a: &str, b: &str) -> bool {
    a.get(KEY_START..)
        .is_some_and(|a| Some(a) == b.get(KEY_START..))
}

/// The single signatures of a `.minisig` file, which may hold several after each other. Nothing of the text is left out, so that
/// what is none of them is seen to be damaged.
pub fn signatures(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if all.is_empty() || line.starts_with(SIGNATURE_START) {
            all.push(String::new());
        }
        if let Some(last) = all.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    all
}

#[cfg(test)]
mod tests;
