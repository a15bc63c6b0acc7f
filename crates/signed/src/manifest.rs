//! The manifest of an image that somebody has signed.

use crate::Signed;
use firn_image::{FORMAT, Keys, Manifest, file};
use firn_words::{Text, say};

/// Formats before this one do not say what an update is judged by.
const FIRST: u32 = 2;

/// The manifest, if enough of those have signed it who sign the images of this channel, and if it is one that this program
/// understands as a whole.
///
/// # Errors
/// All that is wrong with it.
pub fn manifest(signed: &Signed<'_>, keys: &Keys, channel: &str) -> Result<Manifest, Vec<Text>> {
    let Some(role) = keys.channels.get(channel) else {
        let known = keys
            .channels
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        return Err(vec![say!(
            "update-channel-unknown",
            channel = channel,
            version = keys.version,
            known = known
        )]);
    };
    signed
        .check(role, &say!("update-whose-channel", channel = channel))
        .map_err(|text| vec![text])?;
    let broken = |reason: String| {
        vec![say!(
            "update-manifest-broken",
            file = signed.name,
            reason = reason
        )]
    };
    let text = str::from_utf8(signed.bytes).map_err(|error| broken(error.to_string()))?;
    let manifest = Manifest::parse(text).map_err(|error| broken(error.to_string()))?;
    let wrong = wrong(&manifest, signed.name);
    if wrong.is_empty() {
        Ok(manifest)
    } else {
        Err(wrong)
    }
}

fn wrong(manifest: &Manifest, name: &str) -> Vec<Text> {
    let mut wrong = Vec::new();
    if manifest.name != "firn" {
        wrong.push(say!(
            "update-manifest-name",
            file = name,
            name = &manifest.name
        ));
    }
    if manifest.format < FIRST {
        wrong.push(say!("update-manifest-old", version = &manifest.version));
    } else if manifest.format > FORMAT {
        wrong.push(say!(
            "update-manifest-new",
            version = &manifest.version,
            format = manifest.format,
            known = FORMAT
        ));
    }
    let missing = file::ALL
        .into_iter()
        .filter(|file| !manifest.files.contains_key(*file));
    wrong.extend(
        missing.map(|missing| say!("update-manifest-file", file = name, missing = missing)),
    );
    wrong
}
