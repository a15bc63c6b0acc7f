//! The client of firnd's API: HTTP/1.1 over its Unix socket, here or on another host through ssh, as blocking calls.
//!
//! What firnd can be asked for is made by the functions of [`ask`] and sent by [`Client::send`]; only uploads, waiting and events
//! have calls of their own.

pub mod ask;
mod client;
mod connection;
mod error;
mod line;
mod name;
#[cfg(feature = "samples")]
pub mod samples;
mod stream;
mod upload;

pub use ask::{Ask, Created};
pub use client::Client;
pub use connection::Place;
pub use error::Error;
pub use name::{Named, Unknown, find};
pub use stream::Heard;
