//! GRUB's environment block on the ESP: which slot is good, and whether the other one is to be tried at the next start.
//!
//! GRUB changes the digits in place, so the block always has both lines, and both lie in its first sector, which a disk writes whole or not
//! at all. A block without them means: slot A, and no trial.

pub mod file;

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

    /// What the start menu takes from a block, whatever else is in it.
    pub fn read(block: &[u8]) -> Self {
        let Some(rest) = block.strip_prefix(HEAD.as_bytes()) else {
            return Self::default();
        };
        let last = |name: &str| {
            let lines = rest.split(|byte| *byte == b'\n');
            let mut values =
                lines.filter_map(|line| line.strip_prefix(name.as_bytes())?.strip_prefix(b"="));
            values.next_back()
        };
        let good = match last(GOOD) {
            Some(b"b") => Slot::B,
            _ => Slot::A,
        };
        let trial = last(TRY) == Some(b"1");
        Self { good, trial }
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
    fn what_was_written_is_read_also_beside_other_things() {
        for good in [Slot::A, Slot::B] {
            for trial in [false, true] {
                let written = Environment { good, trial };
                let mut block = written.block();
                assert_eq!(Environment::read(&block), written);
                block[SIZE - 1] = b'x';
                assert_eq!(Environment::read(&block), written);
                block[0] = b'x';
                assert_eq!(Environment::read(&block), Environment::default());
            }
        }
        let more = b"# GRUB Environment Block\nsaved_entry=0\nfirn_good=b\n####";
        let good = Environment::read(more);
        assert_eq!((good.good, good.trial), (Slot::B, false));
        assert_eq!(Environment::read(b""), Environment::default());
        assert_eq!(Slot::A.other().other(), Slot::A);
    }
}
