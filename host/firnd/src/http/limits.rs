//! How much of what lasts is open at once: whoever opens without end keeps nobody else out.

use crate::http::refusal::Refusal;
use axum::http::StatusCode;
use firn_words::say;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests that wait for a task. Each holds a thread, of which there are 64.
const WAITING: usize = 32;
/// Streams of events.
const LISTENING: usize = 32;
/// Files that are fetched.
const FETCHING: usize = 8;

/// A place that is taken until its value goes.
pub type Place = OwnedSemaphorePermit;

/// The places for each sort of what lasts.
pub struct Limits {
    waiting: Arc<Semaphore>,
    listening: Arc<Semaphore>,
    fetching: Arc<Semaphore>,
}

impl Default for Limits {
    fn default() -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self {
            waiting: places(WAITING),
            listening: places(LISTENING),
            fetching: places(FETCHING),
        }
    }
}

impl Limits {
    /// A place for a request that waits.
    ///
    /// # Errors
    /// When all are taken.
    pub fn wait(&self) -> Result<Place, Refusal> {
        place(&self.waiting, WAITING)
    }

    /// A place for a stream of events.
    ///
    /// # Errors
    /// When all are taken.
    pub fn listen(&self) -> Result<Place, Refusal> {
        place(&self.listening, LISTENING)
    }

    /// A place for a file that is fetched.
    ///
    /// # Errors
    /// When all are taken.
    pub fn fetch(&self) -> Result<Place, Refusal> {
        place(&self.fetching, FETCHING)
    }
}

fn place(places: &Arc<Semaphore>, all: usize) -> Result<Place, Refusal> {
    Arc::clone(places).try_acquire_owned().map_err(|_| {
        let text = say!("firnd-too-many", count = all.to_string());
        Refusal::one(StatusCode::TOO_MANY_REQUESTS, &text, None)
    })
}
