//! The API over HTTP: thin handlers, each of which reads a request, asks the daemon, and shows what it says.

mod body;
mod events;
mod guests;
mod host;
pub mod limits;
pub mod refusal;
mod tasks;
mod templates;
mod trash;
mod uploads;
mod work;

use crate::daemon::Daemon;
use crate::peer::Peer;
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use firn_words::say;
use refusal::Refusal;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Bytes of a request's body, unless it is an upload.
const BODY: usize = 256 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Firn",
        description = "A Xen host: its guests, stores and networks. Over the Unix socket /run/firn/api.sock.",
        license(name = "GPL-2.0-or-later")
    ),
    components(schemas(firn_api::Snapshot))
)]
struct Api;

/// All routes, and the document that describes them.
pub fn routes(daemon: Arc<Daemon>) -> Router {
    let (router, document) = OpenApiRouter::with_openapi(Api::openapi())
        .nest(firn_api::ROOT, api())
        .split_for_parts();
    let shown = get(move || async move { axum::Json(document) });
    router
        .route(&format!("{}/openapi.json", firn_api::ROOT), shown)
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn(admit))
        .with_state(daemon)
}

/// The document alone.
///
/// # Errors
/// None that is known.
pub fn document() -> anyhow::Result<String> {
    let (_, document) = OpenApiRouter::with_openapi(Api::openapi())
        .nest(firn_api::ROOT, api())
        .split_for_parts();
    Ok(document.to_pretty_json()?)
}

fn api() -> OpenApiRouter<Arc<Daemon>> {
    OpenApiRouter::new()
        .routes(routes!(host::show))
        .routes(routes!(host::stores))
        .routes(routes!(host::networks))
        .routes(routes!(guests::list, guests::create))
        .routes(routes!(guests::show, guests::set, guests::delete))
        .routes(routes!(guests::act))
        .routes(routes!(guests::add_disk))
        .routes(routes!(guests::remove_disk))
        .routes(routes!(guests::grow_disk))
        .routes(routes!(guests::add_nic))
        .routes(routes!(guests::remove_nic))
        .routes(routes!(trash::list, trash::empty))
        .routes(routes!(trash::remove))
        .routes(routes!(trash::restore))
        .routes(routes!(tasks::list))
        .routes(routes!(tasks::get))
        .routes(routes!(tasks::cancel))
        .routes(routes!(templates::list))
        .routes(routes!(templates::show))
        .routes(routes!(events::listen))
        .routes(routes!(uploads::fetch))
        .layer(DefaultBodyLimit::max(BODY))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(uploads::store))
                .routes(routes!(uploads::remove))
                .layer(DefaultBodyLimit::disable()),
        )
}

async fn unknown(request: Request) -> Refusal {
    let path = request.uri().path().to_owned();
    let method = request.method().to_string();
    Refusal::no_such(say!("firnd-no-route", method = method, path = path))
}

/// Lets in whoever may do everything; nobody else has a role yet.
async fn admit(peer: ConnectInfo<Peer>, request: Request, next: Next) -> Response {
    if !peer.0.is_admin() {
        let text = say!("firnd-forbidden", who = peer.0.name());
        return Refusal::one(StatusCode::FORBIDDEN, &text, None).into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `FIRN_DOCS=write` writes the document anew.
    #[test]
    fn the_document_in_docs_is_the_one_of_the_routes() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/host-api.json");
        let made = document().unwrap() + "\n";
        if std::env::var("FIRN_DOCS").is_ok_and(|v| v == "write") {
            std::fs::write(path, &made).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == made,
            "docs/host-api.json is not what the routes say: FIRN_DOCS=write cargo test -p firnd"
        );
    }
}
