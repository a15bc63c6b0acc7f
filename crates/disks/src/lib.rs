//! What Linux does with disks, one job each: which block devices there are, their partition tables, volume groups, single
//! blocks and files.

pub mod direct;
pub mod fat;
pub mod gpt;
pub mod lsblk;
pub mod lvm;
mod udev;
mod window;

pub use lsblk::BlockDevice;
pub use udev::{appears, settle};
pub use window::Window;

/// The smallest block that a disk has, in bytes; one that says nothing has such blocks.
const SMALLEST_BLOCK: u32 = 512;

/// Bytes of a logical block, out of what the kernel says.
pub fn block_size(said: u32) -> u32 {
    said.max(SMALLEST_BLOCK)
}

/// `/dev/sda2`, but `/dev/nvme0n1p2`: a `p` between when the disk's name ends with a digit.
pub fn partition_path(disk: &str, number: usize) -> String {
    let between = if disk.ends_with(|c: char| c.is_ascii_digit()) {
        "p"
    } else {
        ""
    };
    format!("{disk}{between}{number}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn partitions_are_named_after_their_disk() {
        assert_eq!(super::partition_path("/dev/sda", 2), "/dev/sda2");
        assert_eq!(super::partition_path("/dev/nvme0n1", 2), "/dev/nvme0n1p2");
    }
}
