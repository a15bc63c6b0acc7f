//! Scripts for loaders.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Query, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use serde::Deserialize;

use super::App;
use crate::boot::{self, Place};
use crate::event::{Event, Names};
use crate::mac::Mac;

/// What a loader says about its machine.
#[derive(Debug, Deserialize)]
pub struct Who {
    mac: Option<String>,
    #[serde(flatten)]
    names: Names,
}

pub async fn ipxe(
    State(site): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Query(who): Query<Who>,
) -> String {
    let place = place(&site, &headers);
    match asked(&site, peer, who) {
        None => boot::ipxe_who(&place),
        Some((_, true)) => boot::ipxe_disk(),
        Some((mac, false)) => boot::ipxe_install(&place, mac),
    }
}

pub async fn grub(
    State(site): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Query(who): Query<Who>,
) -> String {
    let place = place(&site, &headers);
    match asked(&site, peer, who) {
        None => boot::grub_who([&place]),
        Some((_, true)) => boot::grub_disk(),
        Some((mac, false)) => boot::grub_install(&place, mac),
    }
}

pub async fn grub_who(State(site): State<App>, headers: HeaderMap) -> String {
    boot::grub_who([&place(&site, &headers)])
}

/// The machine, once it has said who it is, and whether it starts from its disk.
fn asked(site: &App, peer: SocketAddr, who: Who) -> Option<(Mac, bool)> {
    let mac: Mac = who.mac?.parse().ok()?;
    let disk = site.starts_from_disk(mac);
    site.tell(&Event::Script {
        mac,
        address: canonical(peer),
        names: who.names.own(),
        disk,
    });
    Some((mac, disk))
}

/// The server as this client sees it.
pub fn place(site: &App, headers: &HeaderMap) -> Place {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let settings = &site.settings;
    Place::new(
        host.unwrap_or("localhost"),
        settings.port,
        settings.answers.is_some(),
        &settings.cmdline,
    )
}

/// The address without its IPv6 clothes.
pub fn canonical(peer: SocketAddr) -> IpAddr {
    peer.ip().to_canonical()
}
