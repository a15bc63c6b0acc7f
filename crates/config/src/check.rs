//! The rules for single values; the wizard uses the very same ones.
//!
//! Each gives one sentence without a full stop, which quotes the value unless that is a secret.

mod addresses;
mod base64;
mod lists;
mod names;
mod password;
mod password_hash;
mod ssh_key;
#[cfg(test)]
mod tests;
mod trust;
mod yescrypt;

pub(crate) use addresses::{Role, check_address};
pub use addresses::{check_ipv4_gateway, check_ipv6_gateway, check_name_servers, check_once};
pub(crate) use lists::zone_today;
pub use lists::{check_keyboard, check_timezone};
pub use names::{check_host_name, check_mac, check_ntp_server, check_search_domain};
pub use password::check_password;
pub use password_hash::check_password_hash;
pub use ssh_key::{SshKey, check_key_file, check_ssh_key, check_ways_in, read_ssh_key};
pub use trust::{check_certificates, check_pin, check_signing_key, check_url};

/// A value as sentences show it: between quotes, with escapes for what cannot be seen; of a very long one the beginning.
pub(crate) fn quoted(value: &str) -> String {
    const SHOWN: usize = 100;
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?}…", &value[..end]),
        None => format!("{value:?}"),
    }
}
