//! Answers that say what is wrong.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use firn_api::{PROBLEM_TYPE, Problem, Problems};
use firn_words::{Text, say};
use std::fmt;

/// Seconds after which to ask again where there is too much at once.
const LATER: &str = "5";

/// A request that is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(Problems);

impl Refusal {
    /// One problem.
    pub fn one(status: StatusCode, text: &Text, field: Option<&str>) -> Self {
        Self::all(status, vec![Problem::new(text, field)])
    }

    /// Several.
    pub fn all(status: StatusCode, problems: Vec<Problem>) -> Self {
        let title = status.canonical_reason().unwrap_or_default();
        Self(Problems::new(status.as_u16(), title, problems))
    }

    /// All that it says.
    pub fn problems(self) -> Vec<Problem> {
        self.0.problems
    }

    /// What was asked for is not there.
    pub fn no_such(what: Text) -> Self {
        Self::one(StatusCode::NOT_FOUND, &what, None)
    }

    /// What the answer needs does not say anything just now.
    pub fn unavailable(text: &Text) -> Self {
        Self::one(StatusCode::SERVICE_UNAVAILABLE, text, None)
    }

    /// Something of the host's own has failed.
    pub fn failed(error: &anyhow::Error) -> Self {
        tracing::error!("{error:#}");
        let text = say!("firnd-failed", reason = format!("{error:#}"));
        Self::one(StatusCode::INTERNAL_SERVER_ERROR, &text, None)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<_> = self.0.problems.iter().map(|p| p.text.as_str()).collect();
        f.write_str(&texts.join(" "))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status);
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.0)).into_response();
        let kind = HeaderValue::from_static(PROBLEM_TYPE);
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if status == StatusCode::TOO_MANY_REQUESTS {
            let later = HeaderValue::from_static(LATER);
            response.headers_mut().insert(header::RETRY_AFTER, later);
        }
        response
    }
}
