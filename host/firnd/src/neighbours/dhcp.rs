//! DHCP for IPv4 (RFC 2131): the address that a client takes, in the request that everybody on the bridge hears.

use super::Said;
use firn_dhcp::{KIND, Message, REQUESTED};
use socket2::SockFilter;

/// Bytes of an Ethernet header and of a UDP header.
const ETHERNET: usize = 14;
const UDP: usize = 8;
/// The kind of a message in which a client takes an address (RFC 2132).
const REQUEST: u8 = 3;

/// Lets IPv4 packets to port 67 through, and nothing else: the socket would have everything that dom0 receives. Classic BPF; the numbers
/// behind a comparison are how many instructions to skip where it holds and where not.
pub const FILTER: [SockFilter; 11] = [
    SockFilter::new(0x28, 0, 0, 12),     // the Ethernet type
    SockFilter::new(0x15, 0, 8, 0x0800), // IPv4
    SockFilter::new(0x30, 0, 0, 23),     // its protocol
    SockFilter::new(0x15, 0, 6, 17),     // UDP
    SockFilter::new(0x28, 0, 0, 20),     // flags and offset
    SockFilter::new(0x45, 4, 0, 0x1fff), // a fragment has no ports
    SockFilter::new(0xb1, 0, 0, 14),     // X = length of IPv4's header
    SockFilter::new(0x48, 0, 0, 16),     // the port behind it
    SockFilter::new(0x15, 0, 1, 67),
    SockFilter::new(0x06, 0, 0, 1600), // the frame's first bytes
    SockFilter::new(0x06, 0, 0, 0),    // nothing
];

/// The card and the address of a client's request. A renewal names the address that the client has.
pub fn requested(frame: &[u8]) -> Option<Said> {
    let from: [u8; 6] = frame.get(6..12)?.try_into().ok()?;
    let packet = frame.get(ETHERNET..)?;
    let header = usize::from(packet.first()? & 0x0f) * 4;
    let message = Message::read(packet.get(header + UDP..)?)?;
    let ip = message.address(REQUESTED);
    let ip = ip.unwrap_or_else(|| message.client());
    let honest = message.card() == Some(from)
        && message.option(KIND)? == [REQUEST]
        && !(ip.is_unspecified() || ip.is_multicast() || ip.is_broadcast());
    honest.then_some((from, ip))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dhcproto::v4::{DhcpOption, Message, MessageType};
    use dhcproto::{Encodable, Encoder};
    use proptest::prelude::*;
    use proptest::sample::Index;
    use std::net::Ipv4Addr;

    const MAC: [u8; 6] = [0, 0x16, 0x3e, 1, 2, 3];
    const IP: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 7);

    fn frame(
        from: [u8; 6],
        kind: MessageType,
        options: Option<DhcpOption>,
        has: Ipv4Addr,
    ) -> Vec<u8> {
        let nobody = Ipv4Addr::UNSPECIFIED;
        let mut message = Message::new_with_id(1, has, nobody, nobody, nobody, &MAC);
        message.opts_mut().insert(DhcpOption::MessageType(kind));
        options.into_iter().for_each(|option| {
            message.opts_mut().insert(option);
        });
        let mut payload = Vec::new();
        message.encode(&mut Encoder::new(&mut payload)).unwrap();
        let mut frame = vec![0xff; 6];
        frame.extend(from);
        frame.extend([0x08, 0, 0x45]);
        frame.extend([0; 19 + UDP]);
        frame.extend(payload);
        frame
    }

    #[test]
    fn what_a_client_asks_for() {
        let (nobody, request) = (Ipv4Addr::UNSPECIFIED, MessageType::Request);
        let asks = || Some(DhcpOption::RequestedIpAddress(IP));
        let table = [
            (frame(MAC, request, asks(), nobody), Some((MAC, IP))),
            (frame(MAC, request, None, IP), Some((MAC, IP))),
            (frame(MAC, request, None, nobody), None),
            (frame([2; 6], request, asks(), nobody), None),
            (frame(MAC, MessageType::Discover, asks(), nobody), None),
            (frame(MAC, MessageType::Decline, asks(), nobody), None),
        ];
        for (frame, expected) in table {
            assert_eq!(requested(&frame), expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_frame_breaks_it(bytes in prop::collection::vec(any::<u8>(), 0..400), changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..12)) {
            requested(&bytes);
            let mut frame = frame(MAC, MessageType::Request, Some(DhcpOption::RequestedIpAddress(IP)), IP);
            for (at, byte) in changes {
                let at = at.index(frame.len());
                frame[at] = byte;
            }
            requested(&frame);
        }
    }
}
