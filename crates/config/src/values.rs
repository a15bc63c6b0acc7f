//! The small values that answers are made of.

use crate::check::{Role, check_address, quoted};
use firn_words::{Text, say};
use serde::{Deserialize, Deserializer, de};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A password or a hash; no message and no log ever shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Text to compare with, without case; `*` stands for anything, also for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pattern(pub String);

impl Pattern {
    /// Whether the whole of `text` matches; `:` and `-` in MAC addresses are the same.
    pub fn matches(&self, text: &str) -> bool {
        let pattern = self.0.to_lowercase();
        let text = text.trim().to_lowercase();
        if is_mac(&text) {
            return wildcard(&pattern.replace('-', ":"), &text.replace('-', ":"));
        }
        wildcard(pattern.trim(), &text)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether this is a MAC address, with colons or hyphens.
pub(crate) fn is_mac(text: &str) -> bool {
    firn_image::mac::parse(&text.replace('-', ":")).is_some()
}

/// Greedy match from the left: each piece between two stars at its first place.
fn wildcard(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(head) else {
        return false;
    };
    let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*').filter(|p| !p.is_empty()) {
        let Some(at) = text.find(piece) else {
            return false;
        };
        text = &text[at + piece.len()..];
    }
    text.ends_with(tail)
}

/// A size in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

const UNITS: &[(&str, u64)] = &[
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("tb", 1_000_000_000_000),
    ("k", 1_000),
    ("m", 1_000_000),
    ("g", 1_000_000_000),
    ("t", 1_000_000_000_000),
    ("b", 1),
    ("", 1),
];

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse()
            .map_err(|wrong: Text| de::Error::custom(wrong.to_string()))
    }
}

impl FromStr for Size {
    type Err = Text;

    /// Reads `16G`, `16GB`, `16GiB`, `1.5T` or a number of bytes.
    fn from_str(text: &str) -> Result<Self, Text> {
        let wrong = || say!("value-size", text = quoted(text));
        let lower = text.trim().to_ascii_lowercase();
        let end = lower
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(lower.len());
        let (number, unit) = lower.split_at(end);
        let (_, factor) = UNITS
            .iter()
            .find(|(name, _)| *name == unit.trim())
            .ok_or_else(wrong)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let whole: u64 = whole.parse().map_err(|_| wrong())?;
        if number.ends_with('.') || fraction.len() > 9 {
            return Err(wrong());
        }
        let digits = |text: &str| if text.is_empty() { Ok(0) } else { text.parse() };
        let part: u128 = digits(fraction).map_err(|_| wrong())?;
        let part = part * u128::from(*factor) / 10u128.pow(fraction.len() as u32);
        let bytes = u128::from(whole) * u128::from(*factor) + part;
        u64::try_from(bytes).map(Size).map_err(|_| wrong())
    }
}

impl Size {
    /// The size as the answer file writes it: exact, in the greatest unit that divides it.
    pub fn to_answer(self) -> String {
        let units = [
            ("T", 1_000_000_000_000),
            ("GiB", 1 << 30),
            ("G", 1_000_000_000),
            ("MiB", 1 << 20),
            ("M", 1_000_000),
        ];
        let fits = |(_, factor): &&(&str, u64)| self.0 > 0 && self.0.is_multiple_of(*factor);
        match units.iter().find(fits) {
            Some((name, factor)) => format!("{}{name}", self.0 / factor),
            None => self.0.to_string(),
        }
    }

    /// The size for people, in the unit that drives are sold by (powers of ten): whole MB below 1 GB, then GB and TB, with
    /// one decimal below a hundred where it says something.
    pub fn text(self) -> Text {
        const UNITS: [(&str, u64); 3] = [
            ("MB", 1_000_000),
            ("GB", 1_000_000_000),
            ("TB", 1_000_000_000_000),
        ];
        let at = UNITS.iter().rposition(|(_, bytes)| self.0 >= *bytes);
        let (unit, bytes) = UNITS[at.unwrap_or(0)];
        // Not through a floating-point number, which has too few digits.
        let rounded =
            |parts: u128| (u128::from(self.0) * parts + u128::from(bytes) / 2) / u128::from(bytes);
        let tenths = rounded(10);
        if unit == "MB" || tenths >= 1000 {
            return format!("{} {unit}", rounded(1)).into();
        }
        match (tenths / 10, tenths % 10) {
            (whole, 0) => format!("{whole} {unit}").into(),
            (whole, tenth) => say!(
                "value-decimal",
                whole = whole.to_string(),
                tenth = tenth.to_string(),
                unit = unit
            ),
        }
    }
}

/// In English, as logs have it.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl From<Size> for firn_words::Value {
    fn from(size: Size) -> Self {
        size.text().into()
    }
}

/// An IPv4 address with the length of its network's prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv4Net {
    /// The host's own address.
    pub address: Ipv4Addr,
    /// Bits of the network, 1 to 32.
    pub prefix: u8,
}

/// An IPv6 address with the length of its network's prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv6Net {
    /// The host's own address.
    pub address: Ipv6Addr,
    /// Bits of the network, 1 to 128.
    pub prefix: u8,
}

impl Ipv4Net {
    /// Whether `other` lies in the same network.
    pub fn contains(&self, other: Ipv4Addr) -> bool {
        let mask = self.mask();
        self.address.to_bits() & mask == other.to_bits() & mask
    }

    /// Whether `gateway` is another machine on the same wire although it lies outside of the network.
    pub(crate) fn on_link(&self, gateway: Ipv4Addr) -> bool {
        !self.contains(gateway)
    }

    /// Whether the address is that of the network itself; the two of a point-to-point link are both hosts'.
    pub(crate) fn is_network(&self) -> bool {
        self.prefix < 31 && self.address.to_bits() & !self.mask() == 0
    }

    /// Whether the address is that of all hosts of the network.
    pub(crate) fn is_broadcast(&self) -> bool {
        self.prefix < 31 && self.address.to_bits() & !self.mask() == !self.mask()
    }

    fn mask(&self) -> u32 {
        u32::MAX
            .checked_shl(32 - u32::from(self.prefix.min(32)))
            .unwrap_or(0)
    }
}

impl Ipv6Net {
    /// Whether `other` lies in the same network.
    pub fn contains(&self, other: Ipv6Addr) -> bool {
        let mask = self.mask();
        self.address.to_bits() & mask == other.to_bits() & mask
    }

    /// Whether `gateway` is another machine on the same wire although it lies outside of the network.
    pub(crate) fn on_link(&self, gateway: Ipv6Addr) -> bool {
        !self.contains(gateway) && !gateway.is_unicast_link_local()
    }

    fn mask(&self) -> u128 {
        u128::MAX
            .checked_shl(128 - u32::from(self.prefix.min(128)))
            .unwrap_or(0)
    }
}

/// Splits `address/prefix`; the prefix is 1 to `bits`.
fn split_net<A: FromStr>(text: &str, bits: u8, example: &str) -> Result<(A, u8), Text> {
    let shape = || {
        say!(
            "value-net-shape",
            text = quoted(text),
            example = quoted(example)
        )
    };
    let Some((address, prefix)) = text.trim().split_once('/') else {
        return Err(match text.trim().parse::<A>() {
            Ok(_) => {
                let usual = if bits == 32 { 24 } else { 64 };
                let whole = format!("\"{}/{usual}\"", text.trim());
                say!(
                    "value-net-prefix-missing",
                    text = quoted(text),
                    whole = whole
                )
            }
            Err(_) => shape(),
        });
    };
    let address = address.parse().map_err(|_| shape())?;
    match prefix.parse::<u8>() {
        Ok(prefix) if (1..=bits).contains(&prefix) => Ok((address, prefix)),
        _ => Err(say!(
            "value-net-prefix",
            text = quoted(text),
            bits = u16::from(bits)
        )),
    }
}

impl FromStr for Ipv4Net {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        let (address, prefix) = split_net::<Ipv4Addr>(text, 32, "192.0.2.10/24")?;
        let net = Self { address, prefix };
        check_address(address.into(), text, Role::Host)?;
        if net.is_network() {
            return Err(say!("value-net-network", text = quoted(text)));
        }
        if net.is_broadcast() {
            return Err(say!("value-net-broadcast", text = quoted(text)));
        }
        Ok(net)
    }
}

impl FromStr for Ipv6Net {
    type Err = Text;

    fn from_str(text: &str) -> Result<Self, Text> {
        let (address, prefix) = split_net::<Ipv6Addr>(text, 128, "2001:db8::10/64")?;
        let net = Self { address, prefix };
        check_address(address.into(), text, Role::Host)?;
        if address.is_unicast_link_local() {
            return Err(say!("value-net-link-local", text = quoted(text)));
        }
        // The routers' common address; a point-to-point link has none.
        if prefix < 127 && address.to_bits() & !net.mask() == 0 {
            return Err(say!("value-net-network", text = quoted(text)));
        }
        Ok(net)
    }
}

impl fmt::Display for Ipv4Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl fmt::Display for Ipv6Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let table = [
            ("samsung*", "SAMSUNG MZ7LH480", true),
            ("*480*", "SAMSUNG MZ7LH480", true),
            ("*", "", true),
            ("a*b*c", "axxbyyc", true),
            ("a*a", "a", false),
            ("sda", "sdaa", false),
            ("52-54-00-*", "52:54:00:12:34:56", true),
            ("52:54:00:12:34:56", "52-54-00-12-34-56", true),
            ("QEMU-disk", "qemu:disk", false),
        ];
        for (pattern, text, expected) in table {
            assert_eq!(
                Pattern(pattern.into()).matches(text),
                expected,
                "{pattern} {text}"
            );
        }
    }

    #[test]
    fn sizes() {
        let table = [
            ("16G", Some(16_000_000_000)),
            ("16GB", Some(16_000_000_000)),
            ("16 GiB", Some(16 << 30)),
            ("1.5T", Some(1_500_000_000_000)),
            ("4096", Some(4096)),
            ("16X", None),
            ("", None),
            ("G", None),
            ("99999999999T", None),
            ("-1G", None),
        ];
        for (text, bytes) in table {
            assert_eq!(text.parse::<Size>().ok().map(|s| s.0), bytes, "{text}");
        }
        assert_eq!(Size(16_000_000_000).to_string(), "16 GB");
        assert_eq!(Size(17_179_869_184).to_string(), "17.2 GB");
        assert_eq!(Size(1 << 20).to_string(), "1 MB");
        assert_eq!(Size(480_103_981_056).to_string(), "480 GB");
        assert_eq!(Size(3_840_755_982_336).to_string(), "3.8 TB");
        assert_eq!(Size(4_000_787_030_016).to_string(), "4 TB");
        assert_eq!(Size(u64::MAX).to_string(), "18446744 TB");
        let german = Size(17_179_869_184).text();
        assert_eq!(german.in_language(firn_words::Language::De), "17,2 GB");
        assert_eq!(Size(17_179_869_184).to_answer(), "16GiB");
        assert_eq!(Size(4097).to_answer(), "4097");
    }

    #[test]
    fn networks() {
        for good in ["192.0.2.10/24", "192.0.2.0/31", "10.0.0.1/32"] {
            assert_eq!(good.parse::<Ipv4Net>().unwrap().to_string(), good);
        }
        let wrong = |text: &str| text.parse::<Ipv4Net>().unwrap_err();
        insta::assert_snapshot!(wrong("192.0.2.10"), @r#""192.0.2.10" has no prefix length; write it as "192.0.2.10/24""#);
        insta::assert_snapshot!(wrong("192.0.2.0/24"), @r#""192.0.2.0/24" is the network address of its network; give the host's own address"#);
        insta::assert_snapshot!(wrong("192.0.2.10/33"), @r#"the prefix length in "192.0.2.10/33" is not between 1 and 32"#);
        insta::assert_snapshot!(wrong("192.0.2/24"), @r#""192.0.2/24" is no address with a prefix length; write it as "192.0.2.10/24""#);
        insta::assert_snapshot!(wrong("127.0.0.1/8"), @r#""127.0.0.1/8" is what every machine calls itself; give the host's own address"#);
        insta::assert_snapshot!(wrong("0.0.0.5/24"), @r#""0.0.0.5/24" begins with 0, as no machine's address does; give the host's own address"#);
        insta::assert_snapshot!(wrong("192.0.2.10/0"), @r#"the prefix length in "192.0.2.10/0" is not between 1 and 32"#);
        insta::assert_snapshot!(wrong("192.0.2.255/24"), @r#""192.0.2.255/24" is the broadcast address of its network; give the host's own address"#);
        let wrong = |text: &str| text.parse::<Ipv6Net>().unwrap_err();
        insta::assert_snapshot!(wrong("fe80::10/64"), @r#""fe80::10/64" is link-local: it reaches no further than the cable, and the host gives itself one anyway; give an address of the network, such as "2001:db8::10/64""#);
        insta::assert_snapshot!(wrong("2001:db8::/64"), @r#""2001:db8::/64" is the network address of its network; give the host's own address"#);
        insta::assert_snapshot!(wrong("::ffff:192.0.2.10/96"), @r#""::ffff:192.0.2.10/96" is an IPv4 address written as IPv6; write "192.0.2.10""#);
        for good in ["2001:db8::/127", "2001:db8::/128", "fd00::10/64"] {
            assert_eq!(good.parse::<Ipv6Net>().unwrap().to_string(), good);
        }
        let net: Ipv6Net = "2001:db8::10/64".parse().unwrap();
        assert!(net.contains("2001:db8::1".parse().unwrap()));
        assert!(!net.contains("2001:db9::1".parse().unwrap()));
    }
}
