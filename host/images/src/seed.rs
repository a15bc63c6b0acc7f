//! What cloud-init reads at the first start: user, keys, host name, addresses.

mod check;
mod documents;
mod volume;

use crate::Error;
use std::fmt;
use std::net::IpAddr;

/// What a new guest is told.
#[derive(Clone)]
pub struct Seed {
    /// What makes this guest a new one to cloud-init: the guest's id.
    pub instance: String,
    /// The guest's host name.
    pub host_name: String,
    /// The user's name, with all that the image's own user may do; without one it is the image's own.
    pub user: Option<String>,
    /// The hash of the user's password (yescrypt or sha512-crypt), as /etc/shadow has it. It is never shown.
    pub password_hash: Option<String>,
    /// Public SSH keys, one a line of `authorized_keys` each.
    pub ssh_keys: Vec<String>,
    /// The addresses; without this the guest asks DHCP on its first NIC.
    pub network: Option<Network>,
}

/// Fixed addresses of the first NIC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The NIC's MAC address, as `00:16:3e:01:02:03`.
    pub mac: String,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// The default routers, one of each family at most.
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

/// Makes the volume that cloud-init finds by its label `CIDATA` (NoCloud): a small FAT file system of 1 MiB. It holds the password's
/// hash, so only root may read it.
///
/// # Errors
/// [`Error::Refused`] where a value cannot be what it should be: a name, a key, a hash, an address.
pub fn seed(seed: &Seed) -> Result<Vec<u8>, Error> {
    check::check(seed).map_err(Error::Refused)?;
    volume::volume(&documents::documents(seed))
}

impl fmt::Debug for Seed {
    /// Without the password's hash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seed")
            .field("instance", &self.instance)
            .field("host_name", &self.host_name)
            .field("user", &self.user)
            .field("password_hash", &self.password_hash.as_ref().map(|_| "…"))
            .field("ssh_keys", &self.ssh_keys)
            .field("network", &self.network)
            .finish()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.ip, self.prefix)
    }
}

#[cfg(test)]
mod tests;
