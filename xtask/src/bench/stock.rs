//! The peer of the installed host: Debian 13 as its packages make it, with `xen-system-amd64`, on a disk that starts from BIOS.
//!
//! Nothing in it is tuned. What differs from an installation by hand: GRUB's menu is written here, because `update-grub` looks for
//! disks; and login prompt, Xen and GRUB speak on the serial line, as Firn does.

mod loader;

use super::site::{Bench, Site};
use crate::cache::Cache;
use crate::debian::Mirror;
use crate::recipe::Recipes;
use crate::run::iso_args;
use crate::step::{Job, Pipeline, Step};
use anyhow::{Context, Result};
use firn_command::cmd;
use firn_lab::qemu::create_disk;
use firn_tree::{is_root, namespaces};
use std::path::{Path, PathBuf};

const STEP: &str = "bench-stock";
/// What is installed beside everything of the priorities required and important.
const PACKAGES: &str = "linux-image-amd64,grub-pc,xen-system-amd64,openssh-server,systemd-sysv";
/// The file system begins here; GRUB's core image lies before it.
const OFFSET: u64 = 1 << 20;
/// The file system's identifier, which the menu and fstab name.
const UUID: &str = "5e0c96c2-0000-4000-8000-f19000000001";

/// Makes the disk; its tree of packages comes from the cache if it is there.
///
/// # Errors
/// When the mirror is away, a package is missing, or the disk is full.
pub fn disk(bench: &Bench, site: &Site, bytes: u64) -> Result<PathBuf> {
    let cache = Cache::open()?;
    let recipes = Recipes::read(&crate::workspace())?;
    let args = iso_args();
    let mirror = Mirror::find(args.mirror, args.security_mirror)?;
    let suite = &recipes.roots.suite;
    let mut pipeline = Pipeline::new(&cache);
    let step = Step::new(STEP, |job| tree(job, &mirror, suite));
    pipeline.add(
        step.input("suite", suite)
            .input("packages", PACKAGES)
            .input("refreshed", cache.refreshed())
            .input("how", HOOK),
    );
    let outputs = pipeline.run(&[STEP])?;
    let path = bench.path("stock.img");
    create_disk(&path, bytes)?;
    fill(bench, site, &outputs[STEP].path, &path, bytes)?;
    Ok(path)
}

/// As `debian-installer` leaves a system without any task: Recommends are followed.
fn tree(job: &Job<'_>, mirror: &Mirror, suite: &str) -> Result<()> {
    let mode = if is_root() { "root" } else { "unshare" };
    let tar = job.out.with_extension("tar");
    cmd("mmdebstrap", ["--variant=important", "--skip=check/qemu"])
        .arg(format!("--mode={mode}"))
        .arg("--keyring=/usr/share/keyrings")
        .arg("--aptopt=Apt::Install-Recommends \"true\"")
        .arg(format!("--include={PACKAGES}"))
        .arg(format!("--customize-hook={HOOK}"))
        .args([suite.as_ref(), tar.as_os_str(), "-".as_ref()])
        .stdin_bytes(sources(mirror, suite).into_bytes())
        .log_to(job.log)
        .run()?;
    std::fs::create_dir(job.out).with_context(|| format!("making {}", job.out.display()))?;
    let words = namespaces();
    cmd(&words[0], &words[1..])
        .args(["tar", "--extract", "--numeric-owner", "--exclude=./dev/*"])
        .args([Path::new("--directory"), job.out, Path::new("--file"), &tar])
        .run()?;
    std::fs::remove_file(&tar).with_context(|| format!("removing {}", tar.display()))
}

/// Lines of a `sources.list`.
fn sources(mirror: &Mirror, suite: &str) -> String {
    let main = &mirror.main;
    let mut text = format!("deb {main} {suite} main\ndeb {main} {suite}-updates main\n");
    if let Some(security) = &mirror.security {
        text += &format!("deb {security} {suite}-security main\n");
    }
    text
}

/// The network by systemd-networkd: of Debian's ways the one that starts fastest.
const HOOK: &str = r#"set -eu
chroot "$1" systemctl enable systemd-networkd.service >/dev/null
printf '[Match]\nName=en*\n\n[Network]\nDHCP=yes\n' >"$1/etc/systemd/network/bench.network"
echo stock >"$1/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 stock\n' >"$1/etc/hosts"
"#;

/// Arguments: tree, a folder to work in, the disk, the key's line, identifier, KiB of the file system.
const FILL: &str = r#"tree=$1 work=$2 disk=$3 key=$4 uuid=$5 size=$6
rm -rf "$work"; mkdir "$work"; cp -ax "$tree" "$work/root"; cd "$work/root"
mkdir -p -m 700 root/.ssh; echo "$key" >root/.ssh/authorized_keys
echo "UUID=$uuid / ext4 errors=remount-ro 0 1" >etc/fstab
mkdir -p boot/grub/i386-pc
cp usr/lib/grub/i386-pc/*.mod usr/lib/grub/i386-pc/*.lst boot/grub/i386-pc/
cp usr/lib/grub/i386-pc/boot.img "$work/boot.img"
cat >boot/grub/grub.cfg <<END
set timeout=5
serial --unit=0 --speed=115200
terminal_input console serial
terminal_output console serial
menuentry 'Debian GNU/Linux, with Xen hypervisor' {
    insmod part_msdos
    insmod ext2
    search --no-floppy --fs-uuid --set=root $uuid
    echo 'Loading Xen ...'
    multiboot2 /$(ls boot/xen-*.gz) placeholder console=com1,vga com1=115200,8n1
    echo 'Loading Linux ...'
    module2 /$(ls boot/vmlinuz-*) placeholder root=UUID=$uuid ro quiet console=tty0 console=hvc0
    echo 'Loading initial ramdisk ...'
    module2 --nounzip /$(ls boot/initrd.img-*)
}
END
grub-mkimage --format i386-pc --prefix '(hd0,msdos1)/boot/grub' --output "$work/core.img" biosdisk part_msdos ext2
mkfs.ext4 -q -F -L stock -U "$uuid" -E offset=1048576 -d "$work/root" "$disk" "${size}k"
rm -rf "$work/root"
"#;

fn fill(bench: &Bench, site: &Site, tree: &Path, disk: &Path, bytes: u64) -> Result<()> {
    let work = bench.path("stock");
    let outputs = tree.parent().context("finding the cache's outputs")?;
    let kib = (bytes - OFFSET) / 1024;
    let root = site.lab.root().clone().bind(outputs);
    root.run("sh", ["-euc", FILL, "stock"])
        .args([tree, &work, disk])
        .args([&site.key.public, UUID, &kib.to_string()])
        .run()?;
    loader::write(disk, &work, OFFSET)
}
