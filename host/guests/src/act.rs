//! Doing a step, and undoing it.

mod live;

use crate::book::place;
use crate::definition::{self, Definition};
use crate::run::Doing;
use crate::{Failed, Files, Result, Source, Step};
use firn_engine::{Ask, Error, State};
use firn_stores::{Owner, Store};
use firn_words::say;
use std::ops::ControlFlow;
use std::thread;
use std::time::{Duration, Instant};

/// Between two looks whether a guest has ended.
const LOOK: Duration = Duration::from_millis(500);
/// How long an earlier attempt may still be building a guest.
const BUILDING: Duration = Duration::from_secs(300);

impl Doing<'_> {
    /// Does a step. It may have been begun, or done, before.
    pub(crate) fn act(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Reserve {
                store,
                volume,
                size,
            } => self.reserve(store, volume, *size),
            Step::Fill {
                store,
                volume,
                from,
            } => self.fill(store, volume, *from),
            Step::Keep { file } => self.keep(&file.path(self.guest()), *file),
            Step::Drop { file } => Ok(self.hands.files.remove(&file.path(self.guest()))?),
            Step::Define { before, after } => define(
                self.hands.files.as_ref(),
                before.as_deref(),
                after.as_deref(),
            ),
            Step::Settle { store, volume } => self.own(store, volume, false),
            Step::Rename { store, from, to } => Ok(self.hands.store(store)?.rename(from, to)?),
            Step::Remove { store, volume } => Ok(self.hands.store(store)?.remove(volume)?),
            Step::Grow {
                store,
                volume,
                size,
            } => self.grow(store, volume, *size),
            Step::Start { definition } => self.start(definition),
            Step::Ask { reboot } => {
                let what = if *reboot { Ask::Reboot } else { Ask::Shutdown };
                Ok(self.hands.engine.ask(self.guest().as_str(), what)?)
            }
            Step::Wait { seconds } => self.wait(*seconds),
            Step::Destroy => Ok(self.hands.engine.destroy(self.guest().as_str())?),
            Step::Clean => self.clean(),
            live => self.live(live),
        }
    }

    /// Undoes a step that may have been begun, done, or undone before.
    pub(crate) fn undo(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Reserve { store, volume, .. } => self.release(store, volume),
            Step::Keep { file } => Ok(self.hands.files.remove(&file.path(self.guest()))?),
            Step::Define { before, after } => define(
                self.hands.files.as_ref(),
                after.as_deref(),
                before.as_deref(),
            ),
            Step::Settle { store, volume } => self.own(store, volume, true),
            Step::Rename { store, from, to } => self.rename_back(store, from, to),
            live => self.live_undo(live),
        }
    }

    fn owner(&self, task: bool) -> Owner {
        Owner {
            guest: Some(self.guest().to_string()),
            task: task.then(|| self.journal.task.id.to_string()),
        }
    }

    fn reserve(&self, store: &str, volume: &str, size: u64) -> Result<()> {
        self.hands
            .store(store)?
            .create(volume, size, &self.owner(true))?;
        Ok(())
    }

    /// Removes a volume, if it is this task's.
    fn release(&self, store: &str, volume: &str) -> Result<()> {
        let store = self.hands.store(store)?;
        let ours = self.owner(true);
        let made = store
            .volumes()?
            .into_iter()
            .any(|of| of.name == volume && of.owner == ours);
        if made {
            store.remove(volume)?;
        }
        Ok(())
    }

    fn own(&self, store: &str, volume: &str, task: bool) -> Result<()> {
        Ok(self.hands.store(store)?.own(volume, &self.owner(task))?)
    }

    fn rename_back(&self, store: &str, from: &str, to: &str) -> Result<()> {
        let store = self.hands.store(store)?;
        let done = has(store, to)? && !has(store, from)?;
        if done {
            store.rename(to, from)?;
        }
        Ok(())
    }

    fn grow(&self, store: &str, volume: &str, size: u64) -> Result<()> {
        Ok(self.hands.store(store)?.grow(volume, size)?)
    }

    fn fill(&mut self, store: &str, volume: &str, from: Source) -> Result<()> {
        let path = self.hands.store(store)?.path(volume)?;
        let (watcher, progress) = (self.watcher, &self.progress);
        let told = |done: u64, of: u64| {
            let mut now = progress.get();
            now.part(done, of)
                .into_iter()
                .for_each(|percent| watcher.reached(percent));
            progress.set(now);
            if watcher.is_cancelled() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        self.materials.fill(from, &path, &told)?;
        if from == Source::Image
            && let Some(machine) = self.materials.machine(&path)
        {
            self.journal.plan.decide(&machine);
        }
        Ok(())
    }

    fn keep(&mut self, path: &str, file: crate::BootFile) -> Result<()> {
        let mut contents = self.materials.open(file)?;
        Ok(self.hands.files.write(path, &mut contents)?)
    }

    fn start(&self, definition: &Definition) -> Result<()> {
        self.await_built()?;
        self.clean()?;
        let shape = crate::shape(self.hands, definition)?;
        match self.hands.engine.start(&shape) {
            // An earlier attempt was interrupted after it had reached the hypervisor.
            Ok(_) | Err(Error::Running { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Lets an attempt that goes on without firnd come to its end; what nobody builds any longer is removed.
    fn await_built(&self) -> Result<()> {
        let begun = Instant::now();
        while self.is_building()? {
            if begun.elapsed() >= BUILDING {
                return Ok(self.hands.engine.destroy(self.guest().as_str())?);
            }
            thread::sleep(LOOK);
        }
        Ok(())
    }

    fn is_building(&self) -> Result<bool> {
        let domain = self.hands.domain(self.guest().as_str())?;
        Ok(domain.is_some_and(|domain| domain.state == State::Building))
    }

    fn clean(&self) -> Result<()> {
        let domain = self.hands.domain(self.guest().as_str())?;
        let ended =
            domain.is_some_and(|domain| matches!(domain.state, State::Ended(_) | State::Dying));
        if ended {
            self.hands.engine.destroy(self.guest().as_str())?;
        }
        Ok(())
    }

    fn wait(&self, seconds: u32) -> Result<()> {
        let limit = Duration::from_secs(seconds.into());
        let begun = Instant::now();
        while self.is_alive()? {
            let left = limit.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return Err(Failed(say!(
                    "guests-no-answer",
                    name = &self.journal.plan.name,
                    seconds = seconds
                )));
            }
            if self.watcher.is_cancelled() {
                return Err(Failed(say!("guests-cancelled")));
            }
            thread::sleep(left.min(LOOK));
        }
        Ok(())
    }

    /// Whether the guest has a domain that has not ended.
    pub(crate) fn is_alive(&self) -> Result<bool> {
        let domain = self.hands.domain(self.guest().as_str())?;
        Ok(domain.is_some_and(|domain| !matches!(domain.state, State::Ended(_) | State::Dying)))
    }
}

fn has(store: &dyn Store, volume: &str) -> Result<bool> {
    Ok(store.volumes()?.iter().any(|of| of.name == volume))
}

/// Puts one definition into the place of another: the new one is there before the old one goes.
fn define(
    files: &dyn Files,
    before: Option<&Definition>,
    after: Option<&Definition>,
) -> Result<()> {
    if let Some(after) = after {
        let text = definition::write(after)?;
        files.write(&place(after), &mut text.as_bytes())?;
    }
    match before {
        Some(before) if after.is_none_or(|after| place(after) != place(before)) => {
            Ok(files.remove(&place(before))?)
        }
        _ => Ok(()),
    }
}
