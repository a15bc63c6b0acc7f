//! Files with their signatures, and whose signatures those are.

use firn_image::{Role, signatures};
use firn_words::{Text, say};
use minisign_verify::{Error, PublicKey, Signature};

/// Lines of one signature.
const LINES: usize = 4;

/// A file and what lies beside it as `NAME.minisig`.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The file's name, for people.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// One or more signatures after each other.
    pub signatures: &'a str,
}

impl Signed<'_> {
    /// Whether enough keys of a role have signed the file. `whose` is what people call these keys.
    pub(crate) fn check(&self, role: &Role, whose: &Text) -> Result<(), Text> {
        let signatures = self.decoded()?;
        for key in role.keys.values() {
            self.refuse_wrong(&signatures, key)?;
        }
        let signers = role.signers(|key| {
            signatures
                .iter()
                .any(|one| self.verify(one, key) == Verdict::Good)
        });
        if role.suffices(signers.len()) {
            return Ok(());
        }
        let (file, whose) = (self.name, whose.clone());
        if signers.is_empty() {
            return Err(say!("update-signature-unknown", file = file, whose = whose));
        }
        let names = signers.join(", ");
        Err(say!(
            "update-signature-few",
            file = file,
            whose = whose,
            names = names,
            count = signers.len(),
            threshold = role.threshold
        ))
    }

    /// A signature that names a key and is not by it was changed, or the file was.
    fn refuse_wrong(&self, signatures: &[Signature], key: &str) -> Result<(), Text> {
        let wrong = signatures
            .iter()
            .any(|one| self.verify(one, key) == Verdict::Wrong);
        if wrong {
            return Err(say!("update-signature-wrong", file = self.name));
        }
        Ok(())
    }

    fn decoded(&self) -> Result<Vec<Signature>, Text> {
        let all = signatures(self.signatures);
        if all.is_empty() {
            return Err(say!("update-signature-none", file = self.name));
        }
        let damaged = || say!("update-signature-damaged", file = self.name);
        let one = |text: &String| match text.lines().count() {
            LINES => Signature::decode(text).map_err(|_| damaged()),
            _ => Err(damaged()),
        };
        all.iter().map(one).collect()
    }

    fn verify(&self, signature: &Signature, key: &str) -> Verdict {
        let Ok(key) = PublicKey::from_base64(key) else {
            return Verdict::Stranger;
        };
        match key.verify(self.bytes, signature, false) {
            Ok(()) => Verdict::Good,
            Err(Error::UnexpectedKeyId) => Verdict::Stranger,
            Err(_) => Verdict::Wrong,
        }
    }
}

/// What a signature is to a key.
#[derive(PartialEq, Eq)]
enum Verdict {
    /// By it, and of this file.
    Good,
    /// It names the key, but is not right.
    Wrong,
    /// By another key.
    Stranger,
}
