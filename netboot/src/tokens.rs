//! One-time permissions to overwrite a disk, whatever is on it. Pure; only their hashes are kept.
//!
//! `disk.wipe = "token:new"` in the answers asks for one. A machine gets tokens until it has given one back: from then on its answers say
//! `wipe = "empty"`, so that a machine which starts from the network again and again is never wiped again. Somebody who wants it to be
//! says so ([`Tokens::again`]).

use crate::mac::Mac;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// All tokens, by the SHA-256 of their values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tokens(BTreeMap<String, Token>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Token {
    mac: Mac,
    given: Timestamp,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Open,
    /// A newer one of the same machine stands for it.
    Replaced,
    Taken,
}

/// What a token that came back is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It was good, and is no more.
    Taken,
    /// It was used before, or a newer one was given out since.
    Gone,
    /// This server never gave it out.
    Unknown,
}

impl Tokens {
    /// Notes a new token for a machine, unless it has used one; earlier ones lose their worth.
    pub fn give(&mut self, value: &str, mac: Mac, now: Timestamp) -> bool {
        let used = |token: &Token| token.mac == mac && token.state == State::Taken;
        if self.0.values().any(used) {
            return false;
        }
        for token in self.0.values_mut().filter(|token| token.mac == mac) {
            token.state = State::Replaced;
        }
        let token = Token {
            mac,
            given: now,
            state: State::Open,
        };
        self.0.insert(hash(value), token);
        true
    }

    /// Takes a token back, once; and whose it was.
    pub fn take(&mut self, value: &str) -> (Verdict, Option<Mac>) {
        let Some(token) = self.0.get_mut(&hash(value)) else {
            return (Verdict::Unknown, None);
        };
        let verdict = match token.state {
            State::Open => Verdict::Taken,
            State::Replaced | State::Taken => Verdict::Gone,
        };
        if verdict == Verdict::Taken {
            token.state = State::Taken;
        }
        (verdict, Some(token.mac))
    }

    /// Lets a machine have tokens again.
    pub fn again(&mut self, mac: Mac) {
        self.0.retain(|_, token| token.mac != mac);
    }
}

fn hash(value: &str) -> String {
    hex::encode(Sha256::digest(value.as_bytes()))
}

/// A token as logs may show it: its first four characters.
pub fn shortened(value: &str) -> String {
    let start: String = value.chars().take(4).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Mac = Mac([0x52, 0x54, 0, 0, 0, 1]);
    const B: Mac = Mac([0x52, 0x54, 0, 0, 0, 2]);
    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn a_token_is_taken_once() {
        let mut tokens = Tokens::default();
        assert!(tokens.give("one", A, NOW));
        assert_eq!(tokens.take("other"), (Verdict::Unknown, None));
        assert_eq!(tokens.take("one"), (Verdict::Taken, Some(A)));
        assert_eq!(tokens.take("one"), (Verdict::Gone, Some(A)));
    }

    #[test]
    fn only_the_newest_of_a_machine_is_good() {
        let mut tokens = Tokens::default();
        tokens.give("old", A, NOW);
        tokens.give("new", A, NOW);
        tokens.give("other", B, NOW);
        assert_eq!(tokens.take("old"), (Verdict::Gone, Some(A)));
        assert_eq!(tokens.take("new"), (Verdict::Taken, Some(A)));
        assert_eq!(tokens.take("other"), (Verdict::Taken, Some(B)));
    }

    #[test]
    fn a_machine_that_used_one_gets_none_until_somebody_wants_it() {
        let mut tokens = Tokens::default();
        tokens.give("one", A, NOW);
        tokens.take("one");
        assert!(!tokens.give("two", A, NOW));
        assert_eq!(tokens.take("two"), (Verdict::Unknown, None));
        assert!(tokens.give("three", B, NOW));
        tokens.again(A);
        assert_eq!(tokens.take("one"), (Verdict::Unknown, None));
        assert!(tokens.give("four", A, NOW));
    }

    #[test]
    fn what_is_kept_does_not_have_the_value() {
        let mut tokens = Tokens::default();
        tokens.give("f00dfeed", A, NOW);
        let kept = serde_json::to_string(&tokens).unwrap();
        assert!(!kept.contains("f00dfeed"), "{kept}");
        assert_eq!(
            serde_json::from_str::<Tokens>(&kept)
                .unwrap()
                .take("f00dfeed")
                .0,
            Verdict::Taken
        );
        assert_eq!(shortened("f00dfeed"), "f00d…");
    }
}
