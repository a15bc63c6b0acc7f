//! Locks: of which Debian packages exactly a tree is made, in `recipes/lock/TREE.lock`.

pub mod changes;
pub mod command;
pub mod resolve;

use crate::hash;
use crate::recipe::Roots;
use anyhow::{Context, Result, bail, ensure};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const HEADER: &str = "# Written by `cargo xtask lock --refresh`, never by hand: what a tree is made of. Name, version, architecture, bytes, sha256, archive, path there.\n";

/// The packages of one tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// For what it was made, see [`wish`].
    pub wish: String,
    /// A time at which the archive held all of them, as snapshots of the archive write it: 20261201T120000Z.
    pub as_of: String,
    /// Sorted by name.
    pub debs: Vec<Deb>,
}

/// One package file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deb {
    pub name: String,
    pub version: String,
    pub architecture: String,
    /// Bytes.
    pub size: u64,
    pub sha256: String,
    pub archive: Archive,
    /// Its path in the archive.
    pub path: String,
}

/// Which of Debian's archives has a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archive {
    Main,
    Security,
}

impl Archive {
    /// The name by which Debian calls it, and snapshots too.
    pub fn name(self) -> &'static str {
        match self {
            Archive::Main => "debian",
            Archive::Security => "debian-security",
        }
    }
}

/// What a lock answers: the hash of a tree's recipe, so that a lock is not taken for another list of packages.
pub fn wish(roots: &Roots, packages: &[String]) -> String {
    let text = format!("{} {:?} {packages:?}", roots.suite, roots.components);
    hash::text(&text)[..16].to_owned()
}

/// Where a tree's lock is, below the workspace.
pub fn path(tree: &str) -> PathBuf {
    Path::new("recipes/lock").join(format!("{tree}.lock"))
}

impl Lock {
    /// Reads a file, if there is one.
    ///
    /// # Errors
    /// When it cannot be read, or a line is none of a lock.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        if !path.exists() {
            return Ok(None);
        }
        let what = || format!("reading {}", path.display());
        let text = std::fs::read_to_string(path).with_context(what)?;
        Self::parse(&text).with_context(what).map(Some)
    }

    /// Reads a lock's text.
    ///
    /// # Errors
    /// The first line that is none of a lock.
    pub fn parse(text: &str) -> Result<Self> {
        let mut lock = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            lock.take(line).with_context(|| {
                format!("line {number} is none of a lock; write it anew with `cargo xtask lock --refresh`")
            })?;
        }
        Ok(lock)
    }

    fn take(&mut self, line: &str) -> Result<()> {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["" | "#", ..] => {}
            ["wish", wish] => self.wish = (*wish).to_owned(),
            ["as-of", time] => self.as_of = time_of(time)?,
            _ => {
                let deb = Deb::parse(&words)?;
                let sorted = self.debs.last().is_none_or(|last| last.name < deb.name);
                ensure!(sorted, "{} is not where it belongs by its name", deb.name);
                self.debs.push(deb);
            }
        }
        Ok(())
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}wish {}\nas-of {}\n", self.wish, self.as_of);
        for deb in &self.debs {
            // Writing into a String does not fail.
            let _ = writeln!(text, "{}", deb.line());
        }
        text
    }

    /// What a tree that is made of it depends on: the packages, not the places that have them.
    pub fn key(&self) -> String {
        let sums = self.debs.iter().map(|deb| deb.sha256.as_str());
        hash::text(&sums.collect::<Vec<_>>().join("\n"))
    }

    /// Bytes of all packages together.
    pub fn size(&self) -> u64 {
        self.debs.iter().map(|deb| deb.size).sum()
    }
}

fn time_of(word: &str) -> Result<String> {
    let form = |(at, byte): (usize, u8)| match at {
        8 => byte == b'T',
        15 => byte == b'Z',
        _ => byte.is_ascii_digit(),
    };
    let sound = word.len() == 16 && word.bytes().enumerate().all(form);
    ensure!(sound, "{word:?} is no time like 20261201T120000Z");
    Ok(word.to_owned())
}

impl Deb {
    fn parse(words: &[&str]) -> Result<Self> {
        let [name, version, architecture, size, sha256, archive, path] = words else {
            bail!("a package has 7 words, and here are {}", words.len());
        };
        let archive = [Archive::Main, Archive::Security]
            .into_iter()
            .find(|known| known.name() == *archive)
            .with_context(|| format!("{archive:?} is no archive"))?;
        let deb = Self {
            name: (*name).to_owned(),
            version: (*version).to_owned(),
            architecture: (*architecture).to_owned(),
            size: size
                .parse()
                .with_context(|| format!("{size:?} is no size"))?,
            sha256: (*sha256).to_owned(),
            archive,
            path: (*path).to_owned(),
        };
        deb.check()?;
        Ok(deb)
    }

    /// Its words become arguments of programs, its sum a file's name and its path a part of URLs.
    fn check(&self) -> Result<()> {
        let made_of = |text: &str, more: &[u8]| {
            text.bytes()
                .all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
        };
        let named = |text: &str, more: &[u8]| {
            text.starts_with(|c: char| c.is_ascii_alphanumeric()) && made_of(text, more)
        };
        let Self {
            name,
            version,
            sha256,
            path,
            ..
        } = self;
        ensure!(named(name, b"+.-"), "{name:?} is no package's name");
        ensure!(named(version, b"+.-~:"), "{version:?} is no version");
        ensure!(
            ["amd64", "all"].contains(&self.architecture.as_str()),
            "{:?} is no architecture of the trees",
            self.architecture
        );
        let digits = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let whole = sha256.len() == 64 && sha256.bytes().all(digits);
        ensure!(whole, "{sha256:?} is no sha256");
        let inside = !path.split('/').any(|part| part.starts_with('.'));
        ensure!(
            named(path, b"+.-~_/:%") && inside && path.ends_with(".deb"),
            "{path:?} is no path in an archive"
        );
        Ok(())
    }

    fn line(&self) -> String {
        let Self {
            name,
            version,
            architecture,
            size,
            sha256,
            path,
            archive,
        } = self;
        format!(
            "{name} {version} {architecture} {size} {sha256} {} {path}",
            archive.name()
        )
    }
}

#[cfg(test)]
pub mod tests;
