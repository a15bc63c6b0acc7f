//! Secret keys: making them, and signing with them.

use anyhow::{Context, Result, bail};
use firn_image::signatures;
use minisign::{KeyPair, SecretKey, SecretKeyBox, SignatureBox};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Letters of a secret key in its file.
const SECRET_LENGTH: usize = 212;

/// Makes `NAME.key` and `NAME.pub`; neither may be there yet.
pub fn make(name: &Path, no_password: bool) -> Result<()> {
    let (secret, public) = (with(name, ".key"), with(name, ".pub"));
    for path in [&secret, &public] {
        if path.exists() {
            bail!(
                "{} is there already; choose another name, or move it away",
                path.display()
            );
        }
    }
    let pair = if no_password {
        KeyPair::generate_unencrypted_keypair()
    } else {
        asking(&secret)?;
        KeyPair::generate_encrypted_keypair(None)
    };
    let pair = pair.context("making a key")?;
    let comment = format!("{}: secret key of minisign", stem(name));
    let text = pair.sk.to_box(Some(&comment))?.into_string();
    create(&secret, &text, 0o600)?;
    create(&public, &pair.pk.to_box()?.into_string(), 0o644)?;
    println!("{}\n{}", secret.display(), public.display());
    Ok(())
}

/// Adds a signature of the file to `FILE.minisig`.
pub fn sign(key: &Path, file: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let beside = with(file, ".minisig");
    let before = match fs::read_to_string(&beside) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("reading {}", beside.display())),
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let text = sign_bytes(key, &name, &bytes, &before)?;
    fs::write(&beside, text).with_context(|| format!("writing {}", beside.display()))?;
    println!("{}", beside.display());
    Ok(())
}

/// The signatures that were there, but for one by this key, and the one that this key makes.
///
/// # Errors
/// When the key cannot be read, or the password is wrong.
pub fn sign_bytes(key: &Path, name: &str, bytes: &[u8], before: &str) -> Result<String> {
    let what = || format!("signing with {}", key.display());
    let secret = open(key).with_context(what)?;
    let (trusted, untrusted) = (
        format!("file:{name}"),
        format!("signature by {}", stem(key)),
    );
    let new = minisign::sign(None, &secret, bytes, Some(&trusted), Some(&untrusted))
        .with_context(what)?;
    let by_other = |text: &String| {
        SignatureBox::from_string(text).is_ok_and(|one| one.keynum() != new.keynum())
    };
    let kept: String = signatures(before).into_iter().filter(by_other).collect();
    Ok(kept + &new.into_string())
}

fn open(path: &Path) -> Result<SecretKey> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    // A public key is shorter, and would be taken for one with a password.
    if text.lines().nth(1).map(str::len) != Some(SECRET_LENGTH) {
        bail!("{} is no secret key of minisign", path.display());
    }
    if let Ok(key) = SecretKeyBox::from_string(&text)?.into_unencrypted_secret_key() {
        return Ok(key);
    }
    asking(path)?;
    Ok(SecretKeyBox::from_string(&text)?.into_secret_key(None)?)
}

/// Says what the password is for, which is asked for next.
fn asking(key: &Path) -> Result<()> {
    if !io::stdin().is_terminal() {
        bail!(
            "{} has a password, and this is no terminal to ask for it",
            key.display()
        );
    }
    eprintln!("{}:", key.display());
    Ok(())
}

fn create(path: &Path, text: &str, mode: u32) -> Result<()> {
    let what = || format!("writing {}", path.display());
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .with_context(what)?;
    file.write_all(text.as_bytes()).with_context(what)
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or(OsStr::new("key"))
        .to_string_lossy()
        .into_owned()
}
