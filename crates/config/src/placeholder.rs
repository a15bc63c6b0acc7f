//! What makers leave in the place of a serial number or a UUID. Such a value is no identity: every board of the series has it.
//!
//! The lists follow what others have met in the field: GLPI's and OCS Inventory's lists of invalid serial numbers and UUIDs, the
//! fallbacks of OpenShift's assisted installer and of redhat-cip/hardware, systemd's and libvirt's rule that a UUID of one digit
//! is none, and the kernel's quirks for NVMe drives with made-up identifiers.

mod disk;

pub use disk::{is_placeholder_disk_serial, is_placeholder_wwn};

/// Whole values, in lower case and without what is neither a letter nor a digit. Those of one character, and those that count,
/// are found by rule.
const NO_SERIALS: &[&str] = &[
    "123412341234",
    "1231234123",
    "123456789000",
    "123456fvgv3i0b8o5n6n7k",
    "123490en400015",
    "assettag",
    "baseboardserialnumber",
    "boardserialnumber",
    "chassisserialnumber",
    "deadbeef",
    "default",
    "empty",
    "eval",
    "generic",
    "iatpass",
    "id",
    "invalid",
    "na",
    "nil",
    "no",
    "nodmi",
    "none",
    "noserial",
    "noserialnumber",
    "nosn",
    "not",
    "notapplicable",
    "notavailable",
    "notdefined",
    "notpresent",
    "notprovided",
    "notset",
    "notsettable",
    "notspecified",
    "null",
    "nullstring",
    "oem",
    "oemserial",
    "oemserialnumber",
    "productserialnumber",
    "serial",
    "serialno",
    "serialnumber",
    "sn",
    "standard",
    "systemserial",
    "systemserialnumb",
    "systemserialnumber",
    "tbd",
    "tulipcomputers",
    "type1systemserialnumber",
    "type2boardserialnumber",
    "type3chassisserialnumber",
    "undefined",
    "unknow",
    "unknown",
    "unspecified",
    "yourserialnumber",
];

/// Beginnings that no real serial number has: makers go on in many ways ("… by O.E.M. by More String").
const NO_SERIAL_BEGINNINGS: &[&str] = &["tobefilled", "tobeset", "tobedefined", "defaultstring"];

/// What stands before a number that is then made up as well (SYS-1234567890).
const SERIAL_PREFIXES: &[&str] = &["serialnumber", "serial", "sys", "sn", "mb", "nb"];

/// What stands in the place of a maker's or a model's name besides what stands in the place of a serial number; like those bare.
const NO_NAMES: &[&str] = &[
    "allseries",
    "manufacturer",
    "productname",
    "systemmanufacturer",
    "systemname",
    "systemproductname",
    "systemversion",
    "vendor",
];

/// UUIDs that whole series have, as 32 digits. Programs disagree about the order of the first eight bytes, so [`swapped`] is
/// looked for as well.
const NO_UUIDS: &[&str] = &[
    "000102030405060708090a0b0c0d0e0f",
    "00112233445566778899aabbccddeeff",
    "03000200040005000006000700080009",
    "123456781234123412341234567890ab",
    "12345678123412341234123456789012",
    "12345678123412341234123456789abc",
    "12345678123456781234567812345678",
    "123456781234567890abcddeefaabbcc",
    "4c4c454400002010802080c04f202020",
    "4c4c4544002020108020a0c04f202020",
    "6ab5b300538d10149fb5b0684d007b53",
    "deadbeefdeadbeefdeadbeefdeadbeef",
];

/// Whether this is what a maker leaves in the place of a machine's serial number; a disk's is another matter
/// ([`is_placeholder_disk_serial`]). An empty text is one, too.
pub fn is_placeholder_serial(serial: &str) -> bool {
    let text = bare(serial);
    // A short number behind a prefix may be somebody's own (SN-2, NB-222).
    let number = SERIAL_PREFIXES
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .filter(|number| number.len() > 4)
        .unwrap_or(&text);
    is_no_word(&text) || is_one_character(number) || counts(number)
}

/// Whether this is what is left in the place of the name of a maker or a model. An empty text is one, too.
pub fn is_placeholder_name(name: &str) -> bool {
    let text = bare(name);
    NO_NAMES.contains(&text.as_str()) || is_no_word(&text) || is_one_character(&text)
}

/// Whether this is what makers leave in the place of a UUID. An empty text is one, too.
pub fn is_placeholder_uuid(uuid: &str) -> bool {
    let digits = bare(uuid);
    if digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return is_placeholder_serial(uuid);
    }
    let one_byte = digits
        .as_bytes()
        .chunks(2)
        .all(|b| *b == digits.as_bytes()[..2]);
    one_byte
        || NO_UUIDS
            .iter()
            .any(|no| *no == digits || swapped(no) == digits)
}

/// Whether this, bare, is a word that says that there is no serial number, whatever it would be of.
fn is_no_word(text: &str) -> bool {
    NO_SERIALS.contains(&text) || NO_SERIAL_BEGINNINGS.iter().any(|b| text.starts_with(b))
}

/// Lower case, letters and digits only.
fn bare(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// Nothing, or the same character from the beginning to the end.
fn is_one_character(text: &str) -> bool {
    let mut all = text.chars();
    all.next().is_none_or(|first| all.all(|c| c == first))
}

/// At least three digits, from 0 or 1 upwards or from 9 downwards, after 9 from 0 or on with A.
fn counts(text: &str) -> bool {
    let up = |a: u8, b: u8| b == a.wrapping_add(1) || (a == b'9' && matches!(b, b'0' | b'a'));
    let down = |a: u8, b: u8| b.wrapping_add(1) == a;
    let bytes = text.as_bytes();
    let steps = |follows: fn(u8, u8) -> bool| bytes.windows(2).all(|w| follows(w[0], w[1]));
    match bytes {
        [b'0' | b'1', _, _, ..] => steps(up),
        [b'9', _, _, ..] => steps(down),
        _ => false,
    }
}

/// The same UUID as programs print it that take its first three fields for little-endian.
fn swapped(digits: &str) -> String {
    const ORDER: [usize; 8] = [3, 2, 1, 0, 5, 4, 7, 6];
    let pair = |at: usize| digits.get(at * 2..at * 2 + 2).unwrap_or_default();
    let first: String = ORDER.into_iter().map(pair).collect();
    first + digits.get(16..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makers_leave_is_no_serial_number() {
        for none in [
            "",
            "   ",
            "0",
            "1",
            "$",
            "........",
            "\u{fffd}\u{fffd}",
            "To be filled by O.E.M.",
            "To Be Filled By O.E.M. by More String",
            "Default string",
            "Default_string",
            "System Serial Number",
            "SystemSerialNumb",
            "Chassis Serial Number",
            "Type2 - Board Serial Number",
            "Not Specified",
            "Not Applicable",
            "N/A",
            "None",
            "(null string)",
            "Unknow",
            "OEM_Serial",
            "XXXXXXX",
            "Serial Number xxxxxx",
            "0000000000",
            "FFFFFFFF",
            "1111111",
            "012",
            "12345",
            "0123456789",
            "123456789",
            "1234567890",
            "12345678901234567",
            "0123456789ABCDEF",
            "9876543210",
            "SYS-9876543210",
            "MB-1234567890",
            "SN-12345",
            "123-1234-123",
        ] {
            assert!(is_placeholder_serial(none), "{none}");
        }
    }

    #[test]
    fn what_is_left_is_no_name() {
        for none in [
            "",
            "System Product Name",
            "To Be Filled By O.E.M.",
            "Default string",
            "O.E.M.",
            "System manufacturer",
        ] {
            assert!(is_placeholder_name(none), "{none}");
        }
        for real in [
            "Dell Inc.",
            "PowerEdge R740",
            "1234",
            "HP",
            "System x3650 M5",
        ] {
            assert!(!is_placeholder_name(real), "{real}");
        }
    }

    #[test]
    fn real_serial_numbers_stay() {
        for real in [
            "NB-222",
            "SN123",
            "MB0123",
            "ABC1234",
            "S1",
            "SN-2",
            "7CX1B2J",
            "MXQ12345678",
            "SN4T2A0",
            "SYSA00123",
            "VMware-56 4d 2a",
            "fleet-52-54-00-00-00-01",
            "S4EVNX0M123456",
            "WD-WCC4N0123456",
            "00000001",
            "123456780",
            "QM00001",
            "NONE7",
            "serialize-1",
            "second",
        ] {
            assert!(!is_placeholder_serial(real), "{real}");
        }
    }

    #[test]
    fn what_makers_leave_is_no_uuid() {
        for none in [
            "",
            "Not",
            "2",
            "Not Settable",
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "01010101-0101-0101-0101-010101010101",
            "fefefefe-fefe-fefe-fefe-fefefefefefe",
            "03000200-0400-0500-0006-000700080009",
            "00020003-0004-0005-0006-000700080009",
            "{03000200-0400-0500-0006-000700080009}",
            "03000200040005000006000700080009",
            "03020100-0504-0706-0809-0a0b0c0d0e0f",
            "12345678-1234-5678-90ab-cddeefaabbcc",
        ] {
            assert!(is_placeholder_uuid(none), "{none}");
        }
        for real in [
            "4c4c4544-0042-3510-8058-b4c04f4a4c32",
            "76006b9c-c49c-0000-0000-000000000000",
            "00000000-0000-0000-0000-ac1f6b000001",
            "0f0e-1",
            "4c4c4544",
        ] {
            assert!(!is_placeholder_uuid(real), "{real}");
        }
    }
}
