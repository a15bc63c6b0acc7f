//! Debian's packages in a tree, by dpkg's status file.

use crate::bom::{Component, SOURCE, SOURCE_VERSION};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// Debian's kernel is built from one source package and signed in another; advisories are about the first.
const SIGNED: &str = "-signed-amd64";

/// All packages that are installed in a tree.
///
/// # Errors
/// When the status file cannot be read, or names no package.
pub fn of_tree(tree: &Path) -> Result<Vec<Component>> {
    let path = tree.join("var/lib/dpkg/status");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let found: Vec<Component> = text.split("\n\n").filter_map(package).collect();
    ensure!(!found.is_empty(), "{} names no package", path.display());
    Ok(found)
}

fn package(paragraph: &str) -> Option<Component> {
    let field = |name: &str| {
        let lines = paragraph.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value.trim())
            .next()
    };
    if !field("Status")?.ends_with(" installed") {
        return None;
    }
    let (name, version) = (field("Package")?, field("Version")?);
    let more = format!("?arch={}", field("Architecture")?);
    let (source, source_version) = match field("Source") {
        Some(text) => source(text, version),
        None => (name, version),
    };
    let part = Component::package("deb", "debian/", name, version, &more);
    Some(
        part.with(SOURCE, source.trim_end_matches(SIGNED))
            .with(SOURCE_VERSION, source_version),
    )
}

/// `util-linux (2.41.5-0+deb13u1)`, or the name alone where the version is the package's.
fn source<'a>(text: &'a str, version: &'a str) -> (&'a str, &'a str) {
    match text.split_once(" (") {
        Some((name, version)) => (name, version.trim_end_matches(')')),
        None => (text, version),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: &str = "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nSource: bash (5.2.37-2)\nVersion: 5.2.37-2+b5\nDescription: a shell\n Version: none\n\n\
        Package: gone\nStatus: deinstall ok config-files\nArchitecture: all\nVersion: 1\n\n\
        Package: linux-image-6.12.57+deb13-amd64\nStatus: install ok installed\nArchitecture: amd64\nSource: linux-signed-amd64 (6.12.57+1)\nVersion: 6.12.57-1\n\n\
        Package: adduser\nStatus: install ok installed\nArchitecture: all\nVersion: 3.152\n";

    #[test]
    fn installed_packages_are_found_with_their_sources() {
        let tree = tempfile::tempdir().unwrap();
        fs::create_dir_all(tree.path().join("var/lib/dpkg")).unwrap();
        fs::write(tree.path().join("var/lib/dpkg/status"), STATUS).unwrap();
        let found = of_tree(tree.path()).unwrap();
        let shown = |part: &Component| {
            let property = |name| part.property(name).unwrap();
            format!(
                "{} from {} {}",
                part.reference,
                property(SOURCE),
                property(SOURCE_VERSION)
            )
        };
        assert_eq!(
            found.iter().map(shown).collect::<Vec<_>>(),
            [
                "pkg:deb/debian/bash@5.2.37-2%2Bb5?arch=amd64 from bash 5.2.37-2",
                "pkg:deb/debian/linux-image-6.12.57%2Bdeb13-amd64@6.12.57-1?arch=amd64 from linux 6.12.57+1",
                "pkg:deb/debian/adduser@3.152?arch=all from adduser 3.152",
            ]
        );
        fs::write(tree.path().join("var/lib/dpkg/status"), "").unwrap();
        assert!(
            of_tree(tree.path())
                .unwrap_err()
                .to_string()
                .ends_with("var/lib/dpkg/status names no package")
        );
    }
}
