//! Asking firnd, and waiting for what it does.

use crate::ask::{Ask, task_later};
use crate::connection::Place;
use crate::error::Error;
use crate::line::{Line, head, read};
use crate::stream::{Heard, Reader};
use crate::upload::Sending;
use bytes::Bytes;
use firn_api::{Outcome, ROOT, Task};
use http_body_util::{BodyExt, Either, Full};
use hyper::Method;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde::de::DeserializeOwned;
use std::future::Future;
use std::io::Read;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// How long an answer may take that waits for nothing.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long firnd may be away while something is waited for: it restarts.
const AWAY: Duration = Duration::from_secs(30);
/// Between two tries to reach it again.
const PAUSE: Duration = Duration::from_millis(300);
/// Seconds after which firnd answers although a task has not got on.
const TURN: u32 = 20;
/// Between two looks at how far an upload is.
const TICK: Duration = Duration::from_millis(100);

/// A client. Its connection is made when it is first needed, and kept.
#[derive(Debug)]
pub struct Client {
    runtime: Runtime,
    line: Line,
    patience: Duration,
}

impl Client {
    /// A client of the firnd at a place.
    ///
    /// # Errors
    /// When the system has no means left to wait for connections.
    pub fn new(place: Place) -> std::io::Result<Self> {
        Ok(Self {
            runtime: Builder::new_current_thread().enable_all().build()?,
            line: Line::new(place),
            patience: PATIENCE,
        })
    }

    /// The same, with another patience for answers.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Asks for something.
    ///
    /// # Errors
    /// When firnd is not reached, refuses, or what comes is no answer to this.
    pub fn send<T: DeserializeOwned>(&mut self, ask: &Ask<T>) -> Result<T, Error> {
        let patience = self.patience;
        self.runtime.block_on(in_time(patience, self.line.ask(ask)))
    }

    /// Waits until a task is over, and shows it each time it has got on. A restart of firnd meanwhile does no harm.
    ///
    /// # Errors
    /// When firnd is away for long, or Ctrl+C is pressed: the task goes on then.
    pub fn wait(&mut self, task: Task, seen: &mut dyn FnMut(&Task)) -> Result<Task, Error> {
        let mut task = task;
        seen(&task);
        while !task.stage.is_over() {
            task = self.later(&task_later(&task.id, TURN))?;
            seen(&task);
        }
        Ok(task)
    }

    /// Sends `size` bytes of a file, and shows how many are gone.
    ///
    /// # Errors
    /// As [`Client::send`]; when the file cannot be read or is shorter; when Ctrl+C is pressed.
    pub fn upload(
        &mut self,
        source: Box<dyn Read + Send>,
        size: u64,
        seen: &mut dyn FnMut(u64),
    ) -> Result<Outcome, Error> {
        let sent = Arc::new(AtomicU64::new(0));
        let body = Either::Right(Sending::new(source, size, sent.clone()));
        let request = head(&format!("{ROOT}/uploads")).method(Method::POST);
        let request = request.header(CONTENT_TYPE, "application/octet-stream");
        let request = request.header(CONTENT_LENGTH, size).body(body);
        let request = request.map_err(|error| Error::Odd(error.to_string()))?;
        let line = &mut self.line;
        let work = async { read(line.send(request).await?).await };
        let shown = || seen(sent.load(Ordering::Relaxed));
        self.runtime.block_on(interruptible(ticking(work, shown)))
    }

    /// Listens to events until `each` has heard enough. A restart of firnd meanwhile does no harm.
    ///
    /// # Errors
    /// When firnd is not reached or away for long, or Ctrl+C is pressed.
    pub fn events(&mut self, each: &mut dyn FnMut(Heard) -> ControlFlow<()>) -> Result<(), Error> {
        let (mut last, mut away) = (None, None);
        loop {
            let mut heard_any = false;
            let from = last;
            let mut heard = |heard: Heard| {
                heard_any = true;
                if let Heard::Change(event) = &heard {
                    last = Some(event.revision);
                }
                each(heard)
            };
            let ended =
                self.runtime
                    .block_on(interruptible(listen(&mut self.line, from, &mut heard)));
            let error = match ended {
                Ok(ControlFlow::Break(())) => return Ok(()),
                Ok(ControlFlow::Continue(())) => Error::Lost("the stream of events ended".into()),
                Err(error) => error,
            };
            let since: Instant = match away {
                // The first time, firnd has to be there.
                None if !heard_any => return Err(error),
                Some(since) if !heard_any => since,
                _ => Instant::now(),
            };
            if !error.may_pass() || since.elapsed() > AWAY {
                return Err(error);
            }
            away = Some(since);
            self.pause(PAUSE)?;
        }
    }

    /// Does nothing for a while.
    ///
    /// # Errors
    /// When Ctrl+C is pressed.
    pub fn pause(&mut self, time: Duration) -> Result<(), Error> {
        let pause = async {
            tokio::time::sleep(time).await;
            Ok(())
        };
        self.runtime.block_on(interruptible(pause))
    }

    /// Asks until there is an answer, for as long as firnd may be away.
    fn later<T: DeserializeOwned>(&mut self, ask: &Ask<T>) -> Result<T, Error> {
        let since = Instant::now();
        loop {
            let patience = self.patience + Duration::from_secs(ask.waits.into());
            let answer = in_time(patience, self.line.ask(ask));
            match self.runtime.block_on(interruptible(answer)) {
                Err(error) if error.may_pass() && since.elapsed() < AWAY + patience => {
                    self.pause(PAUSE)?;
                }
                answer => return answer,
            }
        }
    }
}

async fn in_time<T>(
    patience: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let answer = tokio::time::timeout(patience, work).await;
    answer.unwrap_or(Err(Error::Silent))
}

async fn interruptible<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    tokio::select! {
        answer = work => answer,
        _ = tokio::signal::ctrl_c() => Err(Error::Interrupted),
    }
}

/// Works, and shows how far it is from time to time and at the end.
async fn ticking<T>(work: impl Future<Output = T>, mut show: impl FnMut()) -> T {
    let mut work = pin!(work);
    let mut ticks = tokio::time::interval(TICK);
    let answer = loop {
        tokio::select! {
            answer = &mut work => break answer,
            _ = ticks.tick() => show(),
        }
    };
    show();
    answer
}

/// Hears one stream to its end, beginning after an event that was heard before.
async fn listen(
    line: &mut Line,
    last: Option<u64>,
    heard: &mut dyn FnMut(Heard) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Error> {
    let mut request = head(&format!("{ROOT}/events"));
    if let Some(last) = last {
        request = request.header("Last-Event-ID", last);
    }
    let request = request.body(Either::Left(Full::new(Bytes::new())));
    let request = request.map_err(|error| Error::Odd(error.to_string()))?;
    let answer = line.send(request).await?;
    if !answer.status().is_success() {
        return read(answer).await.map(ControlFlow::Continue);
    }
    let (mut body, mut reader) = (answer.into_body(), Reader::default());
    while let Some(frame) = body.frame().await {
        let Ok(piece) = frame?.into_data() else {
            continue;
        };
        for event in reader.read(&piece)? {
            if heard(event).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}
