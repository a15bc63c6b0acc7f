//! live-build, making a live ISO.

use super::{Order, Peer, write};
use anyhow::Result;
use std::path::Path;

/// live-build with its defaults, except what must be said.
pub const PEER: Peer = Peer {
    name: "live-build",
    result: "live ISO",
    file: "live-image-amd64.hybrid.iso",
    configure,
    cold: "sh configure.sh && lb build",
    // It keeps packages and the first tree, and makes everything else anew.
    again: "lb clean && sh configure.sh && lb build",
};

fn configure(folder: &Path, order: &Order) -> Result<()> {
    write(&folder.join("configure.sh"), &script(order))
}

/// What `lb clean` leaves alone is written again by the same script. The loader for BIOS is GRUB, as Firn's is.
fn script(order: &Order) -> String {
    let (main, suite) = (&order.mirror.main, &order.suite);
    let security = match &order.mirror.security {
        Some(url) => format!(
            "--security true --mirror-chroot-security {url} --mirror-binary-security {url} \
             --parent-mirror-chroot-security {url} --parent-mirror-binary-security {url}"
        ),
        None => "--security false".into(),
    };
    format!(
        "set -eu\nlb config noauto --mode debian --distribution {suite} --architecture amd64 \
         --archive-areas '{}' --apt-recommends false --updates true {security} \
         --mirror-bootstrap {main} --mirror-chroot {main} --mirror-binary {main} \
         --parent-mirror-bootstrap {main} --parent-mirror-chroot {main} --parent-mirror-binary {main} \
         --firmware-chroot false --firmware-binary false --debian-installer none --memtest none \
         --bootloaders 'grub-pc grub-efi' --uefi-secure-boot disable --binary-image iso-hybrid --win32-loader false\n\
         printf '%s\\n' {} >config/package-lists/peer.list.chroot\n",
        order.components.join(" "),
        order.packages.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::debian::Mirror;

    #[test]
    fn without_security_updates_where_no_mirror_has_them() {
        let mut order = Order {
            suite: "trixie".into(),
            components: vec!["main".into()],
            packages: vec!["one".into(), "two".into()],
            mirror: Mirror {
                main: "http://mirror.example/debian".into(),
                security: None,
            },
        };
        assert!(script(&order).contains("--security false"));
        assert!(script(&order).contains("printf '%s\\n' one two >config/"));
        order.mirror.security = Some("http://mirror.example/security".into());
        assert!(script(&order).contains("--mirror-chroot-security http://mirror.example/security"));
    }
}
