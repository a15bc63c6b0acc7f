//! Answers for machines.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Json;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use firn_config::Facts;

use super::boot::canonical;
use super::{App, Failure, boot::place};
use crate::answers::{Choice, fill, wants_token};
use crate::event::{Event, Names, Outcome};
use crate::mac::Mac;

/// So long a machine that waits for somebody is kept on the line before it must ask again.
const PATIENCE: Duration = Duration::from_secs(20);

pub async fn get(
    site: State<App>,
    peer: ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Query(facts): Query<Facts>,
) -> Result<Response, Failure> {
    answer(site, peer, headers, facts).await
}

pub async fn post(
    site: State<App>,
    peer: ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Json(facts): Json<Facts>,
) -> Result<Response, Failure> {
    answer(site, peer, headers, facts).await
}

async fn answer(
    State(site): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    facts: Facts,
) -> Result<Response, Failure> {
    let mac = match facts.mac.as_deref().unwrap_or_default().parse::<Mac>() {
        Ok(mac) => mac,
        Err(why) => return Ok((StatusCode::BAD_REQUEST, format!("mac: {why}\n")).into_response()),
    };
    let tell = |outcome: Outcome, layers: Vec<String>, problems: Vec<String>| {
        site.tell(&Event::Answers {
            mac,
            address: canonical(peer),
            names: names(&facts),
            outcome,
            layers,
            problems,
        });
    };
    let choice = match &site.settings.answers {
        Some(folder) => folder.choose(&facts)?,
        None => None,
    };
    let Some(choice) = choice else {
        tell(Outcome::None, Vec::new(), Vec::new());
        return Ok((
            StatusCode::NOT_FOUND,
            "there are no answers for this machine\n",
        )
            .into_response());
    };
    let (layers, problems) = (choice.names(), choice.problems());
    if !problems.is_empty() {
        let text = problems.join("\n") + "\n";
        tell(Outcome::Bad, layers, problems);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, text).into_response());
    }
    if site.must_wait(mac) {
        tell(Outcome::Waiting, layers.clone(), Vec::new());
        if !approved(&site, mac).await {
            return Ok(come_again());
        }
    }
    let text = filled(&site, &choice, mac, &headers)?;
    tell(Outcome::Given, layers, Vec::new());
    Ok(([(CONTENT_TYPE, "application/toml")], text).into_response())
}

fn names(facts: &Facts) -> Names {
    let probed = facts.machine.as_ref().and_then(|m| m.product.as_ref());
    Names {
        uuid: facts.uuid.clone(),
        serial: facts.serial.clone(),
        product: probed.or(facts.product.as_ref()).cloned(),
    }
}

/// The answers as one file, with a token if they ask for one.
fn filled(site: &App, choice: &Choice, mac: Mac, headers: &HeaderMap) -> Result<String, Failure> {
    let text = choice.merged();
    let token = match wants_token(&text) {
        true => site.give_token(mac)?,
        false => None,
    };
    let report = place(site, headers).url("v1/report");
    Ok(fill(&text, token.as_deref(), &report))
}

/// Waits until somebody allows the installation, but not for ever.
async fn approved(site: &App, mac: Mac) -> bool {
    let mut changes = site.changes();
    let wait = async {
        while site.must_wait(mac) {
            if changes.changed().await.is_err() {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.is_ok() && !site.must_wait(mac)
}

fn come_again() -> Response {
    let text =
        "this machine waits for somebody to allow its installation at the server; ask again\n";
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "5")], text).into_response()
}
