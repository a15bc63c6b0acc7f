//! The tasks of this life of firnd: which there are, how far each is, and those who wait for one.

use crate::clock::now;
use crate::events::Events;
use firn_api::{Kind, Outcome, Problem, Stage, Task};
use firn_words::Text;
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Tasks that are over and still listed.
const OVER: usize = 200;
/// Whoever waits for an end looks again after this time.
const LONG: Duration = Duration::from_secs(60);

/// All tasks.
pub struct Tasks {
    table: Mutex<Table>,
    changed: Condvar,
    events: Arc<Events>,
}

#[derive(Default)]
struct Table {
    tasks: BTreeMap<String, Entry>,
    begun: u64,
}

impl Table {
    /// Those that are at work on a guest.
    fn busy(&self) -> impl Iterator<Item = &Task> {
        let all = self.tasks.values().map(|entry| &entry.task);
        all.filter(|task| !task.guest.is_empty() && !task.stage.is_over())
    }
}

struct Entry {
    task: Task,
    order: u64,
    cancelled: bool,
}

/// Who asked for what.
pub struct Asked<'a> {
    /// The task's id.
    pub id: String,
    /// `create`, `start` and so on.
    pub operation: &'a str,
    /// The guest's id; nothing where there is no guest.
    pub guest: &'a str,
    /// The name of the guest or the file.
    pub name: &'a str,
    /// Who asks.
    pub by: &'a str,
    /// Whether it can be cancelled.
    pub cancellable: bool,
}

impl Tasks {
    /// No task yet.
    pub fn new(events: Arc<Events>) -> Self {
        Self {
            table: Mutex::default(),
            changed: Condvar::new(),
            events,
        }
    }

    /// Lists a task that is to begin; the id of the one that works on the same guest where there is one.
    pub fn begin(&self, asked: Asked<'_>) -> Result<Task, String> {
        let mut table = self.lock();
        if let Some(other) = table.busy().find(|task| task.guest == asked.guest) {
            return Err(other.id.clone());
        }
        let task = Task {
            id: asked.id,
            operation: asked.operation.to_owned(),
            guest: asked.guest.to_owned(),
            name: asked.name.to_owned(),
            stage: Stage::Running,
            step: 0,
            steps: 0,
            doing: None,
            percent: 0,
            begun: now(),
            ended: None,
            by: asked.by.to_owned(),
            problems: Vec::new(),
            cancellable: asked.cancellable,
            fetched: None,
        };
        table.begun += 1;
        let order = table.begun;
        let entry = Entry {
            task: task.clone(),
            order,
            cancelled: false,
        };
        table.tasks.insert(task.id.clone(), entry);
        table.forget();
        drop(table);
        self.tell(&task);
        Ok(task)
    }

    /// All, the latest first.
    pub fn list(&self) -> Vec<Task> {
        let table = self.lock();
        let mut entries: Vec<_> = table.tasks.values().collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.order));
        entries.into_iter().map(|e| e.task.clone()).collect()
    }

    /// One of them.
    pub fn get(&self, id: &str) -> Option<Task> {
        self.lock().tasks.get(id).map(|entry| entry.task.clone())
    }

    /// The task that works on a guest.
    pub fn of_guest(&self, guest: &str) -> Option<String> {
        let table = self.lock();
        let busy = table.busy().find(|task| task.guest == guest);
        busy.map(|task| task.id.clone())
    }

    /// The tasks that work on guests, by the guests' ids.
    pub fn busy(&self) -> BTreeMap<String, String> {
        let table = self.lock();
        let busy = table.busy();
        busy.map(|task| (task.guest.clone(), task.id.clone()))
            .collect()
    }

    /// One of them, once it is another than `seen` was, is over, or `limit` is past.
    pub fn wait(&self, id: &str, limit: Duration) -> Option<Task> {
        let seen = self.get(id)?;
        let end = Instant::now() + limit;
        let mut table = self.lock();
        loop {
            let task = &table.tasks.get(id)?.task;
            let left = end.saturating_duration_since(Instant::now());
            if task.stage.is_over() || *task != seen || left.is_zero() {
                return Some(task.clone());
            }
            table = self
                .changed
                .wait_timeout(table, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Waits until a task is over.
    pub fn wait_for_end(&self, id: &str) -> Option<Task> {
        loop {
            let task = self.wait(id, LONG)?;
            if task.stage.is_over() {
                return Some(task);
            }
        }
    }

    /// Asks a task to end early; what it then says. Nothing when there is none, or it can no longer be cancelled.
    pub fn cancel(&self, id: &str) -> Option<Task> {
        let mut table = self.lock();
        let entry = table.tasks.get_mut(id)?;
        if !entry.task.cancellable || entry.task.stage.is_over() {
            return None;
        }
        entry.cancelled = true;
        Some(entry.task.clone())
    }

    /// Whether somebody has asked the task to end.
    pub fn is_cancelled(&self, id: &str) -> bool {
        self.lock().tasks.get(id).is_some_and(|e| e.cancelled)
    }

    /// The task begins a step, from which on it can be cancelled or not.
    pub fn step(&self, id: &str, step: u32, steps: u32, doing: &Text, cancellable: bool) {
        self.change(id, |task| {
            (task.step, task.steps, task.cancellable) = (step, steps, cancellable);
            task.doing = Some(Problem::new(doing, None));
        });
    }

    /// So much of the whole is done.
    pub fn reached(&self, id: &str, percent: u8) {
        self.change(id, |task| task.percent = percent.min(100));
    }

    /// The task has fetched a file.
    pub fn fetched(&self, id: &str, outcome: Outcome) {
        self.change(id, |task| task.fetched = Some(outcome));
    }

    /// The task is over.
    pub fn end(&self, id: &str, stage: Stage, problems: Vec<Problem>) {
        self.change(id, |task| {
            task.stage = stage;
            task.problems = problems;
            task.ended = Some(now());
            task.cancellable = false;
            task.doing = None;
            if stage == Stage::Done {
                task.percent = 100;
            }
        });
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Task)) {
        let mut table = self.lock();
        let Some(entry) = table.tasks.get_mut(id) else {
            return;
        };
        let before = entry.task.clone();
        change(&mut entry.task);
        let task = entry.task.clone();
        drop(table);
        if task != before {
            self.changed.notify_all();
            self.tell(&task);
        }
    }

    fn tell(&self, task: &Task) {
        self.events.tell(Kind::Task, &task.id, Some(task));
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// Forgets the oldest of those that are over.
    fn forget(&mut self) {
        let over = self.tasks.values().filter(|e| e.task.stage.is_over());
        let mut over: Vec<_> = over.map(|e| (e.order, e.task.id.clone())).collect();
        over.sort();
        let many = over.len().saturating_sub(OVER);
        for (_, id) in over.into_iter().take(many) {
            self.tasks.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(id: &str, guest: &'static str) -> Asked<'static> {
        Asked {
            id: id.to_owned(),
            operation: "start",
            guest,
            name: "web1",
            by: "root",
            cancellable: true,
        }
    }

    #[test]
    fn one_task_at_a_time_works_on_a_guest() {
        let tasks = Tasks::new(Arc::default());
        tasks.begin(asked("t1", "g1")).unwrap();
        assert_eq!(tasks.begin(asked("t2", "g1")).unwrap_err(), "t1");
        tasks.begin(asked("t3", "g2")).unwrap();
        tasks.end("t1", Stage::Done, Vec::new());
        assert_eq!(tasks.of_guest("g1"), None);
        tasks.begin(asked("t2", "g1")).unwrap();
        let ids: Vec<_> = tasks.list().into_iter().map(|task| task.id).collect();
        assert_eq!(ids, ["t2", "t3", "t1"]);
        let busy = [("g1", "t2"), ("g2", "t3")].map(|(guest, task)| (guest.into(), task.into()));
        assert_eq!(tasks.busy(), BTreeMap::from(busy));
    }

    #[test]
    fn what_can_no_longer_be_undone_is_not_cancelled() {
        let tasks = Tasks::new(Arc::default());
        tasks.begin(asked("t1", "g1")).unwrap();
        tasks.step("t1", 1, 2, &"making room".to_owned().into(), true);
        assert!(tasks.cancel("t1").is_some());
        tasks.step("t1", 2, 2, &"starting".to_owned().into(), false);
        assert_eq!(tasks.cancel("t1"), None);
    }

    #[test]
    fn who_waits_hears_of_the_next_change() {
        let tasks = Arc::new(Tasks::new(Arc::default()));
        tasks.begin(asked("t1", "g1")).unwrap();
        let other = Arc::clone(&tasks);
        let waits = std::thread::spawn(move || other.wait("t1", Duration::from_secs(60)));
        while Arc::strong_count(&tasks) > 1 && !waits.is_finished() {
            tasks.reached(
                "t1",
                tasks.get("t1").map_or(0, |task| task.percent) % 99 + 1,
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(waits.join().unwrap().unwrap().percent > 0);
        assert_eq!(tasks.wait("none", Duration::ZERO), None);
    }

    #[test]
    fn the_oldest_that_are_over_are_forgotten() {
        let tasks = Tasks::new(Arc::default());
        for at in 0..OVER + 10 {
            let id = format!("t{at}");
            tasks.begin(asked(&id, "g1")).unwrap();
            tasks.end(&id, Stage::Done, Vec::new());
        }
        assert_eq!(tasks.get("t0"), None);
        assert_eq!(tasks.list().len(), OVER + 1);
    }
}
