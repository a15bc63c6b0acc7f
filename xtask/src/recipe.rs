//! Recipes: what is built and from what, read from `recipes/*.toml`.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// `recipes/roots.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Roots {
    pub suite: String,
    pub components: Vec<String>,
    pub build: Packages,
    pub tools: Packages,
    pub guest: Packages,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Packages {
    pub packages: Vec<String>,
}

/// `recipes/xen.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Xen {
    pub config: Vec<String>,
    pub configure: Vec<String>,
    pub prune: Vec<String>,
    /// The sources that it may be built from, newest first.
    pub pins: Vec<Pin>,
}

impl Xen {
    /// How it is built, whatever it is built from.
    pub fn how(&self) -> String {
        format!("{:?}", (&self.config, &self.configure, &self.prune))
    }
}

/// One source of Xen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pin {
    /// Its file name in Debian's archive.
    pub file: String,
    /// Bytes.
    pub size: u64,
    pub sha256: String,
    /// The last Xen security advisory whose fix is in it: 523 for XSA-523.
    pub advisories_to: u32,
}

/// `recipes/dom0.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Dom0 {
    pub packages: Vec<String>,
    pub prune: Vec<String>,
    pub firmware_keep: Vec<String>,
}

/// `recipes/initrd.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Initrd {
    pub programs: Vec<String>,
    pub modules: Vec<String>,
    pub left_out: Vec<LeftOut>,
}

/// Drivers of disks that are not in the initrd.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LeftOut {
    /// Why nothing is lost without them.
    pub reason: String,
    pub modules: Vec<String>,
}

/// `recipes/netboot.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Netboot {
    pub programs: Vec<String>,
    pub modules: Vec<String>,
    /// Folders of firmware that stay out.
    pub without_firmware: Vec<String>,
}

/// `recipes/iso.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Iso {
    pub label: String,
    pub grub: Grub,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Grub {
    pub common: Vec<String>,
    pub bios: Vec<String>,
    pub efi: Vec<String>,
}

/// `recipes/release.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Release {
    /// YYYYMMDDNN: every image that is given out has a higher one than all before it.
    pub release: u64,
    /// The oldest release from which a host may come to this one; 0: any.
    pub from: u64,
    /// The generation of the start menu that it needs at least.
    pub grub: u32,
    /// Advisories of what it mends that the release before it does not.
    pub fixes: Vec<String>,
}

/// All recipes.
#[derive(Debug)]
pub struct Recipes {
    pub roots: Roots,
    pub xen: Xen,
    pub dom0: Dom0,
    pub initrd: Initrd,
    pub netboot: Netboot,
    pub iso: Iso,
    pub release: Release,
}

impl Recipes {
    /// Reads every recipe of this workspace.
    ///
    /// # Errors
    /// When a file is missing, is no TOML, or has an unknown key; the message has line and column.
    pub fn read(workspace: &Path) -> Result<Self> {
        let folder = workspace.join("recipes");
        Ok(Self {
            roots: read(folder.join("roots.toml"))?,
            xen: read(folder.join("xen.toml"))?,
            dom0: read(folder.join("dom0.toml"))?,
            initrd: read(folder.join("initrd.toml"))?,
            netboot: read(folder.join("netboot.toml"))?,
            iso: read(folder.join("iso.toml"))?,
            release: read(folder.join("release.toml"))?,
        })
    }

    /// The trees of packages, by their steps' names, and what is asked for in each.
    pub fn trees(&self) -> [(&'static str, &[String]); 4] {
        let Roots {
            build,
            tools,
            guest,
            ..
        } = &self.roots;
        [
            ("build-root", &build.packages),
            ("dom0-base", &self.dom0.packages),
            ("guest-root", &guest.packages),
            ("tools-root", &tools.packages),
        ]
    }
}

fn read<T: DeserializeOwned>(path: PathBuf) -> Result<T> {
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("reading the recipe {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("reading the recipe {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_recipes_are_sound() {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let recipes = Recipes::read(&workspace).unwrap();
        let pins = &recipes.xen.pins;
        assert!(pins.len() >= 2, "a mirror may lack the newest");
        assert!(pins.iter().all(|pin| pin.sha256.len() == 64));
        assert!(pins.is_sorted_by_key(|pin| std::cmp::Reverse(pin.advisories_to)));
        let Release { release, from, .. } = recipes.release;
        let (month, day) = (release / 10_000 % 100, release / 100 % 100);
        assert!((2026010100..2100010100).contains(&release) && from < release);
        assert!(
            (1..=12).contains(&month) && (1..=31).contains(&day),
            "{release}"
        );
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        let error = toml::from_str::<Packages>("packages = []\npakages = []\n").unwrap_err();
        assert!(
            error.to_string().contains("unknown field `pakages`"),
            "{error}"
        );
    }
}
