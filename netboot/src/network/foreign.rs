//! Is there a DHCP server on this network already? It is asked for an offer; no address is taken.

use super::answer::{Answer, Kind};
use crate::mac::Mac;
use anyhow::{Context, Result};
use dhcproto::Encodable;
use dhcproto::v4::{DhcpOption, Flags, Message, MessageType, OptionCode};
use socket2::{Domain, Socket, Type};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

/// How long to wait for offers; a server that first tries out the address with a ping takes about 3 seconds.
const PATIENCE: Duration = Duration::from_secs(4);
const ROUND: Duration = Duration::from_secs(1);
/// Whom a client without an address asks.
pub const SERVER: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::BROADCAST), 67);
/// An address that no machine has: locally administered.
const NOBODY: Mac = Mac([0x02, 0x66, 0x69, 0x72, 0x6e, 0x00]);

/// The address of a DHCP server that answers on this interface.
///
/// # Errors
/// When the question cannot be sent.
pub fn server(interface: &str) -> Result<Option<Ipv4Addr>> {
    let asking = || format!("asking for a DHCP server on {interface}");
    let socket = client(interface).with_context(asking)?;
    let id = std::process::id();
    let question = discover(id, NOBODY).to_vec().with_context(asking)?;
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        socket.send_to(&question, SERVER).with_context(asking)?;
        let round = (Instant::now() + ROUND).min(end);
        if let Some(server) = offer(&socket, id, round).with_context(asking)? {
            return Ok(Some(server));
        }
    }
    Ok(None)
}

/// The socket of a DHCP client on this interface; another client of this computer may have one, too.
pub fn client(interface: &str) -> std::io::Result<std::net::UdpSocket> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
    socket.set_reuse_address(true)?;
    socket.set_broadcast(true)?;
    socket.bind_device(Some(interface.as_bytes()))?;
    socket.bind(&SocketAddr::from((Ipv4Addr::UNSPECIFIED, 68)).into())?;
    Ok(socket.into())
}

fn discover(id: u32, mac: Mac) -> Message {
    let none = Ipv4Addr::UNSPECIFIED;
    let mut message = Message::new_with_id(id, none, none, none, none, &mac.0);
    // Nobody has the address that is offered, so the answer must go to all.
    message.set_flags(Flags::default().set_broadcast());
    let options = message.opts_mut();
    options.insert(DhcpOption::MessageType(MessageType::Discover));
    options.insert(DhcpOption::ParameterRequestList(vec![
        OptionCode::SubnetMask,
    ]));
    message
}

/// The server of the first offer until then.
fn offer(
    socket: &std::net::UdpSocket,
    id: u32,
    until: Instant,
) -> std::io::Result<Option<Ipv4Addr>> {
    let mut bytes = [0; 1500];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        socket.set_read_timeout(Some(left))?;
        let (length, from) = match socket.recv_from(&mut bytes) {
            Ok(received) => received,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                continue;
            }
            Err(error) => return Err(error),
        };
        if let Some(server) = offered(&bytes[..length], id) {
            let from = match from {
                SocketAddr::V4(from) => *from.ip(),
                SocketAddr::V6(_) => server,
            };
            return Ok(Some(if server.is_unspecified() {
                from
            } else {
                server
            }));
        }
    }
}

/// Whose offer this is, if it is one to us with an address in it: a proxyDHCP server offers none, and is no trouble.
fn offered(bytes: &[u8], id: u32) -> Option<Ipv4Addr> {
    let answer = Answer::read(bytes)?;
    if answer.id != id || answer.kind != Kind::Offer || answer.yours.is_unspecified() {
        return None;
    }
    Some(answer.server.unwrap_or(Ipv4Addr::UNSPECIFIED))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(id: u32, kind: MessageType, yours: Ipv4Addr) -> Vec<u8> {
        let mut message = discover(id, NOBODY);
        message.set_yiaddr(yours);
        message.opts_mut().insert(DhcpOption::MessageType(kind));
        message
            .opts_mut()
            .insert(DhcpOption::ServerIdentifier([192, 0, 2, 1].into()));
        message.to_vec().unwrap()
    }

    #[test]
    fn only_an_offer_of_an_address_counts() {
        let yours = Ipv4Addr::new(192, 0, 2, 50);
        let server = Some(Ipv4Addr::new(192, 0, 2, 1));
        assert_eq!(offered(&answer(7, MessageType::Offer, yours), 7), server);
        assert_eq!(offered(&answer(8, MessageType::Offer, yours), 7), None);
        assert_eq!(offered(&answer(7, MessageType::Ack, yours), 7), None);
        assert_eq!(
            offered(&answer(7, MessageType::Offer, Ipv4Addr::UNSPECIFIED), 7),
            None
        );
        assert_eq!(offered(b"no DHCP", 7), None);
    }
}
