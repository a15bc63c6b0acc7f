//! The sources of Firn's programs, laid out in the cache for cargo.
//!
//! Cargo tells by a file's time whether it has to compile it again, and what it has compiled is shared by all checkouts that build
//! into one cache. A file of another checkout may differ and be older; so a file is written here when its content differs, and then
//! it is newer than what was compiled from the one before.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

/// What belongs to no member of the workspace, but is compiled into one.
const BESIDE: [&str; 4] = [
    "Cargo.lock",
    "Cargo.toml",
    "overlay/templates",
    "recipes/templates",
];

/// Makes `copy` the same as the sources of `workspace`.
///
/// # Errors
/// When something cannot be read or written.
pub fn lay_out(workspace: &Path, copy: &Path) -> Result<()> {
    let text = fs::read_to_string(workspace.join("Cargo.toml")).context("reading Cargo.toml")?;
    let members = members(&text)?;
    let all = BESIDE.into_iter().chain(members.iter().map(String::as_str));
    for name in all {
        same(&workspace.join(name), &copy.join(name))
            .with_context(|| format!("copying {name} to {}", copy.display()))?;
    }
    Ok(())
}

/// The folders of the workspace's members; one that is named with `/*` holds members only.
fn members(text: &str) -> Result<Vec<String>> {
    #[derive(serde::Deserialize)]
    struct Manifest {
        workspace: Workspace,
    }
    #[derive(serde::Deserialize)]
    struct Workspace {
        members: Vec<String>,
    }
    let manifest: Manifest = toml::from_str(text).context("reading Cargo.toml")?;
    let folder = |name: String| name.trim_end_matches("/*").to_owned();
    Ok(manifest.workspace.members.into_iter().map(folder).collect())
}

fn same(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return same_file(from, to);
    }
    if to.is_file() {
        fs::remove_file(to)?;
    }
    fs::create_dir_all(to)?;
    let names = |folder: &Path| -> io::Result<BTreeSet<OsString>> {
        let entries = folder.read_dir()?;
        entries.map(|entry| Ok(entry?.file_name())).collect()
    };
    let wanted = names(from)?;
    for name in names(to)?.difference(&wanted) {
        remove(&to.join(name))?;
    }
    wanted
        .iter()
        .try_for_each(|name| same(&from.join(name), &to.join(name)))
}

fn same_file(from: &Path, to: &Path) -> io::Result<()> {
    let content = fs::read(from)?;
    if to.is_file() && fs::read(to)? == content {
        return Ok(());
    }
    if to.is_dir() {
        fs::remove_dir_all(to)?;
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, content)
}

fn remove(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    fn workspace(content: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("Cargo.toml", "[workspace]\nmembers = [\"one\"]\n");
        write("Cargo.lock", "");
        write("overlay/templates/a.tera", "a");
        write("recipes/templates/a.toml", "a");
        write("one/src/main.rs", content);
        write("one/src/same.rs", "same");
        write("two/src/main.rs", "no member");
        folder
    }

    /// Sets the time of a file to the beginning of 1970, and tells whether it still has it.
    fn age(path: &Path) {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }

    fn is_old(path: &Path) -> bool {
        path.metadata().unwrap().modified().unwrap() == SystemTime::UNIX_EPOCH
    }

    #[test]
    fn a_file_of_another_checkout_is_new_if_it_differs_however_old_it_is() {
        let (first, second) = (workspace("first"), workspace("second"));
        let copy = tempfile::tempdir().unwrap();
        lay_out(first.path(), copy.path()).unwrap();
        let (main, other) = (
            copy.path().join("one/src/main.rs"),
            copy.path().join("one/src/same.rs"),
        );
        for path in [&main, &other, &second.path().join("one/src/main.rs")] {
            age(path);
        }
        lay_out(second.path(), copy.path()).unwrap();
        assert_eq!(fs::read_to_string(&main).unwrap(), "second");
        assert!(!is_old(&main) && is_old(&other));
    }

    #[test]
    fn what_is_gone_is_removed_and_what_is_no_member_stays_out() {
        let (first, second) = (workspace("same"), workspace("same"));
        let copy = tempfile::tempdir().unwrap();
        fs::write(first.path().join("one/build.rs"), "").unwrap();
        fs::create_dir(first.path().join("one/examples")).unwrap();
        lay_out(first.path(), copy.path()).unwrap();
        assert!(copy.path().join("one/build.rs").exists());
        lay_out(second.path(), copy.path()).unwrap();
        assert!(!copy.path().join("one/build.rs").exists());
        assert!(!copy.path().join("one/examples").exists());
        assert!(copy.path().join("overlay/templates/a.tera").exists());
        assert!(copy.path().join("recipes/templates/a.toml").exists());
        assert!(!copy.path().join("two").exists());
    }

    #[test]
    fn a_file_may_become_a_folder_and_the_other_way_round() {
        let (first, second) = (workspace("same"), workspace("same"));
        let copy = tempfile::tempdir().unwrap();
        fs::create_dir(first.path().join("one/x")).unwrap();
        fs::write(first.path().join("one/x/mod.rs"), "").unwrap();
        fs::write(second.path().join("one/x"), "").unwrap();
        for workspace in [&first, &second, &first] {
            lay_out(workspace.path(), copy.path()).unwrap();
            let is_dir = workspace.path().join("one/x").is_dir();
            assert_eq!(copy.path().join("one/x").is_dir(), is_dir);
        }
    }
}
