//! The processor, by CPUID and model-specific registers: `/proc/cpuinfo` cannot tell what the firmware switched off.

use crate::{Cpu, Finding, Virtualization};
use firn_words::say;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

const IA32_FEATURE_CONTROL: u32 = 0x3a;
const IA32_VMX_PROCBASED_CTLS2: u32 = 0x48b;
const VM_CR: u32 = 0xc001_0114;
/// What the kernel answers for a register that the processor does not have.
const EIO: i32 = 5;

/// The registers that `cpuid` fills.
#[derive(Clone, Copy, Debug, Default)]
pub struct Registers {
    pub eax: u32,
    pub ebx: u32,
    pub ecx: u32,
    pub edx: u32,
}

/// How to ask the processor; tests put in their own.
pub struct Readers<'a> {
    /// CPUID by leaf, subleaf 0.
    pub cpuid: &'a dyn Fn(u32) -> Registers,
    /// A model-specific register.
    pub msr: &'a dyn Fn(u32) -> io::Result<u64>,
}

/// Reads the processor that this runs on.
pub fn probe() -> Cpu {
    if !Path::new("/dev/cpu/0/msr").exists() {
        // Without the module the registers stay unknown, which the checks say.
        let _ = firn_command::cmd("modprobe", ["-q", "msr"]).run();
    }
    let readers = Readers {
        cpuid: &cpuid,
        msr: &msr,
    };
    let (iommu, interrupt_remapping) = super::iommu::probe();
    let cpu = Cpu {
        iommu,
        interrupt_remapping,
        ..read(&readers)
    };
    if is_dom0() { under_xen(cpu) } else { cpu }
}

/// Whether this runs on an installed host.
fn is_dom0() -> bool {
    super::text("/proc/xen/capabilities").is_some_and(|text| text.contains("control_d"))
}

/// Xen shows dom0 another processor than there is.
fn under_xen(cpu: Cpu) -> Cpu {
    let hidden = || say!("check-unknown-hidden");
    Cpu {
        virtualization: Finding::Unknown(hidden()),
        nested_paging: Finding::Unknown(hidden()),
        hypervisor: None,
        ..cpu
    }
}

fn cpuid(leaf: u32) -> Registers {
    let r = core::arch::x86_64::__cpuid(leaf);
    Registers {
        eax: r.eax,
        ebx: r.ebx,
        ecx: r.ecx,
        edx: r.edx,
    }
}

fn msr(register: u32) -> io::Result<u64> {
    let mut value = [0; 8];
    File::open("/dev/cpu/0/msr")?.read_exact_at(&mut value, u64::from(register))?;
    Ok(u64::from_le_bytes(value))
}

/// What the readers say; the IOMMU is not the processor's to know.
pub fn read(readers: &Readers<'_>) -> Cpu {
    let basic = (readers.cpuid)(0);
    let vendor = ascii(&[basic.ebx, basic.edx, basic.ecx]);
    let features = (readers.cpuid)(1);
    let highest = (readers.cpuid)(0x8000_0000).eax;
    let extended = if highest >= 0x8000_0001 {
        (readers.cpuid)(0x8000_0001)
    } else {
        Registers::default()
    };
    let amd = vendor == "AuthenticAMD" || vendor == "HygonGenuine";
    let (virtualization, nested_paging) = match (bit(features.ecx, 5), bit(extended.ecx, 2)) {
        (false, false) => (
            Finding::Known(Virtualization::Absent),
            Finding::Known(false),
        ),
        (_, true) if amd || !bit(features.ecx, 5) => (svm(readers), npt(readers, highest)),
        _ => (vmx(readers), ept(readers)),
    };
    Cpu {
        model: model(readers, highest).unwrap_or_else(|| vendor.clone()),
        vendor,
        long_mode: bit(extended.edx, 29),
        virtualization,
        nested_paging,
        iommu: Finding::default(),
        interrupt_remapping: Finding::default(),
        hypervisor: bit(features.ecx, 31).then(|| hypervisor(readers)),
    }
}

fn bit(value: u32, n: u32) -> bool {
    value >> n & 1 == 1
}

/// Locked without VMX: switched off by the firmware. Not locked: the system may switch it on itself.
fn vmx(readers: &Readers<'_>) -> Finding<Virtualization> {
    match (readers.msr)(IA32_FEATURE_CONTROL) {
        Ok(value) if value & 0b101 == 0b001 => Finding::Known(Virtualization::OffInFirmware),
        Ok(_) => Finding::Known(Virtualization::On),
        Err(e) => unreadable(IA32_FEATURE_CONTROL, &e),
    }
}

fn svm(readers: &Readers<'_>) -> Finding<Virtualization> {
    match (readers.msr)(VM_CR) {
        Ok(value) if value >> 4 & 1 == 1 => Finding::Known(Virtualization::OffInFirmware),
        Ok(_) => Finding::Known(Virtualization::On),
        Err(e) => unreadable(VM_CR, &e),
    }
}

/// The upper half of the register says what may be 1: its bit 1 (33 of the whole) is EPT.
fn ept(readers: &Readers<'_>) -> Finding<bool> {
    match (readers.msr)(IA32_VMX_PROCBASED_CTLS2) {
        Ok(value) => Finding::Known(value >> 33 & 1 == 1),
        Err(e) if e.raw_os_error() == Some(EIO) => Finding::Known(false),
        Err(e) => unreadable(IA32_VMX_PROCBASED_CTLS2, &e),
    }
}

fn npt(readers: &Readers<'_>, highest: u32) -> Finding<bool> {
    Finding::Known(highest >= 0x8000_000a && bit((readers.cpuid)(0x8000_000a).edx, 0))
}

fn unreadable<T>(register: u32, error: &io::Error) -> Finding<T> {
    let register = format!("{register:#x}");
    Finding::Unknown(say!(
        "check-unknown-register",
        register = register,
        reason = error.to_string()
    ))
}

fn model(readers: &Readers<'_>, highest: u32) -> Option<String> {
    if highest < 0x8000_0004 {
        return None;
    }
    let words = (0x8000_0002..=0x8000_0004).flat_map(|leaf| {
        let r = (readers.cpuid)(leaf);
        [r.eax, r.ebx, r.ecx, r.edx]
    });
    let name = ascii(&words.collect::<Vec<_>>());
    (!name.is_empty()).then_some(name)
}

fn hypervisor(readers: &Readers<'_>) -> String {
    let r = (readers.cpuid)(0x4000_0000);
    ascii(&[r.ebx, r.ecx, r.edx])
}

fn ascii(words: &[u32]) -> String {
    let bytes: Vec<u8> = words
        .iter()
        .flat_map(|w| w.to_le_bytes())
        .filter(|b| (32..127).contains(b))
        .collect();
    String::from_utf8_lossy(&bytes)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Virtualization::{Absent, OffInFirmware, On};

    const VMX: u32 = 1 << 5;
    const SVM: u32 = 1 << 2;

    fn vendor(name: &[u8; 12]) -> Registers {
        let word = |i: usize| u32::from_le_bytes([name[i], name[i + 1], name[i + 2], name[i + 3]]);
        Registers {
            eax: 1,
            ebx: word(0),
            edx: word(4),
            ecx: word(8),
        }
    }

    fn cpu(
        name: &[u8; 12],
        ecx1: u32,
        extended_ecx: u32,
        msr: &dyn Fn(u32) -> io::Result<u64>,
    ) -> Cpu {
        let cpuid = |leaf| match leaf {
            0 => vendor(name),
            1 => Registers {
                ecx: ecx1,
                ..Registers::default()
            },
            0x8000_0000 => Registers {
                eax: 0x8000_000a,
                ..Registers::default()
            },
            0x8000_0001 => Registers {
                ecx: extended_ecx,
                edx: 1 << 29,
                ..Registers::default()
            },
            0x8000_000a => Registers {
                edx: 1,
                ..Registers::default()
            },
            _ => Registers::default(),
        };
        read(&Readers { cpuid: &cpuid, msr })
    }

    #[test]
    fn tells_absent_off_and_on_apart() {
        let table: &[(&[u8; 12], u32, u32, u64, Virtualization)] = &[
            (b"GenuineIntel", 0, 0, 0, Absent),
            (b"GenuineIntel", VMX, 0, 0b001, OffInFirmware),
            (b"GenuineIntel", VMX, 0, 0b101, On),
            (b"GenuineIntel", VMX, 0, 0b000, On),
            (b"AuthenticAMD", 0, 0, 0, Absent),
            (b"AuthenticAMD", 0, SVM, 1 << 4, OffInFirmware),
            (b"AuthenticAMD", 0, SVM, 0, On),
            (b"HygonGenuine", 0, SVM, 0, On),
        ];
        for (name, ecx, extended, value, expected) in table {
            let cpu = cpu(name, *ecx, *extended, &|_| Ok(*value));
            assert_eq!(
                cpu.virtualization,
                Finding::Known(*expected),
                "{cpu:?} {value:#b}"
            );
            assert!(cpu.long_mode);
        }
    }

    #[test]
    fn an_unreadable_register_is_unknown_not_absent() {
        let cpu = cpu(b"GenuineIntel", VMX, 0, &|_| {
            Err(io::Error::other("no such device"))
        });
        assert!(matches!(cpu.virtualization, Finding::Unknown(_)));
        assert!(matches!(cpu.nested_paging, Finding::Unknown(_)));
    }

    #[test]
    fn ept_is_a_bit_of_the_allowed_controls() {
        let msr = |register| match register {
            IA32_VMX_PROCBASED_CTLS2 => Ok(1 << 33),
            _ => Ok(0b101),
        };
        assert_eq!(
            cpu(b"GenuineIntel", VMX, 0, &msr).nested_paging,
            Finding::Known(true)
        );
        let without = |register| match register {
            IA32_VMX_PROCBASED_CTLS2 => Err(io::Error::from_raw_os_error(EIO)),
            _ => Ok(0b101),
        };
        assert_eq!(
            cpu(b"GenuineIntel", VMX, 0, &without).nested_paging,
            Finding::Known(false)
        );
    }
}
