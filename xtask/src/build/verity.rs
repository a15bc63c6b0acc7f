//! What the kernel says that a file is once fs-verity is on for it: sha256, blocks of 4096 bytes, no salt. A pure function of its bytes.
//!
//! A tree of hashes stands over the file's blocks, 128 of them to a block of the tree, and its root goes into a descriptor, whose
//! hash is the digest: Documentation/filesystems/fsverity.rst of the kernel.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const BLOCK: usize = 4096;
const LOG_BLOCK: u8 = 12;
const HASH: usize = 32;
/// The descriptor's version, and its number for sha256.
const VERSION: u8 = 1;
const SHA256: u8 = 1;
/// Bytes of the descriptor, and where its parts lie that are not zero.
const DESCRIPTOR: usize = 256;
const SIZE_AT: usize = 8;
const ROOT_AT: usize = 16;

/// The digest of a file, 64 hex digits.
///
/// # Errors
/// When the file cannot be read.
pub fn digest(path: &Path) -> Result<String> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    of(file).with_context(|| format!("reading {}", path.display()))
}

fn of(mut source: impl Read) -> io::Result<String> {
    let (mut size, mut hashes) = (0_u64, Vec::new());
    loop {
        let mut block = Vec::with_capacity(BLOCK);
        (&mut source).take(BLOCK as u64).read_to_end(&mut block)?;
        if block.is_empty() {
            return Ok(hex::encode(Sha256::digest(descriptor(size, &root(hashes)))));
        }
        size += block.len() as u64;
        hashes.extend(hash(block));
    }
}

/// The hash of the tree's topmost block; of an empty file there is no tree, and it is zero.
fn root(mut hashes: Vec<u8>) -> Vec<u8> {
    while hashes.len() > HASH {
        hashes = hashes
            .chunks(BLOCK)
            .flat_map(|block| hash(block.to_vec()))
            .collect();
    }
    hashes.resize(HASH, 0);
    hashes
}

/// Of a block, with zeros up to its end.
fn hash(mut block: Vec<u8>) -> [u8; HASH] {
    block.resize(BLOCK, 0);
    Sha256::digest(&block).into()
}

fn descriptor(size: u64, root: &[u8]) -> [u8; DESCRIPTOR] {
    let mut bytes = [0; DESCRIPTOR];
    bytes[..3].copy_from_slice(&[VERSION, SHA256, LOG_BLOCK]);
    bytes[SIZE_AT..ROOT_AT].copy_from_slice(&size.to_le_bytes());
    bytes[ROOT_AT..ROOT_AT + HASH].copy_from_slice(root);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `fsverity digest` of fsverity-utils 1.5 says of files of this size whose bytes count up to 250 and begin again: none,
    /// parts of a block, whole blocks, and one or two more blocks of hashes than fit into the level above.
    const KNOWN: [(usize, &str); 9] = [
        (
            0,
            "3d248ca542a24fc62d1c43b916eae5016878e2533c88238480b26128a1f1af95",
        ),
        (
            1,
            "b803429503d95915829b29fdbc8bbad142f3abfd11b1cadf5526582e685c0551",
        ),
        (
            4095,
            "5f4953aad672b0188023d6cd6fbce9d09508eb7dad165b6298ce0086bc1e72db",
        ),
        (
            4096,
            "13e9b8848ae484a36acb3f3cac0ceb2f7601e96633d15c92f9bd3dd44e492157",
        ),
        (
            4097,
            "b0d074abef4d544404facfab6ba242f6a8ccbde90f1325cd286f3c8aa8d0f8aa",
        ),
        (
            524288,
            "d82861203d50ae9b60948504a704f35f5118bd229aeb1a22d6dae47b1767c4c4",
        ),
        (
            524289,
            "4dc6905041c9c4ee73e13b53f63f5d289c46da359b664a965ead7f8cc4d799d4",
        ),
        (
            3145733,
            "b0ba596eb70d692ff54dbd799e2bb6210e9b81e524e8d2ba56175503ba602bfa",
        ),
        (
            67633161,
            "7d9a26db78cef9259d08f76d72caea976ab80da94a48c3cf32cd17c0dd754b7d",
        ),
    ];

    #[test]
    fn digests_are_those_of_fsverity_utils() {
        for (size, expected) in KNOWN {
            let bytes: Vec<u8> = (0..=250).cycle().take(size).collect();
            assert_eq!(of(bytes.as_slice()).unwrap(), expected, "{size} bytes");
        }
    }

    /// A source may give its bytes in any pieces.
    #[test]
    fn pieces_do_not_matter() {
        struct Drop(usize);
        impl Read for Drop {
            fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
                let count = to.len().min(self.0).min(700);
                to[..count].fill(7);
                self.0 -= count;
                Ok(count)
            }
        }
        assert_eq!(of(Drop(9000)).unwrap(), of([7; 9000].as_slice()).unwrap());
    }
}
