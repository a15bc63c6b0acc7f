//! `/events`: server-sent events.

use crate::daemon::Daemon;
use crate::http::refusal::Refusal;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use firn_api::{Event, Problems};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt, iter};

/// A line that says that the host is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Everything, then every change. A stream that ends was too slow, or firnd stops: begin anew, with `Last-Event-ID`.
#[utoipa::path(get, path = "/events", tag = "events",
    params(("Last-Event-ID" = Option<u64>, Header, description = "The number of the last change that was heard")),
    responses((status = 200, description = "First `snapshot` (Snapshot), then `change` (Event)", content_type = "text/event-stream", body = Event),
        (status = 429, body = Problems, content_type = "application/problem+json")))]
pub async fn listen(
    State(daemon): State<Arc<Daemon>>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Sent, Infallible>>>, Refusal> {
    let place = daemon.limits.listen()?;
    let last = headers.get("last-event-id");
    let last = last.and_then(|id| id.to_str().ok()?.parse().ok());
    let (first, after) = match last.and_then(|last| daemon.events.resume(last)) {
        Some((missed, after)) => (missed.iter().filter_map(change).collect(), after),
        None => everything(&daemon).await,
    };
    let stream = iter(first).chain(changes(after)).map(move |sent| {
        // The place is taken as long as the stream is open.
        let _ = &place;
        Ok(sent)
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

async fn everything(daemon: &Arc<Daemon>) -> (Vec<Sent>, Receiver<Event>) {
    // What changes while the snapshot is taken comes twice rather than never.
    let (revision, after) = daemon.events.listen();
    let daemon = Arc::clone(daemon);
    let snapshot = tokio::task::spawn_blocking(move || daemon.snapshot()).await;
    let sent = snapshot.ok().and_then(|snapshot| {
        let event = Sent::default().event("snapshot").id(revision.to_string());
        event.json_data(snapshot).ok()
    });
    (sent.into_iter().collect(), after)
}

/// Ends where a listener was too slow: what is missing cannot be told any more.
fn changes(after: Receiver<Event>) -> impl Stream<Item = Sent> {
    let events = BroadcastStream::new(after).map_while(Result::ok);
    events.filter_map(|event| change(&event))
}

fn change(event: &Event) -> Option<Sent> {
    let sent = Sent::default().event("change");
    sent.id(event.revision.to_string()).json_data(event).ok()
}
