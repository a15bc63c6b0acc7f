//! The way to firnd: its socket, or ssh to another host and the socket there.

use crate::error::Error;
use crate::upload::Sending;
use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::UnixStream;
use tokio::process::{Child, Command};

/// What is sent: JSON, nothing, or a file.
pub(crate) type Body = Either<Full<Bytes>, Sending>;
/// One connection, on which requests go one after the other.
pub(crate) type Sender = SendRequest<Body>;

/// Where firnd is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On this host, at this socket.
    Socket(PathBuf),
    /// On another host, as ssh names it: `root@xen1`.
    Ssh(String),
}

pub(crate) async fn open(place: &Place) -> Result<Sender, Error> {
    match place {
        Place::Socket(path) => {
            let stream = UnixStream::connect(path).await;
            talk(stream.map_err(|error| unreachable(path, &error))?, None).await
        }
        Place::Ssh(host) => {
            let mut child = ssh(host)?;
            let (Some(output), Some(input)) = (child.stdout.take(), child.stdin.take()) else {
                return Err(Error::Ssh(host.clone(), "it has no standard input".into()));
            };
            talk(tokio::io::join(output, input), Some(child)).await
        }
    }
}

/// Speaks HTTP over a stream for as long as there are requests. A program that carries it ends with it.
async fn talk<S>(stream: S, carrier: Option<Child>) -> Result<Sender, Error>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move {
        // Whoever sends a request hears why it failed.
        let _ = connection.await;
        drop(carrier);
    });
    Ok(sender)
}

/// `ssh -- HOST firn connect`: after `--` no host is an option. What ssh has to say comes to the terminal.
fn ssh(host: &str) -> Result<Child, Error> {
    let mut command = Command::new("ssh");
    command.args(["--", host, "firn", "connect"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let child = command.kill_on_drop(true).spawn();
    child.map_err(|error| Error::Ssh(host.to_owned(), error.to_string()))
}

fn unreachable(path: &Path, error: &std::io::Error) -> Error {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::ConnectionRefused => Error::Absent(path),
        ErrorKind::PermissionDenied => Error::Forbidden(path),
        _ => Error::Socket(path, error.to_string()),
    }
}
