//! One after the other, in the order in which they came. The mutex of the standard library keeps no order.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A queue of threads.
#[derive(Debug, Default)]
pub(super) struct Queue {
    tickets: Mutex<Tickets>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct Tickets {
    next: u64,
    serving: u64,
}

/// Whoever holds it has the turn.
#[derive(Debug)]
pub(super) struct Turn<'a>(&'a Queue);

impl Queue {
    /// Waits until all have had their turn that came before.
    pub(super) fn turn(&self) -> Turn<'_> {
        let mut tickets = self.tickets();
        let own = tickets.next;
        tickets.next += 1;
        let waiting = |tickets: &mut Tickets| tickets.serving != own;
        let waited = self.moved.wait_while(tickets, waiting);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        Turn(self)
    }

    fn tickets(&self) -> MutexGuard<'_, Tickets> {
        self.tickets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.tickets().serving += 1;
        self.0.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn turns_are_in_order() {
        let (queue, seen) = (Queue::default(), Mutex::new(Vec::new()));
        let (queue, seen) = (&queue, &seen);
        thread::scope(|scope| {
            let first = queue.turn();
            for number in 1..6u64 {
                scope.spawn(move || {
                    let _turn = queue.turn();
                    seen.lock().unwrap().push(number);
                });
                while queue.tickets().next != number + 1 {
                    thread::sleep(Duration::from_millis(1));
                }
            }
            assert_eq!(seen.lock().unwrap().len(), 0);
            drop(first);
        });
        assert_eq!(*seen.lock().unwrap(), [1, 2, 3, 4, 5]);
    }
}
