//! `/guests`.

mod parts;

pub use parts::*;

use crate::create;
use crate::daemon::{Daemon, Request, find};
use crate::http::body::Body;
use crate::http::refusal::Refusal;
use crate::http::work::{answer, begin, blocking};
use crate::peer::Peer;
use crate::shown::revision;
use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use firn_api::{Begun, Create, Guest, Plan, Problems, Set, Stop};
use firn_guests::{Definition, Ground, Nothing, Planned};
use firn_words::say;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Seconds that a guest may take to answer, where the request does not say.
const LIMIT: u32 = 120;

/// What can be done with a guest.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Start it.
    Start,
    /// Ask it to shut down; if it does not answer within its limit, nothing changes.
    Stop,
    /// End it at once, as if its power went.
    Kill,
    /// Ask it to restart.
    Reboot,
    /// Press its reset button.
    Reset,
    /// Stop its processors.
    Pause,
    /// Let them go on.
    Unpause,
}

/// All guests, by name.
#[utoipa::path(get, path = "/guests", tag = "guests", responses((status = 200, body = [Guest])))]
pub async fn list(State(daemon): State<Arc<Daemon>>) -> Result<Json<Vec<Guest>>, Refusal> {
    blocking(move || daemon.guests().map_err(|error| broken(&error)))
        .await
        .map(Json)
}

/// Makes a guest.
#[utoipa::path(post, path = "/guests", tag = "guests", request_body = Create,
    responses((status = 200, body = Plan, description = "What would be done, when only that was asked for"), (status = 202, body = Begun),
        (status = 400, body = Problems, content_type = "application/problem+json"),
        (status = 409, body = Problems, content_type = "application/problem+json"),
        (status = 422, body = Problems, content_type = "application/problem+json")))]
pub async fn create(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Body(wanted): Body<Create>,
) -> Result<Response, Refusal> {
    let by = peer.0.name();
    let made = blocking(move || create::guest(&daemon, &by, &wanted));
    Ok(answer(made.await?))
}

/// One guest. Its ETag changes whenever its definition does.
#[utoipa::path(get, path = "/guests/{id}", tag = "guests", params(("id" = String, Path)),
    responses((status = 200, body = Guest), (status = 404, body = Problems, content_type = "application/problem+json")))]
pub async fn show(
    State(daemon): State<Arc<Daemon>>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let guest = blocking(move || one(&daemon, &id)).await?;
    Ok(tagged(guest))
}

/// Changes a guest. What a running guest cannot take over happens at its next start; `pending` names it then.
#[utoipa::path(patch, path = "/guests/{id}", tag = "guests", params(("id" = String, Path),
        ("If-Match" = Option<String>, Header, description = "The ETag of the guest as it was seen")), request_body = Set,
    responses((status = 200, body = Guest), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 409, body = Problems, content_type = "application/problem+json"),
        (status = 412, body = Problems, content_type = "application/problem+json"),
        (status = 422, body = Problems, content_type = "application/problem+json")))]
pub async fn set(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(wanted): Body<Set>,
) -> Result<Response, Refusal> {
    let seen = headers.get(header::IF_MATCH);
    let seen = seen.map(|tag| tag.to_str().unwrap_or_default().to_owned());
    let by = peer.0.name();
    let guest = blocking(move || {
        let set = create::set(&wanted);
        let mut changed = None;
        let made = daemon.request(&by, false, Nothing, |ground| {
            let guest = find(ground.book, &id)?;
            // While no other plan is made: of two who have seen the same, only one changes it.
            if seen.is_some_and(|tag| !is_as_seen(guest, &tag)) {
                changed = Some(say!("firnd-changed", name = &guest.name));
                return Err(Vec::new());
            }
            ground.set(guest, &set)
        });
        if let Some(text) = changed {
            return Err(Refusal::one(StatusCode::PRECONDITION_FAILED, &text, None));
        }
        finished(&daemon, made?)?;
        one(&daemon, &id)
    });
    Ok(tagged(guest.await?))
}

/// Puts a guest into the trash.
#[utoipa::path(delete, path = "/guests/{id}", tag = "guests", params(("id" = String, Path)),
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 409, body = Problems, content_type = "application/problem+json")))]
pub async fn delete(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    with_guest(daemon, peer, id, |ground, guest| ground.delete(guest)).await
}

/// Starts a guest, asks it for something, or ends it.
#[utoipa::path(post, path = "/guests/{id}/{action}", tag = "guests",
    params(("id" = String, Path), ("action" = Action, Path)),
    request_body(content = Stop, description = "For `stop` and `reboot`; nothing else needs it"),
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 409, body = Problems, content_type = "application/problem+json")))]
pub async fn act(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path((id, action)): Path<(String, String)>,
    Body(stop): Body<Stop>,
) -> Result<Response, Refusal> {
    let name = serde_json::Value::String(action.clone());
    let action = serde_json::from_value::<Action>(name)
        .map_err(|_| Refusal::no_such(say!("firnd-no-action", action = action)))?;
    let limit = stop.limit.unwrap_or(LIMIT);
    with_guest(daemon, peer, id, move |ground, guest| match action {
        Action::Start => ground.start(guest),
        Action::Stop => ground.stop(guest, limit),
        Action::Kill => ground.kill(guest),
        Action::Reboot => ground.reboot(guest, limit),
        Action::Reset => ground.reset(guest),
        Action::Pause => ground.pause(guest),
        Action::Unpause => ground.unpause(guest),
    })
    .await
}

/// Begins a task for a guest.
async fn with_guest(
    daemon: Arc<Daemon>,
    peer: ConnectInfo<Peer>,
    id: String,
    plan: impl FnOnce(&Ground<'_>, &Definition) -> Planned + Send + 'static,
) -> Result<Response, Refusal> {
    let plan = move |ground: &Ground<'_>| plan(ground, find(ground.book, &id)?);
    begin(daemon, peer, plan).await
}

fn one(daemon: &Daemon, id: &str) -> Result<Guest, Refusal> {
    let guests = daemon.guests().map_err(|error| broken(&error))?;
    let found = guests.into_iter().find(|guest| guest.id == id);
    found.ok_or_else(|| no_guest(id))
}

fn no_guest(id: &str) -> Refusal {
    Refusal::no_such(say!("firnd-no-guest", id = id))
}

fn tagged(guest: Guest) -> Response {
    let tag: [(HeaderName, String); 1] = [(header::ETAG, format!("\"{}\"", guest.revision))];
    (tag, Json(guest)).into_response()
}

/// Whether a guest is as somebody has seen it, by the ETag that he was told.
fn is_as_seen(guest: &Definition, tag: &str) -> bool {
    tag == "*" || tag.trim_matches('"') == revision(guest).to_string()
}

/// Waits for a task whose request is answered with what it has changed.
fn finished(daemon: &Daemon, made: Request) -> Result<(), Refusal> {
    let Request::Begun(task) = made else {
        return Ok(());
    };
    let task = daemon.tasks.wait_for_end(&task.id).unwrap_or(*task);
    if task.problems.is_empty() {
        return Ok(());
    }
    Err(Refusal::all(
        StatusCode::INTERNAL_SERVER_ERROR,
        task.problems,
    ))
}

fn broken(error: &firn_guests::Failed) -> Refusal {
    Refusal::one(StatusCode::INTERNAL_SERVER_ERROR, &error.0, None)
}
