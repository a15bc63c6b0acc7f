//! `/uploads`: files that a request then names.

use crate::daemon::Daemon;
use crate::http::body::Body as Wanted;
use crate::http::refusal::Refusal;
use crate::http::work::blocking;
use crate::peer::Peer;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use firn_api::{Begun, Fetch, Outcome, Problems};
use firn_words::say;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_stream::StreamExt;

/// Pieces that may wait for the disk; whoever sends faster than it writes has to wait.
const WAITING: usize = 8;

/// Stores a file.
#[utoipa::path(post, path = "/uploads", tag = "uploads",
    request_body(content = String, content_type = "application/octet-stream", description = "The file"),
    responses((status = 201, body = Outcome), (status = 400, body = Problems, content_type = "application/problem+json"),
        (status = 507, body = Problems, content_type = "application/problem+json")))]
pub async fn store(
    State(daemon): State<Arc<Daemon>>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<Outcome>), Refusal> {
    let size = headers.get(header::CONTENT_LENGTH);
    let size: Option<u64> = size.and_then(|size| size.to_str().ok()?.parse().ok());
    let (sender, receiver) = mpsc::channel(WAITING);
    let written = tokio::task::spawn_blocking(move || write(&daemon, size, receiver));
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        // A piece that is empty says that the file is not whole; a length need not have been announced.
        let (piece, broken) = piece.map_or_else(|_| (Bytes::new(), true), |piece| (piece, false));
        if !broken && piece.is_empty() {
            continue;
        }
        if sender.send(piece).await.is_err() || broken {
            break;
        }
    }
    drop(sender);
    let outcome = written
        .await
        .map_err(|error| Refusal::failed(&error.into()))?;
    outcome.map(|outcome| (StatusCode::CREATED, Json(outcome)))
}

/// An empty piece says that the connection has broken.
fn write(
    daemon: &Daemon,
    size: Option<u64>,
    mut pieces: mpsc::Receiver<Bytes>,
) -> Result<Outcome, Refusal> {
    crate::library::room(daemon.store.as_ref()).map_err(|text| refused(&text))?;
    let failed = |error: anyhow::Error| Refusal::failed(&error);
    let uploads = daemon.uploads().map_err(failed)?;
    let mut incoming = uploads.begin(None).map_err(failed)?;
    while let Some(piece) = pieces.blocking_recv() {
        if piece.is_empty() {
            return Err(incomplete("the connection has ended"));
        }
        incoming.write(&piece).map_err(failed)?;
    }
    incoming
        .end(size)
        .map_err(|error| incomplete(&format!("{error:#}")))
}

fn refused(text: &firn_words::Text) -> Refusal {
    Refusal::one(StatusCode::INSUFFICIENT_STORAGE, text, None)
}

fn incomplete(reason: &str) -> Refusal {
    let text = say!("firnd-upload-incomplete", reason = reason);
    Refusal::one(StatusCode::BAD_REQUEST, &text, None)
}

/// Fetches a file as a task; `fetched` of the task then names the upload.
#[utoipa::path(post, path = "/fetches", tag = "uploads", request_body = Fetch,
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 429, body = Problems, content_type = "application/problem+json"),
        (status = 422, body = Problems, content_type = "application/problem+json"),
        (status = 507, body = Problems, content_type = "application/problem+json")))]
pub async fn fetch(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Wanted(wanted): Wanted<Fetch>,
) -> Result<(StatusCode, Json<Begun>), Refusal> {
    let by = peer.0.name();
    let task = blocking(move || crate::fetch::begin(&daemon, &by, &wanted)).await?;
    Ok((StatusCode::ACCEPTED, Json(Begun { task })))
}

/// Removes a file that no request needs.
#[utoipa::path(delete, path = "/uploads/{id}", tag = "uploads", params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problems, content_type = "application/problem+json")))]
pub async fn remove(
    State(daemon): State<Arc<Daemon>>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let name = id.clone();
    let removed = blocking(move || {
        let removed = daemon.uploads().and_then(|uploads| uploads.remove(&id));
        removed.map_err(|error| Refusal::failed(&error))
    });
    match removed.await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Refusal::no_such(say!("firnd-no-upload", id = name))),
    }
}
