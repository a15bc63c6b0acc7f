//! Where in a bzImage the kernel itself lies (Documentation/arch/x86/boot.rst of Linux). Pure.

/// Where the setup header says how many sectors it has.
const SECTORS: usize = 0x1f1;
const MAGIC: usize = 0x202;
const VERSION: usize = 0x206;
const PAYLOAD: usize = 0x248;
/// Since then there is a payload.
const PAYLOAD_SINCE: u16 = 0x208;
const SECTOR: u64 = 512;

/// Where the payload of a bzImage begins, out of its first bytes; nothing where it is none.
pub(super) fn payload(head: &[u8]) -> Option<u64> {
    let version = u16::from_le_bytes(head.get(VERSION..VERSION + 2)?.try_into().ok()?);
    if head.get(MAGIC..MAGIC + 4)? != b"HdrS" || version < PAYLOAD_SINCE {
        return None;
    }
    // None stands for four, of times past.
    let sectors = match *head.get(SECTORS)? {
        0 => 4,
        sectors => u64::from(sectors),
    };
    let offset = u32::from_le_bytes(head.get(PAYLOAD..PAYLOAD + 4)?.try_into().ok()?);
    Some((sectors + 1) * SECTOR + u64::from(offset))
}
