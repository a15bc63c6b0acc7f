//! Which source of Xen a build takes: another tarball, or the newest pin that the mirror serves.
//!
//! The choice is made before the steps, because its hash is part of their keys. It is kept until the next `--refresh`, as the
//! choice of packages is: a mirror that changes overnight does not change what the same call builds.

use crate::cache::Cache;
use crate::debian::{self, Mirror};
use crate::hash;
use crate::recipe::Pin;
use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where Debian's archives keep Xen, on the mirror and on the one for security updates.
const POOL: &str = "pool/main/x/xen";
const SECURITY_POOL: &str = "pool/updates/main/x/xen";

/// A source that is here, on this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The tarball.
    pub path: PathBuf,
    pub sha256: String,
    /// The last Xen security advisory whose fix is in it; nothing for a tarball that no pin describes.
    pub advisories_to: Option<u32>,
    /// What the person who builds should know about the choice.
    pub note: Option<String>,
}

/// The list of what the mirror did not serve.
const MISSING: &str = "missing.json";

/// A tarball, and whether the mirror has just served it.
struct Got {
    path: PathBuf,
    served: bool,
}

/// What the mirror did not serve, so that it is asked once and not at every build.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Missing {
    /// The `--refresh` since which this holds.
    refreshed: String,
    /// Hashes of pins.
    pins: BTreeSet<String>,
}

/// A tarball that was named with `--source`.
///
/// # Errors
/// When it cannot be read.
pub fn other(path: PathBuf, pins: &[Pin]) -> Result<Source> {
    let sha256 = hash::file(&path)?;
    let pin = pins.iter().find(|pin| pin.sha256 == sha256);
    Ok(Source {
        note: Some(format!(
            "Xen is built from {}, sha256 {sha256}.",
            path.display()
        )),
        advisories_to: pin.map(|pin| pin.advisories_to),
        path,
        sha256,
    })
}

/// The newest pin that is in the cache or that the mirror serves.
///
/// # Errors
/// When the mirror serves none of them.
pub fn newest(cache: &Cache, mirror: &Mirror, pins: &[Pin]) -> Result<Source> {
    let folder = folder(cache);
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let mut missing = read(&folder.join(MISSING), &cache.refreshed());
    if let Some(source) = kept(&folder, &missing, pins)? {
        return Ok(source);
    }
    // Two builds would fetch into the same file.
    let _lock = cache.lock()?;
    let known = missing.pins.len();
    let get = |pin: &Pin| get(&folder, mirror, pin);
    let source = choose(pins, &mut missing.pins, get)?;
    if missing.pins.len() > known {
        let list = folder.join(MISSING);
        let text = serde_json::to_string(&missing)?;
        std::fs::write(&list, text).with_context(|| format!("writing {}", list.display()))?;
    }
    Ok(source)
}

/// The pin that a build takes if the mirror serves what it is asked for. Nothing is fetched.
///
/// # Errors
/// When the recipe has no pin.
pub fn expected(cache: &Cache, pins: &[Pin]) -> Result<Source> {
    let folder = folder(cache);
    let missing = read(&folder.join(MISSING), &cache.refreshed());
    let served = |pin: &&Pin| !missing.pins.contains(&pin.sha256);
    let pin = pins.iter().find(served).or(pins.first());
    let pin = pin.context("recipes/xen.toml has no pins")?;
    Ok(source(pins, pin, folder.join(&pin.sha256)))
}

fn folder(cache: &Cache) -> PathBuf {
    cache.work("xen-source")
}

/// The newest pin that the mirror may serve, if it is in the cache.
fn kept(folder: &Path, missing: &Missing, pins: &[Pin]) -> Result<Option<Source>> {
    let pin = pins.iter().find(|pin| !missing.pins.contains(&pin.sha256));
    let Some(pin) = pin else { return Ok(None) };
    Ok(cached(folder, pin)?.map(|path| source(pins, pin, path)))
}

/// The tarball of a pin, if it is here and whole.
fn cached(folder: &Path, pin: &Pin) -> Result<Option<PathBuf>> {
    let path = folder.join(&pin.sha256);
    let whole = path.exists() && hash::file(&path)? == pin.sha256;
    Ok(whole.then_some(path))
}

fn source(pins: &[Pin], pin: &Pin, path: PathBuf) -> Source {
    Source {
        path,
        sha256: pin.sha256.clone(),
        advisories_to: Some(pin.advisories_to),
        note: note(pins, pin),
    }
}

/// What earlier builds found missing; a list from before the last refresh says nothing any more.
fn read(list: &Path, refreshed: &str) -> Missing {
    let text = std::fs::read_to_string(list).unwrap_or_default();
    let known: Missing = serde_json::from_str(&text).unwrap_or_default();
    if known.refreshed == refreshed {
        return known;
    }
    Missing {
        refreshed: refreshed.to_owned(),
        ..Missing::default()
    }
}

/// Takes the first pin that `get` brings. Those before it are missing if the mirror served that one; if it did not, the network
/// may be down, so nothing is held against the mirror.
fn choose(
    pins: &[Pin],
    missing: &mut BTreeSet<String>,
    get: impl Fn(&Pin) -> Result<Got>,
) -> Result<Source> {
    let mut failed = Vec::new();
    for pin in pins.iter().filter(|pin| !missing.contains(&pin.sha256)) {
        match get(pin) {
            Ok(got) => {
                let failed = failed.iter().map(|(pin, _): &(&Pin, _)| pin.sha256.clone());
                missing.extend(failed.filter(|_| got.served));
                return Ok(source(pins, pin, got.path));
            }
            Err(error) => failed.push((pin, error)),
        }
    }
    let names: Vec<&str> = pins.iter().map(|pin| pin.file.as_str()).collect();
    let reasons: Vec<String> = failed
        .iter()
        .map(|(_, error)| format!("{error:#}"))
        .collect();
    bail!(
        "no source of Xen can be fetched: the mirror serves none of {}; check the network, name another mirror with \
         `--mirror URL`, or get a tarball elsewhere and build with `--source xen=FILE`\n{}",
        names.join(", "),
        reasons.join("\n")
    )
}

/// What an older pin lacks.
fn note(pins: &[Pin], taken: &Pin) -> Option<String> {
    let newest = pins.first().filter(|newest| *newest != taken)?;
    let lacks = match newest.advisories_to - taken.advisories_to.min(newest.advisories_to) {
        0 => "no security advisory is missing in it".to_owned(),
        1 => format!("the fix of XSA-{} is missing in it", newest.advisories_to),
        _ => format!(
            "fixes of the advisories XSA-{} to XSA-{} are missing in it",
            taken.advisories_to + 1,
            newest.advisories_to
        ),
    };
    Some(format!(
        "Xen is built from {}, since {} could not be fetched; {lacks}. `--refresh` asks the mirror again.",
        taken.file, newest.file
    ))
}

/// The tarball of a pin: from the cache, else from the mirror, else from the mirror for security updates.
fn get(folder: &Path, mirror: &Mirror, pin: &Pin) -> Result<Got> {
    if let Some(path) = cached(folder, pin)? {
        let served = false;
        return Ok(Got { path, served });
    }
    let path = folder.join(&pin.sha256);
    let partial = path.with_extension("partial");
    let mirrors = [
        (Some(&mirror.main), POOL),
        (mirror.security.as_ref(), SECURITY_POOL),
    ];
    let mut errors = Vec::new();
    for (mirror, pool) in mirrors {
        let Some(mirror) = mirror else { continue };
        let url = format!("{mirror}/{pool}/{}", pin.file.replace('+', "%2B"));
        match fetch(&url, pin, &partial) {
            Ok(()) => {
                std::fs::rename(&partial, &path)
                    .with_context(|| format!("moving the tarball to {}", path.display()))?;
                let served = true;
                return Ok(Got { path, served });
            }
            Err(error) => errors.push(format!("{error:#}")),
        }
    }
    bail!("{}", errors.join("\n"))
}

fn fetch(url: &str, pin: &Pin, to: &Path) -> Result<()> {
    debian::fetch(url, &pin.sha256, to).with_context(|| format!("fetching {}", pin.file))?;
    let size = to.metadata()?.len();
    ensure!(
        size == pin.size,
        "fetching {}: it has {size} bytes, and recipes/xen.toml says {}",
        pin.file,
        pin.size
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    fn pin(file: &str, advisories_to: u32) -> Pin {
        Pin {
            file: file.into(),
            size: 1,
            sha256: format!("hash of {file}"),
            advisories_to,
        }
    }

    fn pins() -> Vec<Pin> {
        vec![pin("xen-3", 523), pin("xen-2", 508), pin("xen-1", 507)]
    }

    /// A mirror that serves these files.
    fn serves(files: &'static [&'static str]) -> impl Fn(&Pin) -> Result<Got> {
        has(files, true)
    }

    fn has(files: &'static [&'static str], served: bool) -> impl Fn(&Pin) -> Result<Got> {
        move |pin| match files.contains(&pin.file.as_str()) {
            true => Ok(Got {
                path: pin.file.clone().into(),
                served,
            }),
            false => Err(anyhow!("fetching {}: 404", pin.file)),
        }
    }

    #[test]
    fn the_newest_that_is_served_is_taken_and_what_it_lacks_is_said() {
        let mut missing = BTreeSet::new();
        let newest = choose(&pins(), &mut missing, serves(&["xen-3", "xen-2"])).unwrap();
        assert_eq!(
            (newest.sha256.as_str(), newest.note),
            ("hash of xen-3", None)
        );
        assert!(missing.is_empty());

        let older = choose(&pins(), &mut missing, serves(&["xen-2", "xen-1"])).unwrap();
        assert_eq!(older.advisories_to, Some(508));
        assert_eq!(
            older.note.unwrap(),
            "Xen is built from xen-2, since xen-3 could not be fetched; fixes of the advisories XSA-509 to XSA-523 are \
             missing in it. `--refresh` asks the mirror again."
        );
        assert_eq!(missing, BTreeSet::from(["hash of xen-3".to_owned()]));
    }

    #[test]
    fn what_the_mirror_did_not_serve_is_not_asked_for_again() {
        let mut missing = BTreeSet::from(["hash of xen-3".to_owned()]);
        let source = choose(&pins(), &mut missing, serves(&["xen-3", "xen-2"])).unwrap();
        assert_eq!(source.sha256, "hash of xen-2");
    }

    #[test]
    fn without_a_network_an_older_tarball_of_the_cache_is_taken_for_this_once() {
        let mut missing = BTreeSet::new();
        let source = choose(&pins(), &mut missing, has(&["xen-2"], false)).unwrap();
        assert_eq!(source.sha256, "hash of xen-2");
        assert!(missing.is_empty());
    }

    #[test]
    fn without_any_the_reasons_are_said_and_nothing_is_held_against_the_mirror() {
        let mut missing = BTreeSet::new();
        let error = choose(&pins(), &mut missing, serves(&[])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "no source of Xen can be fetched: the mirror serves none of xen-3, xen-2, xen-1; check the network, name another \
             mirror with `--mirror URL`, or get a tarball elsewhere and build with `--source xen=FILE`\nfetching xen-3: 404\n\
             fetching xen-2: 404\nfetching xen-1: 404"
        );
        assert!(missing.is_empty());
    }

    #[test]
    fn one_advisory_or_none_between_two_pins() {
        let said =
            |from: u32, to: u32| note(&[pin("new", to), pin("old", from)], &pin("old", from));
        assert!(
            said(522, 523)
                .unwrap()
                .contains("the fix of XSA-523 is missing in it")
        );
        assert!(
            said(523, 523)
                .unwrap()
                .contains("no security advisory is missing in it")
        );
    }

    #[test]
    fn a_refresh_forgets_what_was_missing() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, r#"{"refreshed": "17", "pins": ["a"]}"#).unwrap();
        assert_eq!(read(file.path(), "17").pins.len(), 1);
        assert!(read(file.path(), "18").pins.is_empty());
        assert!(read(Path::new("/nonexistent"), "18").pins.is_empty());
    }
}
