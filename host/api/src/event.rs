//! What clients hear while they listen: first everything, then what changes.

use crate::{Guest, Task};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Everything that the stream tells about, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Snapshot {
    /// All guests.
    pub guests: Vec<Guest>,
    /// The tasks that are not over, and the last ones that are.
    pub tasks: Vec<Task>,
}

/// What sort of thing an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A guest.
    Guest,
    /// A task.
    Task,
}

/// A change. Its number is the event's id, by which a client that was cut off goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Counts up from one event to the next.
    pub revision: u64,
    /// What it is about.
    pub kind: Kind,
    /// The id of the guest or task.
    pub id: String,
    /// What it is now; nothing when it is gone.
    pub object: Option<serde_json::Value>,
}
