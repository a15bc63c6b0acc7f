//! Requests and answers on one connection that is kept.

use crate::ask::Ask;
use crate::connection::{Body, Place, Sender, open};
use crate::error::Error;
use bytes::Bytes;
use firn_api::{PROBLEM_TYPE, Problems};
use http_body_util::{BodyExt, Either, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, IF_MATCH};
use hyper::{Request, Response, StatusCode, http};
use serde::de::DeserializeOwned;

/// The greatest answer that is read, in bytes.
const MOST: usize = 64 << 20;

/// The way to one firnd.
#[derive(Debug)]
pub(crate) struct Line {
    place: Place,
    sender: Option<Sender>,
}

/// Why there is no answer, and whether the request had not left yet.
struct Failure {
    error: Error,
    unsent: bool,
}

impl Line {
    /// The way to a place, which is not gone yet.
    pub(crate) fn new(place: Place) -> Self {
        Self {
            place,
            sender: None,
        }
    }

    /// Asks, and reads the answer.
    pub(crate) async fn ask<T: DeserializeOwned>(&mut self, ask: &Ask<T>) -> Result<T, Error> {
        let answer = match self.once(request(ask)?).await {
            // firnd had closed the connection that was kept.
            Err(failure) if failure.unsent => self.send(request(ask)?).await?,
            answer => answer.map_err(|failure| failure.error)?,
        };
        read(answer).await
    }

    /// Sends what can be sent only once.
    pub(crate) async fn send(
        &mut self,
        request: Request<Body>,
    ) -> Result<Response<Incoming>, Error> {
        let answer = self.once(request).await;
        answer.map_err(|failure| failure.error)
    }

    async fn once(&mut self, request: Request<Body>) -> Result<Response<Incoming>, Failure> {
        let kept = self.sender.take();
        let mut sender = match ready(kept).await {
            Some(sender) => sender,
            None => open(&self.place).await.map_err(|error| Failure {
                error,
                unsent: false,
            })?,
        };
        let answer = sender.send_request(request).await;
        let answer = answer.map_err(|error| Failure {
            unsent: error.is_canceled(),
            error: self.lost(error),
        })?;
        self.sender = Some(sender);
        Ok(answer)
    }

    fn lost(&self, error: hyper::Error) -> Error {
        match &self.place {
            _ if error.is_user() => Error::File(Error::deepest(&error)),
            Place::Ssh(host) => Error::SshEnded(host.clone()),
            Place::Socket(_) => error.into(),
        }
    }
}

async fn ready(kept: Option<Sender>) -> Option<Sender> {
    let mut sender = kept?;
    sender.ready().await.ok()?;
    Some(sender)
}

fn request<T>(ask: &Ask<T>) -> Result<Request<Body>, Error> {
    let odd = |error: &dyn std::error::Error| Error::Odd(error.to_string());
    let mut request = head(&ask.path).method(ask.method.clone());
    if let Some(revision) = ask.revision {
        request = request.header(IF_MATCH, format!("\"{revision}\""));
    }
    let body = match &ask.body {
        Some(body) => {
            request = request.header(CONTENT_TYPE, "application/json");
            Bytes::from(body.as_ref().map_err(|error| odd(error))?.clone())
        }
        None => Bytes::new(),
    };
    let body = Either::Left(Full::new(body));
    request.body(body).map_err(|error| odd(&error))
}

/// The beginning of every request.
pub(crate) fn head(path: &str) -> http::request::Builder {
    let request = Request::builder().uri(path).header(HOST, "firn");
    request.header(ACCEPT, "application/json")
}

/// Reads an answer: what was asked for, or what is wrong.
pub(crate) async fn read<T: DeserializeOwned>(answer: Response<Incoming>) -> Result<T, Error> {
    let (head, body) = answer.into_parts();
    let body = Limited::new(body, MOST).collect().await;
    let body = body.map_err(|error| Error::Lost(error.to_string()))?;
    let body = body.to_bytes();
    if !head.status.is_success() {
        let kind = head.headers.get(CONTENT_TYPE);
        let told = kind.is_some_and(|kind| kind.as_bytes().starts_with(PROBLEM_TYPE.as_bytes()));
        return Err(Error::Refused(refusal(
            head.status,
            told.then_some(&body[..]),
        )));
    }
    // An answer without content is one to a question that has none.
    let body = if body.is_empty() { &b"null"[..] } else { &body };
    serde_json::from_slice(body).map_err(|error| Error::Odd(error.to_string()))
}

/// What firnd says, or only the status where it says nothing.
fn refusal(status: StatusCode, told: Option<&[u8]>) -> Problems {
    let told = told.and_then(|body| serde_json::from_slice::<Problems>(body).ok());
    let title = status.canonical_reason().unwrap_or_default();
    let told = told.unwrap_or_else(|| Problems::new(status.as_u16(), title, Vec::new()));
    Problems {
        status: status.as_u16(),
        ..told
    }
}
