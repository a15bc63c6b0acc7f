//! The server's routes. docs/netboot-api.yaml describes them; a test holds both together.

mod answers;
mod boot;
mod files;
mod host;
mod listen;
mod report;

use crate::site::Site;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;

/// What every handler is given.
pub type App = Arc<Site>;

/// Method and path of each route, beside the files of the netboot folder.
fn routes() -> Vec<(&'static [&'static str], &'static str, MethodRouter<App>)> {
    vec![
        (&["get"], "/boot.ipxe", get(boot::ipxe)),
        (&["get"], "/boot.cfg", get(boot::grub)),
        (&["get"], "/grub/grub.cfg", get(boot::grub_who)),
        (
            &["get", "post"],
            "/v1/answers",
            get(answers::get).post(answers::post),
        ),
        (&["post"], "/v1/report", post(report::report)),
        (&["post"], "/v1/tokens/{token}", post(report::token)),
        (&["get"], "/v1/machines", get(report::machines)),
    ]
}

/// The whole server.
pub fn router(site: App) -> Router {
    let router = routes()
        .into_iter()
        .fold(Router::new(), |router, (_, path, route)| {
            router.route(path, route)
        });
    router
        .fallback_service(files::service(&site))
        .with_state(site)
}

pub use listen::serve;

/// A failure of the server itself, for whoever asked.
struct Failure(anyhow::Error);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let text = format!("{:#}\n", self.0);
        (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}

#[cfg(test)]
mod tests;
