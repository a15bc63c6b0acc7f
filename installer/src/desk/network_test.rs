//! "Test it" on the page of the management network: address, gateway, DNS, NTP, each with its result.
//!
//! The network is brought up as the host will have it (bridge, bond, VLAN, DHCP identity), with the NICs' present names, and taken
//! down again whatever happens. Nothing here takes longer than its time; the whole of it ends within [`MOST`], and after the step
//! that is being done when an installation wants the network ([`claim`]).

mod alone;
mod ask;
mod network;
mod read;
#[cfg(test)]
mod tests;
mod verdict;
mod wanted;

use crate::machine::Machine;
use alone::ALONE;
pub use alone::Claim;
use firn_config::{Answers, Ntp};
use firn_words::{Text, say};
use network::Network;
use std::time::{Duration, Instant};

/// The longest that a test takes.
pub const MOST: Duration = Duration::from_secs(90);
/// Time servers where neither answers nor DHCP name one: those that the host will ask.
const POOL: &str = "2.debian.pool.ntp.org";

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Link and address.
    Address,
    /// The way out.
    Gateway,
    /// Name servers.
    Dns,
    /// Time servers.
    Ntp,
}

impl What {
    /// Its name on screens.
    pub fn title(self) -> Text {
        match self {
            What::Address => say!("page-test-address"),
            What::Gateway => say!("page-test-gateway"),
            What::Dns => say!("page-test-dns"),
            What::Ntp => say!("page-test-ntp"),
        }
    }
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It works.
    Works,
    /// It works in part, or is not asked for.
    Note,
    /// It does not work.
    Fails,
    /// Something before it failed, so it was not tried.
    NotTried,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was tried.
    pub what: What,
    /// How it went.
    pub outcome: Outcome,
    /// In words, with what to do where it does not work.
    pub text: Text,
}

/// Takes the network for an installation, until the value goes: a test that runs, whose page may have been left, ends after its
/// present step and has taken its files and links away when this comes back, and no other begins. Never call it where a test holds
/// the network.
pub fn claim() -> Claim<'static> {
    ALONE.claim()
}

/// Tries the network of these answers; `each` gets every result as soon as it is there.
///
/// # Errors
/// When the answers name no NIC, the network could not be brought up at all, or an installation wants it.
pub fn run(
    machine: &Machine,
    answers: &Answers,
    each: &mut dyn FnMut(&Finding),
) -> Result<Vec<Finding>, Text> {
    let end = Instant::now() + MOST;
    let network = bring_up(machine, answers)?;
    let mut findings = Vec::new();
    let mut say = |finding: Finding| {
        each(&finding);
        findings.push(finding);
    };
    let address = network.addresses();
    let reachable = address.found.iter().any(|(_, twice)| !twice);
    say(verdict::address(&answers.network, &address));
    if reachable {
        go_on()?;
        say(verdict::gateway(&network.gateways()));
        go_on()?;
        say(verdict::dns(&network.name_servers(), end));
        go_on()?;
        say(verdict::ntp(
            &time_servers(&network, &answers.time.ntp),
            end,
        ));
    } else {
        for what in [What::Gateway, What::Dns, What::Ntp] {
            say(verdict::not_tried(what));
        }
    }
    Ok(findings)
}

fn go_on() -> Result<(), Text> {
    if ALONE.is_claimed() {
        return Err(say!("desk-net-claimed"));
    }
    Ok(())
}

/// The network of these answers; it is taken down when the value goes.
///
/// # Errors
/// When the answers name no NIC, or it could not be brought up.
pub(super) fn bring_up(machine: &Machine, answers: &Answers) -> Result<Network, Text> {
    let network = Network::start(machine, answers)?;
    network.wait();
    go_on()?;
    Ok(network)
}

/// `None` where no time server is wanted.
fn time_servers(network: &Network, ntp: &Ntp) -> Option<Vec<String>> {
    match ntp {
        Ntp::None => None,
        Ntp::Servers(servers) => Some(servers.clone()),
        Ntp::Dhcp => {
            let given = network.leased_time_servers();
            Some(if given.is_empty() {
                vec![POOL.into()]
            } else {
                given
            })
        }
    }
}
