//! Ports that dnsmasq will need, tried before it is started, so that what is in the way is said in one sentence.

use anyhow::{Result, bail};
use socket2::{Domain, Socket, Type};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};

/// What is served on a UDP port.
const SERVICES: [(u16, &str); 3] = [(67, "DHCP"), (69, "TFTP"), (4011, "PXE")];

/// Says which port of the interface another program has, or that root is needed.
///
/// # Errors
/// One sentence with what to do.
pub fn free(interface: &str) -> Result<()> {
    SERVICES.iter().try_for_each(|(port, service)| {
        bind(interface, *port).map(drop).or_else(|error| match error.kind() {
            ErrorKind::AddrInUse => bail!(
                "UDP port {port} ({service}) on {interface} is used by another program of this computer; end that \
                 (a dnsmasq, an ISC or Kea DHCP server, a TFTP server?), or serve HTTP only with --no-dhcp"
            ),
            ErrorKind::PermissionDenied => bail!(
                "{service} needs root, since it is on UDP port {port}; start this as root, or serve HTTP only with --no-dhcp"
            ),
            _ => bail!("UDP port {port} ({service}) on {interface} cannot be served: {error}"),
        })
    })
}

/// A socket on this interface alone.
pub fn bind(interface: &str, port: u16) -> std::io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
    socket.bind_device(Some(interface.as_bytes()))?;
    socket.bind(&SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)).into())?;
    Ok(socket)
}
