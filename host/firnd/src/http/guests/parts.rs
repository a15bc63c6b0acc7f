//! A guest's disks and NICs.

use super::with_guest;
use crate::daemon::Daemon;
use crate::http::body::Body;
use crate::http::refusal::Refusal;
use crate::peer::Peer;
use axum::extract::{ConnectInfo, Path, State};
use axum::response::Response;
use firn_api::{Begun, Grow, NewDisk, NewNic, Problems};
use firn_guests::{Problem, Sort};
use firn_words::say;
use std::sync::Arc;

/// Gives a guest one more disk.
#[utoipa::path(post, path = "/guests/{id}/disks", tag = "guests", params(("id" = String, Path)), request_body = NewDisk,
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 422, body = Problems, content_type = "application/problem+json")))]
pub async fn add_disk(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path(id): Path<String>,
    Body(disk): Body<NewDisk>,
) -> Result<Response, Refusal> {
    let disk = firn_guests::NewDisk {
        size: disk.size,
        store: disk.store,
    };
    with_guest(daemon, peer, id, move |ground, guest| {
        ground.disk_add(guest, &disk)
    })
    .await
}

/// Takes a disk from a guest, into the trash.
#[utoipa::path(delete, path = "/guests/{id}/disks/{target}", tag = "guests",
    params(("id" = String, Path), ("target" = String, Path, description = "Its name in the guest, such as `xvdb`")),
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json")))]
pub async fn remove_disk(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path((id, target)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    with_guest(daemon, peer, id, move |ground, guest| {
        ground.disk_remove(guest, &target)
    })
    .await
}

/// Makes a disk larger.
#[utoipa::path(post, path = "/guests/{id}/disks/{target}/grow", tag = "guests",
    params(("id" = String, Path), ("target" = String, Path)), request_body = Grow,
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 422, body = Problems, content_type = "application/problem+json")))]
pub async fn grow_disk(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path((id, target)): Path<(String, String)>,
    Body(grow): Body<Grow>,
) -> Result<Response, Refusal> {
    with_guest(daemon, peer, id, move |ground, guest| {
        ground.disk_grow(guest, &target, grow.size)
    })
    .await
}

/// Gives a guest one more NIC.
#[utoipa::path(post, path = "/guests/{id}/nics", tag = "guests", params(("id" = String, Path)), request_body = NewNic,
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json"),
        (status = 422, body = Problems, content_type = "application/problem+json")))]
pub async fn add_nic(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path(id): Path<String>,
    Body(nic): Body<NewNic>,
) -> Result<Response, Refusal> {
    let nic = firn_guests::NewNic {
        network: nic.network,
        mac: nic.mac,
    };
    with_guest(daemon, peer, id, move |ground, guest| {
        ground.nic_add(guest, &nic)
    })
    .await
}

/// Takes a NIC from a guest.
#[utoipa::path(delete, path = "/guests/{id}/nics/{number}", tag = "guests",
    params(("id" = String, Path), ("number" = usize, Path, description = "Its number, from 0")),
    responses((status = 202, body = Begun), (status = 404, body = Problems, content_type = "application/problem+json")))]
pub async fn remove_nic(
    State(daemon): State<Arc<Daemon>>,
    peer: ConnectInfo<Peer>,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    with_guest(daemon, peer, id, move |ground, guest| {
        let at = number.parse::<usize>().ok();
        let nic = at.and_then(|at| guest.nics.get(at));
        let none = || Problem {
            field: None,
            text: say!("firnd-no-nic-number", number = &number),
            sort: Sort::Missing,
        };
        ground.nic_remove(guest, &nic.ok_or_else(|| vec![none()])?.mac)
    })
    .await
}
