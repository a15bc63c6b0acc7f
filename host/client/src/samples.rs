//! A server for the tests of clients: it gives prepared answers and remembers what it was asked.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue, IF_MATCH};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::UnixListener;

/// An answer: status, media type, body.
type Answer = (u16, &'static str, String);

#[derive(Default)]
struct State {
    answers: BTreeMap<String, VecDeque<Answer>>,
    asked: Vec<String>,
}

/// A server on a Unix socket, with a thread of its own until the end of the test.
#[derive(Clone, Default)]
pub struct Server(Arc<Mutex<State>>);

impl Server {
    /// A server at a socket.
    ///
    /// # Errors
    /// When the socket cannot be made.
    pub fn start(socket: &Path) -> io::Result<Self> {
        let server = Self::default();
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build()?;
        let listener = runtime.block_on(async { UnixListener::bind(socket) })?;
        let copy = server.clone();
        std::thread::spawn(move || runtime.block_on(serve(listener, copy)));
        Ok(server)
    }

    /// Prepares an answer in JSON to `METHOD /path`. Several to one question come in their order, the last one again and again.
    pub fn on(&self, question: &str, status: u16, json: &impl serde::Serialize) {
        let json = serde_json::to_string(json).unwrap_or_default();
        let kind = if status < 400 {
            "application/json"
        } else {
            firn_api::PROBLEM_TYPE
        };
        self.answers(question, (status, kind, json));
    }

    /// Prepares a stream of events.
    pub fn streams(&self, question: &str, events: &str) {
        self.answers(question, (200, "text/event-stream", events.to_owned()));
    }

    /// What was asked: method, path, revision where one was named, and body.
    pub fn asked(&self) -> Vec<String> {
        self.state(|state| state.asked.clone())
    }

    fn answers(&self, question: &str, answer: Answer) {
        let question = question.replacen(' ', &format!(" {}", firn_api::ROOT), 1);
        self.state(|state| state.answers.entry(question).or_default().push_back(answer));
    }

    fn state<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map(|body| body.to_bytes());
        let body = String::from_utf8_lossy(&body.unwrap_or_default()).into_owned();
        let revision = head
            .headers
            .get(IF_MATCH)
            .and_then(|value| value.to_str().ok());
        let question = format!("{} {}", head.method, head.uri);
        let asked = [&question, revision.unwrap_or_default(), &body];
        let asked: Vec<&str> = asked.into_iter().filter(|part| !part.is_empty()).collect();
        let (status, kind, body) = self.state(|state| {
            state.asked.push(asked.join(" "));
            next(state.answers.get_mut(&question))
        });
        let mut answer = Response::new(Full::new(body.into()));
        *answer.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        answer
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        Ok(answer)
    }
}

fn next(prepared: Option<&mut VecDeque<Answer>>) -> Answer {
    let first = prepared.and_then(|prepared| match prepared.len() {
        0 | 1 => prepared.front().cloned(),
        _ => prepared.pop_front(),
    });
    first.unwrap_or((501, "text/plain", "nothing is prepared for this".into()))
}

async fn serve(listener: UnixListener, server: Server) {
    while let Ok((stream, _)) = listener.accept().await {
        let server = server.clone();
        let service = service_fn(move |request| {
            let server = server.clone();
            async move { server.answer(request).await }
        });
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::spawn(connection);
    }
}
