//! A DHCP server's answer, as far as it matters here. Pure.

use firn_dhcp::{KIND, Message, SERVER};
use std::net::Ipv4Addr;

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Offer,
    Other,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number of the question.
    pub id: u32,
    pub kind: Kind,
    /// The address that is offered or given; 0.0.0.0 is none.
    pub yours: Ipv4Addr,
    pub server: Option<Ipv4Addr>,
}

impl Answer {
    /// Reads a packet; nothing where it is no DHCP message.
    pub fn read(packet: &[u8]) -> Option<Self> {
        let message = Message::read(packet)?;
        let kind = match message.option(KIND)? {
            [2] => Kind::Offer,
            _ => Kind::Other,
        };
        Some(Self {
            id: message.id(),
            kind,
            yours: message.yours(),
            server: message.address(SERVER),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dhcproto::v4::{DhcpOption, Message, MessageType, UnknownOption};
    use dhcproto::{Decodable, Decoder, Encodable};
    use proptest::prelude::*;
    use proptest::sample::Index;

    fn message(id: u32, kind: MessageType, yours: Ipv4Addr, server: Option<Ipv4Addr>) -> Message {
        let none = Ipv4Addr::UNSPECIFIED;
        let mut message = Message::new_with_id(id, none, yours, none, none, &[2, 0, 0, 0, 0, 1]);
        let options = message.opts_mut();
        options.insert(DhcpOption::MessageType(kind));
        if let Some(server) = server {
            options.insert(DhcpOption::ServerIdentifier(server));
        }
        message
    }

    /// Networks have servers that send such things; dhcproto 0.15 panics over them.
    #[test]
    fn options_of_the_wrong_length_are_passed_over() {
        let yours = Ipv4Addr::new(192, 0, 2, 50);
        for (code, value) in [
            (94, vec![1]),
            (121, vec![99, 1, 2, 3, 4]),
            (80, vec![1]),
            (54, vec![1]),
        ] {
            let mut message = message(7, MessageType::Offer, yours, None);
            let odd = UnknownOption::new(code.into(), value);
            message.opts_mut().insert(DhcpOption::Unknown(odd));
            let read = Answer::read(&message.to_vec().unwrap()).unwrap();
            assert_eq!(
                (read.id, read.kind, read.yours),
                (7, Kind::Offer, yours),
                "{code}"
            );
            assert_eq!(read.server, None, "{code}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What dhcproto writes is read as it is; any other packet is read or refused.
        #[test]
        fn whole_messages_are_read_and_none_is_too_odd(
            id in any::<u32>(), yours in any::<Ipv4Addr>(), server in prop::option::of(any::<Ipv4Addr>()),
            kind in prop::sample::select(vec![MessageType::Offer, MessageType::Ack, MessageType::Nak]), file in prop::option::of("[a-z.]{1,30}"),
            changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..12), cut in any::<Index>(), noise in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let mut message = message(id, kind, yours, server);
            if let Some(file) = &file {
                message.opts_mut().insert(DhcpOption::BootfileName(file.clone().into_bytes()));
            }
            let mut packet = message.to_vec().unwrap();
            prop_assert!(Message::decode(&mut Decoder::new(&packet)).is_ok());
            let expected = match kind {
                MessageType::Offer => Kind::Offer,
                _ => Kind::Other,
            };
            let read = Answer { id, kind: expected, yours, server };
            prop_assert_eq!(Answer::read(&packet), Some(read));
            for (at, byte) in changes {
                let at = at.index(packet.len());
                packet[at] = byte;
            }
            Answer::read(&packet);
            Answer::read(&packet[..cut.index(packet.len())]);
            Answer::read(&noise);
        }
    }
}
