//! Root's password as a hash: whatever passes here, crypt(3) of libxcrypt 4.4 computes, and some password fits it.
//!
//! The parameters are read as libxcrypt reads them. Where it is more generous than the program that made the hash, that
//! program would never have written it: then a character was lost on the way.

use super::yescrypt;
use firn_words::{Text, say};

/// The digits of crypt's base64, in their order.
const DIGITS: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Rounds of sha512-crypt that libxcrypt takes.
const ROUNDS: std::ops::RangeInclusive<u32> = 1000..=999_999_999;
/// Rounds that a slow processor still finishes within a login's patience, which is a minute.
const MOST_ROUNDS: u32 = 5_000_000;

/// Why a hash is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No program writes it like that.
    Broken,
    /// `rounds=` is no number that crypt(3) takes.
    Rounds,
    /// The parameters or the salt of yescrypt cannot be decoded, or are impossible.
    Parameters,
    /// A login would take minutes, or more memory than the host has.
    Costly,
}

/// Root's password as a hash of yescrypt or sha512-crypt.
///
/// # Errors
/// What is wrong with it, without showing it.
pub fn check_password_hash(hash: &str) -> Result<(), Text> {
    if hash.is_empty() {
        return Err(say!("value-hash-empty"));
    }
    if hash.starts_with(['!', '*']) {
        return Err(say!("value-hash-locked"));
    }
    if hash.split(':').count() > 4 {
        return Err(say!("value-hash-line"));
    }
    let read = match hash.get(..3) {
        Some("$y$") => yescrypt::check(&hash[3..]),
        Some("$6$") => sha512(&hash[3..]),
        _ => return Err(say!("value-hash-kind")),
    };
    read.map_err(|fault| match fault {
        Fault::Broken => say!("value-hash-broken"),
        Fault::Rounds => say!("value-hash-rounds"),
        Fault::Parameters => say!("value-hash-parameters"),
        Fault::Costly => say!("value-hash-costly"),
    })
}

/// What stands behind `$6$`: `rounds=N$` where it is not the default, the salt, and the sum.
fn sha512(text: &str) -> Result<(), Fault> {
    let rest = match text.strip_prefix("rounds=") {
        Some(text) => {
            let (number, rest) = text.split_once('$').ok_or(Fault::Broken)?;
            rounds(number)?;
            rest
        }
        None => text,
    };
    let (salt, sum) = rest.split_once('$').ok_or(Fault::Broken)?;
    if is_salt(salt) && is_sum(sum, 64) {
        return Ok(());
    }
    Err(Fault::Broken)
}

fn rounds(number: &str) -> Result<(), Fault> {
    let digits = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    match number.parse::<u32>() {
        Ok(count) if digits && ROUNDS.contains(&count) => match count {
            ..=MOST_ROUNDS => Ok(()),
            _ => Err(Fault::Costly),
        },
        _ => Err(Fault::Rounds),
    }
}

/// libxcrypt cuts a salt after 16 characters, so that a longer one never fits. It refuses a setting with one of `!*:;\`, which
/// mean something in shadow or in other files of accounts.
fn is_salt(text: &str) -> bool {
    let taken = |byte: u8| byte.is_ascii_graphic() && !br"!*:;\".contains(&byte);
    (1..=16).contains(&text.len()) && text.bytes().all(taken)
}

/// The value of a digit.
pub(super) fn digit(byte: u8) -> Option<u32> {
    let at = DIGITS.iter().position(|digit| *digit == byte)?;
    u32::try_from(at).ok()
}

/// Whether this is the base64 of exactly so many bytes. In the last digit only some bits are used; if others are set, the
/// text is no sum, and no password ever fits.
pub(super) fn is_sum(text: &str, bytes: usize) -> bool {
    let length = (bytes * 8).div_ceil(6);
    let free = length * 6 - bytes * 8;
    let mut digits = text.bytes().map(digit);
    let last = digits.next_back().flatten();
    text.len() == length
        && digits.all(|digit| digit.is_some())
        && last.is_some_and(|last| last < 64 >> free)
}
