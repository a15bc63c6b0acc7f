//! What machines tell, the tokens that they give back, and the table for other programs.

use super::{App, Failure};
use crate::event::{Event, Report};
use crate::machine::Machine;
use crate::tokens::Verdict;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

pub async fn report(State(site): State<App>, Json(mut report): Json<Report>) -> StatusCode {
    report.names = report.names.own();
    site.tell(&Event::Report(Box::new(report)));
    StatusCode::NO_CONTENT
}

pub async fn token(
    State(site): State<App>,
    Path(token): Path<String>,
) -> Result<(StatusCode, &'static str), Failure> {
    Ok(match site.take_token(&token)? {
        Verdict::Taken => (StatusCode::OK, "taken back; the disk may be overwritten\n"),
        Verdict::Gone => (
            StatusCode::GONE,
            "this token was used already, or a newer one was given out\n",
        ),
        Verdict::Unknown => (
            StatusCode::NOT_FOUND,
            "this server did not give out such a token\n",
        ),
    })
}

pub async fn machines(State(site): State<App>) -> Json<Vec<Machine>> {
    Json(site.machines())
}
