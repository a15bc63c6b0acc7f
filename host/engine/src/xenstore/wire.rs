//! xenstored's protocol (docs/misc/xenstore.txt of Xen): messages as bytes. Pure.

/// Bytes of a message's head.
pub(super) const HEAD: usize = 16;
/// No message's payload is longer.
pub(super) const LONGEST: usize = 4096;

/// What a message is about; the protocol's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind(pub u32);

impl Kind {
    pub(super) const DIRECTORY: Self = Self(1);
    pub(super) const READ: Self = Self(2);
    pub(super) const WATCH: Self = Self(4);
    pub(super) const WATCH_EVENT: Self = Self(15);
    pub(super) const ERROR: Self = Self(16);
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) kind: Kind,
    pub(super) payload: Vec<u8>,
}

impl Message {
    /// A request with some strings, each of which ends with a zero.
    pub(super) fn request(kind: Kind, parts: &[&str]) -> Self {
        let payload = parts.iter().flat_map(|part| part.bytes().chain([0]));
        Self {
            kind,
            payload: payload.collect(),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let length = u32::try_from(self.payload.len()).unwrap_or(u32::MAX);
        let head = [self.kind.0, 0, 0, length];
        let mut bytes: Vec<u8> = head.into_iter().flat_map(u32::to_le_bytes).collect();
        bytes.extend(&self.payload);
        bytes
    }

    /// The first message of what has come, and how many bytes it has; nothing while it is not whole.
    ///
    /// # Errors
    /// When this is not the protocol.
    pub(super) fn first(bytes: &[u8]) -> Result<Option<(Self, usize)>, Garbled> {
        let (Some(kind), Some(length)) = (number(bytes, 0), number(bytes, 12)) else {
            return Ok(None);
        };
        let length = usize::try_from(length).map_err(|_| Garbled)?;
        if length > LONGEST {
            return Err(Garbled);
        }
        let payload = bytes.get(HEAD..HEAD + length);
        let message = payload.map(|payload| Self {
            kind: Kind(kind),
            payload: payload.to_vec(),
        });
        Ok(message.map(|message| (message, HEAD + length)))
    }

    /// The payload as text, without the zero at its end.
    pub(super) fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.payload);
        text.trim_end_matches('\0').to_owned()
    }
}

/// What came is not xenstored's protocol.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Garbled;

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    four.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_request_as_the_protocol_has_it() {
        let bytes = Message::request(Kind::WATCH, &["@releaseDomain", "w"]).bytes();
        assert_eq!(
            bytes[..HEAD],
            [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0]
        );
        assert_eq!(&bytes[HEAD..], b"@releaseDomain\0w\0");
    }

    proptest! {
        #[test]
        fn messages_are_read_back(kind in 0u32..20, payload in prop::collection::vec(any::<u8>(), 0..300), cut in 0usize..400) {
            let message = Message { kind: Kind(kind), payload };
            let mut bytes = message.bytes();
            let whole = bytes.len();
            let cut = cut.min(whole - 1);
            prop_assert_eq!(Message::first(&bytes[..cut]), Ok(None));
            bytes.extend([7; 20]);
            prop_assert_eq!(Message::first(&bytes), Ok(Some((message, whole))));
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(Some((message, length))) = Message::first(&bytes) {
                prop_assert!(length <= bytes.len() && message.payload.len() + HEAD == length);
            }
        }
    }
}
