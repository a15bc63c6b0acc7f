//! The root file system of dom0 and installer: packages, Xen, our programs, the overlay; pruned; one squashfs.

use crate::recipe::Dom0;
use crate::step::Job;
use anyhow::{Context, Result};
use std::path::Path;

/// Puts the tree together in `$1` and packs it into `$2`. Arguments: base, xen, programs, overlay, keymaps, grub.
const ASSEMBLE: &str = r#"tree=$1 out=$2 base=$3 xen=$4 programs=$5 overlay=$6 keymaps=$7 grub=$8 prune=$9
rm -rf "$tree"; mkdir -p "$tree"
cp -a "$base/." "$tree/"
mkdir -p "$tree/usr/share/firn" "$tree/usr/lib/firn" "$tree/firn"
chroot "$tree" dpkg-query -W -f '${Package} ${Version}\n' >"$tree/usr/share/firn/packages"
kernel=$(basename "$tree"/usr/lib/modules/*)
cp "$tree/boot/vmlinuz-$kernel" "$out/vmlinuz"; echo "$kernel" >"$out/kernel-version"
tar -C "$xen/root" --owner=0 --group=0 --keep-directory-symlink -c . | tar -C "$tree" --keep-directory-symlink -x
(cd "$xen/root"; find usr/bin usr/sbin usr/libexec -type f -perm /111 | LC_ALL=C sort) >"$tree/usr/share/firn/xen-programs"
install -m755 "$programs/firn" "$tree/usr/bin/firn"
install -m755 "$programs/firnd" "$tree/usr/bin/firnd"
install -m755 "$programs/firn-installer" "$tree/usr/bin/firn-installer"
chroot "$tree" firn completion bash >"$tree/usr/share/firn/completion.bash"
echo '. /usr/share/firn/completion.bash' >>"$tree/etc/bash.bashrc"
cp -r "$keymaps" "$tree/usr/share/firn/keymaps"
mkdir "$tree/usr/lib/firn/grub"
cp "$grub/boot.img" "$grub/core.img" "$grub/grubx64.efi" "$tree/usr/lib/firn/grub/"
cd "$tree"; while read -r pattern; do rm -rf $pattern; done <"$prune"; cd /
tar -C "$overlay" --owner=0 --group=0 --mode=u+rwX,go+rX,go-w --keep-directory-symlink -c . | tar -C "$tree" --keep-directory-symlink -x
depmod -b "$tree" "$kernel"
"#;

/// Keeps, of the firmware, what the modules that are left ask for, and what the recipe names.
const FIRMWARE: &str = r#"tree=$1; shift
cd "$tree/usr/lib/firmware"
find "$tree/usr/lib/modules" -name '*.ko*' -print0 | xargs -0 modinfo -F firmware | sort -u >/tmp/wanted
for keep; do find "$keep" ! -type d; done >>/tmp/wanted
while read -r name; do
    for file in $name $name.xz $name.zst; do
        [ -e "$file" ] && { echo "./$file"; realpath --relative-to=. "$file" | sed 's,^,./,'; } || true
    done
done </tmp/wanted | sort -u >/tmp/kept
find . ! -type d | sort | comm -23 - /tmp/kept | xargs -d '\n' rm -f
find . -type d -empty -delete
"#;

const SQUASH: &str = r#"tree=$1 out=$2
touch "$tree/etc/machine-id"; ln -sfn ../run/systemd/resolve/stub-resolv.conf "$tree/etc/resolv.conf"
mksquashfs "$tree" "$out/root.squashfs" -noappend -no-progress -comp zstd -Xcompression-level 15 -b 1M -xattrs -quiet
rm -rf "$tree"
"#;

/// Whether its programs have all that they need. Only root, of a user namespace at least, may read all of them.
fn look_over(tree: &Path, job: &Job<'_>) -> Result<()> {
    let own = std::env::current_exe().context("finding this program")?;
    let mut words = firn_tree::namespaces();
    words.extend([own.into(), "whole".into(), tree.into()]);
    firn_command::cmd(&words[0], &words[1..])
        .log_to(job.log)
        .run()?;
    Ok(())
}

/// Where the overlay is inside the tools root.
const OVERLAY: &str = "/overlay";

/// Makes a folder with `root.squashfs`, `vmlinuz` and `kernel-version`.
///
/// # Errors
/// When the disk is full, a part is missing, or a program lacks a library.
pub fn build(job: &Job<'_>, recipe: &Dom0, overlay: &Path) -> Result<()> {
    std::fs::create_dir(job.out).with_context(|| format!("making {}", job.out.display()))?;
    let tree = job.out.with_extension("tree");
    let prune = job.out.with_extension("prune");
    std::fs::write(&prune, recipe.prune.join("\n") + "\n")
        .with_context(|| format!("writing {}", prune.display()))?;
    let parts = ["dom0-base", "xen", "programs"].map(|name| job.output(name));
    let rest = ["keymaps", "grub"].map(|name| job.output(name));
    let tools = job.room("tools-root")?.bind_at(overlay, OVERLAY);
    let inside = |path: &Path| tools.inside(path);
    let run = |script: &str| tools.run("sh", ["-euc", script, "dom0"]).log_to(job.log);
    let mut assemble = run(ASSEMBLE).args([inside(&tree), inside(job.out)]);
    for part in parts {
        assemble = assemble.arg(inside(part?));
    }
    assemble = assemble.arg(OVERLAY);
    for part in rest {
        assemble = assemble.arg(inside(part?));
    }
    assemble.arg(inside(&prune)).run()?;
    run(FIRMWARE)
        .arg(inside(&tree))
        .args(&recipe.firmware_keep)
        .run()?;
    look_over(&tree, job)?;
    run(SQUASH)
        .args([inside(&tree), inside(job.out)])
        .env("SOURCE_DATE_EPOCH", crate::EPOCH)
        .run()?;
    std::fs::remove_file(&prune).with_context(|| format!("removing {}", prune.display()))
}
