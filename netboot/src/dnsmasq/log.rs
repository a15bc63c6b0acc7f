//! What dnsmasq's log says about machines. Pure.

use super::config::{ARCHITECTURE_TAG, LOADER_TAGS};
use crate::architecture::Architecture;
use crate::event::Event;
use crate::mac::Mac;
use std::net::IpAddr;

/// Words of the log that stand for an answer to a machine.
const ANSWERS: [&str; 4] = ["DHCPOFFER", "DHCPACK", "DHCPNAK", "PXE"];

/// What the log has said about the packet that is being answered. dnsmasq answers one at a time, and begins each line with its number.
#[derive(Debug, Default)]
pub struct Log {
    transaction: Option<String>,
    mac: Option<Mac>,
    architecture: Option<Architecture>,
}

impl Log {
    /// The events in a line such as `dnsmasq-dhcp: 4711 DHCPACK(eth1) 192.168.77.128 52:54:00:12:34:56 name`.
    pub fn events(&mut self, line: &str) -> Vec<Event> {
        let Some((transaction, text)) = said(line) else {
            return Vec::new();
        };
        self.turn_to(transaction);
        if let Some(class) = text.strip_prefix("vendor class: ") {
            // The first line that a packet's own words are in: what follows is about no other.
            (self.mac, self.architecture) = (None, in_class(class));
        } else if let Some(tags) = text.strip_prefix("tags: ") {
            return self.kind(tags).into_iter().collect();
        }
        self.packet(text).into_iter().collect()
    }

    fn turn_to(&mut self, transaction: &str) {
        if self.transaction.as_deref() != Some(transaction) {
            *self = Self {
                transaction: Some(transaction.to_owned()),
                ..Self::default()
            };
        }
    }

    /// What came, or what was answered.
    fn packet(&mut self, text: &str) -> Option<Event> {
        let (what, rest) = text.split_once('(')?;
        let words: Vec<&str> = rest.split_whitespace().skip(1).take(2).collect();
        let mac: Mac = words.iter().find_map(|word| word.parse().ok())?;
        self.mac = Some(mac);
        // A proxy names its own network there, not the machine's address.
        let address: Option<IpAddr> = words.iter().find_map(|word| word.parse().ok());
        ANSWERS.contains(&what).then(|| Event::Dhcp {
            mac,
            what: what.to_owned(),
            address: address.filter(|_| what == "DHCPACK"),
        })
    }

    /// The kind of machine, once its address and its tags are known. A machine that takes one of several kinds is of one that starts.
    fn kind(&self, tags: &str) -> Option<Event> {
        let tags: Vec<&str> = tags.split(',').map(str::trim).collect();
        let loader = LOADER_TAGS.iter().any(|tag| tags.contains(tag));
        let number = |tag: &&str| tag.strip_prefix(ARCHITECTURE_TAG)?.parse().ok();
        let tagged = tags.iter().find_map(number).map(Architecture);
        let architecture = match self.architecture.or(tagged)? {
            kind if loader && kind.refusal().is_some() => return None,
            kind => kind,
        };
        let mac = self.mac?;
        Some(Event::Kind { mac, architecture })
    }
}

/// The packet's number and what is said about it.
fn said(line: &str) -> Option<(&str, &str)> {
    let (_, rest) = line.split_once("dnsmasq-dhcp")?;
    let (_, rest) = rest.split_once(": ")?;
    let (transaction, text) = rest.split_once(' ')?;
    let number = !transaction.is_empty() && transaction.bytes().all(|byte| byte.is_ascii_digit());
    number.then_some((transaction, text))
}

/// The number in `PXEClient:Arch:00007:UNDI:003016`.
fn in_class(class: &str) -> Option<Architecture> {
    let (_, rest) = class.split_once(":Arch:")?;
    let number = rest.split(':').next()?;
    number.trim().parse().ok().map(Architecture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MAC: &str = "52:54:00:12:34:56";

    /// What the log gives rise to, in words.
    fn found(lines: &[&str]) -> Vec<String> {
        let mut log = Log::default();
        let word = |event: &Event| match event {
            Event::Dhcp { what, address, .. } => {
                let address = address.map(|a| format!(" {a}"));
                format!("{what}{}", address.unwrap_or_default())
            }
            Event::Kind { mac, architecture } => format!("{mac} is {architecture}"),
            other => format!("{other:?}"),
        };
        let lines = lines.iter().map(|line| line.replace("MAC", MAC));
        lines
            .flat_map(|line| log.events(&line))
            .map(|event| word(&event))
            .collect()
    }

    #[test]
    fn answers_to_machines() {
        let table: [(&str, &[&str]); 9] = [
            (
                "dnsmasq-dhcp: 4711 DHCPACK(eth1) 192.168.77.128 MAC xen1",
                &["DHCPACK 192.168.77.128"],
            ),
            (
                "dnsmasq-dhcp[9]: 4711 DHCPOFFER(eth1) 192.168.77.128 MAC ",
                &["DHCPOFFER"],
            ),
            (
                "dnsmasq-dhcp: 4711 PXE(eth1) 192.168.77.0 MAC proxy",
                &["PXE"],
            ),
            ("dnsmasq-dhcp: 4711 PXE(eth1) MAC proxy", &["PXE"]),
            ("dnsmasq-dhcp: 4711 DHCPDISCOVER(eth1) MAC", &[]),
            (
                "dnsmasq-dhcp: 4711 available DHCP range: 192.168.77.128 -- 192.168.77.254",
                &[],
            ),
            // A machine chooses its name, and may choose this one.
            (
                "dnsmasq-dhcp: 4711 client provides name: DHCPACK(eth1) 192.168.77.128 MAC",
                &[],
            ),
            (
                "dnsmasq-tftp: sent /tmp/run/tftp/undionly.kpxe to 192.168.77.128",
                &[],
            ),
            ("", &[]),
        ];
        for (line, expected) in table {
            assert_eq!(found(&[line]), expected, "{line}");
        }
    }

    /// As dnsmasq 2.90 logs them, as the network's own server.
    #[test]
    fn the_kind_of_a_machine() {
        let packet = |class: &str, tags: &str| {
            let class = format!("dnsmasq-dhcp[9]: 287454026 vendor class: {class}");
            let tags = format!("dnsmasq-dhcp[9]: 287454026 tags: {tags}, eth1");
            let packet = "dnsmasq-dhcp[9]: 287454026 DHCPDISCOVER(eth1) MAC ";
            found(&[&class, packet, &tags])
        };
        let is = |name: &str| vec![format!("52-54-00-12-34-56 is {name}")];
        let none: Vec<String> = Vec::new();
        let table = [
            (
                "PXEClient:Arch:00006:UNDI:003016",
                "arch-6",
                is("32-bit x86 UEFI"),
            ),
            (
                "HTTPClient:Arch:00015:UNDI:003016",
                "arch-15",
                is("32-bit x86 UEFI over HTTP"),
            ),
            ("PXEClient:Arch:00007:UNDI:003016", "efi", is("x64 UEFI")),
            (
                "PXEClient:Arch:00099:UNDI:003016",
                "known",
                is("client architecture 99"),
            ),
            ("U-Boot.armv8", "arch-22", is("64-bit ARM U-Boot")),
            // Option 93 has 6 and 7.
            (
                "PXEClient:Arch:00006:UNDI:003016",
                "arch-6, efi",
                none.clone(),
            ),
            ("PXEClient", "bios", none.clone()),
            ("udhcp 1.36", "known", none),
        ];
        for (class, tags, expected) in table {
            assert_eq!(packet(class, tags), expected, "{class}, {tags}");
        }
    }

    #[test]
    fn one_packet_s_words_are_not_those_of_another() {
        let class = "dnsmasq-dhcp: 7 vendor class: PXEClient:Arch:00006:UNDI:003016";
        let other = [
            "dnsmasq-dhcp: 8 PXE(eth1) MAC proxy",
            "dnsmasq-dhcp: 8 tags: eth1",
        ];
        assert_eq!(found(&[class, other[0], other[1]]), ["PXE"]);
        let same = [
            "dnsmasq-dhcp: 7 PXE(eth1) MAC proxy",
            "dnsmasq-dhcp: 7 tags: arch-6, eth1",
        ];
        let first = found(&[class, same[0], same[1]]);
        assert_eq!(first, ["PXE", "52-54-00-12-34-56 is 32-bit x86 UEFI"]);
        assert_eq!(found(&[same[0], class, same[1]]), ["PXE"]);
    }

    /// Lines near those of dnsmasq, with words in them that machines choose.
    fn any_line() -> impl Strategy<Value = String> {
        let what = "DHCP(OFFER|ACK|NAK|DISCOVER)|PXE|vendor class: |tags: |client provides name: |[ -~]{0,12}";
        let rest = "(\\(eth1\\))?( (192\\.0\\.2\\.[0-9]{1,4}|52:54:00:12:34:5[0-9a-g]|fe80::[0-9a-f]{1,5}|proxy|arch-[0-9]{1,6},?|bios|PXEClient:Arch:[0-9]{1,6}:UNDI|\\PC{0,8})){0,4}";
        prop_oneof![
            8 => (0u8..3, what, rest).prop_map(|(id, what, rest)| format!("dnsmasq-dhcp[9]: {id} {what}{rest}")),
            1 => any::<String>(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// A line is about one machine at most, and only about one whose address the log has named.
        #[test]
        fn no_line_tells_of_a_machine_that_nothing_names(lines in prop::collection::vec(any_line(), 0..12)) {
            let mut log = Log::default();
            let mut said = String::new();
            for line in &lines {
                said += &line.to_lowercase().replace(':', "-");
                let events = log.events(line);
                prop_assert!(events.len() <= 1);
                match events.first() {
                    Some(Event::Dhcp { mac, what, address }) => {
                        prop_assert!(ANSWERS.contains(&what.as_str()));
                        prop_assert!(address.is_none() || what == "DHCPACK");
                        prop_assert!(said.contains(&mac.to_string()));
                    }
                    Some(Event::Kind { mac, .. }) => prop_assert!(said.contains(&mac.to_string())),
                    Some(other) => prop_assert!(false, "{other:?}"),
                    None => {}
                }
            }
        }
    }
}
