//! Which task is at which step, on the disk before the step begins.

use crate::{Failed, Files, Id, Plan, Result, book::Trouble};
use firn_words::say;
use serde::{Deserialize, Serialize};

const VERSION: u32 = 1;
pub(crate) const TASKS: &str = "tasks";

/// Who works, for whom and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: Id,
    /// When it began, RFC 3339.
    pub begun: String,
    /// Who asked for it.
    pub by: String,
}

/// A task, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    version: u32,
    /// The task.
    pub task: Task,
    /// What it does.
    pub plan: Plan,
    /// The step that has begun; those before it are done.
    pub(crate) at: usize,
    /// Whether it is being undone: the steps after `at` are undone.
    pub(crate) back: bool,
}

impl Journal {
    pub(crate) fn new(task: &Task, plan: &Plan) -> Self {
        Self {
            version: VERSION,
            task: task.clone(),
            plan: plan.clone(),
            at: 0,
            back: false,
        }
    }

    /// Whether it is to be finished: it has come to a step that cannot be undone.
    pub(crate) fn is_past_the_point(&self) -> bool {
        !self.back && self.at >= self.plan.point()
    }

    pub(crate) fn write(&self, files: &dyn Files) -> Result<()> {
        let bytes = serde_json::to_vec(self).map_err(|error| Failed(error.to_string().into()))?;
        let written = files.write(&path(&self.task.id), &mut bytes.as_slice());
        written
            .map_err(|error| Failed(say!("guests-journal-unwritten", reason = error.to_string())))
    }

    pub(crate) fn remove(&self, files: &dyn Files) -> Result<()> {
        let removed = files.remove(&path(&self.task.id));
        removed
            .map_err(|error| Failed(say!("guests-journal-unwritten", reason = error.to_string())))
    }
}

fn path(task: &Id) -> String {
    format!("{TASKS}/{task}.json")
}

/// The tasks that are not over, and the files that cannot be read as one; those are left alone.
///
/// # Errors
/// When the folder cannot be read.
pub fn journals(files: &dyn Files) -> Result<(Vec<Journal>, Vec<Trouble>)> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for name in files.list(TASKS)? {
        let file = format!("{TASKS}/{name}");
        match read(files, &file) {
            Ok(Some(journal)) => good.push(journal),
            // Its task has come to its end since the folder was listed.
            Ok(None) => {}
            Err(Failed(text)) => bad.push(Trouble {
                id: None,
                file,
                text,
            }),
        }
    }
    Ok((good, bad))
}

fn read(files: &dyn Files, file: &str) -> Result<Option<Journal>> {
    let Some(bytes) = files.read(file)? else {
        return Ok(None);
    };
    let wrong =
        |reason: String| Failed(say!("guests-journal-damaged", file = file, reason = reason));
    let journal: Journal =
        serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
    let fits = journal.version == VERSION
        && file == path(&journal.task.id)
        && journal.at < journal.plan.steps.len();
    fits.then_some(Some(journal))
        .ok_or_else(|| wrong("it does not fit together".into()))
}
