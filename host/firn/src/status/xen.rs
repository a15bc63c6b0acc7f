//! What `xl` tells. Its output is read here and nowhere else.

use serde::Serialize;

/// The hypervisor.
#[derive(Debug, PartialEq, Serialize)]
pub struct Xen {
    pub version: String,
    /// MiB of the whole machine.
    pub memory_mib: u64,
    /// MiB that new guests can have.
    pub free_mib: u64,
    /// What the machine can run, such as `pv hvm hap`.
    pub capabilities: String,
}

/// A running guest.
#[derive(Debug, PartialEq, Serialize)]
pub struct Guest {
    pub name: String,
    pub id: u32,
    pub memory_mib: u64,
    pub vcpus: u32,
}

/// Reads `xl info`; None if it lacks what every version writes.
pub fn info(text: &str) -> Option<Xen> {
    let value = |key: &str| {
        let line = text.lines().find(|line| {
            line.split(':')
                .next()
                .is_some_and(|name| name.trim() == key)
        })?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    Some(Xen {
        version: value("xen_version")?,
        memory_mib: value("total_memory")?.parse().ok()?,
        free_mib: value("free_memory")?.parse().ok()?,
        capabilities: value("virt_caps").unwrap_or_default(),
    })
}

/// Reads `xl list` without its head and without dom0. Names have no blanks.
pub fn guests(text: &str) -> Vec<Guest> {
    text.lines()
        .skip(1)
        .filter_map(guest)
        .filter(|guest| guest.id != 0)
        .collect()
}

fn guest(line: &str) -> Option<Guest> {
    let mut words = line.split_whitespace();
    Some(Guest {
        name: words.next()?.to_owned(),
        id: words.next()?.parse().ok()?,
        memory_mib: words.next()?.parse().ok()?,
        vcpus: words.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lines_of_interest_are_found() {
        let text = "host                   : xen1\nvirt_caps              : pv hvm hap\ntotal_memory           : 4095\n\
                    free_memory            : 3200\nxen_version            : 4.20.3\n";
        let expected = Xen {
            version: "4.20.3".into(),
            memory_mib: 4095,
            free_mib: 3200,
            capabilities: "pv hvm hap".into(),
        };
        assert_eq!(info(text), Some(expected));
        assert_eq!(info(""), None);
    }

    #[test]
    fn guests_are_listed_without_dom0() {
        let text = "Name                     ID   Mem VCPUs\tState\tTime(s)\nDomain-0                  0   768     2     r-----      36.4\n\
                    web                       3   900     1     -b----       1.0\n(null)  4 0 0 --psc- 0\nbroken\n";
        let names: Vec<String> = guests(text)
            .into_iter()
            .map(|guest| format!("{} {}", guest.name, guest.id))
            .collect();
        assert_eq!(names, ["web 3", "(null) 4"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_output_of_xl_is_read(
            lines in prop::collection::vec("[a-z(\\PC]{1,12} {1,3}[0-9]{1,12} {1,3}[0-9]{1,6} {1,3}[0-9]{1,4}( .{0,10})?|\\PC{0,40}", 0..8),
            pairs in prop::collection::vec("(xen_version|total_memory|free_memory|virt_caps|[a-z]{3}) *:? ?[0-9.]{0,22}", 0..8),
            text in any::<String>(),
        ) {
            let list = format!("Name ID Mem VCPUs State Time(s)\n{}", lines.join("\n"));
            for text in [&list, &text] {
                let found = guests(text);
                prop_assert!(found.len() < text.lines().count().max(1));
                prop_assert!(found.iter().all(|guest| guest.id != 0 && !guest.name.contains(char::is_whitespace)));
            }
            if let Some(xen) = info(&pairs.join("\n")) {
                prop_assert!(!xen.version.contains('\n') && pairs.iter().any(|line| line.contains(&xen.version)));
            }
            info(&text);
        }
    }
}
