//! The Debian tree that the peers run in.
//!
//! mkosi makes namespaces and calls `pivot_root`, which the kernel refuses in a chroot. So, other than in
//! [`firn_tree::Root`], the tree becomes the root of a mount namespace.

use super::Order;
use crate::cache::Cache;
use crate::debian::{self, Tree};
use crate::step::{Pipeline, Step};
use anyhow::Result;
use firn_command::{Cmd, cmd};
use firn_tree::namespaces;
use std::path::{Path, PathBuf};

const STEP: &str = "bench-peers";

/// Both builders, and what they call.
const PACKAGES: [&str; 23] = [
    "apt-utils",
    "bubblewrap",
    "cpio",
    "debian-archive-keyring",
    "debootstrap",
    "dosfstools",
    "e2fsprogs",
    "fdisk",
    "grub-efi-amd64-bin",
    "grub-pc-bin",
    "kmod",
    "live-build",
    "mkosi",
    "mtools",
    "python3-pefile",
    "squashfs-tools",
    "systemd-boot",
    "systemd-repart",
    "systemd-ukify",
    "wget",
    "xorriso",
    "xz-utils",
    "zstd",
];

/// Arguments: the tree, the folder to work in, the script.
const ENTER: &str = r#"root=$1 work=$2 script=$3
mount --make-rprivate /
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
for folder in run tmp var/tmp; do mount -t tmpfs tmpfs "$root/$folder"; done
mkdir -p "$root$work"
mount --bind "$work" "$root$work"
rm -f "$root/etc/resolv.conf"
cat /etc/resolv.conf >"$root/etc/resolv.conf"
cd "$root"
pivot_root . mnt
umount -l /mnt
cd "$work"
exec sh -euc "$script"
"#;

/// Makes the tree, or takes it from the cache.
///
/// # Errors
/// When a package is missing, or the mirror is away.
pub fn get(order: &Order) -> Result<PathBuf> {
    let cache = Cache::open()?;
    let components = order.components.join(" ");
    let sources = order.mirror.sources(&order.suite, &components);
    let mut pipeline = Pipeline::new(&cache);
    let step = Step::new(STEP, |job| {
        let tree = Tree {
            suite: &order.suite,
            sources: &sources,
            packages: &PACKAGES,
            lean: false,
        };
        debian::make_tree(job, &tree)
    });
    pipeline.add(
        step.input("suite", &order.suite)
            .input("refreshed", cache.refreshed())
            .input("packages", PACKAGES.join(" ")),
    );
    let outputs = pipeline.run(&[STEP])?;
    Ok(outputs[STEP].path.clone())
}

/// A command that runs shell text in the tree; of the host it sees only `work`, where it starts.
pub fn run(root: &Path, work: &Path, script: &str) -> Cmd {
    let words = namespaces();
    cmd(&words[0], &words[1..])
        .args(["sh", "-euc", ENTER, "enter"])
        .args([root, work])
        .arg(script)
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("HOME", "/root")
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "dumb")
}
