//! Requests' bodies.

use crate::http::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use firn_words::say;
use serde::de::DeserializeOwned;

/// A body in JSON. One that is empty counts as `{}`, so that a request whose fields are all optional needs none.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            let text = say!("firnd-body", reason = error.body_text());
            Refusal::one(error.status(), &text, None)
        })?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        serde_json::from_slice(text).map(Self).map_err(|error| {
            let text = say!("firnd-body", reason = error.to_string());
            Refusal::one(StatusCode::BAD_REQUEST, &text, None)
        })
    }
}
