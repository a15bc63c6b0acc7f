//! What firnd can be asked for: each a method, a path, perhaps a body, and the type of the answer.

use firn_api::{
    Begun, Create, Fetch, Grow, Guest, Host, Network, NewDisk, NewNic, Plan, ROOT, Restore, Set,
    Stop, Store, Task, Template, Trashed,
};
use hyper::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// What stays as it is in one part of a path.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// A question to firnd whose answer is a `T`.
#[derive(Debug)]
pub struct Ask<T> {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<serde_json::Result<Vec<u8>>>,
    /// The revision that the guest must still have.
    pub(crate) revision: Option<u64>,
    /// Seconds that firnd may take longer than usual.
    pub(crate) waits: u32,
    answer: PhantomData<fn() -> T>,
}

/// What becomes of a guest to be made.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Created {
    /// A task makes it.
    Begun(Box<Begun>),
    /// Only the plan was wanted.
    Plan(Plan),
}

impl<T> Ask<T> {
    fn new(method: Method, parts: &[&str]) -> Self {
        let part = |part: &&str| format!("/{}", utf8_percent_encode(part, PLAIN));
        Self {
            method,
            path: ROOT.to_owned() + &parts.iter().map(part).collect::<String>(),
            body: None,
            revision: None,
            waits: 0,
            answer: PhantomData,
        }
    }

    fn with(mut self, body: &impl Serialize) -> Self {
        self.body = Some(serde_json::to_vec(body));
        self
    }
}

/// The host.
pub fn host() -> Ask<Host> {
    Ask::new(Method::GET, &["host"])
}

/// All guests.
pub fn guests() -> Ask<Vec<Guest>> {
    Ask::new(Method::GET, &["guests"])
}

/// One guest.
pub fn guest(id: &str) -> Ask<Guest> {
    Ask::new(Method::GET, &["guests", id])
}

/// Makes a guest, or says how.
pub fn create(create: &Create) -> Ask<Created> {
    Ask::new(Method::POST, &["guests"]).with(create)
}

/// Changes a guest that still has this revision.
pub fn set(guest: &Guest, set: &Set) -> Ask<Guest> {
    let ask = Ask::new(Method::PATCH, &["guests", &guest.id]).with(set);
    Ask {
        revision: Some(guest.revision),
        ..ask
    }
}

/// Moves a guest to the trash.
pub fn delete(id: &str) -> Ask<Begun> {
    Ask::new(Method::DELETE, &["guests", id])
}

/// Does something to a guest at once: `start`, `kill`, `reset`, `pause` or `unpause`.
pub fn act(id: &str, act: &str) -> Ask<Begun> {
    Ask::new(Method::POST, &["guests", id, act])
}

/// Asks a guest for something that it does itself: `stop` or `reboot`.
pub fn please(id: &str, act: &str, stop: &Stop) -> Ask<Begun> {
    Ask::new(Method::POST, &["guests", id, act]).with(stop)
}

/// Gives a guest one more disk.
pub fn add_disk(id: &str, disk: &NewDisk) -> Ask<Begun> {
    Ask::new(Method::POST, &["guests", id, "disks"]).with(disk)
}

/// Takes a disk from a guest.
pub fn remove_disk(id: &str, target: &str) -> Ask<Begun> {
    Ask::new(Method::DELETE, &["guests", id, "disks", target])
}

/// Makes a guest's disk larger.
pub fn grow_disk(id: &str, target: &str, grow: &Grow) -> Ask<Begun> {
    Ask::new(Method::POST, &["guests", id, "disks", target, "grow"]).with(grow)
}

/// Gives a guest one more NIC.
pub fn add_nic(id: &str, nic: &NewNic) -> Ask<Begun> {
    Ask::new(Method::POST, &["guests", id, "nics"]).with(nic)
}

/// Takes a NIC, counted from 0, from a guest.
pub fn remove_nic(id: &str, number: usize) -> Ask<Begun> {
    Ask::new(Method::DELETE, &["guests", id, "nics", &number.to_string()])
}

/// The deleted guests.
pub fn trash() -> Ask<Vec<Trashed>> {
    Ask::new(Method::GET, &["trash"])
}

/// Takes a guest out of the trash.
pub fn restore(id: &str, restore: &Restore) -> Ask<Begun> {
    Ask::new(Method::POST, &["trash", id, "restore"]).with(restore)
}

/// Deletes one guest in the trash for good.
pub fn discard(id: &str) -> Ask<Begun> {
    Ask::new(Method::DELETE, &["trash", id])
}

/// Deletes all guests in the trash for good.
pub fn empty_trash() -> Ask<Begun> {
    Ask::new(Method::DELETE, &["trash"])
}

/// The tasks.
pub fn tasks() -> Ask<Vec<Task>> {
    Ask::new(Method::GET, &["tasks"])
}

/// One task.
pub fn task(id: &str) -> Ask<Task> {
    Ask::new(Method::GET, &["tasks", id])
}

/// One task, as soon as it has got on, at most after so many seconds.
pub(crate) fn task_later(id: &str, seconds: u32) -> Ask<Task> {
    let mut ask = task(id);
    ask.path += &format!("?wait={seconds}");
    ask.waits = seconds;
    ask
}

/// Cancels a task.
pub fn cancel(id: &str) -> Ask<Task> {
    Ask::new(Method::POST, &["tasks", id, "cancel"])
}

/// The places for guests' disks.
pub fn stores() -> Ask<Vec<Store>> {
    Ask::new(Method::GET, &["stores"])
}

/// What guests' NICs plug into.
pub fn networks() -> Ask<Vec<Network>> {
    Ask::new(Method::GET, &["networks"])
}

/// Has the host fetch a file; the task says under which id it then has it.
pub fn fetch(fetch: &Fetch) -> Ask<Begun> {
    Ask::new(Method::POST, &["fetches"]).with(fetch)
}

/// What guests of some operating systems are.
pub fn templates() -> Ask<Vec<Template>> {
    Ask::new(Method::GET, &["templates"])
}

/// One template.
pub fn template(id: &str) -> Ask<Template> {
    Ask::new(Method::GET, &["templates", id])
}

/// Forgets an upload that no guest was made from.
pub fn forget(upload: &str) -> Ask<()> {
    Ask::new(Method::DELETE, &["uploads", upload])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_a_method_a_path_and_a_body() {
        let said = |method: &Method, path: &str, body: Option<serde_json::Result<Vec<u8>>>| {
            let body = body.map(|body| String::from_utf8(body.unwrap()).unwrap());
            format!("{method} {path} {}", body.unwrap_or_default())
        };
        let begun = |ask: Ask<Begun>| said(&ask.method, &ask.path, ask.body);
        let lines = [
            begun(act("a1", "start")),
            begun(please("a1", "stop", &Stop { limit: Some(5) })),
            begun(grow_disk("a1", "xvdb", &Grow { size: 7 })),
            begun(remove_disk("a1", "xvdb")),
            begun(remove_nic("a1", 1)),
            begun(empty_trash()),
        ];
        assert_eq!(
            lines,
            [
                "POST /api/v1/guests/a1/start ",
                "POST /api/v1/guests/a1/stop {\"limit\":5}",
                "POST /api/v1/guests/a1/disks/xvdb/grow {\"size\":7}",
                "DELETE /api/v1/guests/a1/disks/xvdb ",
                "DELETE /api/v1/guests/a1/nics/1 ",
                "DELETE /api/v1/trash ",
            ]
        );
    }

    #[test]
    fn nothing_that_was_typed_leads_to_another_path() {
        assert_eq!(
            task("../guests?x").path,
            "/api/v1/tasks/%2E%2E%2Fguests%3Fx"
        );
        assert_eq!(task_later("t1", 20).path, "/api/v1/tasks/t1?wait=20");
    }
}
