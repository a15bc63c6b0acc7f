//! A file on its way to firnd.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

/// Bytes that are read at once.
const PIECE: u64 = 256 * 1024;

/// The body of an upload. It is read as it is sent, and nothing of it is kept.
pub(crate) struct Sending {
    source: Box<dyn Read + Send>,
    left: u64,
    sent: Arc<AtomicU64>,
}

impl Sending {
    /// `size` bytes of a source; `sent` counts them.
    pub(crate) fn new(source: Box<dyn Read + Send>, size: u64, sent: Arc<AtomicU64>) -> Self {
        Self {
            source,
            left: size,
            sent,
        }
    }

    fn piece(&mut self) -> io::Result<Bytes> {
        let most = usize::try_from(self.left.min(PIECE)).unwrap_or(usize::MAX);
        let mut piece = vec![0; most];
        let read = self.source.read(&mut piece)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        piece.truncate(read);
        self.left -= read as u64;
        self.sent.fetch_add(read as u64, Ordering::Relaxed);
        Ok(piece.into())
    }
}

impl Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        // Nothing else waits for this thread, so reading may block it.
        Poll::Ready(Some(self.piece().map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
