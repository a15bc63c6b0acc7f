//! Debian: which mirror this machine uses, trees of packages, single files of the archive.

use crate::step::Job;
use anyhow::{Context, Result, bail};
use firn_command::cmd;
use firn_tree::on_host;
use std::path::Path;

/// Where packages come from. Never named in a recipe: the machine's own APT configuration tells.
#[derive(Debug, Clone)]
pub struct Mirror {
    pub main: String,
    pub security: Option<String>,
}

impl Mirror {
    /// What was given, else what APT uses.
    ///
    /// # Errors
    /// When nothing was given and APT knows no Debian mirror.
    pub fn find(main: Option<String>, security: Option<String>) -> Result<Self> {
        if let Some(main) = main {
            return Ok(Self { main, security });
        }
        let format = "$(ORIGIN)|$(LABEL)|$(REPO_URI)";
        let targets = cmd("apt-get", ["indextargets", "--format", format])
            .arg("Created-By: Packages")
            .read()
            .unwrap_or_default();
        let uri = |label: &str| {
            targets.lines().find_map(|line| {
                let parts: Vec<&str> = line.split('|').collect();
                (parts.len() == 3 && parts[0] == "Debian" && parts[1] == label)
                    .then(|| parts[2].trim_end_matches('/').to_owned())
            })
        };
        match uri("Debian") {
            Some(main) => Ok(Self {
                main,
                security: security.or_else(|| uri("Debian-Security")),
            }),
            None => bail!(
                "this machine's APT names no Debian mirror; name one with --mirror URL or FIRN_MIRROR \
                 (on Debian: run `apt-get update` first)"
            ),
        }
    }

    /// Its lines for APT.
    pub fn sources(&self, suite: &str, components: &str) -> String {
        let mut text = format!("deb {} {suite} {components}\n", self.main);
        text += &format!("deb {} {suite}-updates {components}\n", self.main);
        if let Some(security) = &self.security {
            text += &format!("deb {security} {suite}-security {components}\n");
        }
        text
    }
}

/// What a tree consists of.
pub struct Tree<'a> {
    pub suite: &'a str,
    /// Where APT finds them: lines of a sources.list.
    pub sources: &'a str,
    pub packages: &'a [&'a str],
    /// Leaves documentation and translations out.
    pub lean: bool,
}

/// Makes a tree of packages at `job.out`.
///
/// # Errors
/// When mmdebstrap fails: a package is missing or damaged, the disk is full.
pub fn make_tree(job: &Job<'_>, tree: &Tree<'_>) -> Result<()> {
    let tar = job.out.with_extension("tar");
    let mode = if firn_tree::is_root() {
        "root"
    } else {
        "unshare"
    };
    let mut mmdebstrap = on_host("mmdebstrap", ["--variant=apt", "--skip=check/qemu"])
        .arg(format!("--mode={mode}"))
        .arg("--keyring=/usr/share/keyrings")
        .arg("--aptopt=Apt::Install-Recommends \"false\"")
        .arg("--aptopt=Acquire::Retries \"3\"")
        // The cache may be in a folder that only its owner can enter.
        .arg("--aptopt=APT::Sandbox::User \"root\"")
        .arg("--dpkgopt=force-confold")
        .arg(format!("--customize-hook={FORGET}"))
        .arg(format!("--include={}", tree.packages.join(",")));
    if tree.lean {
        mmdebstrap = mmdebstrap.args(LEAN.map(|path| format!("--dpkgopt=path-exclude={path}")));
        mmdebstrap = mmdebstrap
            .arg("--dpkgopt=path-include=/usr/share/doc/*/copyright")
            .arg(concat!(
                "--essential-hook=mkdir -p \"$1/etc/initramfs-tools\"; ",
                "echo update_initramfs=no >\"$1/etc/initramfs-tools/update-initramfs.conf\""
            ))
            .env("INITRD", "No");
    }
    mmdebstrap
        .arg(tree.suite)
        .arg(&tar)
        .arg("-")
        .env("SOURCE_DATE_EPOCH", crate::EPOCH)
        .stdin_bytes(tree.sources.as_bytes().to_vec())
        .log_to(job.log)
        .run()?;
    unpack(&tar, job.out)?;
    std::fs::remove_file(&tar).with_context(|| format!("removing {}", tar.display()))
}

/// Where the packages came from is another place on each build host, and leads nowhere from within the tree.
const FORGET: &str = r#"rm -f "$1/etc/apt/sources.list" "$1/etc/apt/apt.conf.d/99mmdebstrap"; rm -rf "$1/etc/apt/sources.list.d"; mkdir "$1/etc/apt/sources.list.d""#;

const LEAN: [&str; 4] = [
    "/usr/share/doc/*",
    "/usr/share/man/*",
    "/usr/share/locale/*",
    "/usr/share/info/*",
];

/// Unpacks an archive so that its owners are kept (as subordinate ids for an ordinary user).
fn unpack(tar: &Path, folder: &Path) -> Result<()> {
    std::fs::create_dir(folder).with_context(|| format!("making {}", folder.display()))?;
    let words = firn_tree::namespaces();
    on_host(&words[0], &words[1..])
        .args(["tar", "--extract", "--numeric-owner", "--exclude=./dev/*"])
        .args([Path::new("--directory"), folder, Path::new("--file"), tar])
        .run()
        .with_context(|| format!("unpacking {}", tar.display()))
}

/// Fetches one file of the archive and checks its hash.
///
/// # Errors
/// When the mirror does not have it, or has another one.
pub fn fetch(url: &str, sha256: &str, to: &Path) -> Result<()> {
    cmd("/usr/lib/apt/apt-helper", ["download-file", url])
        .arg(to)
        .arg(format!("SHA256:{sha256}"))
        .run()?;
    Ok(())
}
