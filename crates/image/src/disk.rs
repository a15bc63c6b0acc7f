//! How an installed disk is cut up: the names of its partitions, and where the fixed ones lie.

const MIB: u64 = 1 << 20;

/// A partition that lies at the same place on every host's own disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Its name in the table.
    pub name: &'static str,
    /// Its first byte.
    pub start: u64,
    /// Bytes.
    pub size: u64,
}

impl Fixed {
    /// The byte behind it.
    const fn end(self) -> u64 {
        self.start + self.size
    }

    /// The partition right behind it.
    const fn followed_by(self, name: &'static str, mib: u64) -> Fixed {
        Fixed {
            name,
            start: self.end(),
            size: mib * MIB,
        }
    }
}

/// BIOS boot, for GRUB's core image. The MiB before it belongs to the partition table.
pub const BIOS: Fixed = Fixed {
    name: "firn-bios",
    start: MIB,
    size: MIB,
};
/// The EFI system partition; GRUB's files are on it for BIOS, too.
pub const ESP: Fixed = BIOS.followed_by("firn-esp", 512);
/// The first slot. Its file system's label is its name.
pub const SLOT_A: Fixed = ESP.followed_by("firn-a", 1024);
/// The second slot, as the first.
pub const SLOT_B: Fixed = SLOT_A.followed_by("firn-b", 1024);

/// The physical volume of the host's own disk, which takes the rest.
pub const LVM: &str = "firn-lvm";
/// Its first byte.
pub const LVM_START: u64 = SLOT_B.end();

/// The one partition of a further disk of the store, a physical volume.
pub const STORE: &str = "firn-store";
/// Its first byte.
pub const STORE_START: u64 = MIB;

/// What slot A and a further disk's partition are called until the installation is finished.
pub const UNFINISHED: &str = "firn-installing";
