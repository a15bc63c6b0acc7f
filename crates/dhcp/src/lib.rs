//! Messages of DHCP for IPv4 (RFC 2131), as far as they matter to Firn. Pure. dhcproto makes messages; it does not read them, since it
//! ends the program over an option or an address of the wrong length, and any station may send one.

use std::net::Ipv4Addr;

/// Where the fields of a message are (RFC 2131), in bytes.
const CARD_LENGTH: usize = 2;
const ID: usize = 4;
const CLIENT: usize = 12;
const YOURS: usize = 16;
const CARD: usize = 28;
const COOKIE: usize = 236;
const OPTIONS: usize = 240;
const MAGIC: [u8; 4] = [99, 130, 83, 99];

/// Numbers of options without a value (RFC 2132).
const PAD: u8 = 0;
const END: u8 = 255;

/// The option with the address that a client asks for.
pub const REQUESTED: u8 = 50;
/// The option with the kind of the message: 1 is a discover, 2 an offer, 3 a request.
pub const KIND: u8 = 53;
/// The option with the server's address.
pub const SERVER: u8 = 54;

/// A message.
#[derive(Clone, Copy, Debug)]
pub struct Message<'p>(&'p [u8]);

impl<'p> Message<'p> {
    /// Reads the payload of a UDP packet; nothing where it is no DHCP message.
    pub fn read(payload: &'p [u8]) -> Option<Self> {
        let cookie = payload.get(COOKIE..OPTIONS)?;
        (cookie == MAGIC).then_some(Self(payload))
    }

    /// The number of the question.
    pub fn id(&self) -> u32 {
        u32::from_be_bytes(self.field(ID))
    }

    /// The address that the client has; 0.0.0.0 is none.
    pub fn client(&self) -> Ipv4Addr {
        self.field(CLIENT).into()
    }

    /// The address that is offered or given; 0.0.0.0 is none.
    pub fn yours(&self) -> Ipv4Addr {
        self.field(YOURS).into()
    }

    /// The client's card, where it is one of Ethernet.
    pub fn card(&self) -> Option<[u8; 6]> {
        let length = usize::from(*self.0.get(CARD_LENGTH)?);
        let card = self.0.get(CARD..CARD + length)?;
        card.try_into().ok()
    }

    /// The value of the first option with this number; what follows an option that is cut off is none.
    pub fn option(&self, wanted: u8) -> Option<&'p [u8]> {
        let mut bytes = self.0.get(OPTIONS..)?;
        loop {
            match *bytes {
                [PAD, ref rest @ ..] => bytes = rest,
                [] | [END, ..] | [_] => return None,
                [code, length, ref rest @ ..] => {
                    let (value, rest) = rest.split_at_checked(length.into())?;
                    if code == wanted {
                        return Some(value);
                    }
                    bytes = rest;
                }
            }
        }
    }

    /// The address in an option, where it has four bytes.
    pub fn address(&self, option: u8) -> Option<Ipv4Addr> {
        let value: [u8; 4] = self.option(option)?.try_into().ok()?;
        Some(value.into())
    }

    /// Four bytes before the options, which every message has.
    fn field(&self, at: usize) -> [u8; 4] {
        let bytes = self.0.get(at..at + 4);
        bytes.and_then(|b| b.try_into().ok()).unwrap_or_default()
    }
}
