//! The `Host` of a request: whoever asks has written it, and it goes into scripts. Pure.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Names are no longer than this (RFC 1035).
const LONGEST: usize = 253;

/// The host that URLs for this client begin with, without a port: what the client called this server, where that is an address or
/// a name, else the address that the request came to (HTTP/1.0 has no `Host`).
pub fn host(header: Option<&[u8]>, local: SocketAddr) -> String {
    let header = header.and_then(|bytes| std::str::from_utf8(bytes).ok());
    header
        .and_then(named)
        .unwrap_or_else(|| written(local.ip()))
}

fn named(header: &str) -> Option<String> {
    if let Some(rest) = header.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        is_port(port).then_some(())?;
        return Some(written(address.parse::<Ipv6Addr>().ok()?.into()));
    }
    if let Ok(address) = header.parse::<Ipv6Addr>() {
        return Some(written(address.into()));
    }
    let end = header.find(':').unwrap_or(header.len());
    let (name, port) = header.split_at(end);
    (is_port(port) && is_name(name)).then(|| name.to_owned())
}

fn is_port(text: &str) -> bool {
    let number = text.strip_prefix(':');
    text.is_empty() || number.is_some_and(|number| number.parse::<u16>().is_ok())
}

/// Letters, digits, hyphens, dots, underscores: nothing that means something to iPXE, to GRUB or to the kernel's command line.
fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let numbers = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let ends = text.starts_with(['-', '.']) || text.len() > LONGEST;
    !text.is_empty()
        && text.bytes().all(fits)
        && !ends
        && (!numbers || text.parse::<Ipv4Addr>().is_ok())
}

/// An address as URLs have it.
fn written(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_client_calls_this_server() {
        let table = [
            ("192.0.2.1", "192.0.2.1"),
            ("192.0.2.1:8080", "192.0.2.1"),
            ("[2001:db8::1]:9", "[2001:db8::1]"),
            ("[2001:DB8:0::1]", "[2001:db8::1]"),
            // GRUB writes it so.
            ("2001:db8::1", "[2001:db8::1]"),
            ("boot.example.net:8080", "boot.example.net"),
            ("my_server", "my_server"),
        ];
        let local = "[::ffff:192.0.2.7]:80".parse().unwrap();
        for (header, expected) in table {
            assert_eq!(host(Some(header.as_bytes()), local), expected, "{header}");
        }
    }

    #[test]
    fn what_is_no_host_is_not_repeated() {
        let long = "a".repeat(LONGEST + 1);
        let bad: [&[u8]; 20] = [
            b"",
            b" ",
            b"a b",
            b"a\tb",
            b"a\nb",
            b"a\x1b[2J",
            b"a;reboot",
            b"a\"}",
            b"${cwduri}",
            b"$root",
            b"a||shell",
            b"a&b",
            b"user@host",
            b"a/b",
            b"[::1",
            b"[::1]evil",
            b"a:port",
            b"a:80:80",
            b"\xff\xfe",
            b"999.1.1.1",
        ];
        for (local, expected) in [
            ("[::ffff:192.0.2.7]:80", "192.0.2.7"),
            ("192.0.2.7:8080", "192.0.2.7"),
            ("[2001:db8::7]:80", "[2001:db8::7]"),
        ] {
            let local = local.parse().unwrap();
            assert_eq!(host(None, local), expected);
            assert_eq!(host(Some(long.as_bytes()), local), expected);
            for header in bad {
                assert_eq!(host(Some(header), local), expected, "{header:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever a client calls this server, what goes into a script means nothing there but a host.
        #[test]
        fn any_host_is_harmless(header in prop_oneof!["[a-z0-9.:\\[\\]%$_-]{0,24}".prop_map(String::into_bytes), prop::collection::vec(any::<u8>(), 0..300)], local in any::<(IpAddr, u16)>()) {
            let found = host(Some(&header), local.into());
            prop_assert!(!found.is_empty() && found.len() <= LONGEST);
            match found.strip_prefix('[') {
                Some(address) => prop_assert!(address.trim_end_matches(']').parse::<Ipv6Addr>().is_ok(), "{}", found),
                None => prop_assert!(is_name(&found), "{}", found),
            }
            let place = crate::boot::Place::new(&found, 8080, true, "");
            let usual = crate::boot::Place::new("h", 8080, true, "");
            let mac = crate::mac::Mac([0x52, 0x54, 0, 0, 0, 1]);
            for script in [crate::boot::ipxe_install, crate::boot::grub_install] {
                prop_assert_eq!(script(&place, mac).lines().count(), script(&usual, mac).lines().count());
            }
        }
    }
}
