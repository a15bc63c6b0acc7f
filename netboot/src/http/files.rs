//! The netboot folder, and how much of it each machine has.

use super::App;
use super::boot::canonical;
use crate::event::Event;
use crate::mac::Mac;
use crate::neighbours;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_RANGE};
use axum::http::{HeaderMap, HeaderName, Method};
use axum::response::Response;
use firn_image::file;
use http_body_util::BodyExt;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tower::{ServiceExt, service_fn, util::BoxCloneSyncService};
use tower_http::services::ServeDir;

/// The file that takes the longest; how much of it has gone is how far a machine is.
const LARGEST: &str = file::ROOT;

/// So many per cent are told at once.
const STEP: u8 = 5;

/// Serves the folder: ranges, HEAD and all.
pub fn service(site: &App) -> BoxCloneSyncService<Request, Response, Infallible> {
    let folder = ServeDir::new(&site.settings.folder).append_index_html_on_directories(false);
    let site = Arc::clone(site);
    BoxCloneSyncService::new(service_fn(move |request: Request| {
        let (site, folder) = (Arc::clone(&site), folder.clone());
        async move {
            let path = request.uri().path().to_owned();
            let who = match *request.method() {
                Method::GET => who(&site, &request),
                _ => None,
            };
            let response = folder.oneshot(request).await?.map(Body::new);
            Ok(match who {
                Some(mac) if response.status().is_success() => watched(site, mac, &path, response),
                _ => response,
            })
        }
    }))
}

/// The machine that asks: known by its address, else by the kernel's list of neighbours.
fn who(site: &App, request: &Request) -> Option<Mac> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    let address: IpAddr = canonical(*peer);
    site.machine_at(address)
        .or_else(|| neighbours::mac_of(address))
}

/// Tells that a machine fetches this file, and of the largest how much has gone.
fn watched(site: App, mac: Mac, path: &str, response: Response) -> Response {
    let file = path.trim_start_matches('/').to_owned();
    site.tell(&Event::Fetch { mac, file });
    let Some((start, total)) =
        extent(response.headers()).filter(|_| path.strip_prefix("/") == Some(&file::path(LARGEST)))
    else {
        return response;
    };
    let sent = AtomicU64::new(start);
    let percent = move |bytes: u64| u8::try_from(bytes * 100 / total).unwrap_or(100) / STEP * STEP;
    let count = move |bytes: u64| {
        let before = sent.fetch_add(bytes, Ordering::Relaxed);
        let now = percent(before + bytes);
        if now != percent(before) {
            site.tell(&Event::Fetched { mac, percent: now });
        }
    };
    response.map(|body| {
        Body::new(body.map_frame(move |frame| {
            count(frame.data_ref().map_or(0, |data| data.len() as u64));
            frame
        }))
    })
}

/// The first byte that is sent, and the size of the whole file.
fn extent(headers: &HeaderMap) -> Option<(u64, u64)> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok();
    let (start, total) = match text(CONTENT_RANGE) {
        Some(range) => {
            let (part, total) = range.strip_prefix("bytes ")?.split_once('/')?;
            (part.split('-').next()?.parse().ok()?, total.parse().ok()?)
        }
        None => (0, text(CONTENT_LENGTH)?.parse().ok()?),
    };
    (total > 0).then_some((start, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_part_of_the_whole() {
        let extent = |name: HeaderName, text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, text.parse().unwrap());
            extent(&headers)
        };
        assert_eq!(extent(CONTENT_LENGTH, "500"), Some((0, 500)));
        assert_eq!(extent(CONTENT_RANGE, "bytes 200-499/500"), Some((200, 500)));
        assert_eq!(extent(CONTENT_RANGE, "bytes */500"), None);
        assert_eq!(extent(CONTENT_LENGTH, "0"), None);
    }
}
