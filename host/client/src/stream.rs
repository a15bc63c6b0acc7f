//! Events: reading a `text/event-stream`.

use crate::error::Error;
use firn_api::{Event, Snapshot};

/// What is heard from the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Everything, at the beginning.
    Snapshot(Box<Snapshot>),
    /// A change.
    Change(Event),
}

/// Puts events together from the pieces in which they come.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// The beginning of a line whose end has not come.
    line: Vec<u8>,
    event: String,
    data: String,
}

impl Reader {
    /// The events that are whole with this piece.
    pub(crate) fn read(&mut self, piece: &[u8]) -> Result<Vec<Heard>, Error> {
        let mut heard = Vec::new();
        for byte in piece {
            if *byte != b'\n' {
                self.line.push(*byte);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            let line = String::from_utf8_lossy(&line);
            heard.extend(self.line(line.trim_end_matches('\r'))?);
        }
        Ok(heard)
    }

    fn line(&mut self, line: &str) -> Result<Option<Heard>, Error> {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "" if line.is_empty() => return self.end(),
            "event" => value.clone_into(&mut self.event),
            "data" if self.data.is_empty() => value.clone_into(&mut self.data),
            "data" => self.data += &format!("\n{value}"),
            // The id stands in the event itself; other fields, and comments that keep the line open, say nothing.
            _ => {}
        }
        Ok(None)
    }

    fn end(&mut self) -> Result<Option<Heard>, Error> {
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        let odd = |error: serde_json::Error| Error::Odd(error.to_string());
        Ok(match event.as_str() {
            "snapshot" => Some(Heard::Snapshot(serde_json::from_str(&data).map_err(odd)?)),
            "change" => Some(Heard::Change(serde_json::from_str(&data).map_err(odd)?)),
            // What a newer firnd tells.
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_api::Kind;
    use proptest::prelude::*;

    const STREAM: &str = "event: snapshot\ndata: {\"guests\":[],\"tasks\":[]}\n\n: still there\n\n\
        event: news\ndata: x\n\nevent: change\r\nid: 7\r\n\
        data: {\"revision\":7,\"kind\":\"guest\",\r\ndata: \"id\":\"aaaaaaaa\",\"object\":null}\r\n\r\n";

    fn expected() -> Vec<Heard> {
        let snapshot = Snapshot {
            guests: Vec::new(),
            tasks: Vec::new(),
        };
        let change = Event {
            revision: 7,
            kind: Kind::Guest,
            id: "aaaaaaaa".into(),
            object: None,
        };
        vec![Heard::Snapshot(Box::new(snapshot)), Heard::Change(change)]
    }

    proptest! {
        #[test]
        fn events_are_the_same_however_they_are_torn(size in 1_usize..80) {
            let mut reader = Reader::default();
            let mut heard = Vec::new();
            for piece in STREAM.as_bytes().chunks(size) {
                heard.extend(reader.read(piece).unwrap());
            }
            prop_assert_eq!(heard, expected());
        }

        #[test]
        fn no_stream_makes_it_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            drop(Reader::default().read(&bytes));
        }
    }

    #[test]
    fn an_event_that_cannot_be_read_is_an_error() {
        let wrong = Reader::default()
            .read(b"event: change\ndata: {}\n\n")
            .unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "firnd's answer cannot be read: missing field `revision` at line 1 column 2; firn and firnd may be of different versions"
        );
    }
}
