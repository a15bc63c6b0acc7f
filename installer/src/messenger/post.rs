//! The thread that sends reports: in their order, patiently, and no old news.

use crate::web::{self, Request};
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// The first pause after a report that did not get through, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(20));

/// A report on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its JSON.
    pub body: String,
    /// Whether nobody needs it once there is a later one.
    pub passing: bool,
}

/// What did not get through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// So many reports.
    pub count: usize,
    /// Why the last of them did not.
    pub reason: String,
}

/// Sends letters as they come, until there are no more and all are gone.
pub fn run(letters: &Receiver<Letter>, request: &Request) -> Lost {
    let mut queue = VecDeque::new();
    let mut lost = Lost::default();
    let mut pause = PAUSES.0;
    loop {
        if queue.is_empty() {
            let Ok(letter) = letters.recv() else {
                return lost;
            };
            queue.push_back(letter);
        }
        letters
            .try_iter()
            .for_each(|letter| add(&mut queue, letter));
        let Some(letter) = queue.front() else {
            continue;
        };
        match send(request, &letter.body) {
            Sent::Arrived => pause = PAUSES.0,
            Sent::Never(reason) => {
                lost = Lost {
                    count: lost.count + 1,
                    reason,
                };
            }
            Sent::NotYet => {
                wait(letters, &mut queue, pause);
                pause = (pause * 2).min(PAUSES.1);
                continue;
            }
        }
        queue.pop_front();
    }
}

/// A later letter takes the place of those that only it makes old.
fn add(queue: &mut VecDeque<Letter>, letter: Letter) {
    queue.retain(|earlier| !earlier.passing);
    queue.push_back(letter);
}

/// What comes meanwhile is put in its place; it does not make anything faster.
fn wait(letters: &Receiver<Letter>, queue: &mut VecDeque<Letter>, pause: Duration) {
    match letters.recv_timeout(pause) {
        Ok(letter) => add(queue, letter),
        Err(RecvTimeoutError::Timeout) => {}
        // Nothing more will come, but what is there is still worth a try.
        Err(RecvTimeoutError::Disconnected) => std::thread::sleep(pause.min(PAUSES.0)),
    }
}

enum Sent {
    Arrived,
    NotYet,
    Never(String),
}

fn send(request: &Request, body: &str) -> Sent {
    match web::send(&request.clone().with_body(body)) {
        Ok(reply) if (200..300).contains(&reply.status) => Sent::Arrived,
        Ok(reply) if web::is_passing(reply.status) => Sent::NotYet,
        Ok(reply) => Sent::Never(reply.text(&request.url).to_string()),
        Err(trouble) if trouble.may_pass() => Sent::NotYet,
        Err(trouble) => Sent::Never(trouble.text(&request.url).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Server;
    use crate::web::tests::site;
    use std::sync::mpsc::channel;
    use std::sync::{Arc, Mutex};

    fn letter(body: &str, passing: bool) -> Letter {
        Letter {
            body: body.into(),
            passing,
        }
    }

    #[test]
    fn reports_arrive_in_order_after_a_failure_and_without_old_news() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        let mut first = true;
        let origin = site(move |asked| {
            if std::mem::take(&mut first) {
                return (503, Vec::new());
            }
            kept.lock().unwrap().push(asked.body.clone());
            (if asked.body == "bad" { 400 } else { 204 }, Vec::new())
        });
        let (sender, letters) = channel();
        for (body, passing) in [
            ("started", false),
            ("3 %", true),
            ("9 %", true),
            ("bad", false),
            ("done", false),
        ] {
            sender.send(letter(body, passing)).unwrap();
        }
        drop(sender);
        let lost = run(&letters, &Request::get(&origin, &Server::default()));
        assert_eq!(*seen.lock().unwrap(), ["started", "bad", "done"]);
        assert_eq!(lost.count, 1);
        assert!(
            lost.reason.ends_with("answered with the status 400"),
            "{}",
            lost.reason
        );
    }
}
