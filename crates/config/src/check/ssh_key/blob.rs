//! The data of a key, read whole.

use super::shape::short;
use crate::check::{base64::base64, quoted};
use firn_words::{Text, say};
use ssh_key::PublicKey;
use ssh_key::public::{EcdsaPublicKey, KeyData, RsaPublicKey};

/// Bits of an RSA key: fewer can be broken, more are refused by OpenSSL.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=16384;
/// Some generators make a bit less than they were asked for.
const ONE_SHORT: usize = 1;

/// Reads the data behind a type.
pub(super) fn read(line: &str, kind: &str, data: &str) -> Result<PublicKey, Text> {
    let key = quoted(&short(line));
    let broken = || say!("value-key-broken", key = &key);
    let bytes = base64(data).ok_or_else(broken)?;
    match field(&bytes) {
        Some(inner) if inner == kind.as_bytes() => {}
        Some(inner) if inner.len() > 4 && inner.iter().all(u8::is_ascii_graphic) => {
            let inner = quoted(&String::from_utf8_lossy(inner));
            return Err(say!("value-key-other-type", key = key, inner = inner));
        }
        _ => return Err(broken()),
    }
    let read = PublicKey::from_openssh(&format!("{kind} {data}")).map_err(|_| {
        if is_longer(kind, &bytes) {
            return say!("value-key-longer", key = &key);
        }
        broken()
    })?;
    // The reader overlooks a wrong length; what it has read, it writes with the right one.
    if read.to_bytes().ok().as_ref() != Some(&bytes) {
        return Err(broken());
    }
    judge(&read, key).map(|()| read)
}

/// The first field, after four bytes of its length. That of a key is its type.
fn field(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// Whether something stands behind the last field of the key.
fn is_longer(kind: &str, bytes: &[u8]) -> bool {
    let fields = match kind {
        "ssh-ed25519" => 2,
        "sk-ecdsa-sha2-nistp256@openssh.com" => 4,
        _ => 3,
    };
    let behind = |rest: &&[u8]| field(rest).map(|field| field.len() + 4);
    let rest = (0..fields).try_fold(bytes, |rest, _| rest.get(behind(&rest)?..));
    rest.is_some_and(|rest| !rest.is_empty())
}

fn judge(read: &PublicKey, key: String) -> Result<(), Text> {
    let sound = match read.key_data() {
        KeyData::Rsa(rsa) => return judge_rsa(rsa, key),
        KeyData::Ecdsa(point) => is_on_curve(point),
        KeyData::SkEcdsaSha2NistP256(sk) => is_on_curve(&EcdsaPublicKey::NistP256(*sk.ec_point())),
        // sshd does not look at these 32 bytes before somebody logs in.
        KeyData::Ed25519(_) | KeyData::SkEd25519(_) => true,
        _ => false,
    };
    if sound {
        return Ok(());
    }
    Err(say!("value-key-wrong", key = key))
}

fn judge_rsa(rsa: &RsaPublicKey, key: String) -> Result<(), Text> {
    let (n, e) = (
        positive(rsa.n.as_positive_bytes()),
        positive(rsa.e.as_positive_bytes()),
    );
    let bits = bits(n);
    let enough = RSA_BITS.start() - ONE_SHORT..=*RSA_BITS.end();
    if !enough.contains(&bits) {
        let (least, most) = (*RSA_BITS.start(), *RSA_BITS.end());
        return Err(say!(
            "value-key-rsa",
            key = key,
            bits = bits,
            least = least,
            most = most
        ));
    }
    // Both are odd in every pair of keys; OpenSSL takes no greater exponent together with a large modulus.
    let odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
    if odd(n) && odd(e) && (2..=64).contains(&self::bits(e)) {
        return Ok(());
    }
    Err(say!("value-key-wrong", key = key))
}

fn positive(bytes: Option<&[u8]>) -> &[u8] {
    bytes.unwrap_or_default()
}

fn bits(number: &[u8]) -> usize {
    let first = number.first().map_or(8, |byte| byte.leading_zeros());
    (number.len() * 8).saturating_sub(first as usize)
}

/// sshd takes points in the long form only, and only those on their curve.
fn is_on_curve(point: &EcdsaPublicKey) -> bool {
    let bytes = point.as_sec1_bytes();
    bytes.first() == Some(&4)
        && match point {
            EcdsaPublicKey::NistP256(_) => p256::PublicKey::from_sec1_bytes(bytes).is_ok(),
            EcdsaPublicKey::NistP384(_) => p384::PublicKey::from_sec1_bytes(bytes).is_ok(),
            EcdsaPublicKey::NistP521(_) => p521::PublicKey::from_sec1_bytes(bytes).is_ok(),
        }
}
