//! Answers from a server: asked for until they come, and then looked at.

use super::{url, verify};
use crate::web::{self, Reply, Request, Server, is_passing};
use firn_words::{Text, say};
use std::thread::sleep;
use std::time::Duration;

/// Pauses between tries, in seconds, when nothing else is wanted: two minutes in all.
pub const PAUSES: &[u64] = &[1, 2, 4, 8, 15, 15, 15, 15, 15, 15, 15];

/// Seconds of the longest pause that a server may ask for.
const LONGEST: u64 = 60;

/// What is asked for.
pub struct Order<'o> {
    /// Where; every variable is filled in.
    pub url: &'o str,
    /// What is told about this machine, where the server wants to know.
    pub body: Option<String>,
    /// Whom.
    pub server: Server,
    /// The hash that it must have.
    pub sha256: Option<&'o str>,
    /// Keys of which one must have signed it.
    pub keys: &'o [String],
    /// Seconds between tries.
    pub pauses: &'o [u64],
}

/// The bytes; nothing where the server has none for this machine. `say` gets a line for each try that failed.
///
/// # Errors
/// Why there is no answer, or why it is not the one that was meant.
pub fn fetch(order: &Order<'_>, say: &mut dyn FnMut(&str)) -> Result<Option<Vec<u8>>, Text> {
    let reply = patiently(&order.request(order.url), order.pauses, say)?;
    let Some(bytes) = content(reply, order.url)? else {
        return Ok(None);
    };
    if let Some(sha256) = order.sha256 {
        verify::hash(&bytes, sha256)?;
    }
    if !order.keys.is_empty() {
        let place = url::signature(order.url);
        let reply = patiently(&order.request(&place), order.pauses, say)?;
        let signature = content(reply, &place)?;
        let signature = signature.ok_or_else(|| say!("answers-signature-missing", url = &place))?;
        verify::signature(&bytes, &String::from_utf8_lossy(&signature), order.keys)?;
    }
    Ok(Some(bytes))
}

impl Order<'_> {
    fn request(&self, url: &str) -> Request {
        Request {
            body: self.body.clone(),
            ..Request::get(url, &self.server)
        }
    }
}

/// Tries again as long as it may help.
///
/// # Errors
/// The last thing that stood in between.
fn patiently(request: &Request, pauses: &[u64], say: &mut dyn FnMut(&str)) -> Result<Reply, Text> {
    let mut pauses = pauses.iter();
    let mut asked_to_wait = false;
    loop {
        let (reason, may_pass) = match web::send(request) {
            Ok(reply) if !is_passing(reply.status) => return Ok(reply),
            Ok(reply) => {
                // Somebody may have to allow it at the server first: that takes as long as it takes.
                if let Some(seconds) = reply.again {
                    if !asked_to_wait {
                        say(&format!("firn: {}; waiting", reply.text(&request.url)));
                        asked_to_wait = true;
                    }
                    sleep(Duration::from_secs(seconds.clamp(1, LONGEST)));
                    continue;
                }
                (reply.text(&request.url), true)
            }
            Err(trouble) => (trouble.text(&request.url), trouble.may_pass()),
        };
        let Some(pause) = pauses.next().filter(|_| may_pass) else {
            return Err(reason);
        };
        say(&format!("firn: {reason}; trying again in {pause} s"));
        sleep(Duration::from_secs(*pause));
    }
}

/// The body; nothing where the server has none.
fn content(reply: Reply, url: &str) -> Result<Option<Vec<u8>>, Text> {
    match reply.status {
        200 => Ok(Some(reply.body)),
        204 | 404 => Ok(None),
        _ => Err(reply.text(url)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::tests::site;
    use std::sync::atomic::{AtomicU16, Ordering};

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    const SIGNATURE: &str = "untrusted comment: signature from minisign secret key
RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
trusted comment: timestamp:1633700835\tfile:test\tprehashed
wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==
";

    /// One answer for each path.
    fn library() -> String {
        site(|asked| match asked.line.as_str() {
            "GET /test" | "GET /unsigned" => (200, b"test".to_vec()),
            "GET /forged" => (200, b"Test".to_vec()),
            "GET /test.minisig?x" | "GET /forged.minisig" | "GET /test.minisig" => {
                (200, SIGNATURE.into())
            }
            "GET /secret" => (403, Vec::new()),
            "GET /nothing" => (204, Vec::new()),
            "GET /broken" => (500, Vec::new()),
            "POST /told" => (200, asked.body.clone().into_bytes()),
            _ => (404, b"<html>".to_vec()),
        })
    }

    struct Wanted<'w> {
        sha256: Option<&'w str>,
        keys: Vec<String>,
        body: Option<&'w str>,
    }

    fn got(origin: &str, path: &str, wanted: &Wanted<'_>) -> String {
        let url = format!("{origin}{path}");
        let order = Order {
            url: &url,
            body: wanted.body.map(str::to_owned),
            server: Server::default(),
            sha256: wanted.sha256,
            keys: &wanted.keys,
            pauses: &[],
        };
        match fetch(&order, &mut |_| {}) {
            Ok(Some(bytes)) => String::from_utf8(bytes).unwrap(),
            Ok(None) => "none".into(),
            Err(text) => text
                .to_string()
                .replace(origin, "ORIGIN")
                .replace(web::host(origin), "HOST"),
        }
    }

    #[test]
    fn what_servers_answer() {
        let origin = library();
        let plain = Wanted {
            sha256: None,
            keys: Vec::new(),
            body: None,
        };
        let table = [
            ("/test", "test"),
            ("/nothing", "none"),
            ("/elsewhere", "none"),
            ("/secret", "HOST answered with the status 403"),
            ("/broken", "HOST answered with the status 500"),
        ];
        for (path, expected) in table {
            assert_eq!(got(&origin, path, &plain), expected);
        }
        let told = Wanted {
            body: Some("{\"mac\":\"52\"}"),
            ..plain
        };
        assert_eq!(got(&origin, "/told", &told), "{\"mac\":\"52\"}");
    }

    #[test]
    fn hashes_and_signatures() {
        let origin = library();
        let sum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let hashed = Wanted {
            sha256: Some(sum),
            keys: Vec::new(),
            body: None,
        };
        assert_eq!(got(&origin, "/test", &hashed), "test");
        assert!(
            got(&origin, "/forged", &hashed)
                .starts_with("the file is not the one that was meant: ")
        );
        let signed = Wanted {
            sha256: None,
            keys: vec![KEY.into()],
            body: None,
        };
        let table = [
            ("/test", "test"),
            (
                "/forged",
                "the signature is not of this file: one of them was changed",
            ),
            (
                "/unsigned",
                "the file is not signed: there is nothing at ORIGIN/unsigned.minisig",
            ),
            ("/elsewhere", "none"),
        ];
        for (path, expected) in table {
            assert_eq!(got(&origin, path, &signed), expected);
        }
    }

    #[test]
    fn a_server_that_comes_up_late_is_waited_for() {
        let asked = AtomicU16::new(0);
        let origin = site(move |_| match asked.fetch_add(1, Ordering::Relaxed) {
            0 => (503, Vec::new()),
            _ => (200, b"late".to_vec()),
        });
        let request = Request::get(&origin, &Server::default());
        let mut lines = Vec::new();
        let reply = patiently(&request, &[0, 0], &mut |line| {
            lines.push(line.replace(web::host(&origin), "HOST"))
        });
        assert_eq!(reply.unwrap().body, b"late");
        assert_eq!(
            lines,
            ["firn: HOST answered with the status 503; trying again in 0 s"]
        );
    }

    #[test]
    fn a_server_that_asks_to_wait_is_waited_for_and_said_once() {
        let asked = AtomicU16::new(0);
        let origin = site(move |_| match asked.fetch_add(1, Ordering::Relaxed) {
            0 | 1 => (503, b"somebody must allow it\n".to_vec()),
            _ => (422, b"problem disk.wipe:\n  odd\n".to_vec()),
        });
        let request = Request::get(&origin, &Server::default());
        let mut lines = Vec::new();
        let reply = patiently(&request, &[], &mut |line| {
            lines.push(line.replace(web::host(&origin), "HOST"))
        });
        let text = reply.unwrap().text("http://HOST/x").to_string();
        assert_eq!(
            text,
            "HOST answered with the status 422: problem disk.wipe: odd"
        );
        let line = "firn: HOST answered with the status 503: somebody must allow it; waiting";
        assert_eq!(lines, [line]);
    }

    #[test]
    fn two_minutes_in_all() {
        assert_eq!(PAUSES.iter().sum::<u64>(), 120);
    }
}
