//! `/tasks`.

use crate::daemon::Daemon;
use crate::http::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use firn_api::{Problems, Task};
use firn_words::say;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use utoipa::IntoParams;

/// Seconds that a request waits at most, so that no connection is open for ever.
const LONGEST: u64 = 60;

/// How long to wait for a change.
#[derive(Deserialize, IntoParams)]
pub struct Wait {
    /// Seconds, at most 60. The answer comes as soon as the task has changed, or is over.
    #[serde(default)]
    wait: u64,
}

/// All tasks, the latest first.
#[utoipa::path(get, path = "/tasks", tag = "tasks", responses((status = 200, body = [Task])))]
pub async fn list(State(daemon): State<Arc<Daemon>>) -> Json<Vec<Task>> {
    Json(daemon.tasks.list())
}

/// One task.
#[utoipa::path(get, path = "/tasks/{id}", tag = "tasks", params(("id" = String, Path), Wait),
    responses((status = 200, body = Task), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 429, body = Problems, content_type = "application/problem+json")))]
pub async fn get(
    State(daemon): State<Arc<Daemon>>,
    Path(id): Path<String>,
    Query(wait): Query<Wait>,
) -> Result<Json<Task>, Refusal> {
    if wait.wait == 0 {
        return daemon.tasks.get(&id).map(Json).ok_or_else(|| unknown(&id));
    }
    let limit = Duration::from_secs(wait.wait.min(LONGEST));
    let name = id.clone();
    let place = daemon.limits.wait()?;
    let waits = tokio::task::spawn_blocking(move || {
        // Also when nobody hears the answer any more, the thread is held until then.
        let _place = place;
        daemon.tasks.wait(&id, limit)
    });
    let task = waits.await.ok().flatten();
    task.map(Json).ok_or_else(|| unknown(&name))
}

/// Asks a task to end; what it has begun is undone.
#[utoipa::path(post, path = "/tasks/{id}/cancel", tag = "tasks", params(("id" = String, Path)),
    responses((status = 200, body = Task), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 409, body = Problems, content_type = "application/problem+json")))]
pub async fn cancel(
    State(daemon): State<Arc<Daemon>>,
    Path(id): Path<String>,
) -> Result<Json<Task>, Refusal> {
    let task = daemon.tasks.get(&id).ok_or_else(|| unknown(&id))?;
    let cancelled = daemon.tasks.cancel(&id).ok_or_else(|| {
        let text = say!(
            "firnd-not-cancelled",
            task = task.id,
            operation = task.operation
        );
        Refusal::one(StatusCode::CONFLICT, &text, None)
    })?;
    Ok(Json(cancelled))
}

fn unknown(id: &str) -> Refusal {
    Refusal::no_such(say!("firnd-no-task", id = id))
}
