//! How much of a host's memory dom0 gets.

/// A host of `N` GiB shows a little less to its operating system: what firmware and devices take.
const FIRMWARE_MIB: u64 = 2048;

/// The memory of dom0 in MiB on a host that has `host_mib` MiB.
pub fn dom0_memory_mib(host_mib: u64) -> u32 {
    const GIB: u64 = 1024;
    match host_mib {
        ..1536 => 512,
        m if m <= 4 * GIB => 768,
        m if m <= 16 * GIB => 1536,
        m if m <= 32 * GIB => 2048,
        m if m < 128 * GIB - FIRMWARE_MIB => 4096,
        _ => 8192,
    }
}

#[cfg(test)]
mod tests {
    use super::dom0_memory_mib;

    #[test]
    fn follows_the_table() {
        let table = [
            (960, 512),
            (2048, 768),
            (4096, 768),
            (8192, 1536),
            (16384, 1536),
            (32768, 2048),
            (65536, 4096),
            (98304, 4096),
            (130_500, 8192),
            (524_288, 8192),
        ];
        for (host, dom0) in table {
            assert_eq!(dom0_memory_mib(host), dom0, "{host} MiB");
        }
    }
}
