//! How hard a password is to guess, roughly.

/// How strong a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Guessed in minutes.
    Weak,
    /// Holds against guessing over the network.
    Fair,
    /// Holds.
    Good,
    /// Holds even if its hash is stolen.
    Strong,
}

/// Words that stand in every list of passwords, and what keyboards have side by side.
const COMMON: &[&str] = &[
    "password",
    "passwort",
    "passwd",
    "letmein",
    "welcome",
    "willkommen",
    "admin",
    "root",
    "secret",
    "geheim",
    "qwertz",
    "qwerty",
    "asdf",
    "yxcv",
    "zxcv",
    "dragon",
    "monkey",
    "iloveyou",
    "changeme",
    "xen",
    "firn",
    "server",
    "hallo",
    "hello",
    "test",
    "login",
    "master",
    "sommer",
    "winter",
    "summer",
    "schatz",
    "start",
];

/// The strength of a password.
pub fn strength(password: &str) -> Strength {
    match bits(password) {
        0..35 => Strength::Weak,
        35..50 => Strength::Fair,
        50..70 => Strength::Good,
        _ => Strength::Strong,
    }
}

/// Roughly the bits that have to be guessed: each character counts by the kinds of characters there are, less where it
/// repeats or continues what stands before it, and a word of the list counts as one character.
fn bits(password: &str) -> u32 {
    let mut rest = password.to_lowercase();
    let mut words = 0;
    for word in COMMON {
        while let Some(at) = rest.find(word) {
            rest.replace_range(at..at + word.len(), "\u{1}");
            words += 1;
        }
    }
    let any = |test: fn(char) -> bool| password.chars().any(test);
    let kinds = [
        (any(|c| c.is_ascii_lowercase()), 26.0),
        (any(|c| c.is_ascii_uppercase()), 26.0),
        (any(|c| c.is_ascii_digit()), 10.0),
        (any(|c| c.is_ascii() && !c.is_ascii_alphanumeric()), 32.0),
        (any(|c| !c.is_ascii()), 64.0),
    ];
    let alphabet: f64 = kinds.iter().filter(|kind| kind.0).map(|kind| kind.1).sum();
    let each = alphabet.max(2.0).log2();
    let mut before: Option<char> = None;
    let mut sum = f64::from(words) * 2.0;
    for c in rest.chars() {
        // 0, 1 or -1 from the character before: "aaa", "123", "cba".
        let step = before.map(|before| c as i64 - before as i64);
        sum += if step.is_some_and(|step| step.abs() <= 1) {
            1.0
        } else {
            each
        };
        before = Some(c);
    }
    sum as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_as_people_expect() {
        let table = [
            ("", Strength::Weak),
            ("aaaaaaaaaaaa", Strength::Weak),
            ("12345678", Strength::Weak),
            ("password1", Strength::Weak),
            ("Passwort2026", Strength::Weak),
            ("hallowelt", Strength::Weak),
            ("kd7fbq2x", Strength::Fair),
            ("tulpen am see", Strength::Good),
            ("correct horse battery", Strength::Strong),
            ("v8!Kq2#zR0pL", Strength::Strong),
        ];
        for (password, expected) in table {
            assert_eq!(
                strength(password),
                expected,
                "{password}: {}",
                bits(password)
            );
        }
    }
}
