//! What an image is.

use serde::{Deserialize, Serialize};

/// What was found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The format of the disk image itself.
    pub format: Format,
    /// What it is wrapped in.
    pub packing: Option<Packing>,
    /// The size of the disk that it describes, in bytes; a multiple of 512.
    pub size: u64,
    /// The size of the file, in bytes.
    pub stored: u64,
    /// Where the image lies in the file: first byte and length. It is a part of an OVA, else the whole file.
    pub(crate) part: (u64, u64),
}

/// The format of a disk image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// QEMU's qcow2, version 2 or 3.
    Qcow2,
    /// The disk's bytes as they are.
    Raw,
    /// VMware's, in one file: `monolithicSparse` or `streamOptimized`.
    Vmdk,
    /// Hyper-V's, dynamic or fixed.
    Vhdx,
}

/// What an image is wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Packing {
    /// gzip.
    Gzip,
    /// xz.
    Xz,
    /// Zstandard.
    Zstd,
    /// An OVA: a tar archive of an OVF description and one disk.
    Ova,
}
