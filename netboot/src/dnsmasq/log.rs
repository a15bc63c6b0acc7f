//! What dnsmasq's log says about machines. Pure.

use std::net::IpAddr;

use crate::event::Event;
use crate::mac::Mac;

/// Words of the log that stand for an answer to a machine.
const ANSWERS: [&str; 4] = ["DHCPOFFER", "DHCPACK", "DHCPNAK", "PXE"];

/// The event in a line such as `dnsmasq-dhcp: 4711 DHCPACK(eth1) 192.168.77.128 52:54:00:12:34:56 name`.
pub fn event(line: &str) -> Option<Event> {
    let mut words = line
        .split_whitespace()
        .skip_while(|word| !word.contains('('));
    let (what, _) = words.next()?.split_once('(')?;
    if !ANSWERS.contains(&what) {
        return None;
    }
    let words: Vec<&str> = words.take(2).collect();
    let mac: Mac = words.iter().find_map(|word| word.parse().ok())?;
    // A proxy names its own network there, not the machine's address.
    let address: Option<IpAddr> = words.iter().find_map(|word| word.parse().ok());
    let address = address.filter(|_| what == "DHCPACK");
    Some(Event::Dhcp {
        mac,
        what: what.to_owned(),
        address,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_to_machines() {
        let mac = Mac([0x52, 0x54, 0, 0x12, 0x34, 0x56]);
        let found = |line: &str| match event(line) {
            Some(Event::Dhcp {
                mac: of,
                what,
                address,
            }) if of == mac => {
                format!(
                    "{what} {}",
                    address.map(|a| a.to_string()).unwrap_or_default()
                )
            }
            _ => "nothing".into(),
        };
        let table = [
            (
                "dnsmasq-dhcp: 4711 DHCPACK(eth1) 192.168.77.128 52:54:00:12:34:56 xen1",
                "DHCPACK 192.168.77.128",
            ),
            (
                "dnsmasq-dhcp: 4711 DHCPOFFER(eth1) 192.168.77.128 52:54:00:12:34:56",
                "DHCPOFFER ",
            ),
            (
                "dnsmasq-dhcp: 4711 PXE(eth1) 192.168.77.0 52:54:00:12:34:56 proxy",
                "PXE ",
            ),
            (
                "dnsmasq-dhcp: 4711 PXE(eth1) 52:54:00:12:34:56 proxy",
                "PXE ",
            ),
            (
                "dnsmasq-dhcp: 4711 DHCPDISCOVER(eth1) 52:54:00:12:34:56",
                "nothing",
            ),
            (
                "dnsmasq-dhcp: 4711 available DHCP range: 192.168.77.128 -- 192.168.77.254",
                "nothing",
            ),
            (
                "dnsmasq-tftp: sent /tmp/run/tftp/undionly.kpxe to 192.168.77.128",
                "nothing",
            ),
            ("", "nothing"),
        ];
        for (line, expected) in table {
            assert_eq!(found(line), expected, "{line}");
        }
    }
}
