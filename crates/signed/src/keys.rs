//! From one `keys.json` to the next.

use crate::Signed;
use firn_image::{Flaw, Keys};
use firn_words::{Text, say};

/// The `keys.json` that an image has brought along: right in itself, and signed by its own root keys. That it is trusted comes from
/// the image, which somebody has installed.
///
/// # Errors
/// All that is wrong with it.
pub fn own(signed: &Signed<'_>) -> Result<Keys, Vec<Text>> {
    let keys = read(signed)?;
    signed
        .check(&keys.root, &say!("update-whose-own"))
        .map_err(|text| vec![text])?;
    Ok(keys)
}

/// The keys of a `keys.json` that follows on the trusted one: newer, signed by enough of the trusted root keys, so that nobody
/// else can replace them, and by enough of its own, so that those who come next are known to have theirs. The trusted one itself
/// is taken too, and changes nothing.
///
/// # Errors
/// All that is wrong with it.
pub fn renewed(trusted: &Keys, signed: &Signed<'_>) -> Result<Keys, Vec<Text>> {
    signed
        .check(
            &trusted.root,
            &say!("update-whose-root", version = trusted.version),
        )
        .map_err(|text| vec![text])?;
    let keys = own(signed)?;
    if keys.version < trusted.version {
        return Err(vec![say!(
            "update-keys-older",
            found = keys.version,
            trusted = trusted.version
        )]);
    }
    if keys.version == trusted.version && keys != *trusted {
        return Err(vec![say!("update-keys-two", version = keys.version)]);
    }
    Ok(keys)
}

fn read(signed: &Signed<'_>) -> Result<Keys, Vec<Text>> {
    let broken = |reason: String| {
        vec![say!(
            "update-keys-broken",
            file = signed.name,
            reason = reason
        )]
    };
    let text = str::from_utf8(signed.bytes).map_err(|error| broken(error.to_string()))?;
    let keys = Keys::parse(text).map_err(|error| broken(error.to_string()))?;
    let flaws = flaws(&keys);
    if flaws.is_empty() {
        return Ok(keys);
    }
    Err(flaws)
}

/// All that makes a list of keys unfit, whoever has signed it.
pub fn flaws(keys: &Keys) -> Vec<Text> {
    keys.flaws().iter().map(flaw).collect()
}

fn flaw(flaw: &Flaw) -> Text {
    match flaw {
        Flaw::Name(name) => say!("update-keys-name", name = name),
        Flaw::Format(format) => say!("update-keys-format", format = *format),
        Flaw::Version => say!("update-keys-version"),
        Flaw::Threshold {
            role,
            threshold,
            keys,
        } => {
            say!(
                "update-keys-threshold",
                role = role,
                threshold = *threshold,
                keys = *keys
            )
        }
        Flaw::Key { role, name } => say!("update-keys-key", role = role, name = name),
        Flaw::Twice {
            role,
            names: [one, other],
        } => {
            say!("update-keys-twice", role = role, one = one, other = other)
        }
        Flaw::Root { channel, name } => say!("update-keys-root", channel = channel, name = name),
    }
}
