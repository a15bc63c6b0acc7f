//! Reading `/etc/firn/host.toml`, of whichever version.

use anyhow::{Context, Result, anyhow};
use firn_config::{Problem, Settings, VERSION};
use std::path::{Path, PathBuf};

/// Where the settings lie.
pub const PATH: &str = "/etc/firn/host.toml";

/// The settings of a host, and how well they are understood.
#[derive(Debug)]
pub struct Found {
    pub settings: Settings,
    /// What is to be said where the file is of a newer version.
    pub said: Option<String>,
    /// Names of the keys that do not count because they are not understood.
    pub left: Vec<String>,
}

/// The settings of the host whose root is `root`. The error lists all problems, one a line.
///
/// A newer Firn may have written the file. Then the newest of the files counts that it has left beside for older ones, `host.v1.toml`, and
/// without one what is understood of its own.
pub fn read(root: &Path) -> Result<Found> {
    let path = root.join(PATH.trim_start_matches('/'));
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let text = firn_config::decode(&bytes).map_err(|problem| anyhow!("{}", explain(&[problem])))?;
    match Settings::version_of(text).filter(|version| *version > VERSION) {
        Some(version) => newer(text, version, &path),
        None => Ok(Found {
            settings: Settings::parse(text)
                .map_err(|problems| anyhow!("{}", explain(&problems)))?,
            said: None,
            left: Vec::new(),
        }),
    }
}

/// The settings for a command that makes the system follow all of them.
pub fn read_whole(root: &Path) -> Result<Settings> {
    let found = read(root)?;
    match found.said {
        None => Ok(found.settings),
        Some(said) => Err(anyhow!("{said}")),
    }
}

fn newer(text: &str, version: u32, path: &Path) -> Result<Found> {
    let what =
        format!("{PATH} is of version {version}, and this Firn reads versions up to {VERSION}");
    if let Some((name, settings)) = beside(path) {
        return Ok(Found {
            settings,
            said: Some(format!("{what}; the settings in {name} count instead")),
            left: Vec::new(),
        });
    }
    let list = |problems: &[Problem]| {
        let line = |problem| format!("\n  {problem}");
        problems.iter().map(line).collect::<String>()
    };
    match Settings::read(text) {
        Ok(found) => Ok(Found {
            settings: found.settings,
            said: Some(format!(
                "{what}; what it understands counts, and the file stays as it is. Start the newer Firn to use all of it{}",
                list(&found.left)
            )),
            left: found.left.into_iter().map(|problem| problem.name).collect(),
        }),
        Err(problems) => Err(anyhow!(
            "{what}; it makes no settings of that. Start the newer Firn{}",
            list(&problems)
        )),
    }
}

/// The newest readable file of a known version beside, with its name.
fn beside(path: &Path) -> Option<(String, Settings)> {
    let file = |version: u32| -> PathBuf { path.with_file_name(format!("host.v{version}.toml")) };
    (1..=VERSION).rev().find_map(|version| {
        let bytes = std::fs::read(file(version)).ok()?;
        let settings = Settings::parse(firn_config::decode(&bytes).ok()?).ok()?;
        Some((format!("host.v{version}.toml"), settings))
    })
}

fn explain(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("\n  {problem}"))
        .collect();
    format!(
        "{PATH} has mistakes; mend them, then run firn apply:{}",
        lines.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "version = 1\n[host]\nname = \"xen1\"\n[network]\n\
        nics = [{ name = \"nic0\", mac = \"52:54:00:00:00:01\" }]\nuplink = \"nic0\"\n";

    fn host(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("etc/firn");
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        root
    }

    #[test]
    fn a_byte_that_is_no_text_is_named_with_its_place() {
        let root = host(&[]);
        std::fs::write(
            root.path().join("etc/firn/host.toml"),
            b"version = 1\n# M\xfcnchen\n",
        )
        .unwrap();
        let error = read(root.path()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "/etc/firn/host.toml has mistakes; mend them, then run firn apply:\n  \
             problem syntax: the file is not UTF-8 text; save it as UTF-8 (line 2, column 4)"
        );
    }

    #[test]
    fn of_a_newer_file_counts_what_is_understood_and_the_rest_is_said() {
        let newer = TODAY.replace("version = 1", "version = 7") + "[update]\n";
        let root = host(&[("host.toml", &newer)]);
        let found = read(root.path()).unwrap();
        assert_eq!(found.settings.host.name, "xen1");
        assert_eq!(found.left, ["update"]);
        let said = "/etc/firn/host.toml is of version 7, and this Firn reads versions up to 1; what it understands counts, \
            and the file stays as it is. Start the newer Firn to use all of it\n  \
            problem update: unknown key \"update\" at the top of the file; it takes \"version\", \"language\", \"keyboard\", \
            \"timezone\", \"host\", \"console\", \"time\", \"network\" and \"guests\" (line 7, column 2)";
        assert_eq!(found.said.as_deref(), Some(said));
        // Who writes files from the settings by hand is to do so with all of them.
        assert_eq!(read_whole(root.path()).unwrap_err().to_string(), said);
        let root = host(&[("host.toml", "version = 7\n")]);
        let error = read(root.path()).unwrap_err().to_string();
        assert!(
            error.starts_with("/etc/firn/host.toml is of version 7, and this Firn reads versions up to 1; it makes no settings of that. Start the newer Firn\n  problem host.name: "),
            "{error}"
        );
    }

    #[test]
    fn the_file_left_for_older_ones_comes_first() {
        let newer = TODAY.replace("version = 1", "version = 7");
        let older = TODAY.replace("xen1", "xen2");
        let root = host(&[("host.toml", &newer), ("host.v1.toml", &older)]);
        let found = read(root.path()).unwrap();
        assert_eq!(found.settings.host.name, "xen2");
        assert_eq!(
            found.said.unwrap(),
            "/etc/firn/host.toml is of version 7, and this Firn reads versions up to 1; the settings in host.v1.toml count instead"
        );
        // One that is of no use is passed over, and today's own version needs none.
        let root = host(&[("host.toml", &newer), ("host.v1.toml", "version = ")]);
        assert_eq!(read(root.path()).unwrap().settings.host.name, "xen1");
        let root = host(&[("host.toml", TODAY), ("host.v1.toml", &older)]);
        assert_eq!(read_whole(root.path()).unwrap().host.name, "xen1");
    }
}
