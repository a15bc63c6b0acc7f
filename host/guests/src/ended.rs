//! What is done about a guest whose domain has ended by itself.

use crate::definition::Crash;
use firn_engine::Reason;
use firn_words::{Text, say};
use std::time::Duration;

/// How long ago a crash may be and still count.
const COUNTED: Duration = Duration::from_secs(600);
/// The pauses before the restarts after a first, second … crash. After one more, no restart follows.
const PAUSES: [u64; 5] = [1, 5, 15, 30, 60];

/// What is done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// What is left of the domain is cleaned up; the guest is stopped.
    Clean,
    /// It is started again.
    Restart {
        /// After this time.
        pause: Duration,
        /// Whether this counts as a crash.
        crashed: bool,
    },
    /// It is left as it is, and why.
    Keep(Text),
}

/// What is done about a guest that has ended for a reason. `earlier` is how long ago its earlier crashes were.
pub fn after_end(name: &str, reason: Reason, policy: Crash, earlier: &[Duration]) -> Next {
    match reason {
        Reason::PowerOff | Reason::Suspend => Next::Clean,
        Reason::Reboot | Reason::SoftReset => Next::Restart {
            pause: Duration::ZERO,
            crashed: false,
        },
        Reason::Crash | Reason::Watchdog | Reason::Unknown => crashed(name, policy, earlier),
    }
}

fn crashed(name: &str, policy: Crash, earlier: &[Duration]) -> Next {
    let recent = earlier.iter().filter(|ago| **ago <= COUNTED).count();
    match (policy, PAUSES.get(recent)) {
        (Crash::Stop, _) => Next::Clean,
        (Crash::Keep, _) => Next::Keep(say!("guests-crash-kept", name = name)),
        (Crash::Restart, Some(pause)) => Next::Restart {
            pause: Duration::from_secs(*pause),
            crashed: true,
        },
        (Crash::Restart, None) => {
            let minutes = COUNTED.as_secs() / 60;
            Next::Keep(say!(
                "guests-crash-often",
                name = name,
                times = recent + 1,
                minutes = minutes
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(reason: Reason, policy: Crash, earlier: &[u64]) -> Next {
        let earlier: Vec<Duration> = earlier.iter().map(|s| Duration::from_secs(*s)).collect();
        after_end("web1", reason, policy, &earlier)
    }

    #[test]
    fn a_guest_that_wants_to_end_or_restart_does() {
        for policy in [Crash::Restart, Crash::Keep, Crash::Stop] {
            assert_eq!(next(Reason::PowerOff, policy, &[]), Next::Clean);
            let again = Next::Restart {
                pause: Duration::ZERO,
                crashed: false,
            };
            assert_eq!(next(Reason::Reboot, policy, &[1, 2, 3, 4, 5, 6]), again);
        }
    }

    #[test]
    fn one_that_crashes_is_restarted_five_times_with_growing_pauses() {
        let mut earlier = Vec::new();
        for pause in PAUSES {
            let again = Next::Restart {
                pause: Duration::from_secs(pause),
                crashed: true,
            };
            assert_eq!(next(Reason::Crash, Crash::Restart, &earlier), again);
            earlier.push(10);
        }
        let Next::Keep(text) = next(Reason::Crash, Crash::Restart, &earlier) else {
            panic!()
        };
        assert_eq!(
            text.to_string(),
            "The guest “web1” has crashed 6 times within 10 minutes and is not restarted any more: look at its console's log, then start it."
        );
        // Those of long ago do not count.
        let again = next(Reason::Watchdog, Crash::Restart, &[601; 9]);
        assert_eq!(
            again,
            Next::Restart {
                pause: Duration::from_secs(1),
                crashed: true
            }
        );
    }

    #[test]
    fn the_other_policies_restart_nothing() {
        assert_eq!(next(Reason::Crash, Crash::Stop, &[]), Next::Clean);
        let Next::Keep(text) = next(Reason::Unknown, Crash::Keep, &[]) else {
            panic!()
        };
        assert_eq!(
            text.to_string(),
            "The guest “web1” has crashed and is kept as it was, as it is set: kill it to free its memory, or start it again."
        );
    }
}
