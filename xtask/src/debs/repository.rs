//! A repository of exactly the packages of a lock, from which APT has no choice.

use crate::debian::{self, Tree};
use crate::files;
use crate::lock::{Deb, Lock};
use crate::step::Job;
use anyhow::{Context, Result};
use firn_tree::on_host;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// What APT reads of a path as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// Makes a tree of exactly the packages of a lock at `job.out`; `debs` has their files.
///
/// # Errors
/// When a package is missing or damaged, or the disk is full.
pub fn tree(job: &Job<'_>, suite: &str, lock: &Lock, debs: &Path, lean: bool) -> Result<()> {
    let folder = job.out.with_extension("debs");
    remove(&folder)?;
    make(&folder, debs, lock)?;
    let names: Vec<&str> = lock.debs.iter().map(|deb| deb.name.as_str()).collect();
    let tree = Tree {
        suite,
        sources: &source(&folder),
        packages: &names,
        lean,
    };
    debian::make_tree(job, &tree)?;
    remove(&folder)
}

/// An earlier build that was killed may have left it.
fn remove(folder: &Path) -> Result<()> {
    match folder.exists() {
        true => {
            fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))
        }
        false => Ok(()),
    }
}

/// Makes the repository in a folder that is not there yet, of the package files in `debs`.
///
/// # Errors
/// When a package is not there or is none, or something cannot be written.
fn make(folder: &Path, debs: &Path, lock: &Lock) -> Result<()> {
    fs::create_dir(folder).with_context(|| format!("making {}", folder.display()))?;
    let mut index = String::new();
    for deb in &lock.debs {
        let file = debs.join(&deb.sha256);
        files::link(&file, &folder.join(name(deb)))
            .with_context(|| format!("taking {} {}", deb.name, deb.version))?;
        let control = on_host("dpkg-deb", ["--field"]).arg(&file).read()?;
        index += &paragraph(deb, &control);
    }
    let path = folder.join("Packages");
    fs::write(&path, index).with_context(|| format!("writing {}", path.display()))
}

/// The repository's line for APT.
fn source(folder: &Path) -> String {
    let path = percent_encode(folder.as_os_str().as_bytes(), PLAIN);
    format!("deb [trusted=yes] copy:{path} ./\n")
}

fn name(deb: &Deb) -> String {
    format!("{}.deb", deb.sha256)
}

/// APT compares each file with what stands here.
fn paragraph(deb: &Deb, control: &str) -> String {
    format!(
        "{}\nFilename: ./{}\nSize: {}\nSHA256: {}\n\n",
        control.trim_end(),
        name(deb),
        deb.size,
        deb.sha256
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::tests::deb;

    #[test]
    fn a_package_is_named_with_its_size_and_sum() {
        let deb = Deb {
            sha256: "0f".repeat(32),
            ..deb("bash", "5.2-1")
        };
        insta::assert_snapshot!(paragraph(&deb, "Package: bash\nVersion: 5.2-1\n"), @r"
        Package: bash
        Version: 5.2-1
        Filename: ./0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f.deb
        Size: 3
        SHA256: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f
        ");
    }

    #[test]
    fn no_character_of_the_folder_is_in_apts_way() {
        assert_eq!(
            source(Path::new("/home/Jörg's cache/[1].debs")),
            "deb [trusted=yes] copy:/home/J%C3%B6rg%27s%20cache/%5B1%5D.debs ./\n"
        );
    }
}
