//! What `xl info` and the kernel say about the machine. Pure.

use crate::Host;

const MIB: u64 = 1 << 20;

/// Reads `xl info` and `/proc/meminfo`; nothing if the former lacks what every version of Xen prints.
pub(super) fn host(info: &str, meminfo: &str) -> Option<Host> {
    let value = |key: &str| value(info, key);
    let caps = value("virt_caps").unwrap_or_default();
    let has = |cap: &str| caps.split_whitespace().any(|word| word == cap);
    let mib = |key: &str| value(key)?.parse::<u64>().ok()?.checked_mul(MIB);
    Some(Host {
        memory: mib("total_memory")?,
        memory_free: mib("free_memory")?,
        dom0_free: available(meminfo).unwrap_or(0),
        cpus: value("nr_cpus")?.parse().ok()?,
        version: value("xen_version")?.to_owned(),
        hvm: has("hvm"),
        hap: has("hap"),
    })
}

/// The value of a line `key : value`.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    let mut found = pairs.filter(|(name, _)| name.trim() == key);
    found.next().map(|(_, value)| value.trim())
}

/// Bytes that programs can still have.
fn available(meminfo: &str) -> Option<u64> {
    let kib = value(meminfo, "MemAvailable")?.strip_suffix("kB")?;
    kib.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_host_is_read() {
        let info = "host                   : xen1\nnr_cpus                : 8\nvirt_caps              : pv hvm hap gnttab-v1\n\
                    total_memory           : 4095\nfree_memory            : 3200\nxen_version            : 4.20.4\n";
        let meminfo = "MemTotal:         780000 kB\nMemFree:          200000 kB\nMemAvailable:     409600 kB\n";
        let expected = Host {
            memory: 4095 * MIB,
            memory_free: 3200 * MIB,
            dom0_free: 400 * MIB,
            cpus: 8,
            version: "4.20.4".into(),
            hvm: true,
            hap: true,
        };
        assert_eq!(host(info, meminfo), Some(expected));
        assert_eq!(host("", meminfo), None);
    }

    proptest! {
        #[test]
        fn any_output_is_read(
            lines in prop::collection::vec("(xen_version|total_memory|free_memory|nr_cpus|MemAvailable) *:? ?[0-9.]{0,22}( kB)?", 0..9),
        ) {
            let text = lines.join("\n");
            if let Some(host) = host(&text, &text) {
                prop_assert!(text.contains(&host.version) && !host.hvm);
            }
        }
    }
}
