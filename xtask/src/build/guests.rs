//! What the test scenarios start as guests: two real foreign systems for PVH, a tiny Linux on an ISO for HVM.

use super::cloud;
use crate::step::Job;
use anyhow::{Context, Result};

/// The PVH guest is Debian's own installer, as its package has it.
const PVH: &str = "usr/lib/debian-installer/images/13/amd64/text/debian-installer/amd64";

/// The HVM guest says on its serial port which disk and NIC it sees through Xen's PV drivers.
const INIT: &str = r#"#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
for module in /modules/*; do /bin/busybox insmod "$module"; done
seconds=0
while [ "$seconds" -lt 60 ]; do
    [ -e /sys/block/xvda ] && [ -e /sys/class/net/eth0/device ] && break
    /bin/busybox sleep 1; seconds=$((seconds + 1))
done
disk=none nic=none
[ -e /sys/block/xvda ] && disk=xvda
nic=$(/bin/busybox readlink -f /sys/class/net/eth0/device/driver) && nic=${nic##*/}
echo "firn-hvm: disk=$disk nic=$nic" >/dev/ttyS0
while :; do /bin/busybox sleep 3600; done
"#;

const CONFIG: &str = "set timeout=0\nserial --unit=0 --speed=115200\nterminal_output console serial\n\
    menuentry hvm {\n linux /vmlinuz console=ttyS0 quiet xen_emul_unplug=all\n initrd /initrd\n}\n";

const SCRIPT: &str = r#"out=$1 base=$2 grub=$3 init=$4 config=$5 pvh=$6
cp "/$pvh/linux" "/$pvh/initrd.gz" "$out/"
tree=$out/tree iso=$out/iso; mkdir -p "$tree/bin" "$tree/modules" "$tree/proc" "$tree/sys" "$tree/dev" "$iso/boot/grub"
cp /usr/bin/busybox "$tree/bin/busybox"; printf %s "$init" >"$tree/init"; chmod 755 "$tree/init"
kernel=$(basename "$base"/usr/lib/modules/*); number=10
for module in xen-blkfront xen-netfront; do modprobe --dirname "$base" --set-version "$kernel" --show-depends "$module"; done |
    sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' | while read -r file; do
        name=$(basename "${file%.xz}"); number=$((number + 1)); xz -dc "$file" >"$tree/modules/$number-$name"
    done
(cd "$tree"; find . | LC_ALL=C sort | cpio --create --format=newc --owner=0:0 --quiet | gzip -9n) >"$iso/initrd"
cp "$base/boot/vmlinuz-$kernel" "$iso/vmlinuz"; cp "$grub/eltorito.img" "$iso/boot/grub/"; printf %s "$config" >"$iso/boot/grub/grub.cfg"
xorriso -as mkisofs -quiet -rational-rock -volid HVM -eltorito-boot boot/grub/eltorito.img -no-emul-boot -boot-load-size 4 \
    -boot-info-table --grub2-boot-info -output "$out/hvm.iso" "$iso"
rm -rf "$tree" "$iso"
"#;

/// Makes a folder with `linux`, `initrd.gz`, `hvm.iso` and `cloud.qcow2`.
///
/// # Errors
/// When a package lacks a file.
pub fn build(job: &Job<'_>) -> Result<()> {
    std::fs::create_dir(job.out).with_context(|| format!("making {}", job.out.display()))?;
    let room = job.room("tools-root")?;
    let places = [job.out, job.output("dom0-base")?, job.output("grub")?];
    room.run("sh", ["-euc", SCRIPT, "guests"])
        .args(places.map(|path| room.inside(path)))
        .args([INIT, CONFIG, PVH])
        .log_to(job.log)
        .run()?;
    cloud::build(job)
}
