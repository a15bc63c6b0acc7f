//! Files that the host fetches into uploads, each as a task.

mod source;

use crate::daemon::Daemon;
use crate::http::refusal::Refusal;
use crate::library;
use crate::tasks::Asked;
use axum::http::StatusCode;
use firn_api::{Fetch, Outcome, Problem, Stage, Task};
use firn_guests::Id;
use firn_images::{Checksum, Error, Remote};
use firn_words::{Text, say};
use source::{Expected, Source};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;

/// Bytes of a list of checksums.
const LIST: u64 = 4 << 20;

/// Begins to fetch a file.
///
/// # Errors
/// What is wrong with the request, that there is no room for any file, or that too many are being fetched.
pub fn begin(daemon: &Arc<Daemon>, by: &str, wanted: &Fetch) -> Result<Task, Refusal> {
    let source = source::find(&daemon.images, wanted)?;
    let full = |text: Text| Refusal::one(StatusCode::INSUFFICIENT_STORAGE, &text, None);
    let most = library::room(daemon.store.as_ref()).map_err(full)?;
    let place = daemon.limits.fetch()?;
    let asked = Asked {
        id: Id::random().to_string(),
        operation: "fetch",
        guest: "",
        name: &source.name,
        by,
        cancellable: true,
    };
    let begun = daemon.tasks.begin(asked);
    let task = begun.map_err(|other| {
        let text = say!("firnd-busy", name = &source.name, task = other);
        Refusal::one(StatusCode::CONFLICT, &text, None)
    })?;
    let (own, id) = (Arc::clone(daemon), task.id.clone());
    let thread = thread::Builder::new().name(format!("task-{id}"));
    let started = thread.spawn(move || {
        let end = fetched(&own, &id, &source, most);
        drop(place);
        over(&own, &id, end);
    });
    match started {
        Ok(_) => Ok(task),
        Err(error) => {
            let text = error.to_string().into();
            over(daemon, &task.id, Err(Error::Failed(text)));
            Err(Refusal::failed(&error.into()))
        }
    }
}

fn over(daemon: &Daemon, id: &str, end: Result<Outcome, Error>) {
    match end {
        Ok(outcome) => {
            daemon.tasks.fetched(id, outcome);
            daemon.tasks.end(id, Stage::Done, Vec::new());
        }
        Err(Error::Cancelled) => daemon.tasks.end(id, Stage::Cancelled, Vec::new()),
        Err(error) => {
            let problem = Problem::new(&error.text(), None);
            daemon.tasks.end(id, Stage::Failed, vec![problem]);
        }
    }
}

fn fetched(daemon: &Daemon, id: &str, source: &Source, most: u64) -> Result<Outcome, Error> {
    let steps = if source.expected.is_listed() { 2 } else { 1 };
    let expected = match &source.expected {
        Expected::Nothing => None,
        Expected::This(sum) => Some(*sum),
        Expected::Listed(list) => {
            let doing = say!("firnd-fetching-checksums", name = &source.name);
            daemon.tasks.step(id, 1, steps, &doing, true);
            Some(listed(daemon, id, source, list)?)
        }
    };
    let doing = say!("firnd-fetching", name = &source.name);
    daemon.tasks.step(id, steps, steps, &doing, true);
    let remote = Remote {
        url: source.url.clone(),
        most,
        checked: expected.is_some(),
    };
    let uploads = daemon.uploads().map_err(|error| failed(&error))?;
    let mut incoming = uploads.begin(expected).map_err(|error| failed(&error))?;
    let mut take = |bytes: &[u8]| incoming.write(bytes).map_err(|error| failed(&error));
    firn_images::fetch(&remote, &mut take, &|done, of| go_on(daemon, id, done, of))?;
    incoming.end(None).map_err(|error| failed(&error))
}

/// The checksum that the publisher gives. Without it the image is not taken.
fn listed(daemon: &Daemon, id: &str, source: &Source, list: &str) -> Result<Checksum, Error> {
    let remote = Remote {
        url: list.to_owned(),
        most: LIST,
        checked: false,
    };
    let mut text = Vec::new();
    let mut take = |bytes: &[u8]| {
        text.extend_from_slice(bytes);
        Ok(())
    };
    let got = firn_images::fetch(&remote, &mut take, &|_, _| go_on(daemon, id, 0, 0));
    let text = String::from_utf8_lossy(&text);
    let sum = got.and_then(|()| Checksum::in_list(&text, &source.file));
    sum.map_err(|error| match error {
        Error::Cancelled => error,
        other => Error::Refused(say!(
            "image-fetch-no-checksums",
            name = &source.name,
            reason = other.text()
        )),
    })
}

/// Tells how far the task is, and whether somebody has cancelled it.
fn go_on(daemon: &Daemon, id: &str, done: u64, of: u64) -> ControlFlow<()> {
    if daemon.tasks.is_cancelled(id) {
        return ControlFlow::Break(());
    }
    let percent = (u128::from(done) * 100).checked_div(of.into());
    // All bytes are there before all is done.
    let percent = percent.unwrap_or(0).min(99);
    daemon
        .tasks
        .reached(id, u8::try_from(percent).unwrap_or(99));
    ControlFlow::Continue(())
}

fn failed(error: &anyhow::Error) -> Error {
    match error.downcast_ref::<Error>() {
        Some(error) => error.clone(),
        None => Error::Failed(say!("firnd-failed", reason = format!("{error:#}"))),
    }
}
