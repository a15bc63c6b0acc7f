//! ARP for IPv4 over Ethernet (RFC 826): who has sent a frame, and which address it says is its own.

use super::Said;
use std::net::Ipv4Addr;

/// What an Ethernet frame with ARP for IPv4 in it begins with after its two addresses: the type, Ethernet, IPv4, 6 and 4 bytes.
const HEAD: [u8; 8] = [0x08, 0x06, 0, 1, 0x08, 0, 6, 4];

/// Hardware and protocol address of a frame's sender. A probe for a free address has none yet.
pub fn sender(frame: &[u8]) -> Option<Said> {
    let from: [u8; 6] = frame.get(6..12)?.try_into().ok()?;
    if frame.get(12..20)? != HEAD {
        return None;
    }
    let mac: [u8; 6] = frame.get(22..28)?.try_into().ok()?;
    let ip: [u8; 4] = frame.get(28..32)?.try_into().ok()?;
    let ip = Ipv4Addr::from(ip);
    // A frame that speaks for another card is a proxy's, or a lie.
    let honest = from == mac && !ip.is_unspecified() && !ip.is_multicast() && !ip.is_broadcast();
    honest.then_some((mac, ip))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MAC: [u8; 6] = [0, 0x16, 0x3e, 1, 2, 3];

    fn frame(from: [u8; 6], says: [u8; 6], ip: [u8; 4]) -> Vec<u8> {
        let mut frame = vec![0xff; 6];
        frame.extend(from);
        frame.extend(HEAD);
        frame.extend([0, 1]);
        frame.extend(says);
        frame.extend(ip);
        frame.extend([0; 10]);
        frame
    }

    #[test]
    fn the_sender_of_a_request() {
        let ip = [192, 0, 2, 7];
        assert_eq!(sender(&frame(MAC, MAC, ip)), Some((MAC, ip.into())));
        assert_eq!(sender(&frame(MAC, MAC, [0; 4])), None, "a probe");
        assert_eq!(sender(&frame([2; 6], MAC, ip)), None, "for another card");
    }

    proptest! {
        #[test]
        fn no_frame_breaks_it(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            sender(&bytes);
        }
    }
}
