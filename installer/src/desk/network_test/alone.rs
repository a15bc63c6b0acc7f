//! One at a time has the machine's network: a test, or who claims it for good and need not wait long for a test to end.

use firn_words::{Text, say};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The one network that there is.
pub static ALONE: Alone = Alone {
    held: Mutex::new(()),
    claims: AtomicUsize::new(0),
};

/// Who has it, and how many claim it.
#[derive(Debug, Default)]
pub struct Alone {
    held: Mutex<()>,
    claims: AtomicUsize,
}

/// The network is the holder's until this goes; no test begins meanwhile.
#[derive(Debug)]
pub struct Claim<'a> {
    alone: &'a Alone,
    _held: MutexGuard<'a, ()>,
}

impl Alone {
    /// Tells a running test to end, waits until it has taken its network down, and keeps others away.
    pub fn claim(&self) -> Claim<'_> {
        self.claims.fetch_add(1, Ordering::SeqCst);
        Claim {
            alone: self,
            _held: self.lock(),
        }
    }

    /// For a test: waits for another test, not for a claim.
    ///
    /// # Errors
    /// It is claimed.
    pub fn borrow(&self) -> Result<MutexGuard<'_, ()>, Text> {
        let held = (!self.is_claimed()).then(|| self.lock());
        // A claim may have come while a test was waited for.
        let held = held.filter(|_| !self.is_claimed());
        held.ok_or_else(|| say!("desk-net-claimed"))
    }

    /// Whether a test must end now.
    pub fn is_claimed(&self) -> bool {
        self.claims.load(Ordering::SeqCst) > 0
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.alone.claims.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn a_claim_ends_the_test_that_runs_and_keeps_others_away() {
        let alone = Alone::default();
        let test = alone.borrow().unwrap();
        thread::scope(|scope| {
            let claimer = scope.spawn(|| drop(alone.claim()));
            while !alone.is_claimed() {
                thread::sleep(Duration::from_millis(1));
            }
            assert!(!claimer.is_finished());
            drop(test);
            assert!(claimer.join().is_ok());
        });
        let claim = alone.claim();
        let text = alone.borrow().unwrap_err().to_string();
        assert_eq!(
            text,
            "The network is in use by an installation. Try again once that is over."
        );
        drop(claim);
        assert!(alone.borrow().is_ok());
    }
}
