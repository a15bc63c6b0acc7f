//! When to try again: soon at first, less and less often then, and not for ever.

use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(16);

/// The pauses between attempts, doubled each time, until the patience is over.
pub struct Backoff {
    pause: Duration,
    end: Instant,
}

impl Backoff {
    /// Patience counts from now on.
    pub fn new(patience: Duration) -> Self {
        Self {
            pause: FIRST,
            end: Instant::now() + patience,
        }
    }
}

impl Iterator for Backoff {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let pause = self.pause;
        self.pause = LONGEST.min(pause * 2);
        (Instant::now() + pause <= self.end).then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pauses: Vec<u64> = Backoff::new(Duration::from_secs(1000))
            .map(|pause| pause.as_secs())
            .take(7)
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 16, 16]);
    }

    #[test]
    fn patience_ends() {
        assert_eq!(Backoff::new(Duration::from_millis(500)).next(), None);
    }
}
