//! Whether the PVH loader can start what is on a disk.

use firn_words::{Text, say};
use std::path::Path;

/// How what is on a disk is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Boots {
    /// As a PVH guest, by Debian's `grub-i386-xen_pvh.bin`.
    Pvh,
    /// Only as an HVM guest, and why.
    Hvm(Text),
}

/// Says how what is on a disk can be started. When in doubt it is HVM, which starts everything.
pub fn boots(_disk: &Path) -> Boots {
    Boots::Hvm(say!("image-hvm-not-looked"))
}
