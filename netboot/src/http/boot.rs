//! Scripts for loaders.

use super::listen::Local;
use super::{App, host};
use crate::boot::{self, Place};
use crate::event::{Event, Names};
use crate::mac::Mac;
use axum::extract::{ConnectInfo, FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::header::{HOST, HeaderValue};
use axum::http::request::Parts;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};

/// What a loader says about its machine.
#[derive(Debug, Deserialize)]
pub struct Who {
    mac: Option<String>,
    /// How often it was not understood already; text, since a loader may garble it.
    times: Option<String>,
    #[serde(flatten)]
    names: Names,
}

pub async fn ipxe(
    State(site): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    client: Client,
    Query(who): Query<Who>,
) -> String {
    let place = client.place(&site);
    match asked(&site, peer, who) {
        Asked::Nothing => boot::ipxe_who(&place),
        Asked::Unreadable(times) => boot::ipxe_again(&place, times),
        Asked::Machine(_, true) => boot::ipxe_disk(),
        Asked::Machine(mac, false) => boot::ipxe_install(&place, mac),
    }
}

pub async fn grub(
    State(site): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    client: Client,
    Query(who): Query<Who>,
) -> String {
    let place = client.place(&site);
    match asked(&site, peer, who) {
        Asked::Nothing => boot::grub_who([&place]),
        Asked::Unreadable(times) => boot::grub_again(&place, times),
        Asked::Machine(_, true) => boot::grub_disk(),
        Asked::Machine(mac, false) => boot::grub_install(&place, mac),
    }
}

pub async fn grub_who(State(site): State<App>, client: Client) -> String {
    boot::grub_who([&client.place(&site)])
}

/// Who asks for a script.
enum Asked {
    /// A loader that has not been told yet to say who it is.
    Nothing,
    /// One that has, and said no MAC address: so many times now.
    Unreadable(u32),
    /// This machine, and whether it starts from its disk.
    Machine(Mac, bool),
}

fn asked(site: &App, peer: SocketAddr, who: Who) -> Asked {
    let address = canonical(peer);
    let Some(text) = who.mac else {
        return Asked::Nothing;
    };
    let Ok(mac) = text.parse() else {
        site.tell(&Event::Unreadable { address, mac: text });
        return Asked::Unreadable(who.times.and_then(|n| n.parse().ok()).unwrap_or(0));
    };
    let disk = site.starts_from_disk(mac);
    site.tell(&Event::Script {
        mac,
        address,
        names: who.names.own(),
        disk,
    });
    Asked::Machine(mac, disk)
}

/// How a client sees this server.
pub struct Client {
    host: String,
}

impl Client {
    /// The server as this client sees it.
    pub fn place(&self, site: &App) -> Place {
        let settings = &site.settings;
        let answers = settings.answers.is_some();
        Place::new(&self.host, settings.port, answers, &settings.cmdline)
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let local = parts.extensions.get::<Local>();
        let Local(local) = local.ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
        let header = parts.headers.get(HOST).map(HeaderValue::as_bytes);
        Ok(Self {
            host: host::host(header, *local),
        })
    }
}

/// The address without its IPv6 clothes.
pub fn canonical(peer: SocketAddr) -> IpAddr {
    peer.ip().to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_machine::Facts;
    use proptest::prelude::*;

    fn query() -> impl Strategy<Value = String> {
        let pair = "(mac|uuid|serial|product|times|hostname|machine)=([0-9a-f:%-]{0,20}|[0-9]{0,12}|[!$-~]{0,20})";
        let pairs = prop::collection::vec(pair, 0..6).prop_map(|pairs| pairs.join("&"));
        prop_oneof![4 => pairs, 1 => "[!$-~]{0,80}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Loaders garble what they send; each query is read or refused, and no count of tries makes a script of another form.
        #[test]
        fn any_query_is_read_or_refused(query in query(), times in any::<u32>()) {
            let Ok(uri) = format!("http://h/boot.ipxe?{query}").parse() else { return Ok(()) };
            if let Ok(Query(who)) = Query::<Who>::try_from_uri(&uri) {
                let mac = who.mac.map(|text| text.parse::<Mac>());
                let names = who.names.own();
                prop_assert!(names.uuid.is_none_or(|uuid| !uuid.trim().is_empty()));
                if let Some(Ok(mac)) = mac {
                    prop_assert_eq!(mac.to_string().len(), 17);
                }
            }
            let _ = Query::<Facts>::try_from_uri(&uri);
            let place = boot::Place::new("h", 80, true, "");
            for script in [boot::ipxe_again(&place, times), boot::grub_again(&place, times)] {
                prop_assert!(script.lines().count() <= 4 && script.contains("sleep"), "{}", script);
            }
        }
    }
}
