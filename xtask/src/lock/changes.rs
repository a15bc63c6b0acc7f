//! What differs between two locks.

use super::{Archive, Deb, Lock};
use std::collections::BTreeMap;

/// A line for each package that differs, those that come from the archive of security updates first.
pub fn changes(old: &Lock, new: &Lock) -> Vec<String> {
    let (old, new) = (by_name(old), by_name(new));
    let gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
    let mut lines: Vec<(bool, &str, String)> = gone
        .map(|(name, deb)| (true, *name, format!("{name} {} goes", deb.version)))
        .collect();
    for (name, deb) in &new {
        if let Some(text) = change(old.get(name).copied(), deb) {
            let security = deb.archive == Archive::Security;
            let mark = if security { ", a security update" } else { "" };
            lines.push((!security, *name, text + mark));
        }
    }
    lines.sort();
    lines.into_iter().map(|(_, _, text)| text).collect()
}

fn by_name(lock: &Lock) -> BTreeMap<&str, &Deb> {
    let named = lock.debs.iter().map(|deb| (deb.name.as_str(), deb));
    named.collect()
}

fn change(old: Option<&Deb>, new: &Deb) -> Option<String> {
    let Deb {
        name,
        version,
        sha256,
        ..
    } = new;
    match old {
        None => Some(format!("{name} {version} comes")),
        Some(old) if old.version != *version => {
            Some(format!("{name} {} becomes {version}", old.version))
        }
        Some(old) if old.sha256 != *sha256 => Some(format!(
            "{name} {version} is another file of the same version"
        )),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::tests::lock;

    #[test]
    fn what_differs_is_said_security_first() {
        let old = lock(&["bash 5.2-1", "dash 1", "openssl 3.5.4-1", "zlib1g 1.3"]);
        let mut new = lock(&["apt 3", "bash 5.2-2", "openssl 3.5.9-1", "zlib1g 1.3"]);
        new.debs[2].archive = Archive::Security;
        new.debs[3].sha256 = "0f".repeat(32);
        insta::assert_snapshot!(changes(&old, &new).join("\n"), @r"
        openssl 3.5.4-1 becomes 3.5.9-1, a security update
        apt 3 comes
        bash 5.2-1 becomes 5.2-2
        dash 1 goes
        zlib1g 1.3 is another file of the same version
        ");
        assert!(changes(&old, &old).is_empty());
    }
}
