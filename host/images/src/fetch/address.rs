//! Which addresses are fetched from.

use crate::Error;
use firn_words::say;

/// The most characters of an address.
const LONGEST: usize = 2000;

/// Looks whether something is the address of a file in the network.
///
/// # Errors
/// [`Error::Refused`] where it is not, or has a password in it, which everybody on the host would see.
pub fn check_address(url: &str) -> Result<(), Error> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    let plain = url.len() <= LONGEST && url.bytes().all(|byte| byte.is_ascii_graphic());
    match host {
        Some(host) if host.contains('@') => Err(Error::Refused(say!("image-fetch-login"))),
        Some(host) if plain && !host.is_empty() && !host.starts_with(':') => Ok(()),
        _ => Err(Error::Refused(say!("image-fetch-address", url = url))),
    }
}
