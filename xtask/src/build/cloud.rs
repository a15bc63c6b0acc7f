//! The guest that comes as people bring them: a cloud image of Debian, with cloud-init, its own kernel and GRUB's configuration.
//!
//! It is Debian's own packages as in Debian's `genericcloud`, but with the one data source that Firn uses, the modules of cloud-init
//! that a login needs, a small initrd, and without the units that a login does not need: emulated inside of an emulated machine, a
//! unit costs five to sixty seconds.

use crate::step::Job;
use anyhow::Result;

/// The root file system's UUID, fixed as everything that could differ between two builds.
const UUID: &str = "f1a90001-0000-4000-8000-000000000001";

/// What cloud-init reads last. A list here replaces the one of Debian's `cloud.cfg`.
const CLOUD_INIT: &str = "datasource_list: [NoCloud]\n\
    manage_etc_hosts: true\n\
    ssh_genkeytypes: [ed25519]\n\
    cloud_init_modules: [set_hostname, update_hostname, update_etc_hosts, users_groups, ssh]\n\
    cloud_config_modules: [set_passwords]\n\
    cloud_final_modules: []\n";

/// The kernel's modules in the initrd.
const MODULES: &str = "xen-blkfront\nxen-netfront\next4\n";

const INITRAMFS: &str =
    "MODULES=list\nBUSYBOX=n\nCOMPRESS=gzip\nDEVICE=\nNFSROOT=auto\nRUNSIZE=10%\nFSTYPE=ext4\n";

/// What a server that somebody logs in to by SSH does without: timers, mounts, terminals, and device nodes that the initrd has made.
const MASKED: &str = "apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
    fstrim.timer systemd-tmpfiles-clean.timer cloud-init-hotplugd.socket dev-hugepages.mount dev-mqueue.mount \
    proc-sys-fs-binfmt_misc.automount sys-fs-fuse-connections.mount sys-kernel-config.mount sys-kernel-debug.mount \
    sys-kernel-tracing.mount modprobe@configfs.service modprobe@drm.service modprobe@efi_pstore.service modprobe@fuse.service \
    kmod-static-nodes.service systemd-binfmt.service systemd-journal-flush.service systemd-logind.service \
    systemd-modules-load.service systemd-network-generator.service systemd-networkd-persistent-storage.service \
    systemd-pstore.service systemd-random-seed.service systemd-tmpfiles-setup-dev-early.service \
    systemd-tmpfiles-setup-dev.service systemd-udev-load-credentials.service systemd-udev-trigger.service \
    getty@tty1.service serial-getty@hvc0.service";

/// As Debian's `grub-mkconfig` writes it, without the menu's second entry.
const GRUB: &str = r#"set default="0"
if [ x"${feature_menuentry_id}" = xy ]; then
  menuentry_id_option="--id"
else
  menuentry_id_option=""
fi
export menuentry_id_option
function load_video {
  if [ x$feature_all_video_module = xy ]; then
    insmod all_video
  fi
}
insmod part_gpt
insmod ext2
search --no-floppy --fs-uuid --set=root @UUID@
set timeout=0
menuentry 'Debian GNU/Linux' --class debian --class gnu-linux --class gnu --class os $menuentry_id_option 'gnulinux-simple-@UUID@' {
	load_video
	insmod gzio
	if [ x$grub_platform = xxen ]; then insmod xzio; insmod lzopio; fi
	insmod part_gpt
	insmod ext2
	search --no-floppy --fs-uuid --set=root @UUID@
	echo	'Loading Linux @KERNEL@ ...'
	linux	/boot/vmlinuz-@KERNEL@ root=UUID=@UUID@ ro quiet consoleblank=0 console=hvc0
	echo	'Loading initial ramdisk ...'
	initrd	/boot/initrd.img-@KERNEL@
}
"#;

/// Runs in the guest's own tree. Left out is what no image has (keys and names of one machine) and what would only take time to copy
/// (package lists, documentation).
const TREE: &str = r#"work=$1 uuid=$2 cloud=$3 modules=$4 initramfs=$5 grub=$6 masked=$7 epoch=$8
export SOURCE_DATE_EPOCH=$epoch
tree=$work/tree kernel=$(basename /usr/lib/modules/*); mkdir -p "$tree" "$work/initramfs/conf.d" "$work/initramfs/hooks" "$work/initramfs/scripts"
tar --create --one-file-system --directory=/ --exclude=./outputs --exclude='./var/cache/*' --exclude='./var/lib/apt/lists/*' \
    --exclude='./var/log/*' --exclude='./tmp/*' --exclude='./etc/ssh/ssh_host_*' --exclude=./etc/resolv.conf --exclude='./usr/share/doc/*' \
    --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' --exclude='./run/*' --exclude='*/__pycache__/*.opt-*' . |
    tar --extract --directory="$tree"
printf %s "$initramfs" >"$work/initramfs/initramfs.conf"; printf %s "$modules" >"$work/initramfs/modules"
mkinitramfs -d "$work/initramfs" -o "$tree/boot/initrd.img-$kernel" "$kernel"
mkdir -p "$tree/boot/grub"; printf %s "$grub" | sed "s/@UUID@/$uuid/g; s/@KERNEL@/$kernel/g" >"$tree/boot/grub/grub.cfg"
printf %s "$cloud" >"$tree/etc/cloud/cloud.cfg.d/99-firn.cfg"
printf 'UUID=%s / ext4 rw,errors=remount-ro 0 1\n' "$uuid" >"$tree/etc/fstab"
echo localhost >"$tree/etc/hostname"; : >"$tree/etc/machine-id"; rm -f "$tree/var/lib/dbus/machine-id"
systemctl --quiet --root="$tree" enable systemd-networkd.service
systemctl --quiet --root="$tree" mask $masked
# Both are as the packages have left them: nothing is to be brought up to date at the first start.
touch "$tree/etc/.updated" "$tree/var/.updated"
find "$tree" -newermt "@$epoch" -exec touch --no-dereference --date="@$epoch" {} +
truncate --size=1G "$work/disk"
printf 'label: gpt\nlabel-id: %s\nstart=2048, type=linux, uuid=%s\n' "$uuid" "$uuid" | sfdisk --quiet "$work/disk"
# The end of the disk has the second copy of the table.
mke2fs -q -F -t ext4 -L root -U "$uuid" -E "hash_seed=$uuid,offset=1048576,root_owner=0:0" -m 0 -d "$tree" "$work/disk" 1046528k
"#;

const IMAGE: &str = r#"work=$1 image=$2
qemu-img convert -c -f raw -O qcow2 "$work/disk" "$image"
rm -rf "$work"
"#;

/// Makes `cloud.qcow2` in the folder `job.out`.
///
/// # Errors
/// When a package lacks a file, or the system does not fit its disk.
pub fn build(job: &Job<'_>) -> Result<()> {
    let (work, image) = (job.out.join("cloud"), job.out.join("cloud.qcow2"));
    let guest = job.room("guest-root")?;
    guest
        .run("sh", ["-euc", TREE, "cloud"])
        .arg(guest.inside(&work))
        .args([
            UUID,
            CLOUD_INIT,
            MODULES,
            INITRAMFS,
            GRUB,
            MASKED,
            crate::EPOCH,
        ])
        .log_to(job.log)
        .run()?;
    let tools = job.room("tools-root")?;
    tools
        .run("sh", ["-euc", IMAGE, "cloud"])
        .args([work, image].map(|path| tools.inside(&path)))
        .log_to(job.log)
        .run()?;
    Ok(())
}
