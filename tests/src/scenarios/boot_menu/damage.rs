//! What can be wrong with a slot that is to be tried, and blocks with any content.

use super::stage::{Esp, Stage, Started};
use anyhow::{Result, ensure};
use firn_grub::SECTOR;
use firn_grub::env::{Environment, SIZE, Slot};
use std::fs;
use std::path::Path;

/// Something that is wrong with a slot.
pub struct Damage {
    /// In words, for errors.
    pub what: &'static str,
    done: Done,
}

enum Done {
    /// Nothing is there any more.
    Wiped,
    /// A file is not there.
    Without(&'static str),
    /// A file has other content.
    Other(&'static str, &'static [u8]),
}

/// Each of them alone.
pub const DAMAGES: &[Damage] = &[
    damage("an empty slot", Done::Wiped),
    damage("a slot without boot.cfg", Done::Without("boot.cfg")),
    damage("a slot without Xen", Done::Without("xen.gz")),
    damage("a slot without a kernel", Done::Without("vmlinuz")),
    damage("a slot without an initrd", Done::Without("initrd.img")),
    damage(
        "a slot with an empty initrd",
        Done::Other("initrd.img", b""),
    ),
    damage(
        "a slot with half a boot.cfg",
        Done::Other("boot.cfg", b"set firn_title=\"Firn 1.1\"\nset firn_xen_wo"),
    ),
    damage(
        "a slot whose boot.cfg is no text",
        Done::Other("boot.cfg", b"\0\0garbage {{{ }}\n"),
    ),
    damage(
        "a slot whose boot.cfg lacks its last line",
        Done::Other("boot.cfg", b"set firn_title=\"x\"\n"),
    ),
];

const fn damage(what: &'static str, done: Done) -> Damage {
    Damage { what, done }
}

impl Damage {
    /// As the slot of a trial and as the good slot: the other one starts. The slot is whole afterwards.
    pub fn try_on(&self, stage: &Stage) -> Result<()> {
        let cases = [
            (Slot::B, Slot::A, true),
            (Slot::A, Slot::A, false),
            (Slot::B, Slot::B, false),
        ];
        for (slot, good, trial) in cases {
            self.done.to(stage, slot)?;
            let block = Environment { good, trial }.block();
            let (started, _) = stage.start(&block, Esp::Writable)?;
            let wanted = Some(Started::slot(slot.other()));
            stage.image(slot, |_| Ok(()))?;
            ensure!(
                started == wanted,
                "in slot {slot:?}: it started {started:?} instead of {wanted:?}"
            );
        }
        Ok(())
    }
}

impl Done {
    fn to(&self, stage: &Stage, slot: Slot) -> Result<()> {
        let change = |folder: &Path| -> Result<()> {
            match self {
                Done::Wiped => {}
                Done::Without(name) => fs::remove_file(folder.join(name))?,
                Done::Other(name, content) => fs::write(folder.join(name), content)?,
            }
            Ok(())
        };
        match self {
            Done::Wiped => stage.wiped(slot).map(|_| ()),
            _ => stage.image(slot, change),
        }
    }
}

/// Numbers that are the same in every run (xorshift64).
pub struct Random(u64);

impl Random {
    /// Begins with a number that is not 0.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// One of the four blocks, damaged: its end zeroed, its first sector anything, or one bit of its text flipped.
    pub fn block(&mut self) -> [u8; SIZE] {
        let good = [Slot::A, Slot::B][self.below(2)];
        let trial = self.below(2) == 1;
        let mut block = Environment { good, trial }.block();
        match self.below(3) {
            0 => block[self.below(SECTOR)..].fill(0),
            1 => block[..SECTOR]
                .iter_mut()
                .for_each(|byte| *byte = self.next().to_le_bytes()[0]),
            _ => block[self.below(60)] ^= 1 << self.below(8),
        }
        block
    }
}
