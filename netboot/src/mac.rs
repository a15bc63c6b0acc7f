//! A machine's name on the wire.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A MAC address. It is written with hyphens, as in the names of files; colons are understood as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac(pub [u8; 6]);

impl FromStr for Mac {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no MAC address; write it as 52-54-00-12-34-56");
        let pieces: Vec<&str> = text.trim().split(['-', ':']).collect();
        // Digits alone: a number may begin with a plus sign, an address may not.
        let is_byte =
            |piece: &str| piece.len() == 2 && piece.bytes().all(|c| c.is_ascii_hexdigit());
        let byte = |piece: &&str| match is_byte(piece) {
            true => u8::from_str_radix(piece, 16).map_err(|_| wrong()),
            false => Err(wrong()),
        };
        let bytes = pieces.iter().map(byte).collect::<Result<Vec<u8>, _>>()?;
        bytes.try_into().map(Mac).map_err(|_| wrong())
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<String> = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        f.pad(&pairs.join("-"))
    }
}

impl Serialize for Mac {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Mac {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn read_in_both_ways_and_written_in_one() {
        let written = |text: &str| text.parse::<Mac>().map(|mac| mac.to_string());
        for text in [
            "52:54:00:aB:0c:01",
            "52-54-00-ab-0C-01",
            " 52:54:00:ab:0c:01\n",
        ] {
            assert_eq!(written(text), Ok("52-54-00-ab-0c-01".into()), "{text}");
        }
        for text in [
            "",
            "52:54:00:ab:0c",
            "52:54:00:ab:0c:01:02",
            "5:254:00:ab:0c:01",
            "52:54:00:ab:0c:xx",
            "+5:54:00:ab:0c:01",
        ] {
            assert!(written(text).is_err(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_taken_is_twelve_digits(text in prop_oneof!["([0-9a-fA-F+x]{2}[:-]){5}[0-9a-fA-F+-]{2}", "\\PC{0,20}", any::<String>()], bytes in any::<[u8; 6]>()) {
            prop_assert_eq!(Mac(bytes).to_string().parse(), Ok(Mac(bytes)));
            if let Ok(mac) = text.parse::<Mac>() {
                let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
                prop_assert_eq!(mac.to_string().replace('-', ""), digits.to_lowercase());
                prop_assert_eq!(text.trim().len(), 17);
            }
        }
    }
}
