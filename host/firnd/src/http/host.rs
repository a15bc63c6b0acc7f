//! `/host`, `/stores`, `/networks`.

use crate::daemon::Daemon;
use crate::http::refusal::Refusal;
use crate::http::work::blocking;
use axum::Json;
use axum::extract::State;
use firn_api::{Host, Memory, Network, Store};
use firn_stores::Kind;
use std::sync::Arc;

/// The host in figures.
#[utoipa::path(get, path = "/host", tag = "host", responses((status = 200, body = Host)))]
pub async fn show(State(daemon): State<Arc<Daemon>>) -> Result<Json<Host>, Refusal> {
    let facts = blocking(move || {
        let facts = daemon.engine().host();
        facts.map_err(|error| Refusal::unavailable(&error.text()))
    });
    let facts = facts.await?;
    let name = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    Ok(Json(Host {
        name,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        hypervisor: format!("Xen {}", facts.version),
        cpus: facts.cpus,
        memory: Memory {
            total: facts.memory,
            free: facts.memory_free,
        },
    }))
}

/// The places for guests' disks.
#[utoipa::path(get, path = "/stores", tag = "host", responses((status = 200, body = [Store])))]
pub async fn stores(State(daemon): State<Arc<Daemon>>) -> Result<Json<Vec<Store>>, Refusal> {
    blocking(move || list(&daemon)).await.map(Json)
}

fn list(daemon: &Daemon) -> Result<Vec<Store>, Refusal> {
    let stores = daemon.hands.stores.iter();
    let shown = stores.map(|(name, store)| {
        let facts = store.facts();
        let facts = facts.map_err(|error| Refusal::unavailable(&error.text()))?;
        Ok(Store {
            name: name.clone(),
            kind: match facts.kind {
                Kind::Thin => "lvm".to_owned(),
                Kind::Files => "files".to_owned(),
            },
            size: facts.size,
            used: facts.used,
            snapshots: facts.snapshots,
            thin_clone: facts.thin_clone,
        })
    });
    shown.collect()
}

/// What guests' NICs plug into.
#[utoipa::path(get, path = "/networks", tag = "host", responses((status = 200, body = [Network])))]
pub async fn networks(State(daemon): State<Arc<Daemon>>) -> Json<Vec<Network>> {
    let all = daemon.hands.networks.all();
    let shown = all.map(|(name, bridge)| Network {
        name: name.to_owned(),
        bridge: bridge.to_owned(),
    });
    Json(shown.collect())
}
