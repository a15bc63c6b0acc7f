//! Carrying out a plan, undoing it, and going on with it after an interruption.

use crate::hands::{Hands, Materials, Nothing, Watcher};
use crate::journal::{Journal, TASKS, Task, journals};
use crate::{Failed, Id, Plan, Result, Step, book};
use firn_steps::Progress;
use firn_words::{Text, say};
use std::cell::Cell;

/// What became of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has done what it should; what did not go well at its end without undoing the rest, such as a start.
    Done(Vec<Text>),
    /// It could not, and all is as before; why, and what could not be taken back in the running guest.
    Undone(Vec<Text>),
    /// Somebody broke it off, and all is as before.
    Cancelled,
    /// It is neither done nor undone; its journal stays, and [`recover`] tries again.
    Unfinished(Vec<Text>),
}

/// A task in progress.
pub(crate) struct Doing<'a> {
    pub(crate) hands: &'a Hands,
    pub(crate) materials: &'a mut dyn Materials,
    pub(crate) watcher: &'a dyn Watcher,
    pub(crate) journal: Journal,
    pub(crate) progress: Cell<Progress>,
    /// Whether the step has found its place taken by what somebody else has plugged in, which an undo must not take away.
    pub(crate) foreign: Cell<bool>,
}

/// Carries out a plan. Only one task at a time may work on a guest.
pub fn run(
    hands: &Hands,
    materials: &mut dyn Materials,
    plan: &Plan,
    task: &Task,
    watcher: &dyn Watcher,
) -> Outcome {
    if plan.steps.is_empty() {
        return Outcome::Done(Vec::new());
    }
    let journal = Journal::new(task, plan);
    let mut doing = Doing::new(hands, materials, watcher, journal);
    match doing.note(0, false) {
        Ok(()) => doing.forward(),
        Err(Failed(why)) => doing.over(Outcome::Undone(vec![why])),
    }
}

/// Finishes or undoes every task that was interrupted, and removes what interrupted writing has left. For the start of the program,
/// before anything else, and for tasks that are [`Outcome::Unfinished`], while nobody works on their guests.
///
/// # Errors
/// When the tasks cannot be listed.
pub fn recover(hands: &Hands, watcher: &dyn Watcher) -> Result<Vec<(Journal, Outcome)>> {
    for folder in [TASKS, book::GUESTS, book::TRASH, book::BOOT] {
        hands.files.sweep(folder)?;
    }
    let (journals, _) = journals(hands.files.as_ref())?;
    let one = |journal: Journal| {
        let outcome = Doing::new(hands, &mut Nothing, watcher, journal.clone()).go_on();
        (journal, outcome)
    };
    Ok(journals.into_iter().map(one).collect())
}

impl<'a> Doing<'a> {
    fn new(
        hands: &'a Hands,
        materials: &'a mut dyn Materials,
        watcher: &'a dyn Watcher,
        journal: Journal,
    ) -> Self {
        Self {
            hands,
            materials,
            watcher,
            journal,
            progress: Cell::default(),
            foreign: Cell::default(),
        }
    }

    pub(crate) fn guest(&self) -> &Id {
        &self.journal.plan.guest
    }

    fn go_on(self) -> Outcome {
        if self.journal.is_past_the_point() {
            return self.forward();
        }
        let at = self.journal.at;
        self.back(at, say!("guests-interrupted"))
    }

    fn forward(mut self) -> Outcome {
        let (last, point) = (self.journal.plan.steps.len(), self.journal.plan.point());
        let mut problems = Vec::new();
        for at in self.journal.at..last {
            // An earlier step may have decided what this one does.
            let step = &self.journal.plan.steps[at].clone();
            let done = self.step(at, step, point);
            match done {
                Ok(()) => {}
                // What cannot be undone has failed as a whole, or has not begun.
                Err(Failed(why)) if at <= point => return self.back(at, why),
                Err(Failed(why)) if step.is_engines() => problems.push(why),
                Err(Failed(why)) => return Outcome::Unfinished(vec![why]),
            }
        }
        self.over(Outcome::Done(problems))
    }

    fn step(&mut self, at: usize, step: &Step, point: usize) -> Result<()> {
        if at <= point && self.watcher.is_cancelled() {
            return Err(Failed(say!("guests-cancelled")));
        }
        if at != self.journal.at {
            self.note(at, false)?;
        }
        self.watcher.begins(
            step.told(&self.journal.plan.name),
            at + 1,
            self.journal.plan.steps.len(),
            at < point,
        );
        self.begin(at);
        self.act(step)?;
        self.watcher.reached(self.percent(at + 1));
        Ok(())
    }

    fn begin(&self, at: usize) {
        let (before, after) = (self.percent(at), self.percent(at + 1));
        let mut progress = self.progress.get();
        progress.begin(before, after - before);
        self.progress.set(progress);
    }

    /// How far the whole is with so many steps done.
    fn percent(&self, done: usize) -> u8 {
        let weight = |steps: &[Step]| steps.iter().map(Step::weight).sum::<u32>();
        let steps = &self.journal.plan.steps;
        let percent = weight(&steps[..done]) * 100 / weight(steps).max(1);
        u8::try_from(percent).unwrap_or(100)
    }

    /// Undoes the steps from `at` to the first.
    fn back(mut self, at: usize, why: Text) -> Outcome {
        let cancelled = !self.journal.back && self.watcher.is_cancelled();
        let mut told = vec![why];
        for at in (0..=at).rev() {
            let step = self.journal.plan.steps[at].clone();
            if self.foreign.take() {
                continue;
            }
            let undone = self.note(at, true).and_then(|()| self.undo(&step));
            match undone {
                Ok(()) => {}
                Err(Failed(why)) if step.is_live() => told.push(why),
                Err(Failed(why)) => {
                    told.push(why);
                    return Outcome::Unfinished(told);
                }
            }
        }
        self.over(if cancelled {
            Outcome::Cancelled
        } else {
            Outcome::Undone(told)
        })
    }

    fn note(&mut self, at: usize, back: bool) -> Result<()> {
        (self.journal.at, self.journal.back) = (at, back);
        self.journal.write(self.hands.files.as_ref())
    }

    fn over(self, outcome: Outcome) -> Outcome {
        match self.journal.remove(self.hands.files.as_ref()) {
            Ok(()) => outcome,
            Err(Failed(why)) => Outcome::Unfinished(vec![why]),
        }
    }
}
