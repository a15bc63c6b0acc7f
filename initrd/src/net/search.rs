//! Which NIC leads to the server: all are asked at the same time, the first that reaches it wins.

use super::backoff::Backoff;
use super::client::Client;
use super::curl::Server;
use super::lease::Lease;
use super::nic::{self, Nic};
use super::trouble::{Seen, State, not_reached, word};
use crate::console;
use crate::manifest;
use crate::modules::Coldplug;
use crate::options::Net;
use anyhow::{Result, bail};
use firn_image::{Manifest, file};
use std::fs;
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(200);
/// Longer than any patience.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);
const RESOLVER: &str = "/etc/resolv.conf";

/// The NIC that leads to the server; its DHCP client still runs.
pub struct Found {
    pub client: Client,
    pub lease: Lease,
}

/// One NIC that is being tried.
struct Attempt {
    client: Client,
    state: State,
    /// When the server is asked next, once there is an address.
    due: Instant,
    pauses: Backoff,
}

/// Waits until a NIC reaches the server and that has the files of this image.
pub fn find(net: &Net, image: &Manifest, patience: Duration) -> Result<Found> {
    let end = Instant::now() + patience;
    let mut coldplug = Coldplug::default();
    let mut attempts: Vec<Attempt> = Vec::new();
    // Kept, so that they are not tried again with every look.
    let mut unusable: Vec<Seen> = Vec::new();
    loop {
        while coldplug.load_new() {}
        for nic in new_nics(net, &attempts, &unusable) {
            match Attempt::start(nic, net.vlan, patience) {
                Ok(attempt) => attempts.push(attempt),
                Err(seen) => {
                    console::say(&format!("Firn: {}", word(&seen, net.vlan)));
                    unusable.push(seen);
                }
            }
        }
        let won = attempts.iter_mut().position(|one| one.look(net, image));
        if let Some(winner) = won {
            let winner = attempts.swap_remove(winner);
            attempts.into_iter().for_each(|other| other.client.stop());
            let lease = winner.client.lease();
            return Ok(Found {
                client: winner.client,
                lease,
            });
        }
        if Instant::now() > end {
            bail!("{}", give_up(net, patience, attempts, unusable));
        }
        std::thread::sleep(PAUSE);
    }
}

/// NICs that have appeared since the last look; with BOOTIF only the one that was booted from.
fn new_nics(net: &Net, attempts: &[Attempt], unusable: &[Seen]) -> Vec<Nic> {
    let wanted = |nic: &Nic| net.mac.as_ref().is_none_or(|mac| nic.mac == *mac);
    let known = |nic: &Nic| {
        let mut tried = attempts.iter().map(|one| &one.client.nic);
        let mut failed = unusable.iter().map(|seen| &seen.nic);
        tried.any(|one| one == nic) || failed.any(|one| one == nic)
    };
    let nics = nic::list().into_iter();
    nics.filter(|nic| wanted(nic) && !known(nic)).collect()
}

fn give_up(net: &Net, patience: Duration, attempts: Vec<Attempt>, unusable: Vec<Seen>) -> String {
    let see = |one: Attempt| {
        let seen = Seen {
            nic: one.client.nic.clone(),
            state: one.state,
        };
        one.client.stop();
        seen
    };
    let tried: Vec<Seen> = attempts.into_iter().map(see).chain(unusable).collect();
    not_reached(net, patience, &tried, &nic::list(), &nic::without_driver())
}

impl Attempt {
    /// A NIC that cannot be used, such as one without its firmware, is no reason to leave the others.
    fn start(nic: Nic, vlan: Option<u16>, patience: Duration) -> Result<Attempt, Seen> {
        console::say(&format!(
            "Firn: asking for an address on {} ({})",
            nic.name, nic.mac
        ));
        let client = Client::start(nic.clone(), vlan).map_err(|error| Seen {
            nic,
            state: State::Unusable(format!("{error:#}")),
        })?;
        Ok(Attempt {
            client,
            state: State::Unplugged,
            due: Instant::now(),
            pauses: Backoff::new(patience),
        })
    }

    /// Whether the server was reached over this NIC.
    fn look(&mut self, net: &Net, image: &Manifest) -> bool {
        let lease = self.client.lease();
        if lease.addresses.is_empty() {
            let link = self.client.nic.has_link();
            self.state = if link {
                State::Linked
            } else {
                State::Unplugged
            };
            return false;
        }
        let addresses = lease.addresses.join(", ");
        if !matches!(&self.state, State::Addressed { addresses: said, .. } if *said == addresses) {
            console::say(&format!("Firn: {} has {addresses}", self.client.interface));
            let words = String::new();
            self.state = State::Addressed { addresses, words };
        }
        match lease.lacks(&net.base) {
            Some(kind) => self.note(format!("{} needs an {kind} address", net.base)),
            None if Instant::now() >= self.due => return self.ask(&lease, net, image),
            None => {}
        }
        false
    }

    fn ask(&mut self, lease: &Lease, net: &Net, image: &Manifest) -> bool {
        let Err(words) = reach(&self.client.interface, lease, net, image) else {
            return true;
        };
        let pause = self.pauses.next();
        if let Some(pause) = pause {
            console::say(&format!(
                "Firn: {words}. Trying again in {} s",
                pause.as_secs()
            ));
        }
        self.due = Instant::now() + pause.unwrap_or(NEVER);
        self.note(words);
        false
    }

    /// Keeps why the server was not reached.
    fn note(&mut self, why: String) {
        if let State::Addressed { words, .. } = &mut self.state {
            *words = why;
        }
    }
}

/// Asks the server for its manifest, and compares it with the image that this initrd belongs to.
fn reach(interface: &str, lease: &Lease, net: &Net, image: &Manifest) -> Result<(), String> {
    fs::write(RESOLVER, lease.resolver())
        .map_err(|error| format!("writing {RESOLVER}: {error}"))?;
    let server = Server {
        base: &net.base,
        interface,
    };
    let url = server.url(file::MANIFEST);
    let text = server.text(file::MANIFEST);
    let text = text.map_err(|trouble| format!("fetching {url}: {}", trouble.words))?;
    let found = manifest::parse(&text).map_err(|error| format!("reading {url}: {error:#}"))?;
    if found.id == image.id {
        return Ok(());
    }
    Err(format!(
        "{url} belongs to the image {} of Firn {}, but this netboot.img to {} of {}: serve both from one folder",
        found.id, found.version, image.id, image.version
    ))
}
