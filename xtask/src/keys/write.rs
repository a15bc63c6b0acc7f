//! Writing `keys.json` from public keys.

use super::sentences;
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use firn_config::signing_key;
use firn_image::{Keys, Role, file};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What the list of root keys is called where a channel could be named.
const ROOT: &str = "root";

/// Write keys.json from public keys: the first one, or the one that follows on the folder's.
///
/// Its signatures are removed; `cargo xtask keys sign` makes the new ones.
#[derive(Debug, Args)]
pub struct WriteArgs {
    /// The folder for it
    pub folder: PathBuf,
    /// A public key that signs the next keys.json; several times
    #[arg(long, value_name = "NAME.pub", required = true)]
    pub root: Vec<PathBuf>,
    /// A public key that signs the images of a channel; several times
    #[arg(long, value_name = "CHANNEL=NAME.pub", required = true)]
    pub channel: Vec<String>,
    /// How many keys must sign: of root 2 where nothing else is said, of a channel 1
    #[arg(long, value_name = "root|CHANNEL=COUNT")]
    pub threshold: Vec<String>,
}

/// Writes it.
pub fn write(args: &WriteArgs) -> Result<()> {
    let path = args.folder.join(file::KEYS);
    let keys = next(args, version(&path)?)?;
    let wrong = firn_signed::flaws(&keys);
    if !wrong.is_empty() {
        return Err(sentences(&path, &wrong));
    }
    fs::write(&path, keys.text()?).with_context(|| format!("writing {}", path.display()))?;
    let signatures = args.folder.join(file::KEYS_SIGNATURES);
    if signatures.exists() {
        fs::remove_file(&signatures)
            .with_context(|| format!("removing {}", signatures.display()))?;
    }
    println!(
        "{} has the version {}; {} root keys must sign it now",
        path.display(),
        keys.version,
        keys.root.threshold
    );
    Ok(())
}

/// One more than the list has that is there.
fn version(path: &Path) -> Result<u32> {
    if !path.exists() {
        return Ok(1);
    }
    let what = || format!("reading {}", path.display());
    let text = fs::read_to_string(path).with_context(what)?;
    Ok(Keys::parse(&text)
        .with_context(what)?
        .version
        .saturating_add(1))
}

fn next(args: &WriteArgs, version: u32) -> Result<Keys> {
    let mut roles = BTreeMap::from([(ROOT.to_owned(), role(2))]);
    for path in &args.root {
        add(&mut roles, ROOT, path)?;
    }
    for text in &args.channel {
        let (channel, path) = pair(text, "--channel", "CHANNEL=NAME.pub")?;
        add(&mut roles, channel, Path::new(path))?;
    }
    for text in &args.threshold {
        let (name, count) = pair(text, "--threshold", "CHANNEL=COUNT")?;
        let role = roles
            .get_mut(name)
            .with_context(|| format!("reading --threshold {text}: {name} has no keys"))?;
        role.threshold = count
            .parse()
            .with_context(|| format!("reading --threshold {text}"))?;
    }
    let root = roles.remove(ROOT).context("root has no keys")?;
    Ok(Keys::new(version, root, roles))
}

fn role(threshold: u32) -> Role {
    Role {
        threshold,
        keys: BTreeMap::new(),
    }
}

fn add(roles: &mut BTreeMap<String, Role>, name: &str, path: &Path) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let key = signing_key(&text).map_err(|text| anyhow!("{}: {text}", path.display()))?;
    let owner = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let role = roles.entry(name.to_owned()).or_insert_with(|| role(1));
    if role.keys.insert(owner.clone(), key).is_some() {
        bail!("two keys of {name} are called {owner}; give one of the files another name");
    }
    Ok(())
}

fn pair<'t>(text: &'t str, option: &str, form: &str) -> Result<(&'t str, &'t str)> {
    let halves = text
        .split_once('=')
        .filter(|(name, value)| !name.is_empty() && !value.is_empty());
    halves.with_context(|| format!("reading {option} {text}: it must be {form}"))
}
