//! DISCOVER and REQUEST for many machines over one socket.

use super::Mac;
use anyhow::{Context, Result};
use dhcproto::v4::{DhcpOption, Flags, Message, MessageType, OptionCode};
use dhcproto::{Decodable, Decoder, Encodable};
use socket2::{Domain, Socket, Type};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

/// Whom a client without an address asks, and where it hears.
const SERVER: (Ipv4Addr, u16) = (Ipv4Addr::BROADCAST, 67);
const CLIENT: (Ipv4Addr, u16) = (Ipv4Addr::UNSPECIFIED, 68);
const PATIENCE: Duration = Duration::from_secs(60);
/// After so long without an answer a machine asks again, as firmware does.
const AGAIN: Duration = Duration::from_secs(2);
/// The client architectures of BIOS, UEFI, UEFI over HTTP (RFC 4578), in turn.
const ARCHITECTURES: [(u16, &str); 3] = [
    (0, "PXEClient:Arch:00000:UNDI:003016"),
    (7, "PXEClient:Arch:00007:UNDI:003016"),
    (16, "HTTPClient:Arch:00016:UNDI:003016"),
];

/// How many have got an address and a loader, and who has not.
///
/// # Errors
/// When the socket fails.
pub fn all(interface: &str, macs: &[Mac]) -> Result<(usize, Vec<Mac>)> {
    let asking = || format!("asking for addresses on {interface}");
    let socket = socket(interface).with_context(asking)?;
    let mut open: BTreeMap<u32, Mac> = (1..).zip(macs.iter().copied()).collect();
    let end = Instant::now() + PATIENCE;
    while !open.is_empty() && Instant::now() < end {
        for (id, mac) in &open {
            send(&socket, &question(*id, *mac)).with_context(asking)?;
        }
        listen(&socket, &mut open, Instant::now() + AGAIN).with_context(asking)?;
    }
    Ok((macs.len() - open.len(), open.into_values().collect()))
}

/// The socket of a DHCP client on this interface; another client of this computer may have one, too.
fn socket(interface: &str) -> Result<UdpSocket> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
    socket.set_reuse_address(true)?;
    socket.set_broadcast(true)?;
    socket.bind_device(Some(interface.as_bytes()))?;
    socket.bind(&SocketAddr::from(CLIENT).into())?;
    Ok(socket.into())
}

/// Answers offers with requests, and strikes out whose request was granted.
fn listen(socket: &UdpSocket, open: &mut BTreeMap<u32, Mac>, until: Instant) -> Result<()> {
    let mut bytes = [0; 1500];
    while !open.is_empty() {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        socket.set_read_timeout(Some(left))?;
        let length = match socket.recv(&mut bytes) {
            Ok(length) => length,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                break;
            }
            Err(error) => return Err(error.into()),
        };
        let Ok(answer) = Message::decode(&mut Decoder::new(&bytes[..length])) else {
            continue;
        };
        let Some(mac) = open.get(&answer.xid()).copied() else {
            continue;
        };
        match answer.opts().msg_type() {
            Some(MessageType::Offer) => send(socket, &request(&answer, mac))?,
            Some(MessageType::Ack) if has_loader(&answer) => drop(open.remove(&answer.xid())),
            _ => {}
        }
    }
    Ok(())
}

fn send(socket: &UdpSocket, message: &Message) -> Result<()> {
    socket.send_to(&message.to_vec()?, SERVER)?;
    Ok(())
}

/// An address, and the name of a file to start from.
fn has_loader(answer: &Message) -> bool {
    let option = answer.opts().get(OptionCode::BootfileName);
    let has_file = option.is_some() || answer.fname().is_some_and(|name| !name.is_empty());
    !answer.yiaddr().is_unspecified() && has_file
}

fn question(id: u32, mac: Mac) -> Message {
    let mut message = blank(id, mac);
    message
        .opts_mut()
        .insert(DhcpOption::MessageType(MessageType::Discover));
    message
}

fn request(offer: &Message, mac: Mac) -> Message {
    let mut message = blank(offer.xid(), mac);
    let options = message.opts_mut();
    options.insert(DhcpOption::MessageType(MessageType::Request));
    options.insert(DhcpOption::RequestedIpAddress(offer.yiaddr()));
    if let Some(server) = offer.opts().get(OptionCode::ServerIdentifier) {
        options.insert(server.clone());
    }
    message
}

/// What firmware says in each of its messages.
fn blank(id: u32, mac: Mac) -> Message {
    let none = Ipv4Addr::UNSPECIFIED;
    let mut message = Message::new_with_id(id, none, none, none, none, &mac.0);
    message.set_flags(Flags::default().set_broadcast());
    let (architecture, class) = ARCHITECTURES[id as usize % ARCHITECTURES.len()];
    let options = message.opts_mut();
    options.insert(DhcpOption::ClientSystemArchitecture(architecture.into()));
    options.insert(DhcpOption::ClassIdentifier(class.as_bytes().to_vec()));
    options.insert(DhcpOption::ParameterRequestList(vec![
        OptionCode::SubnetMask,
        OptionCode::TFTPServerName,
        OptionCode::BootfileName,
    ]));
    message
}
