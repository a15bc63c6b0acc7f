//! What is wrong with this host. Each finding names the part and the reason; what it means is decided by pure functions.

mod machine;
mod store;
mod unit;

use super::Known;
use super::pool::Room;
use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something does not work: `firn status` ends with 1.
    Failed,
    /// Everything works, but somebody should look.
    Warning,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    pub severity: Severity,
    /// What it concerns: `Store for guests (firn-store.service)`, `NIC nic1`.
    pub part: String,
    /// Why, and what to do; further lines are indented by two.
    pub reason: String,
}

impl Problem {
    pub fn failed(part: impl Into<String>, reason: impl Into<String>) -> Problem {
        Problem {
            severity: Severity::Failed,
            part: part.into(),
            reason: reason.into(),
        }
    }

    fn warning(part: impl Into<String>, reason: impl Into<String>) -> Problem {
        Problem {
            severity: Severity::Warning,
            ..Problem::failed(part, reason)
        }
    }
}

/// What was found out already, besides what is looked at here.
pub struct Facts<'a> {
    pub known: &'a Known,
    /// What `xl info` complains of; none if it answers.
    pub xen: Option<String>,
    pub room: Option<&'a Room>,
}

/// All of them, the failed ones first.
pub fn find(facts: &Facts<'_>) -> Vec<Problem> {
    let mut found = unit::failed();
    found.extend(settings(facts.known));
    found.extend(machine::xen(facts.xen.as_deref()));
    let on_its_way = facts.room.is_none() && store::is_on_its_way();
    let store = store::judge(facts.known.store, facts.room, &found, on_its_way);
    found.extend(store);
    found.extend(store::copies());
    found.extend(facts.known.nics.iter().flat_map(machine::nics));
    found.extend(machine::state());
    found.extend(machine::clock(facts.known));
    found.sort_by_key(|problem| problem.severity != Severity::Failed);
    found
}

/// What is to be said about the settings.
pub fn settings(known: &Known) -> Option<Problem> {
    let failed = known.problem.as_ref();
    let failed = failed.map(|reason| Problem::failed("settings", reason));
    let newer = known.newer.as_ref();
    failed.or_else(|| newer.map(|said| Problem::warning("settings", said)))
}

/// Whether anything does not work.
pub fn any_failed(problems: &[Problem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Failed)
}
