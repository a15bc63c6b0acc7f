//! What a host takes as an update. Pure.
//!
//! Whose an image is says `firn_signed`; [`unfit`] says whether it fits the host.

mod fit;

pub use fit::{Host, unfit};
