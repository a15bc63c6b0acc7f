//! Whether an answer file is the one that was meant. Pure.

use firn_words::{Text, say};
use minisign_verify::{PublicKey, Signature};
use sha2::{Digest, Sha256};

/// Compares with the hash on the kernel command line, in lower case.
///
/// # Errors
/// It is another.
pub fn hash(bytes: &[u8], wanted: &str) -> Result<(), Text> {
    let found = hex::encode(Sha256::digest(bytes));
    if found == wanted {
        return Ok(());
    }
    Err(say!("answers-other-hash", found = found, wanted = wanted))
}

/// Whether one of the keys has signed it.
///
/// # Errors
/// The signature is damaged, by another key, or of another file.
pub fn signature(bytes: &[u8], signature: &str, keys: &[String]) -> Result<(), Text> {
    let signature =
        Signature::decode(signature.trim_end()).map_err(|_| say!("answers-signature-damaged"))?;
    let keys: Vec<PublicKey> = keys
        .iter()
        .filter_map(|key| PublicKey::from_base64(key).ok())
        .collect();
    let verdict = |key: &PublicKey| key.verify(bytes, &signature, false);
    if keys.iter().any(|key| verdict(key).is_ok()) {
        return Ok(());
    }
    let stranger =
        |key: &PublicKey| matches!(verdict(key), Err(minisign_verify::Error::UnexpectedKeyId));
    if keys.iter().all(stranger) {
        return Err(say!("answers-signature-key"));
    }
    Err(say!("answers-signature-wrong"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    /// Of the four bytes `test`.
    const SIGNATURE: &str = "untrusted comment: signature from minisign secret key
RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
trusted comment: timestamp:1633700835\tfile:test\tprehashed
wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==
";

    fn wrong(bytes: &[u8], text: &str, keys: &[&str]) -> String {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        signature(bytes, text, &keys).unwrap_err().to_string()
    }

    #[test]
    fn signatures() {
        assert_eq!(signature(b"test", SIGNATURE, &[KEY.into()]), Ok(()));
        insta::assert_snapshot!(wrong(b"Test", SIGNATURE, &[KEY]), @"the signature is not of this file: one of them was changed");
        let other = KEY.replacen("RWQf", "RWQg", 1);
        insta::assert_snapshot!(wrong(b"test", SIGNATURE, &[&other]), @"the file is signed with another key than those on the medium");
        assert_eq!(signature(b"test", SIGNATURE, &[other, KEY.into()]), Ok(()));
        for damaged in ["", "<html>", &SIGNATURE[..120]] {
            insta::allow_duplicates! {
                insta::assert_snapshot!(wrong(b"test", damaged, &[KEY]), @"the signature is none of minisign, or damaged");
            }
        }
    }

    #[test]
    fn hashes() {
        let sum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        assert_eq!(hash(b"test", sum), Ok(()));
        insta::assert_snapshot!(hash(b"Test", sum).unwrap_err(), @"the file is not the one that was meant: its sha256 is 532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25, firn.answers-sha256= wants 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    }
}
