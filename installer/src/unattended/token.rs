//! The one-time token of `disk.wipe`.

use crate::answers_source::Channel;
use crate::web::{self, Request, Trouble};
use firn_config::{Problem, Secret, Wipe};
use firn_words::{Text, say};
use std::thread::sleep;
use std::time::Duration;

/// Seconds between tries: nobody knows whether the server took the token back when its answer gets lost, so there are few.
const PAUSES: &[u64] = &[2, 5, 10];

/// Gives the token back to the server that the answers came from; from then on the disk may be overwritten.
///
/// # Errors
/// It does not count any more, or the server could not be asked.
pub fn redeem(wipe: &Wipe, channel: &Channel) -> Result<(), Problem> {
    let (Wipe::Token(token), Channel::Network(network)) = (wipe, channel) else {
        return Err(problem(say!("answers-token-local")));
    };
    let url = address(&network.origin, token);
    let request = Request::get(&url, &network.server).with_body("{}");
    let host = web::host(&url);
    match ask(&request, PAUSES) {
        Ok(200) => Ok(()),
        Ok(403 | 404 | 410) => Err(problem(say!("answers-token-used", host = host))),
        Ok(status) => Err(problem(say!(
            "answers-token-refused",
            host = host,
            status = status.to_string()
        ))),
        Err(trouble) => Err(problem(say!(
            "answers-token-unasked",
            reason = trouble.text(&url)
        ))),
    }
}

fn address(origin: &str, token: &Secret) -> String {
    format!("{origin}/v1/tokens/{}", token.0)
}

fn ask(request: &Request, pauses: &[u64]) -> Result<u16, Trouble> {
    let mut pauses = pauses.iter();
    loop {
        let trouble = match web::send(request) {
            Ok(reply) => return Ok(reply.status),
            Err(trouble) => trouble,
        };
        let Some(pause) = pauses.next().filter(|_| trouble.may_pass()) else {
            return Err(trouble);
        };
        sleep(Duration::from_secs(*pause));
    }
}

fn problem(text: Text) -> Problem {
    Problem::new("disk.wipe", text)
}
