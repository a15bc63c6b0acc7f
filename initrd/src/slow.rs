//! Saying what takes its time: a driver, a disk or a program that does not come back is named on the console, and not only waited for.

use crate::console;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// After this time, and after it again and again, what is being done is said.
const EVERY: Duration = Duration::from_secs(20);

/// Does something, and says so while it lasts: `what` is such as "reading /dev/sda".
pub fn tell<T>(what: &str, work: impl FnOnce() -> T) -> T {
    told(what, EVERY, |line| console::say(&line), work)
}

fn told<T>(
    what: &str,
    every: Duration,
    say: impl Fn(String) + Send + 'static,
    work: impl FnOnce() -> T,
) -> T {
    let (done, waits) = mpsc::channel::<()>();
    let (what, begin) = (what.to_owned(), Instant::now());
    let watch = move || {
        while waits.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
            let seconds = begin.elapsed().as_secs();
            say(format!("Firn: still {what}, for {seconds} s now"));
        }
    };
    // Where there is no thread to be had, the work matters more than the words.
    let _ = thread::Builder::new().spawn(watch);
    let result = work();
    drop(done);
    result
}

/// Does something that may never end, and waits for it so long at most; what came of it, if it ended.
pub fn within<T: Send + 'static>(
    limit: Duration,
    what: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (done, waits) = mpsc::channel();
    let work = move || {
        // Nobody may wait any longer.
        let _ = done.send(what());
    };
    thread::Builder::new().spawn(work).ok()?;
    waits.recv_timeout(limit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_named_and_what_does_not_is_not() {
        let (say, said) = mpsc::channel();
        let every = Duration::from_millis(20);
        let tell = |say: mpsc::Sender<String>| move |line| drop(say.send(line));
        let result = told("reading /dev/sda", every, tell(say.clone()), || {
            said.recv_timeout(Duration::from_secs(10))
        });
        assert_eq!(
            result.as_deref(),
            Ok("Firn: still reading /dev/sda, for 0 s now")
        );
        let quick = Duration::from_secs(60);
        assert_eq!(told("reading /dev/sdb", quick, tell(say), || 7), 7);
        // The thread ends with the work, and its end of the channel with it.
        while let Ok(line) = said.recv_timeout(Duration::from_secs(10)) {
            assert!(!line.contains("sdb"), "{line}");
        }
    }

    #[test]
    fn what_does_not_end_is_left_behind() {
        let begin = Instant::now();
        let hangs = || thread::sleep(Duration::from_secs(30));
        assert_eq!(within(Duration::from_millis(20), hangs), None);
        assert_eq!(within(Duration::from_secs(10), || 7), Some(7));
        assert!(begin.elapsed() < Duration::from_secs(10));
    }
}
