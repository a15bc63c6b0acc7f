//! HTTP connections, with headers as GRUB reads them.
//!
//! GRUB looks for `Content-Length` with these capitals and, where it does not find it, waits for the end of the answer for ever. hyper writes
//! small letters unless it is told otherwise, which `axum::serve` does not offer.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// Where a request came to: this server's own address, as the client sees it.
#[derive(Clone, Copy, Debug)]
pub struct Local(pub SocketAddr);

/// Answers everybody, for ever.
pub async fn serve(mut listener: TcpListener, router: Router) {
    loop {
        let (stream, peer) = Listener::accept(&mut listener).await;
        tokio::spawn(connection(stream, peer, router.clone()));
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router) {
    // It fails for a connection that is gone already.
    let Ok(local) = stream.local_addr() else {
        return;
    };
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(Local(local));
        router.clone().oneshot(request)
    });
    let served = http1::Builder::new()
        .title_case_headers(true)
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    // A machine that is switched off in the middle is no trouble of the server.
    let _ = served.await;
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn headers_have_grubs_capitals() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", axum::routing::get(|| async { "snow" }));
        tokio::spawn(serve(listener, router));
        for method in ["GET", "HEAD"] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let request = format!("{method} / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            assert!(answer.contains("\r\nContent-Length: 4\r\n"), "{answer}");
        }
    }
}
