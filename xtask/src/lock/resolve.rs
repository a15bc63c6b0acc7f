//! Which packages a tree consists of today: APT says it, from the mirror's index, in a folder of its own.

use super::{Archive, Deb, Lock};
use crate::debian::Mirror;
use crate::recipe::Roots;
use anyhow::{Context, Result, ensure};
use firn_command::Cmd;
use firn_tree::on_host;
use jiff::fmt::{rfc2822, strtime};
use jiff::{Timestamp, ToSpan};
use percent_encoding::percent_decode_str;
use std::path::Path;

/// The mirror's index, fetched once.
pub struct Index<'a> {
    folder: tempfile::TempDir,
    mirror: &'a Mirror,
    roots: &'a Roots,
    as_of: String,
}

impl<'a> Index<'a> {
    /// Fetches the index; APT checks its signatures.
    ///
    /// # Errors
    /// When the mirror cannot be reached, or a signature is wrong.
    pub fn fetch(mirror: &'a Mirror, roots: &'a Roots) -> Result<Self> {
        let folder = tempfile::tempdir().context("making a folder for the mirror's index")?;
        let sources = mirror.sources(&roots.suite, &roots.components.join(" "));
        for name in ["lists/partial", "archives/partial", "none"] {
            std::fs::create_dir_all(folder.path().join(name)).context("making APT's folders")?;
        }
        for (name, text) in [("sources.list", sources.as_str()), ("status", "")] {
            std::fs::write(folder.path().join(name), text).context("writing APT's sources")?;
        }
        let mut index = Self {
            folder,
            mirror,
            roots,
            as_of: String::new(),
        };
        let update = index.apt("update").arg("--error-on=any");
        update.run().context("fetching the mirror's index")?;
        index.as_of = as_of(&releases(&index.folder.path().join("lists"))?)?;
        Ok(index)
    }

    /// The packages of a tree.
    ///
    /// # Errors
    /// When the mirror lacks one of them, or what it depends on.
    pub fn lock(&self, packages: &[String]) -> Result<Lock> {
        let text = self
            .apt("install")
            .args(["-qq", "--print-uris", "-o", "Acquire::ForceHash=SHA256"])
            .args(["?essential", "apt"])
            .args(packages)
            .read()
            .context("asking the mirror's index for packages")?;
        let mut debs = text
            .lines()
            .map(|line| deb(line, self.mirror))
            .collect::<Result<Vec<_>>>()?;
        debs.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(Lock {
            wish: super::wish(self.roots, packages),
            as_of: self.as_of.clone(),
            debs,
        })
    }

    /// APT with nothing of this machine but its way to the network.
    fn apt(&self, what: &str) -> Cmd {
        let folder = self.folder.path();
        let own = [
            ("Dir::State::lists", "lists"),
            ("Dir::State::status", "status"),
            ("Dir::State::extended_states", "extended"),
            ("Dir::Cache", ""),
            ("Dir::Cache::archives", "archives"),
            ("Dir::Etc::sourcelist", "sources.list"),
            ("Dir::Etc::sourceparts", "none"),
            ("Dir::Etc::preferences", "none/preferences"),
            ("Dir::Etc::preferencesparts", "none"),
        ];
        let own = own.map(|(key, name)| format!("{key}={}", folder.join(name).display()));
        let set = [
            "APT::Architecture=amd64",
            "APT::Architectures=amd64",
            "APT::Default-Release=",
            "APT::Install-Recommends=false",
            "APT::Install-Suggests=false",
            "APT::Sandbox::User=root",
            "Acquire::Languages=none",
            "Acquire::Retries=3",
            "Dir::Etc::trustedparts=/usr/share/keyrings/",
        ];
        let options = own.into_iter().chain(set.map(str::to_owned));
        on_host("apt-get", ["-q"])
            .args(options.flat_map(|option| ["-o".to_owned(), option]))
            .arg(what)
            .shown_as(format!("apt-get {what}"))
    }
}

/// A package as APT prints it: `'URL' NAME_VERSION_ARCHITECTURE.deb SIZE SHA256:SUM`.
fn deb(line: &str, mirror: &Mirror) -> Result<Deb> {
    let what = || format!("reading what APT says of a package: {line:?}");
    let words: Vec<&str> = line.split(' ').collect();
    let [url, file, size, sum] = words.as_slice() else {
        return Err(anyhow::anyhow!(
            "it has other words than URL, file, size, sum"
        ))
        .with_context(what);
    };
    let (archive, path) = place(url.trim_matches('\''), mirror).with_context(what)?;
    let file = percent_decode_str(file).decode_utf8().with_context(what)?;
    let parts: Vec<&str> = file.trim_end_matches(".deb").split('_').collect();
    let [name, version, architecture] = parts.as_slice() else {
        return Err(anyhow::anyhow!(
            "its file's name has other parts than name, version, architecture"
        ))
        .with_context(what);
    };
    let sum = sum.strip_prefix("SHA256:").unwrap_or_default();
    Deb::parse(&[
        name,
        version,
        architecture,
        size,
        sum,
        archive.name(),
        &path,
    ])
    .with_context(what)
}

/// In which archive a URL is, and where there.
fn place(url: &str, mirror: &Mirror) -> Result<(Archive, String)> {
    let archives = [
        (Archive::Security, mirror.security.as_deref()),
        (Archive::Main, Some(mirror.main.as_str())),
    ];
    let (archive, path) = archives
        .into_iter()
        .find_map(|(archive, base)| {
            let path = url.strip_prefix(base?.trim_end_matches('/'))?;
            Some((archive, path.strip_prefix('/')?))
        })
        .context("it is in none of the mirrors that were asked")?;
    Ok((
        archive,
        percent_decode_str(path).decode_utf8()?.into_owned(),
    ))
}

/// The times at which the index's parts were made.
fn releases(lists: &Path) -> Result<Vec<String>> {
    let mut dates = Vec::new();
    for entry in lists.read_dir().context("reading the mirror's index")? {
        let path = entry.context("reading the mirror's index")?.path();
        if path.to_string_lossy().ends_with("Release") {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("reading {}", path.display()))?;
            let date = text.lines().find_map(|line| line.strip_prefix("Date: "));
            dates.extend(date.map(str::to_owned));
        }
    }
    Ok(dates)
}

/// Half a day after the newest: by then a snapshot has what the index names, and nothing superseded is removed before.
fn as_of(dates: &[String]) -> Result<String> {
    ensure!(
        !dates.is_empty(),
        "the mirror's index does not say when it was made"
    );
    let time = |date: &String| -> Result<Timestamp> {
        let text = date.replace("UTC", "+0000");
        let zoned =
            rfc2822::parse(&text).with_context(|| format!("reading the index's date {date}"))?;
        Ok(zoned.timestamp())
    };
    let times = dates.iter().map(time).collect::<Result<Vec<_>>>()?;
    let newest = times.into_iter().max().unwrap_or_default() + 12.hours();
    strtime::format("%Y%m%dT%H%M%SZ", newest).context("writing the index's date")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mirror() -> Mirror {
        Mirror {
            main: "http://mirror.example/debian".into(),
            security: Some("http://mirror.example/debian-security/".into()),
        }
    }

    #[test]
    fn what_apt_prints_is_read() {
        let sum = "0f".repeat(32);
        let line = format!(
            "'http://mirror.example/debian/pool/main/q/qemu/qemu-utils_10.0.13%2bds-0%2bdeb13u1_amd64.deb' qemu-utils_1%3a10.0.13+ds-0+deb13u1_amd64.deb 2345 SHA256:{sum}"
        );
        let read = deb(&line, &mirror()).unwrap();
        assert_eq!(
            read,
            Deb {
                name: "qemu-utils".into(),
                version: "1:10.0.13+ds-0+deb13u1".into(),
                architecture: "amd64".into(),
                size: 2345,
                sha256: sum.clone(),
                archive: Archive::Main,
                path: "pool/main/q/qemu/qemu-utils_10.0.13+ds-0+deb13u1_amd64.deb".into(),
            }
        );
        let security = line.replace("debian/pool", "debian-security/pool/updates");
        let security = deb(&security, &mirror()).unwrap();
        assert_eq!(security.archive, Archive::Security);
        assert!(security.path.starts_with("pool/updates/main/"));
    }

    #[test]
    fn what_is_not_understood_is_shown() {
        let said = |line: &str| format!("{:#}", deb(line, &mirror()).unwrap_err());
        assert_eq!(
            said("NOTE: simulated"),
            "reading what APT says of a package: \"NOTE: simulated\": it has other words than URL, file, size, sum"
        );
        assert_eq!(
            said("'http://other.example/a_1_all.deb' a_1_all.deb 1 SHA256:ab"),
            "reading what APT says of a package: \"'http://other.example/a_1_all.deb' a_1_all.deb 1 SHA256:ab\": it is in none of \
             the mirrors that were asked"
        );
    }

    #[test]
    fn snapshots_are_asked_half_a_day_later() {
        let dates = [
            "Sat, 21 Nov 2026 09:15:44 UTC",
            "Sun, 29 Nov 2026 00:53:14 UTC",
        ];
        assert_eq!(
            as_of(&dates.map(str::to_owned)).unwrap(),
            "20261129T125314Z"
        );
        assert_eq!(
            as_of(&[]).unwrap_err().to_string(),
            "the mirror's index does not say when it was made"
        );
    }
}
