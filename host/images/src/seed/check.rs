//! What a seed may say.

use super::{Address, Network, Seed};
use firn_config::{check_host_name, check_mac, check_password_hash, check_ssh_key};
use firn_words::{Text, say};
use std::net::IpAddr;

/// The longest name that `useradd` takes.
const LONGEST_USER: usize = 32;

/// Finds the first thing that cannot be.
pub(crate) fn check(seed: &Seed) -> Result<(), Text> {
    check_host_name(&seed.host_name)?;
    seed.user.as_deref().map_or(Ok(()), check_user)?;
    seed.password_hash
        .as_deref()
        .map_or(Ok(()), check_password_hash)?;
    seed.ssh_keys
        .iter()
        .try_for_each(|key| check_ssh_key(key))?;
    seed.network.as_ref().map_or(Ok(()), check_network)
}

/// A name that every system takes: a small letter or `_` first, then also digits and `-`.
fn check_user(name: &str) -> Result<(), Text> {
    let first = |c: char| c.is_ascii_lowercase() || c == '_';
    let other = |c: char| first(c) || c.is_ascii_digit() || c == '-';
    let good = name.starts_with(first) && name.chars().all(other) && name.len() <= LONGEST_USER;
    if good {
        Ok(())
    } else {
        Err(say!("image-seed-user", name = name))
    }
}

fn check_network(network: &Network) -> Result<(), Text> {
    check_mac(&network.mac)?;
    if network.addresses.is_empty() {
        return Err(say!("image-seed-no-address"));
    }
    network.addresses.iter().try_for_each(check_prefix)?;
    for (at, gateway) in network.gateways.iter().enumerate() {
        let same = |other: &IpAddr| other.is_ipv4() == gateway.is_ipv4();
        let has = network.addresses.iter().any(|address| same(&address.ip));
        if !has || network.gateways.iter().take(at).any(same) {
            return Err(say!("image-seed-gateway", gateway = gateway.to_string()));
        }
    }
    Ok(())
}

fn check_prefix(address: &Address) -> Result<(), Text> {
    let most = if address.ip.is_ipv4() { 32 } else { 128 };
    if (1..=most).contains(&address.prefix) {
        return Ok(());
    }
    Err(say!(
        "image-seed-prefix",
        address = address.to_string(),
        most = most as u32
    ))
}
