//! What handlers have in common: work that may wait, and requests that become tasks.

use crate::daemon::{Daemon, Request};
use crate::http::refusal::Refusal;
use crate::peer::Peer;
use axum::Json;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use firn_api::{Begun, Plan, Problem};
use firn_guests::{Ground, Nothing, Planned};
use std::sync::Arc;

/// Runs what may wait for the disk or the hypervisor.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Refusal::failed(&error.into()))?
}

/// Begins a task that needs nothing but its plan.
pub async fn begin(
    daemon: Arc<Daemon>,
    peer: ConnectInfo<Peer>,
    plan: impl FnOnce(&Ground<'_>) -> Planned + Send + 'static,
) -> Result<Response, Refusal> {
    let by = peer.0.name();
    let made = blocking(move || daemon.request(&by, false, Nothing, plan));
    Ok(answer(made.await?))
}

/// What a request came to, as an answer.
pub fn answer(made: Request) -> Response {
    match made {
        Request::Begun(task) => {
            let begun = Begun { task: *task };
            (StatusCode::ACCEPTED, Json(begun)).into_response()
        }
        Request::Planned(plan) => {
            let told = plan.steps.iter().map(|step| step.told(&plan.name));
            let steps = told.map(|text| Problem::new(&text, None)).collect();
            Json(Plan { steps }).into_response()
        }
    }
}
