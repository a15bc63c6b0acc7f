//! Addresses of guests without a program in them: what they say on the bridge about themselves.
//!
//! A system that has got an IPv4 address asks for its router's hardware address, or tells its own: ARP requests and replies name both
//! addresses of their sender. A system that asks a DHCP server names the address that it takes. The kernel's own table of neighbours adds
//! those that dom0 has talked to, IPv6 among them.

mod arp;
mod dhcp;
mod table;

use anyhow::{Context, Result};
use firn_command::cmd;
use firn_image::mac;
use rustix::net::{AddressFamily, Protocol, RecvFlags, SocketFlags, SocketType, recv, socket_with};
use socket2::{SockFilter, SockRef};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

/// A card, and the address that it says is its own.
type Said = ([u8; 6], Ipv4Addr);

/// A kind of frames that names a card and its address.
struct Kind {
    name: &'static str,
    /// The Ethernet type, as the kernel wants it: in network order.
    protocol: u32,
    /// What the kernel lets through; nothing to let all through.
    filter: &'static [SockFilter],
    read: fn(&[u8]) -> Option<Said>,
}

static KINDS: [Kind; 2] = [
    Kind {
        name: "ARP",
        protocol: 0x0806_u16.to_be() as u32,
        filter: &[],
        read: arp::sender,
    },
    Kind {
        name: "DHCP",
        protocol: 0x0800_u16.to_be() as u32,
        filter: &dhcp::FILTER,
        read: dhcp::requested,
    },
];

/// Addresses that are kept for one card; whoever sends more than that sends nonsense.
const MOST_FOR_ONE: usize = 16;
/// Cards that are kept; a guest that makes up senders must not fill the memory. The one that has been silent the longest makes room.
const MOST: usize = 4096;

/// Who has said what, and when.
#[derive(Default)]
pub struct Neighbours {
    seen: Mutex<BTreeMap<[u8; 6], BTreeMap<IpAddr, Instant>>>,
}

impl Neighbours {
    /// Listens from now on.
    ///
    /// # Errors
    /// When this process may not listen, or no thread can be started.
    pub fn listen() -> Result<Arc<Self>> {
        let neighbours = Arc::new(Self::default());
        for kind in &KINDS {
            let socket = kind.socket();
            let socket = socket.with_context(|| format!("listening for {}", kind.name))?;
            let own = Arc::clone(&neighbours);
            let thread = thread::Builder::new().name(kind.name.into());
            thread
                .spawn(move || own.hear(kind, &socket))
                .with_context(|| format!("starting the thread that listens for {}", kind.name))?;
        }
        Ok(neighbours)
    }

    fn hear(&self, kind: &Kind, socket: &OwnedFd) {
        let mut frame = [0; 1600];
        loop {
            match recv(socket, &mut frame[..], RecvFlags::empty()) {
                Ok((_, length)) => {
                    let said = frame.get(..length).and_then(kind.read);
                    said.into_iter()
                        .for_each(|(mac, ip)| self.note(mac, ip.into()));
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => {
                    tracing::warn!("listening for {}: {error}", kind.name);
                    thread::sleep(std::time::Duration::from_secs(5));
                }
            }
        }
    }

    /// Somebody has said that this card has this address.
    fn note(&self, mac: [u8; 6], address: IpAddr) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST && !seen.contains_key(&mac) {
            let silent = seen
                .iter()
                .min_by_key(|(_, of_card)| of_card.values().max());
            let silent = silent.map(|(mac, _)| *mac);
            silent.and_then(|mac| seen.remove(&mac));
        }
        let of_card = seen.entry(mac).or_default();
        if of_card.len() >= MOST_FOR_ONE && !of_card.contains_key(&address) {
            let oldest = of_card.iter().min_by_key(|(_, when)| **when);
            let oldest = oldest.map(|(address, _)| *address);
            oldest.and_then(|address| of_card.remove(&address));
        }
        of_card.insert(address, Instant::now());
    }

    /// Takes in the kernel's own table.
    pub fn ask_kernel(&self) {
        let listing = cmd("ip", ["-json", "neigh", "show"]).read();
        let known = listing.map(|json| table::parse(&json)).unwrap_or_default();
        known.into_iter().for_each(|(mac, ip)| self.note(mac, ip));
    }

    /// The addresses of a card, the latest first, and how many seconds ago each was seen.
    pub fn of(&self, mac: &str) -> Vec<(IpAddr, u64)> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let of_card = mac::parse(mac).and_then(|mac| seen.get(&mac));
        let mut list: Vec<_> = of_card
            .into_iter()
            .flatten()
            .map(|(address, when)| (*address, when.elapsed().as_secs()))
            .collect();
        list.sort_by_key(|(address, age)| (*age, *address));
        list
    }
}

impl Kind {
    fn socket(&self) -> Result<OwnedFd> {
        let protocol = NonZeroU32::new(self.protocol).map(Protocol::from_raw);
        let flags = SocketFlags::CLOEXEC;
        let socket = socket_with(AddressFamily::PACKET, SocketType::RAW, flags, protocol)?;
        if !self.filter.is_empty() {
            SockRef::from(&socket).attach_filter(self.filter)?;
        }
        Ok(socket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_that_makes_up_addresses_fills_no_memory() {
        let neighbours = Neighbours::default();
        for at in 0..200_u8 {
            neighbours.note([2, 0, 0, 0, 0, 1], IpAddr::from([10, 0, 0, at]));
        }
        let known = neighbours.of("02:00:00:00:00:01");
        assert_eq!(known.len(), MOST_FOR_ONE);
        assert!(
            known
                .iter()
                .any(|(ip, _)| *ip == IpAddr::from([10, 0, 0, 199]))
        );
        assert_eq!(neighbours.of("02:00:00:00:00:02"), []);
    }

    #[test]
    fn a_guest_that_makes_up_senders_does_not_hide_those_who_come_later() {
        let neighbours = Neighbours::default();
        let address = IpAddr::from([10, 0, 0, 1]);
        for at in 0..=4096_u16 {
            let [high, low] = at.to_be_bytes();
            neighbours.note([2, 0, 0, 1, high, low], address);
        }
        neighbours.note([2, 0, 0, 2, 0, 0], address);
        assert_eq!(neighbours.of("02:00:00:02:00:00"), [(address, 0)]);
        assert_eq!(neighbours.seen.lock().unwrap().len(), MOST);
    }
}
