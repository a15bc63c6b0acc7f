//! `/trash`: deleted guests.

use crate::daemon::{Daemon, Request, find, find_trashed};
use crate::http::body::Body;
use crate::http::refusal::Refusal;
use crate::http::work::{begin, blocking};
use crate::peer::Peer;
use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use firn_api::{Begun, Problems, Restore, Task, Trashed};
use firn_guests::{Definition, Ground, Nothing, Planned, trashed};
use std::sync::Arc;

/// What is in the trash, the latest first.
#[utoipa::path(get, path = "/trash", tag = "trash", responses((status = 200, body = [Trashed])))]
pub async fn list(State(daemon): State<Arc<Daemon>>) -> Result<Json<Vec<Trashed>>, Refusal> {
    blocking(move || listed(&daemon)).await.map(Json)
}

fn listed(daemon: &Daemon) -> Result<Vec<Trashed>, Refusal> {
    let book = daemon
        .book()
        .map_err(|error| Refusal::failed(&error.into()))?;
    let used = daemon.used();
    let shown = |guest: &Definition| Trashed {
        id: guest.id.to_string(),
        name: guest.name.clone(),
        deleted: guest.deleted.clone().unwrap_or_default(),
        used: guest
            .disks
            .iter()
            .filter_map(|disk| used.get(&(disk.store.clone(), trashed(&guest.id, disk.number))))
            .sum(),
    };
    let mut all: Vec<_> = book.trash.values().map(shown).collect();
    all.sort_by(|a, b| b.deleted.cmp(&a.deleted));
    Ok(all)
}

/// Takes a guest out of the trash.
#[utoipa::path(post, path = "/trash/{id}/restore", tag = "trash", params(("id" = String, Path)), request_body = Restore,
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 409, body = Problems, content_type = "application/problem+json")))]
pub async fn restore(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path(id): Path<String>,
    Body(wanted): Body<Restore>,
) -> Result<Response, Refusal> {
    with_trashed(daemon, peer, id, move |ground, guest| {
        ground.restore(guest, wanted.name.as_deref())
    })
    .await
}

/// Removes a guest from the trash for good.
#[utoipa::path(delete, path = "/trash/{id}", tag = "trash", params(("id" = String, Path)),
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json")))]
pub async fn remove(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    with_trashed(daemon, peer, id, |ground, guest| ground.empty(guest)).await
}

/// Removes everything in the trash for good, the disks too that were removed from guests; a task for each guest.
#[utoipa::path(delete, path = "/trash", tag = "trash", responses((status = 202, body = [Task])))]
pub async fn empty(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
) -> Result<(StatusCode, Json<Vec<Task>>), Refusal> {
    let by = peer.0.name();
    let tasks = blocking(move || {
        let book = daemon
            .book()
            .map_err(|error| Refusal::failed(&error.into()))?;
        let begin = |plan: &dyn Fn(&Ground<'_>) -> Planned| {
            let made = daemon.request(&by, false, Nothing, plan);
            match made {
                Ok(Request::Begun(task)) => Some(*task),
                _ => None,
            }
        };
        // One that is being restored just now stays, and so do the disks of a guest that a task works on.
        let guests = book.trash.keys();
        let guests = guests.filter_map(|id| {
            begin(&|ground| ground.empty(find_trashed(ground.book, id.as_str())?))
        });
        let with_removed = book
            .guests
            .values()
            .filter(|guest| !guest.removed.is_empty());
        let disks = with_removed.filter_map(|guest| {
            begin(&|ground| ground.disk_empty(find(ground.book, guest.id.as_str())?))
        });
        Ok(guests.chain(disks).collect())
    });
    Ok((StatusCode::ACCEPTED, Json(tasks.await?)))
}

async fn with_trashed(
    daemon: Arc<Daemon>,
    peer: ConnectInfo<Peer>,
    id: String,
    plan: impl FnOnce(&Ground<'_>, &Definition) -> Planned + Send + 'static,
) -> Result<Response, Refusal> {
    let plan = move |ground: &Ground<'_>| plan(ground, find_trashed(ground.book, &id)?);
    begin(daemon, peer, plan).await
}
