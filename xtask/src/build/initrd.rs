//! The initrd: microcode first and uncompressed, then our `/init` with its programs and drivers.

use super::storage;
use crate::recipe::{Initrd, Netboot};
use crate::step::Job;
use anyhow::{Context, Result};
use firn_command::Cmd;
use firn_tree::Root;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
for module; do
    case $module in
    */*) find "$base/usr/lib/modules/$kernel/kernel/$module" -name '*.ko*' -printf '%f\n' | sed 's/\.ko.*//';;
    *) echo "$module";;
    esac
done | while read -r module; do modprobe --dirname "$base" --set-version "$kernel" --show-depends "$module" 2>/dev/null || true; done |
    sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u | while read -r file; do
        to="$tree/${file#"$base"/}"; mkdir -p "$(dirname "$to")"
        case $file in *.xz) xz -dc "$file" >"${to%.xz}";; *) cp "$file" "$to";; esac
    done
cp "$base/usr/lib/modules/$kernel/modules.builtin" "$base/usr/lib/modules/$kernel/modules.builtin.modinfo" "$base/usr/lib/modules/$kernel/modules.order" "$tree/usr/lib/modules/$kernel/"
depmod -b "$tree" "$kernel"
"#;

/// The firmware that the drivers ask for, as far as Debian has it, except what lies below the folders `$3`.
const FIRMWARE: &str = r#"base=$1 tree=$2 without=$3
cd "$base/usr/lib/firmware"
find "$tree/usr/lib/modules" -name '*.ko' -print0 | xargs -0 modinfo -F firmware | sort -u | while read -r name; do
    for folder in $without; do case $name in "$folder"/*) continue 2;; esac; done
    for file in $name; do
        [ -e "$file" ] || continue
        mkdir -p "$tree/usr/lib/firmware/$(dirname "$file")"; cp -L "$file" "$tree/usr/lib/firmware/$file"
    done
done
"#;

/// A shell function: the folder it is called in, as an archive on standard output. Times are those of the image.
pub const PACK: &str = r#"pack() {
    find . -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
    find . -print0 | LC_ALL=C sort -z | cpio --null --create --format=newc --owner=0:0 --reproducible --quiet
}
"#;

/// Processors take their microcode from an archive that comes first and is not compressed.
const MICROCODE: &str = r#"base=$1 out=$2 early=$2.early
rm -rf "$early"; mkdir -p "$early/kernel/x86/microcode"
cat "$base"/usr/lib/firmware/intel-ucode/* >"$early/kernel/x86/microcode/GenuineIntel.bin"
cat "$base"/usr/lib/firmware/amd-ucode/microcode_amd*.bin >"$early/kernel/x86/microcode/AuthenticAMD.bin"
(cd "$early"; pack) >"$out"
rm -rf "$early"
"#;

const COMPRESS: &str = r#"tree=$1 out=$2
(cd "$tree"; pack) | zstd -q -19 -T0 >>"$out"
rm -rf "$tree"
"#;

/// Makes the file `initrd.img`.
///
/// # Errors
/// When a program is missing in the dom0 packages, or the recipe leaves out a driver that there is not.
pub fn build(job: &Job<'_>, recipe: &Initrd) -> Result<()> {
    let initrd = Making::begin(job)?;
    let disks = disk_drivers(initrd.base, recipe)?;
    initrd.collect(&recipe.programs, recipe.modules.iter().chain(&disks))?;
    initrd.firmware(&[])?;
    initrd.pack(MICROCODE, &[initrd.base, job.out])?;
    initrd.pack(COMPRESS, &[&initrd.tree, job.out])
}

/// Makes the initrd that comes over the network: without microcode (Xen and kernel load it on the installed host), with
/// what leads to the image through a NIC.
///
/// # Errors
/// When a program is missing in the dom0 packages.
pub fn netboot(job: &Job<'_>, recipe: &Initrd, network: &Netboot) -> Result<()> {
    let programs = [recipe.programs.as_slice(), &network.programs].concat();
    let initrd = Making::begin(job)?;
    initrd.collect(&programs, recipe.modules.iter().chain(&network.modules))?;
    initrd.firmware(&network.without_firmware)?;
    initrd.pack(COMPRESS, &[&initrd.tree, job.out])
}

/// An initrd that is being put together in a folder beside the output.
struct Making<'a> {
    job: &'a Job<'a>,
    base: &'a Path,
    tree: PathBuf,
    tools: Root,
}

impl<'a> Making<'a> {
    fn begin(job: &'a Job<'a>) -> Result<Self> {
        Ok(Self {
            job,
            base: job.output("dom0-base")?,
            tree: job.out.with_extension("tree"),
            tools: job.room("tools-root")?,
        })
    }

    fn run(&self, script: &str) -> Cmd {
        self.tools
            .run("sh", ["-euc", script, "initrd"])
            .log_to(self.job.log)
    }

    fn collect<'m>(
        &self,
        programs: &[String],
        modules: impl IntoIterator<Item = &'m String>,
    ) -> Result<()> {
        let init = self.job.output("programs")?.join("firn-init");
        self.run(COLLECT)
            .args([self.base, &self.tree, &init].map(|path| self.tools.inside(path)))
            .arg(programs.join(" "))
            .args(modules)
            .run()?;
        Ok(())
    }

    fn firmware(&self, without: &[String]) -> Result<()> {
        self.run(FIRMWARE)
            .args([self.base, &self.tree].map(|path| self.tools.inside(path)))
            .arg(without.join(" "))
            .run()?;
        Ok(())
    }

    fn pack(&self, script: &str, paths: &[&Path]) -> Result<()> {
        self.run(&format!("{PACK}{script}"))
            .args(paths.iter().map(|path| self.tools.inside(path)))
            .env("SOURCE_DATE_EPOCH", crate::EPOCH)
            .run()?;
        Ok(())
    }
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
