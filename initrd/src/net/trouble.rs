//! Why the network did not lead to the image, in one sentence for whoever stands before the machine.

use super::nic::Nic;
use crate::options::Net;
use std::time::Duration;

/// How far a NIC came.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// It could not be brought up, or no client be started on it; and why.
    Unusable(String),
    /// There is no link.
    Unplugged,
    /// There is a link, and nobody who gives an address.
    Linked,
    /// There are addresses, and no way to the files.
    Addressed { addresses: String, words: String },
}

/// A NIC that was tried, and how far it came.
pub struct Seen {
    pub nic: Nic,
    pub state: State,
}

/// `all` are the NICs with a driver, also those that BOOTIF left out; `unserved` the controllers without one.
pub fn not_reached(
    net: &Net,
    patience: Duration,
    tried: &[Seen],
    all: &[Nic],
    unserved: &[String],
) -> String {
    let begin = format!("tried {} s to reach {}", patience.as_secs(), net.base);
    let undriven = match unserved {
        [] => String::new(),
        some => format!(
            ". There is no driver for {}: install from a CD or stick, where a driver can be brought along",
            some.join(", ")
        ),
    };
    let what = if !tried.is_empty() {
        let words: Vec<String> = tried.iter().map(|seen| word(seen, net.vlan)).collect();
        words.join("; ")
    } else if let (Some(mac), false) = (&net.mac, all.is_empty()) {
        let names: Vec<String> = all.iter().map(name).collect();
        format!(
            "no NIC has the address {mac} that BOOTIF names; there are {}",
            names.join(", ")
        )
    } else {
        "there is no NIC that could be used".into()
    };
    format!("{begin}: {what}{undriven}")
}

fn name(nic: &Nic) -> String {
    format!("{} ({})", nic.name, nic.mac)
}

/// How far this NIC came, as a part of the sentence.
pub fn word(seen: &Seen, vlan: Option<u16>) -> String {
    let what = match (&seen.state, vlan) {
        (State::Unusable(words), _) => format!("cannot be used: {words}"),
        (State::Unplugged, _) => {
            "has no link (is the cable in, and the switch's port on?)".to_owned()
        }
        (State::Linked, None) => {
            "has a link, but no DHCP server and no IPv6 router answered".to_owned()
        }
        (State::Linked, Some(id)) => {
            format!("has a link, but no DHCP server and no IPv6 router answered in VLAN {id}")
        }
        (State::Addressed { addresses, words }, _) => format!("has {addresses}, but {words}"),
    };
    format!("{} {what}", name(&seen.nic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nic(number: u8) -> Nic {
        Nic {
            name: format!("eth{number}"),
            mac: format!("52:54:00:00:00:0{number}"),
        }
    }

    fn said(net: Net, tried: &[Seen], all: &[Nic], unserved: &[&str]) -> String {
        let net = Net {
            base: "http://boot/firn".into(),
            ..net
        };
        let unserved: Vec<String> = unserved.iter().map(|&id| id.to_owned()).collect();
        not_reached(&net, Duration::from_secs(180), tried, all, &unserved)
    }

    #[test]
    fn every_nic_says_how_far_it_came() {
        let state = |number, state| Seen {
            nic: nic(number),
            state,
        };
        let tried = [
            state(0, State::Unplugged),
            state(1, State::Linked),
            state(
                2,
                State::Addressed {
                    addresses: "192.0.2.5".into(),
                    words: "fetching http://boot/firn/manifest.json: Could not resolve host: boot"
                        .into(),
                },
            ),
        ];
        assert_eq!(
            said(Net::default(), &tried, &[], &[]),
            "tried 180 s to reach http://boot/firn: \
             eth0 (52:54:00:00:00:00) has no link (is the cable in, and the switch's port on?); \
             eth1 (52:54:00:00:00:01) has a link, but no DHCP server and no IPv6 router answered; \
             eth2 (52:54:00:00:00:02) has 192.0.2.5, but fetching http://boot/firn/manifest.json: Could not resolve host: boot"
        );
        let tagged = Net {
            vlan: Some(42),
            ..Net::default()
        };
        assert!(said(tagged, &tried[1..2], &[], &[]).ends_with("answered in VLAN 42"));
    }

    #[test]
    fn a_nic_that_cannot_be_used_stands_beside_the_others() {
        let unusable = Seen {
            nic: nic(1),
            state: State::Unusable(
                "running ip link set dev eth1 up: exit status: 1: ip: SIOCSIFFLAGS: No such file or directory"
                    .into(),
            ),
        };
        let unplugged = Seen {
            nic: nic(0),
            state: State::Unplugged,
        };
        assert_eq!(
            said(Net::default(), &[unplugged, unusable], &[], &[]),
            "tried 180 s to reach http://boot/firn: \
             eth0 (52:54:00:00:00:00) has no link (is the cable in, and the switch's port on?); \
             eth1 (52:54:00:00:00:01) cannot be used: running ip link set dev eth1 up: exit status: 1: \
             ip: SIOCSIFFLAGS: No such file or directory"
        );
    }

    #[test]
    fn without_a_nic_the_reason_is_said() {
        assert_eq!(
            said(Net::default(), &[], &[], &["0000:01:00.0 (14e4:16d7)"]),
            "tried 180 s to reach http://boot/firn: there is no NIC that could be used. \
             There is no driver for 0000:01:00.0 (14e4:16d7): install from a CD or stick, where a driver can be brought along"
        );
        let other = Net {
            mac: Some("52:54:00:00:00:99".into()),
            ..Net::default()
        };
        assert_eq!(
            said(other, &[], &[nic(0)], &[]),
            "tried 180 s to reach http://boot/firn: no NIC has the address 52:54:00:00:00:99 that BOOTIF names; \
             there are eth0 (52:54:00:00:00:00)"
        );
    }
}
