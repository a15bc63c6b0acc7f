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
}
