//! The kernel's list of neighbours: which MAC address an IPv4 address of this network has.

use crate::mac::Mac;
use std::net::IpAddr;

/// The MAC address behind an address, if the kernel has lately spoken to it.
pub fn mac_of(address: IpAddr) -> Option<Mac> {
    let table = firn_visible::read_text("/proc/net/arp").ok()?;
    find(&table, address)
}

/// In lines such as `192.0.2.10  0x1  0x2  52:54:00:12:34:56  *  eth0`.
fn find(table: &str, address: IpAddr) -> Option<Mac> {
    table.lines().skip(1).find_map(|line| {
        let mut words = line.split_whitespace();
        let there: IpAddr = words.next()?.parse().ok()?;
        let mac: Mac = words.nth(2)?.parse().ok()?;
        (there == address && mac != Mac([0; 6])).then_some(mac)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_for_each_neighbour() {
        let table = "IP address       HW type     Flags       HW address            Mask     Device\n\
            192.0.2.10       0x1         0x2         52:54:00:12:34:56     *        eth0\n\
            192.0.2.11       0x1         0x0         00:00:00:00:00:00     *        eth0\n";
        let found = |address: &str| find(table, address.parse().unwrap());
        assert_eq!(
            found("192.0.2.10"),
            Some(Mac([0x52, 0x54, 0, 0x12, 0x34, 0x56]))
        );
        assert_eq!(found("192.0.2.11"), None);
        assert_eq!(found("192.0.2.12"), None);
    }
}
