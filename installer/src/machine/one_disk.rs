//! When two devices are one disk, by what they say of themselves.

use super::Disk;
use firn_config::Bus;

/// Whether two devices lead to one disk. The same world wide name says so, unless another property speaks against it (there are
/// disks that bear the name of their whole series); where there is none, the same model and serial number. Cheap USB devices share
/// all of that, so they are never taken for one.
pub fn one_disk(one: &Disk, other: &Disk) -> bool {
    let usb = one.bus == Some(Bus::Usb) || other.bus == Some(Bus::Usb);
    if usb || one.size != other.size {
        return false;
    }
    let serials = (word(&one.serial), word(&other.serial));
    let models = (word(&one.model), word(&other.model));
    match (word(&one.wwn), word(&other.wwn)) {
        (Some(a), Some(b)) => a == b && agree(&serials) && agree(&models),
        (None, None) => serials.0.is_some() && serials.0 == serials.1 && models.0 == models.1,
        _ => false,
    }
}

/// A property as it is compared; nothing where there are only spaces.
fn word(property: &Option<String>) -> Option<String> {
    let word = property.as_deref().unwrap_or_default();
    let word = word.trim().to_lowercase();
    (!word.is_empty()).then_some(word)
}

/// What one of the two does not say speaks against nothing.
fn agree((one, other): &(Option<String>, Option<String>)) -> bool {
    one.is_none() || other.is_none() || one == other
}

#[cfg(test)]
mod tests {
    use super::super::samples::disk;
    use super::*;

    fn with(wwn: Option<&str>, serial: Option<&str>) -> Disk {
        Disk {
            wwn: wwn.map(str::to_owned),
            serial: serial.map(str::to_owned),
            bus: Some(Bus::Sas),
            ..disk("sda", 20_000_000_000)
        }
    }

    #[test]
    fn the_name_size_serial_and_model_decide() {
        let first = with(Some("0x5000c500a1b2c3d4"), Some("S1"));
        let table = [
            (with(Some("0x5000C500A1B2C3D4"), Some("S1")), true),
            (with(Some("0x5000c500a1b2c3d4"), None), true),
            (with(Some("0x5000c500a1b2c3d4"), Some("S2")), false),
            (with(Some("0x5000c500a1b2c3d5"), Some("S1")), false),
            (with(Some(" "), Some("S1")), false),
        ];
        for (other, expected) in table {
            assert_eq!(one_disk(&first, &other), expected, "{other:?}");
        }
    }

    #[test]
    fn without_a_name_model_and_serial_decide() {
        let first = with(None, Some("S1"));
        assert!(one_disk(&first, &with(Some(""), Some("s1 "))));
        assert!(!one_disk(&with(None, None), &with(None, None)));
        let usb = || Disk {
            bus: Some(Bus::Usb),
            ..with(None, Some("S1"))
        };
        assert!(!one_disk(&usb(), &usb()));
    }
}
