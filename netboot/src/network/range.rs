//! The addresses that the full DHCP server gives. Pure.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// First and last address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub first: Ipv4Addr,
    pub last: Ipv4Addr,
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.first, self.last)
    }
}

impl FromStr for Range {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("--range {text} is no range; write it as 192.168.77.100-192.168.77.200");
        let (first, last) = text.split_once('-').ok_or_else(wrong)?;
        let address = |text: &str| text.trim().parse::<Ipv4Addr>().map_err(|_| wrong());
        let (first, last) = (address(first)?, address(last)?);
        if first > last {
            return Err(format!("--range {text} ends before it begins"));
        }
        Ok(Self { first, last })
    }
}

/// The network's own address and its mask.
pub fn network(address: Ipv4Addr, prefix: u8) -> (Ipv4Addr, Ipv4Addr) {
    let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
    (
        Ipv4Addr::from(u32::from(address) & mask),
        Ipv4Addr::from(mask),
    )
}

/// The half of the interface's network that the interface itself is not in; at most 1000 addresses.
///
/// # Errors
/// When the network is too small for another machine.
pub fn derived(address: Ipv4Addr, prefix: u8) -> Result<Range, String> {
    if prefix > 30 {
        return Err(format!(
            "the network {address}/{prefix} has no room for other machines; give the interface an address such as 192.168.77.1/24"
        ));
    }
    let (start, _) = network(address, prefix);
    let (start, size) = (u32::from(start), 1_u64 << (32 - prefix));
    let half = u32::try_from(size / 2).unwrap_or(u32::MAX);
    let (first, most) = if u32::from(address) < start + half {
        (start + half, half - 1)
    } else {
        (start + 1, half - 1)
    };
    Ok(Range {
        first: first.into(),
        last: (first + most.min(1000) - 1).into(),
    })
}

/// Says why this range does not go with the interface's network.
///
/// # Errors
/// When it is outside, or holds the interface's own address.
pub fn check(range: Range, address: Ipv4Addr, prefix: u8) -> Result<(), String> {
    let (net, _) = network(address, prefix);
    let inside = |other| network(other, prefix).0 == net;
    if !inside(range.first) || !inside(range.last) {
        return Err(format!(
            "--range {}-{} is not within the interface's network, {net}/{prefix}",
            range.first, range.last
        ));
    }
    if (range.first..=range.last).contains(&address) {
        return Err(format!(
            "--range {}-{} holds this computer's own address, {address}; leave it out",
            range.first, range.last
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_half_of_the_network() {
        let table = [
            ("192.168.77.1", 24, "192.168.77.128,192.168.77.254"),
            ("192.168.77.200", 24, "192.168.77.1,192.168.77.127"),
            ("10.0.0.1", 30, "10.0.0.2,10.0.0.2"),
            ("10.0.0.2", 30, "10.0.0.1,10.0.0.1"),
            ("10.1.0.1", 8, "10.128.0.0,10.128.3.231"),
        ];
        for (address, prefix, expected) in table {
            let address = address.parse().unwrap();
            let range = derived(address, prefix).unwrap();
            assert_eq!(range.to_string(), expected);
            assert_eq!(check(range, address, prefix), Ok(()));
        }
        insta::assert_snapshot!(derived([10, 0, 0, 1].into(), 31).unwrap_err(), @"the network 10.0.0.1/31 has no room for other machines; give the interface an address such as 192.168.77.1/24");
    }

    #[test]
    fn ranges_by_hand() {
        let wrong = |text: &str| match text.parse::<Range>() {
            Ok(range) => check(range, [192, 168, 77, 1].into(), 24).unwrap_err(),
            Err(why) => why,
        };
        insta::assert_snapshot!(wrong("192.168.77.9"), @"--range 192.168.77.9 is no range; write it as 192.168.77.100-192.168.77.200");
        insta::assert_snapshot!(wrong("192.168.77.9-192.168.77.8"), @"--range 192.168.77.9-192.168.77.8 ends before it begins");
        insta::assert_snapshot!(wrong("192.168.78.9-192.168.78.10"), @"--range 192.168.78.9-192.168.78.10 is not within the interface's network, 192.168.77.0/24");
        insta::assert_snapshot!(wrong("192.168.77.1-192.168.77.10"), @"--range 192.168.77.1-192.168.77.10 holds this computer's own address, 192.168.77.1; leave it out");
        assert!("192.168.77.9 - 192.168.77.10".parse::<Range>().is_ok());
    }
}
