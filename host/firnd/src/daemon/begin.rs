//! From a request to a task: the plan is made and its task begins, one request at a time; the work itself is done in a thread.

use crate::clock::now;
use crate::daemon::{Daemon, STORE};
use crate::http::refusal::Refusal;
use crate::tasks::Asked;
use axum::http::StatusCode;
use firn_api::{Problem, Stage, Task};
use firn_engine::Domain;
use firn_guests::{
    Ground, Id, Materials, Operation, Outcome, Plan, Planned, Sort, Step, Watcher, needed,
};
use firn_words::{Text, say};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The memory that a task will take and that cannot be seen yet.
#[derive(Default)]
pub struct Taken {
    guest: String,
    memory: u64,
}

impl Taken {
    /// The memory that it will take beyond what the guest has already, before its restart or while it is built.
    fn still(&self, domains: &[Domain]) -> u64 {
        let own = domains.iter().filter(|domain| domain.name == self.guest);
        self.memory
            .saturating_sub(own.map(|domain| domain.memory).sum())
    }
}

/// What a request came to.
pub enum Request {
    /// A task works on it.
    Begun(Box<Task>),
    /// Only the plan was wanted.
    Planned(Plan),
}

impl Daemon {
    /// Makes a plan on the host as it is, and begins its task unless only the plan is wanted.
    ///
    /// # Errors
    /// When something is wrong with the request, or another task works on the guest.
    pub fn request(
        self: &Arc<Self>,
        by: &str,
        dry_run: bool,
        materials: impl Materials + Send + 'static,
        plan: impl FnOnce(&Ground<'_>) -> Planned,
    ) -> Result<Request, Refusal> {
        let planning = self.planning.lock().unwrap_or_else(PoisonError::into_inner);
        let (plan, hap) = self.on_ground(plan)?;
        let plan = plan.map_err(|problems| refused(&problems))?;
        if dry_run {
            return Ok(Request::Planned(plan));
        }
        let task = self.begin(&plan, by)?;
        self.take(&task.id, &plan, hap);
        let (sender, noted) = channel();
        self.work(plan, &task, materials, sender)?;
        // Once its journal is written, or it has ended, the next plan sees what this one will take.
        let _ = noted.recv();
        drop(planning);
        let task = self.tasks.get(&task.id).unwrap_or(task);
        Ok(Request::Begun(Box::new(task)))
    }

    /// The plan, and whether the machine keeps guests' page tables by itself: others need more memory.
    fn on_ground(
        &self,
        plan: impl FnOnce(&Ground<'_>) -> Planned,
    ) -> Result<(Planned, bool), Refusal> {
        let book = self.book().map_err(|error| failed(&error.0))?;
        let unknown = |error: firn_engine::Error| Refusal::unavailable(&error.text());
        let host = self.engine().host().map_err(unknown)?;
        let domains = self.engine().domains().map_err(unknown)?;
        let stores = self.hands.stores.iter();
        let stores = stores.map(|(name, store)| Ok((name.clone(), store.facts()?)));
        let stores: Result<_, firn_stores::Error> = stores.collect();
        let reserved = self.reserved(&domains);
        let ground = Ground {
            book: &book,
            host: &host,
            domains: &domains,
            stores: &stores.map_err(|error| Refusal::unavailable(&error.text()))?,
            default_store: STORE,
            networks: &self.hands.networks,
            reserved,
            now: &now(),
        };
        Ok((plan(&ground), host.hap))
    }

    fn begin(&self, plan: &Plan, by: &str) -> Result<Task, Refusal> {
        let asked = Asked {
            id: Id::random().to_string(),
            operation: &named(plan.operation),
            guest: plan.guest.as_str(),
            name: &plan.name,
            by,
            cancellable: true,
        };
        self.tasks.begin(asked).map_err(|other| {
            let text = say!("firnd-busy", name = &plan.name, task = other);
            Refusal::one(StatusCode::CONFLICT, &text, None)
        })
    }

    fn work(
        self: &Arc<Self>,
        plan: Plan,
        task: &Task,
        mut materials: impl Materials + Send + 'static,
        noted: Sender<()>,
    ) -> Result<(), Refusal> {
        let daemon = Arc::clone(self);
        let id = task.id.clone();
        let own = firn_guests::Task {
            id: Id::parse(&task.id).unwrap_or_else(Id::random),
            begun: now(),
            by: task.by.clone(),
        };
        let thread = thread::Builder::new().name(format!("task-{id}"));
        let started = thread.spawn(move || {
            let follower = Follower {
                daemon: &daemon,
                id: &id,
                noted: Mutex::new(Some(noted)),
            };
            let outcome = firn_guests::run(&daemon.hands, &mut materials, &plan, &own, &follower);
            daemon.over(&id, outcome);
        });
        started.map(drop).map_err(|error| {
            self.over(&task.id, Outcome::Undone(vec![error.to_string().into()]));
            Refusal::failed(&error.into())
        })
    }

    /// Notes the memory that a task's start will take and that cannot be seen yet.
    fn take(&self, task: &str, plan: &Plan, hap: bool) {
        let start = plan.steps.iter().find_map(|step| match step {
            Step::Start { definition } => Some(needed(definition, hap)),
            _ => None,
        });
        let taken = Taken {
            guest: plan.guest.to_string(),
            memory: start.unwrap_or(0),
        };
        let mut table = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        table.insert(task.to_owned(), taken);
    }

    fn reserved(&self, domains: &[Domain]) -> u64 {
        let table = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        table.values().map(|taken| taken.still(domains)).sum()
    }

    /// A task has come to its end.
    pub fn over(&self, id: &str, outcome: Outcome) {
        let (stage, texts) = match outcome {
            Outcome::Done(texts) if texts.is_empty() => (Stage::Done, texts),
            // What was asked for did not come about, though nothing is half-done.
            Outcome::Done(texts) | Outcome::Undone(texts) | Outcome::Unfinished(texts) => {
                (Stage::Failed, texts)
            }
            Outcome::Cancelled => (Stage::Cancelled, Vec::new()),
        };
        if stage == Stage::Failed {
            // A restart that nobody asked for has no other place to say it.
            texts
                .iter()
                .for_each(|text| tracing::warn!("the task {id} has failed: {text}"));
        }
        let problems = texts.iter().map(|text| Problem::new(text, None)).collect();
        self.taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        if let Some(task) = self.tasks.get(id) {
            self.touched
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(task.guest);
        }
        self.tasks.end(id, stage, problems);
        self.tell_guests();
    }
}

/// An operation as the API calls it.
fn named(operation: Operation) -> String {
    let name = serde_json::to_value(operation).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}

/// Everything that is wrong at once, under the status of the heaviest.
pub fn refused(problems: &[firn_guests::Problem]) -> Refusal {
    let heaviest = problems.iter().map(|problem| problem.sort).min();
    let status = match heaviest {
        Some(Sort::Missing) => StatusCode::NOT_FOUND,
        Some(Sort::Conflict) => StatusCode::CONFLICT,
        Some(Sort::Wrong) | None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown =
        |problem: &firn_guests::Problem| Problem::new(&problem.text, problem.field.as_deref());
    Refusal::all(status, problems.iter().map(shown).collect())
}

fn failed(text: &Text) -> Refusal {
    Refusal::one(StatusCode::INTERNAL_SERVER_ERROR, text, None)
}

/// Passes on how a task goes.
struct Follower<'a> {
    daemon: &'a Daemon,
    id: &'a str,
    noted: Mutex<Option<Sender<()>>>,
}

impl Watcher for Follower<'_> {
    fn begins(&self, text: Text, n: usize, of: usize, can_stop: bool) {
        // Whoever waits for the journal need not wait longer.
        self.noted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.daemon
            .tasks
            .step(self.id, number(n), number(of), &text, can_stop);
    }

    fn reached(&self, percent: u8) {
        self.daemon.tasks.reached(self.id, percent);
    }

    fn is_cancelled(&self) -> bool {
        self.daemon.tasks.is_cancelled(self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_engine::State;
    use std::time::Duration;

    #[test]
    fn the_memory_of_a_guest_that_is_restarted_counts_once() {
        let domain = |name: &str, memory| Domain {
            number: 1,
            name: name.into(),
            state: State::Running,
            memory,
            cpus: 1,
            cpu_time: Duration::ZERO,
        };
        let taken = Taken {
            guest: "a1b2c3d4".into(),
            memory: 33,
        };
        assert_eq!(taken.still(&[domain("b1b2c3d4", 32)]), 33);
        let both = [domain("b1b2c3d4", 8), domain("a1b2c3d4", 32)];
        assert_eq!(taken.still(&both), 1);
        assert_eq!(taken.still(&[domain("a1b2c3d4", 64)]), 0);
    }
}
