//! Fetches package files by their hash; who serves them does not matter.

use crate::debian::Mirror;
use crate::lock::{Archive, Deb, Lock};
use crate::{files, hash};
use anyhow::{Context, Result};
use firn_tree::on_host;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fs;
use std::path::{Path, PathBuf};

/// What stands in a URL's path as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// Where packages come from besides the cache and the mirror.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// A folder of package files, by the names that the archive gives them or by their sha256.
    pub folder: Option<PathBuf>,
    /// Snapshots of the archive: what stands before ARCHIVE/TIME/PATH.
    pub snapshot: Option<String>,
}

/// The URL at which a place serves a package, if it serves any.
type Way<'a> = &'a dyn Fn(&Deb) -> Option<String>;

/// Packages that are nowhere to be had.
#[derive(Debug, Default)]
pub struct Lacking {
    pub debs: Vec<Deb>,
    /// What was said by those who were asked.
    pub reason: String,
}

/// The packages that are not in a folder of the cache.
pub fn absent(folder: &Path, lock: &Lock) -> Vec<Deb> {
    let there = |deb: &&Deb| {
        let file = folder.join(&deb.sha256);
        file.metadata().is_ok_and(|meta| meta.len() == deb.size)
    };
    lock.debs
        .iter()
        .filter(|deb| !there(deb))
        .cloned()
        .collect()
}

/// Brings the packages of a lock into a folder of the cache: from the folder that was given, then the mirror, then the snapshots.
///
/// # Errors
/// When something cannot be read or written here. What nobody serves is no error.
pub fn fetch(folder: &Path, lock: &Lock, mirror: &Mirror, places: &Places) -> Result<Lacking> {
    let arriving = folder.join("partial");
    fs::create_dir_all(&arriving).with_context(|| format!("making {}", arriving.display()))?;
    if let Some(given) = &places.folder {
        for deb in absent(folder, lock) {
            take_given(given, &deb, folder)?;
        }
    }
    let from_mirror = |deb: &Deb| on_mirror(mirror, deb);
    let from_snapshot = |deb: &Deb| in_snapshot(places.snapshot.as_deref()?, &lock.as_of, deb);
    let ways: [Way<'_>; 2] = [&from_mirror, &from_snapshot];
    let mut reasons = Vec::new();
    for url in ways {
        let wanted = absent(folder, lock);
        let urls = wanted.iter().filter_map(|deb| Some((deb, url(deb)?)));
        reasons.extend(download(folder, &arriving, &urls.collect::<Vec<_>>())?);
    }
    Ok(Lacking {
        debs: absent(folder, lock),
        reason: reasons.join("\n"),
    })
}

/// Takes a file of a folder, if it is the package.
fn take_given(given: &Path, deb: &Deb, folder: &Path) -> Result<()> {
    let name = deb.path.rsplit('/').next().unwrap_or_default();
    for file in [name, &deb.sha256].map(|name| given.join(name)) {
        if file.is_file() && hash::file(&file)? == deb.sha256 {
            return files::link(&file, &folder.join(&deb.sha256));
        }
    }
    Ok(())
}

fn on_mirror(mirror: &Mirror, deb: &Deb) -> Option<String> {
    let base = match deb.archive {
        Archive::Main => Some(&mirror.main),
        Archive::Security => mirror.security.as_ref(),
    };
    let base = base?.trim_end_matches('/');
    Some(format!("{base}/{}", utf8_percent_encode(&deb.path, PLAIN)))
}

fn in_snapshot(base: &str, as_of: &str, deb: &Deb) -> Option<String> {
    let (base, archive) = (base.trim_end_matches('/'), deb.archive.name());
    let path = utf8_percent_encode(&deb.path, PLAIN);
    Some(format!("{base}/{archive}/{as_of}/{path}"))
}

/// Has APT fetch all at once; gives what it said if it could not fetch some.
fn download(folder: &Path, arriving: &Path, urls: &[(&Deb, String)]) -> Result<Option<String>> {
    if urls.is_empty() {
        return Ok(None);
    }
    let mut helper = on_host("/usr/lib/apt/apt-helper", ["-o", "Acquire::Retries=2"])
        .arg("download-file")
        .shown_as("apt-helper download-file");
    for (deb, url) in urls {
        helper = helper.arg(url).arg(arriving.join(&deb.sha256));
        helper = helper.arg(format!("SHA256:{}", deb.sha256));
    }
    let said = helper.run().err().map(|error| error.to_string());
    for (deb, _) in urls {
        let file = arriving.join(&deb.sha256);
        if file.is_file() && hash::file(&file)? == deb.sha256 {
            let place = folder.join(&deb.sha256);
            fs::rename(&file, &place).with_context(|| format!("writing {}", place.display()))?;
        }
    }
    // What came in part must not be in the way of the next place's.
    fs::remove_dir_all(arriving).with_context(|| format!("emptying {}", arriving.display()))?;
    fs::create_dir_all(arriving).with_context(|| format!("making {}", arriving.display()))?;
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::tests::{deb, lock};

    /// A package whose file holds these bytes.
    fn holding(name: &str, bytes: &str) -> Deb {
        Deb {
            size: bytes.len() as u64,
            sha256: hash::text(bytes),
            path: format!("pool/main/{name}_1+b1_all.deb"),
            ..deb(name, "1+b1")
        }
    }

    /// A mirror in a folder, which APT reads as it reads others.
    fn mirror(folder: &Path) -> Mirror {
        Mirror {
            main: format!("file://{}", folder.display()),
            security: None,
        }
    }

    #[test]
    fn packages_come_from_wherever_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            path
        };
        let names = ["cached", "given", "served", "old", "gone"];
        let debs: Vec<Deb> = names.iter().map(|name| holding(name, name)).collect();
        let lock = Lock {
            debs: debs.clone(),
            ..lock(&[])
        };
        let cache = at("debs/x").parent().unwrap().to_owned();
        fs::write(cache.join(&debs[0].sha256), "cached").unwrap();
        fs::write(at("given/given_1+b1_all.deb"), "given").unwrap();
        // One of the same name and size is not the package.
        fs::write(at("given/served_1+b1_all.deb"), "SERVED").unwrap();
        fs::write(at("mirror/pool/main/served_1+b1_all.deb"), "served").unwrap();
        fs::write(at("mirror/pool/main/old_1+b1_all.deb"), "OLD").unwrap();
        let old = "snapshot/debian/20261129T125314Z/pool/main/old_1+b1_all.deb";
        fs::write(at(old), "old").unwrap();
        let places = Places {
            folder: Some(at("given/x").parent().unwrap().to_owned()),
            snapshot: Some(format!("file://{}", at("snapshot").display())),
        };
        let lacking = fetch(&cache, &lock, &mirror(&at("mirror")), &places).unwrap();
        assert_eq!(lacking.debs, [debs[4].clone()]);
        assert!(lacking.reason.contains("gone_1%2bb1_all.deb") || lacking.reason.contains("gone"));
        for deb in &debs[..4] {
            let bytes = fs::read_to_string(cache.join(&deb.sha256)).unwrap();
            assert_eq!(bytes, deb.name);
        }
    }

    #[test]
    fn urls_are_made_of_the_place_and_the_path() {
        let mut deb = holding("gcc", "x");
        deb.path = "pool/main/g/gcc/g++_1~2_amd64.deb".into();
        let mirror = Mirror {
            main: "http://mirror.example/debian/".into(),
            security: None,
        };
        assert_eq!(
            on_mirror(&mirror, &deb).unwrap(),
            "http://mirror.example/debian/pool/main/g/gcc/g%2B%2B_1%7E2_amd64.deb"
        );
        assert_eq!(
            in_snapshot("http://s.example/archive", "20261129T125314Z", &deb).unwrap(),
            "http://s.example/archive/debian/20261129T125314Z/pool/main/g/gcc/g%2B%2B_1%7E2_amd64.deb"
        );
        deb.archive = Archive::Security;
        assert_eq!(on_mirror(&mirror, &deb), None);
    }
}
