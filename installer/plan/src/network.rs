//! Which NICs carry the management network, and which fixed names all NICs get.

use super::nic_rule::{describe, list, match_one};
use firn_config::{Network, NicRule, Port, Problem, SettingsNetwork, Uplink};
use firn_machine::{Machine, Nic};
use firn_words::say;

/// The settings of the network, and the current names of the NICs that carry it.
pub type Chosen = (SettingsNetwork, Vec<String>);

/// Chooses the NIC or the members of the bond.
///
/// # Errors
/// Every rule that does not leave exactly one NIC; each lists all NICs.
pub fn choose(machine: &Machine, wish: &Network) -> Result<Chosen, Vec<Problem>> {
    let nics = in_pci_order(&machine.nics);
    let fixed = |nic: &Nic| {
        let index = nics.iter().position(|n| n == &nic).unwrap_or_default();
        format!("nic{index}")
    };
    let (uplink, used) = match &wish.port {
        Port::Auto => {
            let nic = the_one_with_a_link(&nics).map_err(|p| vec![p])?;
            (Uplink::Nic(fixed(nic)), vec![nic.name.clone()])
        }
        Port::Interface(rule) => {
            let nic = match_one(&nics, rule, "network.interface").map_err(|p| vec![p])?;
            (Uplink::Nic(fixed(nic)), vec![nic.name.clone()])
        }
        Port::Bond(bond) => {
            let members = bond_members(&nics, &bond.members)?;
            let names = members.iter().map(|n| n.name.clone()).collect();
            (
                Uplink::Bond {
                    mode: bond.mode,
                    members: members.into_iter().map(fixed).collect(),
                },
                names,
            )
        }
    };
    let (known, unknown): (Vec<&Nic>, Vec<&Nic>) =
        nics.iter().partition(|nic| is_known(machine, nic));
    // One that is not used and cannot be told from another gets no fixed name.
    if let Some(nic) = unknown.iter().find(|nic| used.contains(&nic.name)) {
        return Err(vec![same_mac(machine, nic)]);
    }
    let named = known
        .iter()
        .map(|n| {
            let mut nic = firn_config::Nic {
                name: fixed(n),
                mac: n.mac.clone(),
                pci: None,
            };
            nic.pci = n
                .pci
                .clone()
                .filter(|_| machine.shares_mac(n) || !nic.has_mac());
            nic
        })
        .collect();
    let network = SettingsNetwork {
        nics: named,
        uplink,
        vlan: wish.vlan,
        ipv4: wish.ipv4,
        ipv6: wish.ipv6,
        dns: wish.dns.clone(),
        search: wish.search.clone(),
        mtu: wish.mtu,
    };
    Ok((network, used))
}

/// Whether the NIC will be known again: by its MAC address, or where another has the same by both places.
fn is_known(machine: &Machine, nic: &Nic) -> bool {
    let mut others = machine
        .nics
        .iter()
        .filter(|o| o.mac == nic.mac && o.name != nic.name);
    others.all(|other| nic.pci.is_some() && other.pci.is_some() && nic.pci != other.pci)
}

fn same_mac(machine: &Machine, nic: &Nic) -> Problem {
    let same: Vec<&Nic> = machine.nics.iter().filter(|o| o.mac == nic.mac).collect();
    let text = say!(
        "plan-nic-same-mac",
        count = same.len(),
        mac = &nic.mac,
        nics = list(&same)
    );
    Problem::new("network.interface", text)
}

/// How a rule names a NIC that no other is like.
fn example(nic: &Nic, nics: &[&Nic]) -> String {
    let alone = nics.iter().filter(|other| other.mac == nic.mac).count() == 1;
    match &nic.pci {
        Some(pci) if !alone => format!("{{ pci = \"{pci}\" }}"),
        _ => format!("{{ mac = \"{}\" }}", nic.mac),
    }
}

/// NICs with a PCI address first, by that address; a longer domain (as behind VMD) comes after the short ones.
fn in_pci_order(nics: &[Nic]) -> Vec<&Nic> {
    let mut sorted: Vec<&Nic> = nics.iter().collect();
    sorted.sort_by_key(|n| {
        (
            n.pci.is_none(),
            n.pci.as_ref().map(|p| (p.len(), p.clone())),
            n.name.clone(),
        )
    });
    sorted
}

fn the_one_with_a_link<'a>(nics: &[&'a Nic]) -> Result<&'a Nic, Problem> {
    let linked: Vec<&&Nic> = nics.iter().filter(|n| n.link == Some(true)).collect();
    let text = match linked[..] {
        [one] => return Ok(one),
        [] => say!("plan-nic-none-linked", nics = list(nics)),
        _ => say!(
            "plan-nic-several-linked",
            count = linked.len(),
            example = example(linked[0], nics),
            nics = list(nics)
        ),
    };
    Err(Problem::new("network.interface", text))
}

fn bond_members<'a>(nics: &[&'a Nic], rules: &[NicRule]) -> Result<Vec<&'a Nic>, Vec<Problem>> {
    const KEY: &str = "network.bond.members";
    let mut members: Vec<&Nic> = Vec::new();
    let mut problems = Vec::new();
    for rule in rules {
        match match_one(nics, rule, KEY) {
            Ok(nic) if members.contains(&nic) => {
                let text = say!("plan-nic-twice", rule = describe(rule), nic = nic.title());
                problems.push(Problem::new(KEY, text));
            }
            Ok(nic) => members.push(nic),
            Err(problem) => problems.push(problem),
        }
    }
    if rules.is_empty() {
        let text = say!("plan-nic-no-members", nics = list(nics));
        problems.push(Problem::new(KEY, text));
    }
    if problems.is_empty() {
        Ok(members)
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::{Bond, BondMode, Language, Pattern};
    use firn_machine::samples::{nic, server};

    const MAC: &str = "3c:ec:ef:00:80:00";

    fn machine(places: [Option<&str>; 2]) -> Machine {
        let port = |name: &str, pci: Option<&str>| Nic {
            mac: MAC.into(),
            pci: pci.map(str::to_owned),
            ..nic(name, 1, true)
        };
        Machine {
            nics: vec![
                port("eno1", places[0]),
                port("eno2", places[1]),
                nic("eno3", 3, false),
            ],
            ..server()
        }
    }

    fn by_name(name: &str) -> NicRule {
        NicRule {
            name: Some(Pattern(name.into())),
            ..NicRule::default()
        }
    }

    fn wish(port: Port) -> Network {
        Network {
            port,
            ..Network::default()
        }
    }

    fn refusal(machine: &Machine, wish: &Network, language: Language) -> String {
        let problems = choose(machine, wish).unwrap_err();
        problems[0].text.in_language(language)
    }

    #[test]
    fn one_mac_address_twice_is_told_apart_by_place() {
        let machine = machine([Some("0000:61:00.0"), Some("0000:61:00.1")]);
        let (network, used) = choose(&machine, &wish(Port::Interface(by_name("eno2")))).unwrap();
        assert_eq!(used, ["eno2"]);
        let pci: Vec<_> = network.nics.iter().map(|n| n.pci.as_deref()).collect();
        // eno3 comes first, by its place, and needs none.
        assert_eq!(pci, [None, Some("0000:61:00.0"), Some("0000:61:00.1")]);
        assert_eq!(network.uplink, Uplink::Nic("nic2".into()));
        let bond = Bond {
            mode: BondMode::ActiveBackup,
            members: ["eno1", "eno2"].map(by_name).to_vec(),
        };
        assert!(choose(&machine, &wish(Port::Bond(bond))).is_ok());
        let both = refusal(&machine, &wish(Port::Auto), Language::En);
        assert!(
            both.contains("for example { pci = \"0000:61:00.0\" }"),
            "{both}"
        );
    }

    #[test]
    fn those_that_nothing_tells_apart_are_refused_when_they_are_used() {
        // Two USB adapters on one controller, and one without a place.
        for places in [
            [Some("0000:00:14.0"); 2],
            [Some("0000:00:14.0"), None],
            [None, None],
        ] {
            let machine = machine(places);
            let used = wish(Port::Interface(by_name("eno1")));
            insta::allow_duplicates! {
                insta::assert_snapshot!(refusal(&machine, &used, Language::En), @"2 NICs have the MAC address 3c:ec:ef:00:80:00 and cannot be told apart by their place either, so it would be chance which one the host takes: eno1 (3c:ec:ef:00:80:00, virtio_net, link), eno2 (3c:ec:ef:00:80:00, virtio_net, link); take one out, or choose another NIC");
                insta::assert_snapshot!(refusal(&machine, &used, Language::De), @"2 Netzwerkkarten haben die MAC-Adresse 3c:ec:ef:00:80:00 und lassen sich auch am Einbauort nicht unterscheiden; welche der Host nimmt, wäre Zufall: eno1 (3c:ec:ef:00:80:00, virtio_net, Verbindung), eno2 (3c:ec:ef:00:80:00, virtio_net, Verbindung); bauen Sie eine aus oder wählen Sie eine andere Netzwerkkarte");
            }
            let other = wish(Port::Interface(by_name("eno3")));
            let (network, _) = choose(&machine, &other).unwrap();
            assert_eq!(network.nics.len(), 1, "no fixed name for either");
        }
    }
}
