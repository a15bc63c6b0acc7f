//! Carries out a plan.
pub mod event;
pub use event::{Done, Event, Failure, Secrets};
