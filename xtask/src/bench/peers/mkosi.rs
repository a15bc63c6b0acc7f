//! mkosi, making a disk image that starts on UEFI.

use super::{Order, Peer, write};
use anyhow::Result;
use std::path::Path;

/// mkosi with its defaults, except what must be said.
pub const PEER: Peer = Peer {
    name: "mkosi",
    result: "disk image",
    file: "out/peer.raw",
    configure,
    cold: "mkosi --force build",
    // It keeps the tree of packages, and makes the image from it anew.
    again: "mkosi --force build",
};

/// mkosi itself starts images with systemd-boot, which it takes from the image's own packages.
const LOADER: &str = "systemd-boot-efi";

fn configure(folder: &Path, order: &Order) -> Result<()> {
    for name in ["cache", "packages", "work", "out"] {
        std::fs::create_dir_all(folder.join(name))?;
    }
    // Without this file mkosi would add mirrors of its own choice.
    let sources = folder.join("sandbox/etc/apt/sources.list.d/mkosi.sources");
    write(&sources, &self::sources(order))?;
    write(&folder.join("mkosi.conf"), &config(order))
}

fn sources(order: &Order) -> String {
    let entry = |uri: &str, suites: &str| {
        format!(
            "Types: deb\nURIs: {uri}\nSuites: {suites}\nComponents: {}\n\
             Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n",
            order.components.join(" ")
        )
    };
    let suite = &order.suite;
    let mut text = entry(&order.mirror.main, &format!("{suite} {suite}-updates"));
    if let Some(security) = &order.mirror.security {
        text += &entry(security, &format!("{suite}-security"));
    }
    text
}

fn config(order: &Order) -> String {
    format!(
        "[Distribution]\nDistribution=debian\nRelease={}\nMirror={}\nRepositories={}\n\n\
         [Output]\nFormat=disk\nOutputDirectory=out\nOutput=peer\n\n\
         [Build]\nBuildSources=\nSandboxTrees=sandbox\nIncremental=yes\nCacheDirectory=cache\nPackageCacheDirectory=packages\n\
         WorkspaceDirectory=work\n\n\
         [Content]\nBootable=yes\nBootloader=systemd-boot\nWithRecommends=no\nWithDocs=no\n\
         Packages={LOADER}\n    {}\n",
        order.suite,
        order.mirror.main,
        order.components.join(","),
        order.packages.join("\n    ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::debian::Mirror;

    #[test]
    fn packages_and_the_given_mirrors() {
        let order = Order {
            suite: "trixie".into(),
            components: vec!["main".into(), "non-free-firmware".into()],
            packages: vec!["one".into(), "two".into()],
            mirror: Mirror {
                main: "http://mirror.example/debian".into(),
                security: Some("http://mirror.example/security".into()),
            },
        };
        let config = config(&order);
        assert!(config.ends_with("Packages=systemd-boot-efi\n    one\n    two\n"));
        let sources = sources(&order);
        assert!(
            sources.contains("URIs: http://mirror.example/debian\nSuites: trixie trixie-updates\n")
        );
        assert!(
            sources.contains("URIs: http://mirror.example/security\nSuites: trixie-security\n")
        );
    }
}
