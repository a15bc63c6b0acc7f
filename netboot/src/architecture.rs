//! What kind of machine asks: the number that firmware gives of itself, and whether Firn can be started there. Pure.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::fmt;

/// A client architecture, as DHCP's option 93 and the vendor class (`PXEClient:Arch:00007:…`) number it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Architecture(pub u16);

/// What this server can do for an architecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A loader for BIOS.
    Bios,
    /// A loader for 64-bit UEFI.
    Uefi,
    /// The same, over HTTP.
    Http,
    /// Nothing: what people can do about it.
    No(&'static str),
}

use Start::{Bios, Http, No, Uefi};

const FIRMWARE_32: &str = "Firn cannot be started from it; set the firmware to 64-bit UEFI or to BIOS mode (legacy, CSM) if it has one of them";
const BIOS_HTTP: &str = "Firn has no loader that BIOS can fetch over HTTP; set the firmware to PXE";
const EBC_HTTP: &str = "Firn has no loader in EFI byte code; set the firmware to PXE";
const OTHER: &str = "Firn runs on 64-bit x86 machines (Intel, AMD) only";
const UNKNOWN: &str = "this server does not know it; set the firmware to BIOS or to 64-bit UEFI, if this is a 64-bit x86 machine (Intel, AMD)";

/// The registry "Processor Architecture Types" of IANA (dhcpv6-parameters), which RFC 5970 began and which counts for RFC 4578's option 93,
/// as of 2026; the place in the list is the number. Number 9 is EFI byte code there and x64 in the first reading of RFC 4578, by which old firmware goes.
const KNOWN: [(&str, Start); 42] = [
    ("x86 BIOS", Bios),
    ("NEC PC-98", No(OTHER)),
    ("Itanium", No(OTHER)),
    ("DEC Alpha", No(OTHER)),
    ("Arc x86", No(OTHER)),
    ("Intel Lean Client", No(OTHER)),
    ("32-bit x86 UEFI", No(FIRMWARE_32)),
    ("x64 UEFI", Uefi),
    ("EFI on XScale", No(OTHER)),
    ("EFI byte code or x64 UEFI", Uefi),
    ("32-bit ARM UEFI", No(OTHER)),
    ("64-bit ARM UEFI", No(OTHER)),
    ("PowerPC Open Firmware", No(OTHER)),
    ("PowerPC ePAPR", No(OTHER)),
    ("POWER OPAL v3", No(OTHER)),
    ("32-bit x86 UEFI over HTTP", No(FIRMWARE_32)),
    ("x64 UEFI over HTTP", Http),
    ("EFI byte code over HTTP", No(EBC_HTTP)),
    ("32-bit ARM UEFI over HTTP", No(OTHER)),
    ("64-bit ARM UEFI over HTTP", No(OTHER)),
    ("x86 BIOS over HTTP", No(BIOS_HTTP)),
    ("32-bit ARM U-Boot", No(OTHER)),
    ("64-bit ARM U-Boot", No(OTHER)),
    ("32-bit ARM U-Boot over HTTP", No(OTHER)),
    ("64-bit ARM U-Boot over HTTP", No(OTHER)),
    ("32-bit RISC-V UEFI", No(OTHER)),
    ("32-bit RISC-V UEFI over HTTP", No(OTHER)),
    ("64-bit RISC-V UEFI", No(OTHER)),
    ("64-bit RISC-V UEFI over HTTP", No(OTHER)),
    ("128-bit RISC-V UEFI", No(OTHER)),
    ("128-bit RISC-V UEFI over HTTP", No(OTHER)),
    ("s390 Basic", No(OTHER)),
    ("s390 Extended", No(OTHER)),
    ("32-bit MIPS UEFI", No(OTHER)),
    ("64-bit MIPS UEFI", No(OTHER)),
    ("32-bit Sunway UEFI", No(OTHER)),
    ("64-bit Sunway UEFI", No(OTHER)),
    ("32-bit LoongArch UEFI", No(OTHER)),
    ("32-bit LoongArch UEFI over HTTP", No(OTHER)),
    ("64-bit LoongArch UEFI", No(OTHER)),
    ("64-bit LoongArch UEFI over HTTP", No(OTHER)),
    ("ARM rpiboot", No(OTHER)),
];

impl Architecture {
    /// All that have a name.
    pub fn known() -> impl Iterator<Item = Self> {
        (0..).take(KNOWN.len()).map(Self)
    }

    fn entry(self) -> Option<&'static (&'static str, Start)> {
        KNOWN.get(usize::from(self.0))
    }

    /// What can be done for it.
    pub fn start(self) -> Start {
        self.entry().map_or(No(UNKNOWN), |(_, start)| *start)
    }

    /// Why Firn cannot be started there, and what to do; nothing where it can.
    pub fn refusal(self) -> Option<String> {
        match self.start() {
            No(why) => Some(format!("{self}: {why}")),
            Bios | Uefi | Http => None,
        }
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry() {
            Some((name, _)) => f.write_str(name),
            None => write!(f, "client architecture {}", self.0),
        }
    }
}

impl Serialize for Architecture {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut fields = to.serialize_struct("Architecture", 3)?;
        fields.serialize_field("number", &self.0)?;
        fields.serialize_field("name", &self.to_string())?;
        fields.serialize_field("supported", &self.refusal().is_none())?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_starts_and_what_does_not() {
        let refused = |number| Architecture(number).refusal();
        for number in [0, 7, 9, 16] {
            assert_eq!(refused(number), None, "{number}");
        }
        let startable = Architecture::known().filter(|known| known.refusal().is_none());
        assert_eq!(startable.count(), 4);
        let lines: Vec<String> = [6, 15, 20, 11, 19, 27, 41, 42, 65535]
            .into_iter()
            .filter_map(refused)
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @"
        32-bit x86 UEFI: Firn cannot be started from it; set the firmware to 64-bit UEFI or to BIOS mode (legacy, CSM) if it has one of them
        32-bit x86 UEFI over HTTP: Firn cannot be started from it; set the firmware to 64-bit UEFI or to BIOS mode (legacy, CSM) if it has one of them
        x86 BIOS over HTTP: Firn has no loader that BIOS can fetch over HTTP; set the firmware to PXE
        64-bit ARM UEFI: Firn runs on 64-bit x86 machines (Intel, AMD) only
        64-bit ARM UEFI over HTTP: Firn runs on 64-bit x86 machines (Intel, AMD) only
        64-bit RISC-V UEFI: Firn runs on 64-bit x86 machines (Intel, AMD) only
        ARM rpiboot: Firn runs on 64-bit x86 machines (Intel, AMD) only
        client architecture 42: this server does not know it; set the firmware to BIOS or to 64-bit UEFI, if this is a 64-bit x86 machine (Intel, AMD)
        client architecture 65535: this server does not know it; set the firmware to BIOS or to 64-bit UEFI, if this is a 64-bit x86 machine (Intel, AMD)
        ");
    }

    /// The ends of the registry's groups: a row too many or too few would move all that follow.
    #[test]
    fn numbers_of_the_registry() {
        let names = [6, 8, 11, 16, 20, 24, 30, 32, 36, 41].map(|n| Architecture(n).to_string());
        insta::assert_snapshot!(names.join("\n"), @"
        32-bit x86 UEFI
        EFI on XScale
        64-bit ARM UEFI
        x64 UEFI over HTTP
        x86 BIOS over HTTP
        64-bit ARM U-Boot over HTTP
        128-bit RISC-V UEFI over HTTP
        s390 Extended
        64-bit Sunway UEFI
        ARM rpiboot
        ");
    }
}
