//! Starting, stopping and what lies between.

use super::{Ground, Life, Planned, change, planned};
use crate::definition::Definition;
use crate::ended::Next;
use crate::{Operation, Problem, Step};
use firn_words::say;

impl Ground<'_> {
    /// The plan of a start.
    ///
    /// # Errors
    /// When it runs, or there is too little memory.
    pub fn start(&self, guest: &Definition) -> Planned {
        let mut problems: Vec<Problem> = self.unfinished(guest).into_iter().collect();
        match self.life(guest) {
            Life::On | Life::Paused => {
                problems.push(Problem::conflict(say!("guests-runs", name = &guest.name)));
            }
            Life::Off | Life::Ended => problems.extend(self.admit(guest)),
        }
        planned(problems, Operation::Start, guest, || start(guest))
    }

    /// The plan of asking a guest to shut down; it may take so many seconds. If it does not answer, nothing has changed.
    ///
    /// # Errors
    /// When it does not run.
    pub fn stop(&self, guest: &Definition, seconds: u32) -> Planned {
        let steps = || {
            vec![
                Step::Ask { reboot: false },
                Step::Wait { seconds },
                Step::Clean,
            ]
        };
        planned(self.check_on(guest), Operation::Stop, guest, steps)
    }

    /// The plan of asking a guest to restart.
    ///
    /// # Errors
    /// When it does not run.
    pub fn reboot(&self, guest: &Definition, seconds: u32) -> Planned {
        planned(self.check_on(guest), Operation::Reboot, guest, || {
            let mut steps = vec![
                Step::Ask { reboot: true },
                Step::Wait { seconds },
                Step::Destroy,
            ];
            steps.extend(start(guest));
            steps
        })
    }

    /// The plan of ending a guest at once.
    ///
    /// # Errors
    /// When it has no domain.
    pub fn kill(&self, guest: &Definition) -> Planned {
        let mut problems: Vec<Problem> = self.unfinished(guest).into_iter().collect();
        if self.life(guest) == Life::Off {
            problems.push(off(guest));
        }
        planned(problems, Operation::Kill, guest, || vec![Step::Destroy])
    }

    /// The plan of pressing the reset button. A guest without one is ended and started again.
    ///
    /// # Errors
    /// When it does not run.
    pub fn reset(&self, guest: &Definition) -> Planned {
        planned(self.check_on(guest), Operation::Reset, guest, || {
            if guest.is_hvm() {
                return vec![Step::Reset];
            }
            let mut steps = vec![Step::Destroy];
            steps.extend(start(guest));
            steps
        })
    }

    /// The plan of stopping a guest's processors.
    ///
    /// # Errors
    /// When it does not run.
    pub fn pause(&self, guest: &Definition) -> Planned {
        planned(self.check_on(guest), Operation::Pause, guest, || {
            vec![Step::Pause]
        })
    }

    /// The plan of letting them go on.
    ///
    /// # Errors
    /// When it is not paused.
    pub fn unpause(&self, guest: &Definition) -> Planned {
        let mut problems: Vec<Problem> = self.unfinished(guest).into_iter().collect();
        if self.life(guest) != Life::Paused {
            problems.push(Problem::conflict(say!(
                "guests-not-paused",
                name = &guest.name
            )));
        }
        planned(problems, Operation::Unpause, guest, || vec![Step::Unpause])
    }

    /// The plan for a guest whose domain has ended by itself; nothing is planned for one that is kept.
    ///
    /// # Errors
    /// When a task works on it.
    pub fn ended(&self, guest: &Definition, next: &Next) -> Planned {
        let problems = self.unfinished(guest).into_iter().collect();
        planned(problems, Operation::Ended, guest, || match next {
            Next::Clean => vec![Step::Clean],
            Next::Keep(_) => Vec::new(),
            // Somebody may have started the guest since it was seen to have ended.
            Next::Restart { .. } if !matches!(self.life(guest), Life::Ended) => Vec::new(),
            Next::Restart { .. } => {
                let mut steps = vec![Step::Destroy];
                steps.extend(start(guest));
                steps
            }
        })
    }

    fn check_on(&self, guest: &Definition) -> Vec<Problem> {
        let (on, mut problems) = self.reached(guest);
        if !on && problems.is_empty() {
            problems.push(off(guest));
        }
        problems
    }
}

fn off(guest: &Definition) -> Problem {
    Problem::conflict(say!("guests-off", name = &guest.name))
}

/// Starts a guest, with all that has waited for it.
fn start(guest: &Definition) -> Vec<Step> {
    let mut steps = vec![Step::Start {
        definition: Box::new(guest.clone()),
    }];
    if !guest.pending.is_empty() {
        let after = Definition {
            pending: Vec::new(),
            ..guest.clone()
        };
        steps.push(change(guest, after));
    }
    steps
}
