//! Which NICs carry the management network, and which fixed names all NICs get.

use super::nic_rule::{describe, list, match_one};
use crate::machine::{Machine, Nic};
use firn_config::{Network, NicRule, Port, Problem, SettingsNetwork, Uplink};
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
    let named = nics
        .iter()
        .map(|n| firn_config::Nic {
            name: fixed(n),
            mac: n.mac.clone(),
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
            example = format!("{{ mac = \"{}\" }}", linked[0].mac),
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
