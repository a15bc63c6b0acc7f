//! Whether a disk without any known signature is really blank: samples of the whole of it.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom};

const MIB: u64 = 1 << 20;
/// Bytes at both ends that are looked at without a gap: tables, boot code, the first partition's beginning, RAID superblocks.
const END: u64 = 4 * MIB;
/// Bytes of a sample.
const SAMPLE: u64 = 64 << 10;
/// Samples at the same distance from each other, and at places that no pattern on the disk can avoid. A hard disk needs some ten
/// milliseconds for each.
const EVEN: u64 = 256;
const SCATTERED: u64 = 128;
/// Where first partitions begin, today and in the times of DOS.
pub const FIRST_PARTITIONS: [u64; 2] = [MIB, 63 * 512];
/// ext4 keeps copies of its superblock in block groups of this size: in the first, third, fifth and seventh.
const GROUP: u64 = 128 * MIB;

/// Whether every sample of a disk of `size` bytes is all zeros, or every one all ones: some flash memory reads so where nothing was
/// written.
///
/// # Errors
/// When a sample cannot be read.
pub fn is_blank<D: Read + Seek>(disk: &mut D, size: u64) -> io::Result<bool> {
    let mut fill = None;
    let mut bytes = vec![0; usize::try_from(SAMPLE).unwrap_or_default()];
    for (start, length) in samples(size) {
        disk.seek(SeekFrom::Start(start))?;
        let mut rest = disk.by_ref().take(length);
        loop {
            let read = rest.read(&mut bytes)?;
            let Some(first) = bytes[..read].first().copied() else {
                break;
            };
            let fill = *fill.get_or_insert(first);
            if !matches!(fill, 0 | 0xff) || !is_all(&bytes[..read], fill) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether the first byte is `fill`, and each of the others as the one before it.
pub fn is_all(bytes: &[u8], fill: u8) -> bool {
    bytes.first() == Some(&fill) && bytes[1..] == bytes[..bytes.len() - 1]
}

/// The places that are looked at, first those where something is most likely: start and length in bytes.
pub fn samples(size: u64) -> Vec<(u64, u64)> {
    let last = size.saturating_sub(1) / SAMPLE * SAMPLE;
    let aligned = |at: u64| at / SAMPLE * SAMPLE;
    let groups = [0, MIB]
        .into_iter()
        .flat_map(|from| [1, 3, 5, 7].map(|n| from + n * GROUP));
    let even = (0..EVEN).map(|n| aligned(fraction(last, n, EVEN)));
    let scattered = (1..=SCATTERED).map(|n| aligned(scatter(n) % (last + 1)));
    let places: BTreeSet<u64> = groups
        .chain(even)
        .chain(scattered)
        .filter(|at| *at <= last)
        .collect();
    let ends = [(0, END), (size.saturating_sub(END), END)];
    let rest = places.into_iter().map(|at| (at, SAMPLE));
    ends.into_iter().chain(rest).collect()
}

/// `n / of` of a length.
fn fraction(length: u64, n: u64, of: u64) -> u64 {
    u64::try_from(u128::from(length) * u128::from(n) / u128::from(of)).unwrap_or(length)
}

/// A number that looks like chance (splitmix64), the same at each call: what was seen once is seen again.
fn scatter(n: u64) -> u64 {
    let mut x = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fs::File;
    use std::os::unix::fs::FileExt;

    const SIZE: u64 = 20 << 30;

    fn blank(disk: &File, size: u64) -> bool {
        is_blank(&mut &*disk, size).unwrap()
    }

    #[test]
    fn a_disk_of_zeros_or_of_ones_is_blank() {
        let disk = tempfile::tempfile().unwrap();
        disk.set_len(SIZE).unwrap();
        assert!(blank(&disk, SIZE));
        let small = tempfile::tempfile().unwrap();
        assert!(blank(&small, 0));
        small.write_all_at(&vec![0xff; 3 << 20], 0).unwrap();
        assert!(blank(&small, 3 << 20));
        small.write_all_at(&[0; 1 << 20], 1 << 20).unwrap();
        assert!(!blank(&small, 3 << 20), "neither of both");
    }

    #[test]
    fn file_systems_without_a_table_are_seen() {
        for at in [
            510,
            1024,
            MIB + 1080,
            63 * 512,
            63 * 512 + 1080,
            SIZE - 512,
            GROUP,
            MIB + 3 * GROUP,
        ] {
            let disk = tempfile::tempfile().unwrap();
            disk.set_len(SIZE).unwrap();
            disk.write_all_at(&[1], at).unwrap();
            assert!(!blank(&disk, SIZE), "{at}");
        }
    }

    #[test]
    fn the_samples_are_few_and_lie_on_the_disk() {
        for size in [
            0,
            1,
            512,
            MIB,
            16_000_000_000,
            SIZE,
            20_000_000_000_000,
            u64::MAX,
        ] {
            let samples = samples(size);
            assert!(samples.len() < 400, "{size}: {}", samples.len());
            assert!(
                samples.iter().all(|(start, _)| *start < size.max(1)),
                "{size}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// One byte that is not zero, anywhere in a sample: the disk is not called blank.
        #[test]
        fn no_sample_with_data_is_called_blank(
            size in prop_oneof![1..8 * MIB, 1..SIZE, Just(SIZE)],
            index in any::<prop::sample::Index>(),
            within in any::<u64>(),
            byte in 1..=255u8,
        ) {
            let disk = tempfile::tempfile().unwrap();
            disk.set_len(size).unwrap();
            let samples = samples(size);
            let (start, length) = samples[index.index(samples.len())];
            let at = start + within % length.min(size - start);
            disk.write_all_at(&[byte], at).unwrap();
            prop_assert!(!blank(&disk, size) || size == 1 && byte == 0xff, "{at} of {size}");
        }
    }
}
