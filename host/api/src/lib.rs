//! What firnd and its clients say to each other: requests, answers, events and problems, as JSON over HTTP.
//!
//! `docs/host-api.json` is generated from these types and from firnd's routes. Sizes are bytes, times are RFC 3339 in UTC. What a
//! client does not know in an answer it ignores; what firnd does not know in a request it refuses.

mod create;
mod event;
mod guest;
mod host;
mod problem;
mod set;
mod task;
mod template;

pub use create::{Address, Boot, Create, Fetch, Image, NewDisk, NewNic, Seed};
pub use event::{Event, Kind, Snapshot};
pub use guest::State;
pub use guest::{Autostart, Disk, Found, Guest, Nic, Trashed, Virtualization};
pub use host::{Host, Memory, Network, Store};
pub use problem::{Problem, Problems};
pub use set::{Grow, Restore, Set, Stop};
pub use task::{Begun, Outcome, Plan, Stage, Task};
pub use template::Template;

/// Where firnd listens.
pub const SOCKET: &str = "/run/firn/api.sock";
/// What every path begins with.
pub const ROOT: &str = "/api/v1";
/// The media type of an answer that says what is wrong (RFC 9457).
pub const PROBLEM_TYPE: &str = "application/problem+json";
