//! A small Ethernet switch in user space: ports that carry one VLAN with tags, and a network behind it without.
//!
//! QEMU's network knows no tags, nor do kernels everywhere. So the machine's cards are connected to this switch, and so is a hub inside
//! QEMU on which a network answers; frames of the VLAN lose their tag on the way there and get it back on the way out. Frames without a
//! tag go to a hub of their own, as on a port whose native network is another one.

use super::args::{comma, tap};
use super::machine::Lab;
use super::spec::Link;
use anyhow::{Context, Result};
use std::net::Ipv4Addr;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;

const TAG: [u8; 2] = [0x81, 0x00];

/// A running switch; its threads end when it is dropped.
#[derive(Debug)]
pub struct Switch {
    folder: TempDir,
    ports: usize,
    running: Arc<()>,
}

impl Switch {
    /// Starts a switch with this many ports for the VLAN.
    ///
    /// # Errors
    /// When a socket cannot be made.
    pub fn start(lab: &Lab, ports: usize, vlan: u16) -> Result<Switch> {
        let switch = Switch {
            folder: lab.socket_folder()?,
            ports,
            running: Arc::new(()),
        };
        let inner = Arc::new(bind(&switch.path("inner-switch"))?);
        let native = Arc::new(bind(&switch.path("native-switch"))?);
        let outer: Vec<Arc<UnixDatagram>> = (0..ports)
            .map(|port| bind(&switch.path(&format!("port{port}-switch"))).map(Arc::new))
            .collect::<Result<_>>()?;
        // The port from which the machine spoke last: a bond listens on one port only.
        let active = Arc::new(AtomicUsize::new(0));
        for (port, socket) in outer.iter().enumerate() {
            let (inner, native, active) =
                (Arc::clone(&inner), Arc::clone(&native), Arc::clone(&active));
            let (to, to_native) = (switch.path("inner-qemu"), switch.path("native-qemu"));
            switch.forward(socket, move |frame| {
                active.store(port, Ordering::Relaxed);
                // A frame that cannot be delivered is lost, as on any cable.
                let _ = match untag(frame, vlan) {
                    Some(frame) => inner.send_to(&frame, &to),
                    None if tagged(frame) => Ok(0),
                    None => native.send_to(frame, &to_native),
                };
            });
        }
        let to: Vec<PathBuf> = (0..ports)
            .map(|p| switch.path(&format!("port{p}-qemu")))
            .collect();
        switch.back(&inner, &outer, &to, &active, move |frame| tag(frame, vlan));
        switch.back(&native, &outer, &to, &active, <[u8]>::to_vec);
        Ok(switch)
    }

    /// What a card is connected to for this port, counted from 0.
    pub fn link(&self, port: usize) -> Link {
        assert!(port < self.ports, "the switch has {} ports", self.ports);
        Link::Switch(
            self.path(&format!("port{port}-qemu")),
            self.path(&format!("port{port}-switch")),
        )
    }

    /// QEMU's words for its own network behind the switch, with a way from `ssh_port` to the machine's address.
    pub fn inside(&self, ssh_port: u16, machine: Ipv4Addr) -> Vec<String> {
        let user = format!("user,id=inner,hostfwd=tcp:127.0.0.1:{ssh_port}-{machine}:22");
        self.hub(0, "inner", &user)
    }

    /// QEMU's words for two networks of our own behind the switch, by their tap devices: one that the VLAN leads to, and one for frames
    /// without a tag.
    pub fn between(&self, vlan: &str, native: &str) -> Vec<String> {
        let inner = self.hub(0, "inner", &tap("inner", vlan));
        [inner, self.hub(1, "native", &tap("native", native))].concat()
    }

    /// A hub on which the switch's socket of this name meets a network, which has the name as its id.
    fn hub(&self, number: u8, name: &str, network: &str) -> Vec<String> {
        let local = self.path(&format!("{name}-qemu"));
        let remote = self.path(&format!("{name}-switch"));
        let dgram = format!(
            "dgram,id={name}-switch,local.type=unix,local.path={},remote.type=unix,remote.path={}",
            comma(&local),
            comma(&remote)
        );
        let port = |netdev: &str| format!("hubport,id=hub-{netdev},hubid={number},netdev={netdev}");
        [
            network.to_owned(),
            port(name),
            dgram,
            port(&format!("{name}-switch")),
        ]
        .into_iter()
        .flat_map(|netdev| ["-netdev".to_owned(), netdev])
        .collect()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Forwards what comes from a network to the port that is in use.
    fn back(
        &self,
        from: &Arc<UnixDatagram>,
        ports: &[Arc<UnixDatagram>],
        to: &[PathBuf],
        active: &Arc<AtomicUsize>,
        change: impl Fn(&[u8]) -> Vec<u8> + Send + 'static,
    ) {
        let (ports, to, active) = (ports.to_vec(), to.to_vec(), Arc::clone(active));
        self.forward(from, move |frame| {
            let port = active.load(Ordering::Relaxed);
            let _ = ports[port].send_to(&change(frame), &to[port]);
        });
    }

    fn forward(&self, socket: &Arc<UnixDatagram>, mut take: impl FnMut(&[u8]) + Send + 'static) {
        let (socket, running) = (Arc::clone(socket), Arc::downgrade(&self.running));
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            // The socket has a timeout, so that the thread sees the end of the switch.
            while running.strong_count() > 0 {
                if let Ok(length) = socket.recv(&mut buffer) {
                    take(&buffer[..length]);
                }
            }
        });
    }
}

/// Whether the frame has a tag of any VLAN.
fn tagged(frame: &[u8]) -> bool {
    frame.get(12..14) == Some(&TAG)
}

fn bind(path: &Path) -> Result<UnixDatagram> {
    let socket = UnixDatagram::bind(path)
        .with_context(|| format!("making the socket {}", path.display()))?;
    socket.set_read_timeout(Some(Duration::from_millis(500)))?;
    Ok(socket)
}

/// The frame without its tag, if it has that of this VLAN.
fn untag(frame: &[u8], vlan: u16) -> Option<Vec<u8>> {
    let id = u16::from_be_bytes(frame.get(14..16)?.try_into().ok()?) & 0x0fff;
    (tagged(frame) && id == vlan).then(|| [&frame[..12], &frame[16..]].concat())
}

/// The frame with the tag of this VLAN.
fn tag(frame: &[u8], vlan: u16) -> Vec<u8> {
    let (addresses, rest) = frame.split_at(frame.len().min(12));
    [addresses, &TAG, &vlan.to_be_bytes(), rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_and_go() {
        let frame: Vec<u8> = (0..60).collect();
        let tagged = tag(&frame, 42);
        assert_eq!(&tagged[12..16], &[0x81, 0, 0, 42]);
        assert_eq!(untag(&tagged, 42), Some(frame.clone()));
        assert_eq!(untag(&tagged, 43), None);
        assert_eq!(untag(&frame, 42), None);
        assert_eq!(untag(&[1, 2], 42), None);
    }
}
