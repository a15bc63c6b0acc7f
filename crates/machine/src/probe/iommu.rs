//! The IOMMU, as ACPI describes it.

use crate::Finding;
use firn_words::say;
use std::fs;
use std::io;
use std::path::Path;

const TABLES: &str = "/sys/firmware/acpi/tables";
/// Where the flags of Intel's table are.
const DMAR_FLAGS: usize = 37;
/// Where the parts of AMD's table begin.
const IVRS_PARTS: usize = 48;

/// Whether there is an IOMMU, and whether it remaps interrupts.
pub fn probe() -> (Finding<bool>, Finding<bool>) {
    let tables = Path::new(TABLES);
    if !tables.exists() {
        let unknown = || Finding::Unknown(say!("check-unknown-no-acpi"));
        return (unknown(), unknown());
    }
    let [dmar, ivrs] = ["DMAR", "IVRS"].map(|name| tables.join(name));
    let remapping = match (fs::read(&dmar), fs::read(&ivrs)) {
        (Ok(table), _) => remaps_intel(&table),
        (_, Ok(table)) => remaps_amd(&table),
        (Err(e), _) if dmar.exists() => unreadable("DMAR", &e),
        (_, Err(e)) if ivrs.exists() => unreadable("IVRS", &e),
        _ => Finding::Known(false),
    };
    (Finding::Known(dmar.exists() || ivrs.exists()), remapping)
}

fn unreadable(table: &str, error: &io::Error) -> Finding<bool> {
    Finding::Unknown(say!(
        "check-unknown-acpi",
        table = table,
        reason = error.to_string()
    ))
}

/// Bit 0 of the flags is INTR_REMAP.
fn remaps_intel(table: &[u8]) -> Finding<bool> {
    match table.get(DMAR_FLAGS) {
        Some(flags) => Finding::Known(flags & 1 == 1),
        None => Finding::Unknown(say!("check-unknown-acpi-short", table = "DMAR")),
    }
}

/// Every IOMMU of AMD's remaps interrupts; the table must describe one (types 0x10, 0x11, 0x40).
fn remaps_amd(table: &[u8]) -> Finding<bool> {
    match table.get(IVRS_PARTS) {
        Some(kind) => Finding::Known(matches!(kind, 0x10 | 0x11 | 0x40)),
        None => Finding::Known(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_of_the_tables() {
        let mut dmar = vec![0; 48];
        assert_eq!(remaps_intel(&dmar), Finding::Known(false));
        dmar[37] = 0b11;
        assert_eq!(remaps_intel(&dmar), Finding::Known(true));
        assert!(matches!(remaps_intel(&[]), Finding::Unknown(_)));
        let mut ivrs = vec![0; 64];
        assert_eq!(remaps_amd(&ivrs), Finding::Known(false));
        ivrs[48] = 0x11;
        assert_eq!(remaps_amd(&ivrs), Finding::Known(true));
    }
}
