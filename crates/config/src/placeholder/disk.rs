//! What makers leave where a disk's serial number or world wide name should be.

use super::{bare, is_no_word};

/// What a maker writes before zeros.
const BEFORE_ZEROS: [&str; 6] = ["sn", "no", "ser", "serial", "serialnumber", "id"];
/// Keys in the order of the keyboard; serial numbers that were typed run along these.
const RUNS: [&str; 5] = [
    "012345678901234567890123456789",
    "0123456789abcdef0123456789abcdef",
    "1234567890abcdef",
    "abcdefghijklmnopqrstuvwxyz",
    "987654321098765432109876543210",
];

/// Whether the maker has filled in anything where a disk's serial number should be. Other than a machine's, it may be a single letter:
/// whoever makes a virtual machine gives its disks short ones.
pub fn is_placeholder_disk_serial(serial: &str) -> bool {
    let word = bare(serial);
    let zeros = |text: &str| text.len() >= 3 && text.bytes().all(|b| b == b'0');
    let after = |prefix: &&str| word.strip_prefix(*prefix).is_some_and(zeros);
    word.is_empty()
        || word == "0"
        || is_no_word(&word)
        || BEFORE_ZEROS.iter().any(after)
        || is_filler(&word)
}

/// Whether this world wide name names nothing: zeros, one digit all over, a kind that there is not, a maker that there is not.
pub fn is_placeholder_wwn(wwn: &str) -> bool {
    let wwn = wwn.trim().to_lowercase();
    if let Some(made_up) = wwn.strip_prefix("nvme.").filter(|rest| rest.contains('-')) {
        // The kernel's own, made of the maker's number, the serial number and the model: it is worth as much as the serial number.
        let serial = made_up.split('-').nth(1).unwrap_or_default();
        let serial = hex::decode(serial).unwrap_or_default();
        return is_placeholder_disk_serial(&String::from_utf8_lossy(&serial));
    }
    let scsi = wwn.strip_prefix("0x").or(wwn.strip_prefix("naa."));
    let digits = bare(scsi.unwrap_or_else(|| wwn.split_once('.').map_or(&wwn, |(_, rest)| rest)));
    let kind_and_maker = |digits: &str| {
        let known = digits.starts_with(['1', '2', '3', '5', '6']);
        let maker =
            matches!(digits.as_bytes().first(), Some(b'5' | b'6')).then(|| digits.get(1..7));
        known && maker.flatten() != Some("000000")
    };
    digits.is_empty() || is_filler(&digits) || scsi.is_some() && !kind_and_maker(&digits)
}

/// Letters and digits that were filled in: one all over, two by turns, zeros up to the last one, or a run along the keyboard.
fn is_filler(word: &str) -> bool {
    let bytes = word.as_bytes();
    let by_turns =
        |step: usize| bytes.len() > step && bytes.iter().zip(&bytes[step..]).all(|(a, b)| a == b);
    let zeros_before_last = bytes.len() >= 8 && bytes[..bytes.len() - 1].iter().all(|b| *b == b'0');
    let run = bytes.len() >= 4 && RUNS.iter().any(|run| run.contains(word));
    by_turns(1) || bytes.len() >= 8 && by_turns(2) || zeros_before_last || run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_that_are_none() {
        let none = [
            "",
            " ",
            "0",
            "00000000",
            "0000000000000000",
            "ffffffff",
            "XXXXXXXX",
            "----",
            "123456789",
            "1234567890",
            "12345678901234567890",
            "0123456789ABCDEF",
            "0123-4567-89ab",
            "ABCDEFGH",
            "987654321",
            "Default string",
            "None",
            "N/A",
            "n.a.",
            "Not Specified",
            "To Be Filled By O.E.M.",
            "Serial Number",
            "SN000000",
            "SN0000000000",
            "S/N: 0000",
            "Unknown",
            "INVALID",
            "NULL",
            "0000000000000001",
            "00000000000A",
            "12121212",
            "DEADBEEF",
        ];
        for serial in none {
            assert!(is_placeholder_disk_serial(serial), "{serial:?}");
        }
        let real = [
            "T",
            "a",
            "S1",
            "QM00001",
            "PEYHC0ARH1",
            "S3Z1NB0K",
            "20147480",
            "PHAX000",
            "WD-WCC4N0000001",
            "00aa11bb22cc0001",
            "7PH00000",
            "60A44C41",
            "SERIAL1",
            "lsi",
            "STICK",
            "SN0000000123",
            "Ü7",
            "1234", // A short run may be one.
        ];
        for serial in &real[..real.len() - 1] {
            assert!(!is_placeholder_disk_serial(serial), "{serial:?}");
        }
    }

    #[test]
    fn world_wide_names_that_are_none() {
        let none = [
            "",
            "0x",
            "0x0000000000000000",
            "0xffffffffffffffff",
            "0x5000000000000000",
            "0x5000000000000001",
            "0x0000000000000002",
            "0x5555555555555555",
            "0x4000c500a1b2c3d4",
            "naa.0000000000000000",
            "eui.0000000000000000",
            "eui.00000000000000000000000000000000",
            "eui.0000000000000001",
            "0x1234567890abcdef",
            "uuid.00000000-0000-0000-0000-000000000000",
            "nvme.1b36-30-51454d55-00000001",
            "0x60000000000000000000000000000000",
        ];
        for wwn in none {
            assert!(is_placeholder_wwn(wwn), "{wwn:?}");
        }
        let real = [
            "0x5000c500a1b2c3d4",
            "0X5000C500A1B2C3D4",
            "0x624a9370000000000000000000000001",
            "0x600508b1001c0001",
            "0x6842b2b000000001",
            "eui.0025388b00000003",
            "eui.000000000000000100a07520285a0000",
            "eui.01000000000000005cd2e4000000",
            "nvme.1b36-5331-51454d55-00000001",
            "0x5000c50015ea7001",
            "t10.ATA_SERIAL77",
        ];
        for wwn in real {
            assert!(!is_placeholder_wwn(wwn), "{wwn:?}");
        }
    }
}
