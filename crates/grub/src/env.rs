//! GRUB's environment block on the ESP: which slot is good, and whether the other one is to be tried at the next start. Pure.
//!
//! GRUB changes the digits in place, so the block always has both lines, and both lie in its first sector, which a disk writes whole or not
//! at all. Whatever else a block says means: slot A, and no trial.

use std::fmt::Write;

/// Bytes of the block. GRUB takes the size of the file for it.
pub const SIZE: usize = 1024;
/// What `grub-editenv` begins a block with, and GRUB insists on.
const HEAD: &str = "# GRUB Environment Block\n";
const GOOD: &str = "firn_good";
const TRY: &str = "firn_try";

/// One of the two slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Slot {
    /// `firn-a`.
    #[default]
    A,
    /// `firn-b`.
    B,
}

impl Slot {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    fn letter(self) -> char {
        match self {
            Self::A => 'a',
            Self::B => 'b',
        }
    }
}

/// What the block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Environment {
    /// The slot that is known to work.
    pub good: Slot,
    /// Whether the next start tries the other slot. GRUB takes this back before it starts that slot.
    pub trial: bool,
}

impl Environment {
    /// The whole block.
    pub fn block(self) -> [u8; SIZE] {
        let mut text = HEAD.to_owned();
        // Writing to a String does not fail.
        let _ = writeln!(text, "{GOOD}={}", self.good.letter());
        let _ = writeln!(text, "{TRY}={}", u8::from(self.trial));
        let mut block = [b'#'; SIZE];
        block[..text.len()].copy_from_slice(text.as_bytes());
        block
    }

    /// What a block says; nothing for one that GRUB would not read, or that says something else than one of the four things that Firn writes.
    pub fn read(block: &[u8]) -> Option<Self> {
        let all = [Slot::A, Slot::B].into_iter();
        let all = all.flat_map(|good| [false, true].map(|trial| Self { good, trial }));
        all.into_iter().find(|one| one.block() == block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_stands_in_the_first_sector() {
        let block = Environment::default().block();
        assert!(block.starts_with(b"# GRUB Environment Block\nfirn_good=a\nfirn_try=0\n###"));
        assert!(block[crate::SECTOR..].iter().all(|byte| *byte == b'#'));
    }

    #[test]
    fn only_what_was_written_is_read() {
        for good in [Slot::A, Slot::B] {
            for trial in [false, true] {
                let written = Environment { good, trial };
                assert_eq!(Environment::read(&written.block()), Some(written));
                for at in 0..SIZE {
                    let mut damaged = written.block();
                    damaged[at] ^= 0x40;
                    assert_eq!(Environment::read(&damaged), None, "byte {at}");
                }
                assert_eq!(Environment::read(&written.block()[..SIZE - 1]), None);
            }
        }
        assert_eq!(Slot::A.other().other(), Slot::A);
    }
}
