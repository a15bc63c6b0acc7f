//! A folder with `keys.json` and its signatures.

use crate::hash;
use anyhow::{Context, Result, anyhow};
use firn_image::{Keys, Role, file};
use firn_signed::Signed;
use firn_words::Text;
use std::fmt::Write;
use std::path::Path;

/// A list of keys that is signed by all who must sign it.
#[derive(Debug)]
pub struct SignedKeys {
    pub keys: Keys,
    /// The file's text, as it was signed.
    pub text: String,
    /// Its signatures.
    pub signatures: String,
}

impl SignedKeys {
    /// Reads the folder's list.
    ///
    /// # Errors
    /// When a file is missing; when the list has flaws, or too few have signed it.
    pub fn read(folder: &Path) -> Result<Self> {
        load(folder, firn_signed::own)
    }

    /// Reads the list that is to follow on this one, as a host does that has this one.
    ///
    /// # Errors
    /// As [`SignedKeys::read`], and when hosts would refuse it.
    pub fn followed_by(&self, folder: &Path) -> Result<Self> {
        load(folder, |signed| firn_signed::renewed(&self.keys, signed))
    }

    /// A hash of both files.
    pub fn hash(&self) -> String {
        hash::text(&format!("{}\n{}", hash::text(&self.text), self.signatures))
    }

    /// What it holds, for people.
    pub fn describe(&self) -> String {
        let mut text = format!("keys.json {}\n", self.keys.version);
        let roles = self
            .keys
            .channels
            .iter()
            .map(|(name, role)| (name.as_str(), role));
        for (name, role) in [("root", &self.keys.root)].into_iter().chain(roles) {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "{}", line(name, role));
        }
        text
    }
}

fn line(name: &str, role: &Role) -> String {
    let names: Vec<&str> = role.keys.keys().map(String::as_str).collect();
    format!(
        "  {name:<10} {} of {}: {}",
        role.threshold,
        names.len(),
        names.join(", ")
    )
}

fn load(
    folder: &Path,
    check: impl Fn(&Signed<'_>) -> Result<Keys, Vec<Text>>,
) -> Result<SignedKeys> {
    let path = folder.join(file::KEYS);
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let (text, signatures) = (read(file::KEYS)?, read(file::KEYS_SIGNATURES)?);
    let signed = Signed {
        name: file::KEYS,
        bytes: text.as_bytes(),
        signatures: &signatures,
    };
    let keys = check(&signed).map_err(|texts| sentences(&path, &texts))?;
    Ok(SignedKeys {
        keys,
        text,
        signatures,
    })
}

/// All that is wrong with a file, as one error.
pub fn sentences(path: &Path, texts: &[Text]) -> anyhow::Error {
    let lines: Vec<String> = texts.iter().map(Text::to_string).collect();
    anyhow!("checking {}:\n  {}", path.display(), lines.join("\n  "))
}
