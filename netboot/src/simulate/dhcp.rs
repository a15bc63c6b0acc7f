//! DISCOVER and REQUEST for many machines over one socket.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, UdpSocket};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use dhcproto::Encodable;
use dhcproto::v4::{DhcpOption, Flags, Message, MessageType, OptionCode};

use crate::mac::Mac;
use crate::network::answer::{Answer, Kind};
use crate::network::foreign::{SERVER, client};

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
    let socket = client(interface).with_context(asking)?;
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
        let Some(answer) = Answer::read(&bytes[..length]) else {
            continue;
        };
        let Some(mac) = open.get(&answer.id).copied() else {
            continue;
        };
        match answer.kind {
            Kind::Offer => send(socket, &request(&answer, mac))?,
            Kind::Ack if has_loader(&answer) => drop(open.remove(&answer.id)),
            Kind::Ack | Kind::Other => {}
        }
    }
    Ok(())
}

fn send(socket: &UdpSocket, message: &Message) -> Result<()> {
    socket.send_to(&message.to_vec()?, SERVER)?;
    Ok(())
}

/// An address, and the name of a file to start from.
fn has_loader(answer: &Answer) -> bool {
    !answer.yours.is_unspecified() && answer.has_file
}

fn question(id: u32, mac: Mac) -> Message {
    let mut message = blank(id, mac);
    message
        .opts_mut()
        .insert(DhcpOption::MessageType(MessageType::Discover));
    message
}

fn request(offer: &Answer, mac: Mac) -> Message {
    let mut message = blank(offer.id, mac);
    let options = message.opts_mut();
    options.insert(DhcpOption::MessageType(MessageType::Request));
    options.insert(DhcpOption::RequestedIpAddress(offer.yours));
    if let Some(server) = offer.server {
        options.insert(DhcpOption::ServerIdentifier(server));
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
