//! Ids of guests and tasks, and what else is made by chance.

use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use uuid::Uuid;

/// An id: a letter and seven of `[a-z0-9]`. It never changes, and is fit for paths, LVM names and lines of Xen's configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Id(String);

const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH: usize = 8;

impl Id {
    /// A new one, by chance.
    pub fn random() -> Self {
        let mut rest = chance();
        let letters = (0..LENGTH).map(|at| {
            let of = if at == 0 { 26 } else { 36 };
            let letter = LETTERS[(rest % of) as usize];
            rest /= of;
            char::from(letter)
        });
        Self(letters.collect())
    }

    /// The id that a text is.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let fits = bytes.len() == LENGTH
            && bytes[0].is_ascii_lowercase()
            && bytes.iter().all(|byte| LETTERS.contains(byte));
        fits.then(|| Self(text.to_owned()))
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The last 62 bits of a random UUID, of which no bit is fixed.
fn chance() -> u64 {
    let (_, low) = Uuid::new_v4().as_u64_pair();
    low & (u64::MAX >> 2)
}

/// A MAC address by chance, of those that Xen's guests have.
pub fn random_mac() -> String {
    let [.., a, b, c] = chance().to_be_bytes();
    format!("00:16:3e:{:02x}:{b:02x}:{c:02x}", a & 0x7f)
}

/// A UUID by chance.
pub(crate) fn random_uuid() -> String {
    Uuid::new_v4().to_string()
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format!("{text:?} is no id"));
        Self::parse(&text).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_by_chance_are_ids_and_differ() {
        let ids: BTreeSet<Id> = (0..1000).map(|_| Id::random()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(
            ids.iter()
                .all(|id| Id::parse(id.as_str()).as_ref() == Some(id))
        );
    }

    #[test]
    fn nothing_else_is_an_id() {
        for text in [
            "",
            "abc",
            "1bcdefgh",
            "abcdefg-",
            "Abcdefgh",
            "abcdefghi",
            "äbcdefg",
            "../../ab",
        ] {
            assert_eq!(Id::parse(text), None, "{text}");
        }
        assert!(serde_json::from_str::<Id>("\"../../ab\"").is_err());
    }

    #[test]
    fn mac_addresses_are_xens() {
        let mac = random_mac();
        assert!(mac.starts_with("00:16:3e:") && mac.len() == 17, "{mac}");
    }
}
