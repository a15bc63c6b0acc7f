//! The names of an image's files, and of what lies beside them.

/// The folder with the image on a medium, in a netboot folder and in the netboot initrd.
pub const FOLDER: &str = "firn";
/// The table of contents, beside the image's files.
pub const MANIFEST: &str = "manifest.json";
/// Xen.
pub const XEN: &str = "xen.gz";
/// The kernel of dom0 and of the installer.
pub const KERNEL: &str = "vmlinuz";
/// The initrd.
pub const INITRD: &str = "initrd.img";
/// The root file system.
pub const ROOT: &str = "root.squashfs";
/// What a host's start menu is told about the image. A slot without it does not start.
pub const BOOT: &str = "boot.cfg";
/// The image, in the order that the manifest has. The last one is the last to be written to a slot.
pub const ALL: [&str; 5] = [XEN, KERNEL, INITRD, ROOT, BOOT];

/// Which keys sign images, for the hosts that run this one; in images that can be updated from signed sources. With its
/// signatures it is part of the image, and the manifest names both.
pub const KEYS: &str = "keys.json";
/// The signatures of [`KEYS`].
pub const KEYS_SIGNATURES: &str = "keys.json.minisig";
/// The signatures of [`MANIFEST`], beside it where the image has been released. The manifest cannot name them.
pub const MANIFEST_SIGNATURES: &str = "manifest.json.minisig";

/// The initrd with the manifest and all that the network takes, for loaders. It is no part of the image.
pub const NETBOOT_INITRD: &str = "netboot.img";
/// The initrd with drivers added on a host, beside the image in its slot.
pub const LOCAL_INITRD: &str = "initrd-local.img";
/// The folder in an initrd with drivers added to it.
pub const DRIVERS: &str = "firn/drivers";
/// Whom the installer trusts with answers, beside the image on a medium.
pub const TRUST: &str = "trust.toml";
/// Answers, beside the image on a medium.
pub const ANSWERS: &str = "answers.toml";

/// The path of a file in [`FOLDER`].
pub fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}
