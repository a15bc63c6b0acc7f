//! The initrd: microcode first and uncompressed, then our `/init` with its programs and drivers.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use firn_lab::root::Root;

use super::storage;
use crate::recipe::Initrd;
use crate::step::Job;

/// Collects programs with their libraries, and modules with their dependencies, from dom0's packages.
const COLLECT: &str = r#"base=$1 tree=$2 init=$3 programs=$4; shift 4
rm -rf "$tree"; mkdir -p "$tree/usr/bin" "$tree/usr/sbin" "$tree/usr/lib" "$tree/usr/lib64" "$tree/proc" "$tree/sys" "$tree/dev" "$tree/run" "$tree/sysroot" "$tree/etc" "$tree/tmp"
for link in bin sbin lib lib64; do ln -s "usr/$link" "$tree/$link"; done
cp "$init" "$tree/init"; cp "$init" "$base/tmp/firn-init"
for program in $programs; do
    mkdir -p "$tree/$(dirname "$program")"; cp -L "$base/$program" "$tree/$program"
done
for program in $programs tmp/firn-init; do
    chroot "$base" ldd "/$program" 2>/dev/null | grep -o '/[^ ]*\.so[^ ]*' || true
done | sort -u | while read -r lib; do
    lib=$(readlink -f "$base$lib" | sed "s,^$base,,")
    mkdir -p "$tree$(dirname "$lib")"; cp -L "$base$lib" "$tree$lib"
done
rm "$base/tmp/firn-init"
cp -a "$base/usr/lib64/." "$tree/usr/lib64/"
find "$base/usr/lib/x86_64-linux-gnu" -maxdepth 1 -type l -name '*.so.*' | while read -r link; do
    target=$(readlink "$link")
    [ -e "$tree/usr/lib/x86_64-linux-gnu/$target" ] && cp -a "$link" "$tree/usr/lib/x86_64-linux-gnu/" || true
done
for link in sh mount umount cat ls dmesg; do ln -s busybox "$tree/usr/bin/$link"; done
for link in modprobe insmod lsmod depmod; do ln -s ../bin/kmod "$tree/usr/sbin/$link"; done
kernel=$(basename "$base"/usr/lib/modules/*)
for module; do modprobe --dirname "$base" --set-version "$kernel" --show-depends "$module" 2>/dev/null || true; done |
    sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u | while read -r file; do
        to="$tree/${file#"$base"/}"; mkdir -p "$(dirname "$to")"
        case $file in *.xz) xz -dc "$file" >"${to%.xz}";; *) cp "$file" "$to";; esac
    done
cp "$base/usr/lib/modules/$kernel/modules.builtin" "$base/usr/lib/modules/$kernel/modules.builtin.modinfo" "$base/usr/lib/modules/$kernel/modules.order" "$tree/usr/lib/modules/$kernel/"
depmod -b "$tree" "$kernel"
"#;

/// Adds the firmware that the drivers ask for, as far as Debian has it.
const FIRMWARE: &str = r#"base=$1 tree=$2
find "$tree/usr/lib/modules" -name '*.ko' -exec modinfo -F firmware {} + | sort -u | while read -r name; do
    [ -e "$base/usr/lib/firmware/$name" ] || continue
    mkdir -p "$(dirname "$tree/usr/lib/firmware/$name")"; cp -L "$base/usr/lib/firmware/$name" "$tree/usr/lib/firmware/$name"
done
"#;

/// Packs both archives into one file.
const PACK: &str = r#"base=$1 tree=$2 out=$3 early=$2.early
rm -rf "$early"; mkdir -p "$early/kernel/x86/microcode"
cat "$base"/usr/lib/firmware/intel-ucode/* >"$early/kernel/x86/microcode/GenuineIntel.bin"
cat "$base"/usr/lib/firmware/amd-ucode/microcode_amd*.bin >"$early/kernel/x86/microcode/AuthenticAMD.bin"
pack() { find . -print0 | LC_ALL=C sort -z | cpio --null --create --format=newc --owner=0:0 --reproducible --quiet; }
find "$early" "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
(cd "$early"; pack) >"$out"
(cd "$tree"; pack) | zstd -q -19 -T0 >>"$out"
rm -rf "$early" "$tree"
"#;

/// Makes the file `initrd.img`.
///
/// # Errors
/// When a program is missing in the dom0 packages, or the recipe leaves out a driver that there is not.
pub fn build(job: &Job<'_>, recipe: &Initrd) -> Result<()> {
    let base = job.output("dom0-base")?;
    let init = job.output("programs")?.join("firn-init");
    let tree = job.out.with_extension("tree");
    let folder = job.out.parent().context("finding the cache's outputs")?;
    let tools = Root::open(job.output("tools-root")?)?.bind(folder);
    let run = |script: &str| tools.run("sh", ["-euc", script, "initrd"]).log_to(job.log);
    run(COLLECT)
        .args([base, &tree, &init])
        .arg(recipe.programs.join(" "))
        .args(&recipe.modules)
        .args(disk_drivers(base, recipe)?)
        .run()?;
    run(FIRMWARE).args([base, &tree]).run()?;
    run(PACK)
        .args([base, &tree, job.out])
        .env("SOURCE_DATE_EPOCH", crate::epoch())
        .run()?;
    Ok(())
}

/// Whatever disk the root can be installed on, the initrd must find again.
fn disk_drivers(base: &Path, recipe: &Initrd) -> Result<BTreeSet<String>> {
    let folder = base.join("usr/lib/modules");
    let mut kernels = folder
        .read_dir()
        .with_context(|| format!("reading {}", folder.display()))?;
    let kernel = kernels.next().context("finding dom0's kernel")??.path();
    let read = |name: &str| {
        let path = kernel.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let (aliases, dependencies) = (read("modules.alias")?, read("modules.dep")?);
    storage::drivers(&aliases, &dependencies, &recipe.left_out)
}
