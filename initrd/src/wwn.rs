//! World wide names: what makes two devices two paths to one disk.

use crate::devices::attribute;
use crate::place;
use std::collections::BTreeSet;

/// The name that its maker has given a disk and no other one, the same over all paths to it; none where it has only a made-up one,
/// or is on USB, where a bridge may say the same for all its disks.
pub fn of(name: &str) -> Option<String> {
    let wwn = attribute(name, "device/wwid").or_else(|| attribute(name, "wwid"))?;
    (is_registered(&wwn) && !place::of(name).on_usb).then_some(wwn)
}

/// Whether a WWN is of a kind that makers get from a registry, and not filled in.
fn is_registered(wwn: &str) -> bool {
    let Some(digits) = wwn.strip_prefix("naa.").or(wwn.strip_prefix("eui.")) else {
        return false;
    };
    let distinct: BTreeSet<char> = digits.chars().collect();
    // Of kinds 5 and 6 the maker's number follows.
    let no_maker = wwn.starts_with("naa.") && digits.get(1..7) == Some("000000");
    digits.len() >= 16 && distinct.len() > 3 && !no_maker
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_was_filled_in_is_no_proof() {
        for (wwn, expected) in [
            ("naa.5000c500a1b2c3d4", true),
            ("naa.600508b1001c4d5e6f708192a3b4c5d6", true),
            ("eui.0025385a91b0c1d2", true),
            ("naa.5000000000000001", false),
            ("naa.0000000000000000", false),
            ("naa.ffffffffffffffff", false),
            ("eui.0000000000000001", false),
            ("t10.ATA     QEMU HARDDISK   QM00001", false),
            ("naa.", false),
            ("", false),
        ] {
            assert_eq!(is_registered(wwn), expected, "{wwn}");
        }
        assert_eq!(of("no-such-disk"), None);
    }
}
