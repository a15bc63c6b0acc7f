//! Answers for machines.

use super::App;
use super::boot::{Client, canonical};
use crate::answers::{Choice, fill, wants_token};
use crate::event::{Event, Names, Outcome};
use crate::mac::Mac;
use anyhow::Result;
use axum::Json;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use firn_machine::Facts;
use std::net::SocketAddr;
use std::time::Duration;

/// So long a machine that waits for somebody is kept on the line before it must ask again.
const PATIENCE: Duration = Duration::from_secs(20);

pub async fn get(
    site: State<App>,
    peer: ConnectInfo<SocketAddr>,
    client: Client,
    Query(facts): Query<Facts>,
) -> Response {
    answer(site, peer, client, facts).await
}

pub async fn post(
    site: State<App>,
    peer: ConnectInfo<SocketAddr>,
    client: Client,
    Json(facts): Json<Facts>,
) -> Response {
    answer(site, peer, client, facts).await
}

async fn answer(
    State(site): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    client: Client,
    facts: Facts,
) -> Response {
    let mac = match facts.mac.as_deref().unwrap_or_default().parse::<Mac>() {
        Ok(mac) => mac,
        Err(why) => return (StatusCode::BAD_REQUEST, format!("mac: {why}\n")).into_response(),
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
    // The operator must hear of it as well: the machine's screen may be in another house.
    let bad = |layers: Vec<String>, problems: Vec<String>| {
        let text = problems.join("\n") + "\n";
        tell(Outcome::Bad, layers, problems);
        (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
    };
    let choice = match &site.settings.answers {
        Some(folder) => folder.choose(&facts),
        None => Ok(None),
    };
    let choice = match choice {
        Ok(Some(choice)) => choice,
        Ok(None) => {
            tell(Outcome::None, Vec::new(), Vec::new());
            let text = "there are no answers for this machine\n";
            return (StatusCode::NOT_FOUND, text).into_response();
        }
        Err(error) => return bad(Vec::new(), vec![format!("{error:#}")]),
    };
    let (layers, problems) = (choice.names(), choice.problems());
    if !problems.is_empty() {
        return bad(layers, problems);
    }
    if site.must_wait(mac) {
        tell(Outcome::Waiting, layers.clone(), Vec::new());
        if !approved(&site, mac).await {
            return come_again();
        }
    }
    let text = match filled(&site, &choice, mac, &client) {
        Ok(text) => text,
        Err(error) => return bad(layers, vec![format!("{error:#}")]),
    };
    tell(Outcome::Given, layers, Vec::new());
    ([(CONTENT_TYPE, "application/toml")], text).into_response()
}

fn names(facts: &Facts) -> Names {
    let probed = facts.machine.as_ref().and_then(|m| m.product.as_ref());
    Names {
        uuid: facts.own_uuid().cloned(),
        serial: facts.own_serial().cloned(),
        product: probed.or(facts.product.as_ref()).cloned(),
    }
}

/// The answers as one file, with a token if they ask for one.
fn filled(site: &App, choice: &Choice, mac: Mac, client: &Client) -> Result<String> {
    let text = choice.merged();
    let token = match wants_token(&text) {
        true => site.give_token(mac)?,
        false => None,
    };
    let report = client.place(site).url("v1/report");
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
