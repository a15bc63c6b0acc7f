//! Work that takes longer than a request.

use crate::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an operation would do: the answer to a dry run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Plan {
    /// Its steps, as sentences, in their order.
    pub steps: Vec<Problem>,
}

/// What became of a request: it is done, or a task works on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Begun {
    /// The task, which can be waited for.
    pub task: Task,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Task {
    /// Its id.
    pub id: String,
    /// What it does: `create`, `start`, `delete` and so on.
    pub operation: String,
    /// The guest that it works on; nothing where it fetches a file.
    pub guest: String,
    /// The guest's name when it began, or the file's.
    pub name: String,
    /// How far it is.
    pub stage: Stage,
    /// The step that it is at, from 1; 0 before the first.
    pub step: u32,
    /// All steps.
    pub steps: u32,
    /// What it does just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doing: Option<Problem>,
    /// Percent of the whole that are done.
    pub percent: u8,
    /// When it began.
    pub begun: String,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// Who asked for it.
    pub by: String,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// Whether it can be cancelled now.
    pub cancellable: bool,
    /// What it has fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Outcome>,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// It waits for another one.
    Queued,
    /// It works.
    Running,
    /// It has done what it should.
    Done,
    /// It could not, and undid what it had begun.
    Failed,
    /// Somebody cancelled it, and what it had begun is undone.
    Cancelled,
}

impl Stage {
    /// Whether nothing more comes.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// An upload that was stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Outcome {
    /// Its id, which a request names.
    pub upload: String,
    /// Bytes that were stored.
    pub size: u64,
    /// Their sha256.
    pub sha256: String,
}
