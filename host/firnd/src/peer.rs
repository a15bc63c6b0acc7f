//! Who is at the other end of the socket.

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::net::UnixListener;

/// The user who has opened the connection, as the kernel says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The user's number; nothing when the kernel does not say.
    pub uid: Option<u32>,
}

impl Connected<IncomingStream<'_, UnixListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, UnixListener>) -> Self {
        let peer = stream.io().peer_cred();
        Self {
            uid: peer.ok().map(|peer| peer.uid()),
        }
    }
}

impl Peer {
    /// Whether this user may do everything: root, and on a developer's machine the one who runs firnd.
    pub fn is_admin(self) -> bool {
        let own = rustix::process::geteuid().as_raw();
        self.uid.is_some_and(|uid| uid == 0 || uid == own)
    }

    /// What a task's `by` says.
    pub fn name(self) -> String {
        match self.uid {
            Some(0) => "root".to_owned(),
            Some(uid) => format!("uid {uid}"),
            None => "unknown".to_owned(),
        }
    }
}
