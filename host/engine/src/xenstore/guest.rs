//! What xenstore has of one guest. What a guest writes there itself is taken for what it is: text of somebody else's.

use super::Xenstore;
use crate::Reported;
use std::collections::BTreeSet;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;

/// No guest has more network cards, and no card more addresses that anybody wants to see.
const MOST: usize = 32;

impl Xenstore {
    /// The number of the domain with a name.
    pub(crate) fn number(&mut self, name: &str) -> io::Result<Option<u32>> {
        for number in self.list("/local/domain")? {
            let path = format!("/local/domain/{number}/name");
            if number != "0" && self.read(&path)?.as_deref() == Some(name) {
                return Ok(number.parse().ok());
            }
        }
        Ok(None)
    }

    /// Whether QEMU emulates a domain's hardware.
    pub(crate) fn is_hvm(&mut self, number: u32) -> io::Result<bool> {
        let kind = self.read(&format!("/libxl/{number}/type"))?;
        Ok(kind.as_deref() == Some("hvm"))
    }

    /// The terminal of its text console: of the emulated serial line where it has one.
    pub(crate) fn console(&mut self, number: u32) -> io::Result<Option<PathBuf>> {
        let serial = self.read(&format!("/local/domain/{number}/serial/0/tty"))?;
        let tty = match serial.filter(|tty| !tty.is_empty()) {
            Some(tty) => Some(tty),
            None => self.read(&format!("/local/domain/{number}/console/tty"))?,
        };
        Ok(tty
            .filter(|tty| tty.starts_with("/dev/"))
            .map(PathBuf::from))
    }

    /// The numbers of its disks, as Xen counts them.
    pub(crate) fn disks(&mut self, number: u32) -> io::Result<BTreeSet<u32>> {
        let names = self.list(&format!("/libxl/{number}/device/vbd"))?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }

    /// The addresses of its network cards, as they were plugged in.
    pub(crate) fn macs(&mut self, number: u32) -> io::Result<BTreeSet<String>> {
        let folder = format!("/libxl/{number}/device/vif");
        let mut found = BTreeSet::new();
        for card in self.list(&folder)? {
            let mac = self.read(&format!("{folder}/{card}/mac"))?;
            found.extend(mac.map(|mac| mac.to_ascii_lowercase()));
        }
        Ok(found)
    }

    /// The addresses that an agent in it reports, in order.
    pub(crate) fn addresses(&mut self, number: u32) -> io::Result<Vec<Reported>> {
        let folder = format!("/local/domain/{number}/attr/vif");
        let mut found = BTreeSet::new();
        for card in self.list(&folder)?.iter().take(MOST) {
            let Ok(nic) = card.parse() else { continue };
            for kind in ["ipv4", "ipv6"] {
                let folder = format!("{folder}/{card}/{kind}");
                for entry in self.list(&folder)?.iter().take(MOST) {
                    let text = self.read(&format!("{folder}/{entry}"))?;
                    let address = text.and_then(|text| text.trim().parse::<IpAddr>().ok());
                    found.extend(address.map(|address| Reported { nic, address }));
                }
            }
        }
        Ok(found.into_iter().collect())
    }
}
