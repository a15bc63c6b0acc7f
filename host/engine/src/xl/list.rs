//! What `xl list` prints. Pure.

use crate::{Domain, Reason, State};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::time::Duration;

const MIB: u64 = 1 << 20;
/// What stands for the name of a domain that has none, because it is being taken apart.
const NAMELESS: &str = "(null)";

/// The domains but dom0; nothing where the list is not whole, which is not the same as a host without guests. A name may have blanks
/// where somebody else chose it; the five columns behind it have none. `built` holds the numbers of `xl list --long`; a domain that has
/// never run and is not among them is still being built.
pub(super) fn domains(list: &str, built: &BTreeSet<u32>) -> Option<Vec<Domain>> {
    let lines = list.lines().skip(1);
    let all: Option<Vec<Domain>> = lines.map(|line| domain(line, built)).collect();
    let (dom0, guests): (Vec<_>, Vec<_>) = all?.into_iter().partition(|d| d.number == 0);
    (!dom0.is_empty()).then_some(guests)
}

fn domain(line: &str, built: &BTreeSet<u32>) -> Option<Domain> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (name, columns) = words.split_last_chunk::<5>()?;
    let [number, memory, cpus, letters, time] = columns;
    let number = number.parse().ok()?;
    let cpu_time = Duration::try_from_secs_f64(time.parse().ok()?).ok()?;
    let state = match state(letters)? {
        State::Paused if cpu_time.is_zero() && !built.contains(&number) => State::Building,
        state => state,
    };
    let name = name.join(" ");
    Some(Domain {
        number,
        name: if name == NAMELESS {
            String::new()
        } else {
            name
        },
        state,
        memory: memory.parse::<u64>().ok()?.checked_mul(MIB)?,
        cpus: cpus.parse().ok()?,
        cpu_time,
    })
}

/// The six letters: running, blocked, paused, shut down and why, dying.
fn state(letters: &str) -> Option<State> {
    let [_, _, paused, ended, reason, dying] = letters.as_bytes() else {
        return None;
    };
    Some(match (dying, ended, paused) {
        (b'd', _, _) => State::Dying,
        (_, b's', _) => State::Ended(self::reason(*reason)),
        (_, _, b'p') => State::Paused,
        _ => State::Running,
    })
}

fn reason(letter: u8) -> Reason {
    match letter {
        b'-' => Reason::PowerOff,
        b'r' => Reason::Reboot,
        b's' => Reason::Suspend,
        b'c' => Reason::Crash,
        b'w' => Reason::Watchdog,
        b'S' => Reason::SoftReset,
        _ => Reason::Unknown,
    }
}

/// Whether it takes `xl list --long` to tell what these are.
pub(super) fn is_unsure(domains: &[Domain]) -> bool {
    domains.iter().any(|domain| domain.state == State::Building)
}

/// The numbers in `xl list --long`: the domains that are built completely.
pub(super) fn built(json: &str) -> serde_json::Result<BTreeSet<u32>> {
    #[derive(Deserialize)]
    struct Detailed {
        domid: u32,
    }
    let all: Vec<Detailed> = firn_command::json::parse(json)?;
    Ok(all.into_iter().map(|domain| domain.domid).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As Xen 4.20 prints it.
    const LIST: &str = "\
Name                                        ID   Mem VCPUs\tState\tTime(s)
Domain-0                                     0   768     2     r-----      36.4
a1b2c3d4                                     3  1024     1     -b----       1.0
b1b2c3d4                                     4   512     2     --p---       0.0
c1b2c3d4                                     5   512     2     --p---       0.0
d1b2c3d4                                     6   512     1     ---sr-       7.3
e1b2c3d4                                     7   512     1     ---sc-       0.1
f1b2c3d4                                     8   512     1     --ps--       2.0
by hand                                      9   512     1     ------       4.0
(null)                                      10     0     1     --ps-d       4.2
";

    #[test]
    fn states_of_domains() {
        let built = built(r#"[{"domid": 0, "config": {"c_info": {"hap": "True"}}}, {"domid": 4}]"#);
        let found = domains(LIST, &built.unwrap()).unwrap();
        let found: Vec<_> = found.iter().map(|d| (d.name.as_str(), d.state)).collect();
        let expected = [
            ("a1b2c3d4", State::Running),
            ("b1b2c3d4", State::Paused),
            ("c1b2c3d4", State::Building),
            ("d1b2c3d4", State::Ended(Reason::Reboot)),
            ("e1b2c3d4", State::Ended(Reason::Crash)),
            ("f1b2c3d4", State::Ended(Reason::PowerOff)),
            ("by hand", State::Running),
            ("", State::Dying),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn columns_of_a_domain() {
        let domain = Domain {
            number: 3,
            name: "a1b2c3d4".into(),
            state: State::Running,
            memory: 1 << 30,
            cpus: 1,
            cpu_time: Duration::from_secs(1),
        };
        assert_eq!(domains(LIST, &BTreeSet::new()).unwrap()[0], domain);
    }

    #[test]
    fn half_a_list_is_none() {
        let dom0 = LIST.lines().take(2).collect::<Vec<_>>().join("\n");
        assert_eq!(domains(&dom0, &BTreeSet::new()), Some(Vec::new()));
        let cut = format!("{dom0}\na1b2c3d4      3  1024");
        let without_dom0 = LIST
            .replace("Domain-0   ", "a1b2c3d4   ")
            .replace(" 0   768", " 1   768");
        for list in ["", "Name\n", &cut, &without_dom0] {
            assert_eq!(domains(list, &BTreeSet::new()), None, "{list}");
        }
    }

    proptest! {
        #[test]
        fn any_output_is_read(
            lines in prop::collection::vec("[a-z(\\PC]{1,12} {1,3}[0-9]{1,12} {1,3}[0-9]{1,20} {1,3}[0-9]{1,4} [-rbpscdwS?]{4,7} [-0-9.e]{1,6}|\\PC{0,40}", 0..8),
            json in "\\[(\\{\"domid\": ?[0-9]{1,12}\\},?){0,3}\\]|\\PC{0,20}",
        ) {
            let text = format!("Name ID Mem VCPUs State Time(s)\n{}", lines.join("\n"));
            let numbers = built(&json).unwrap_or_default();
            let found = domains(&text, &numbers).unwrap_or_default();
            prop_assert!(found.len() <= lines.len());
            prop_assert!(found.iter().all(|domain| domain.number != 0 && domain.name != NAMELESS));
        }
    }
}
