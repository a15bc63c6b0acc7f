//! Which NICs carry the management network, and which fixed names all NICs get.

use crate::machine::{Machine, Nic};
use firn_config::{Network, NicRule, Pattern, Port, Problem, SettingsNetwork, Uplink};

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
        [] => format!(
            "no NIC has a link; put in the cable, or name the NIC with network.interface: {}",
            list(nics)
        ),
        _ => format!(
            "{} NICs have a link, say which with network.interface, for example {{ mac = \"{}\" }}: {}",
            linked.len(),
            linked[0].mac,
            list(nics)
        ),
    };
    Err(Problem::new("network.interface", text))
}

fn match_one<'a>(nics: &[&'a Nic], rule: &NicRule, key: &str) -> Result<&'a Nic, Problem> {
    let found: Vec<&&Nic> = nics.iter().filter(|n| matches(n, rule)).collect();
    let rule = describe(rule);
    let text = match found[..] {
        [one] => return Ok(one),
        [] => format!("{rule} finds no NIC: {}", list(nics)),
        _ => format!(
            "{rule} finds {} NICs, say more so that one is left: {}",
            found.len(),
            list(nics)
        ),
    };
    Err(Problem::new(key, text))
}

fn bond_members<'a>(nics: &[&'a Nic], rules: &[NicRule]) -> Result<Vec<&'a Nic>, Vec<Problem>> {
    const KEY: &str = "network.bond.members";
    let mut members: Vec<&Nic> = Vec::new();
    let mut problems = Vec::new();
    for rule in rules {
        match match_one(nics, rule, KEY) {
            Ok(nic) if members.contains(&nic) => {
                problems.push(Problem::new(
                    KEY,
                    format!("{} finds {} a second time", describe(rule), nic.title()),
                ));
            }
            Ok(nic) => members.push(nic),
            Err(problem) => problems.push(problem),
        }
    }
    if rules.is_empty() {
        problems.push(Problem::new(
            KEY,
            format!("a bond needs at least one member: {}", list(nics)),
        ));
    }
    if problems.is_empty() {
        Ok(members)
    } else {
        Err(problems)
    }
}

fn matches(nic: &Nic, rule: &NicRule) -> bool {
    let fits = |wish: &Option<Pattern>, has: Option<&str>| {
        wish.as_ref()
            .is_none_or(|wish| has.is_some_and(|value| wish.matches(value)))
    };
    fits(&rule.name, Some(&nic.name))
        && fits(&rule.mac, Some(&nic.mac))
        && fits(&rule.pci, nic.pci.as_deref())
        && fits(&rule.driver, nic.driver.as_deref())
        && rule
            .link
            .is_none_or(|wish| nic.link.unwrap_or(false) == wish)
}

/// The rule as the answer file writes it.
fn describe(rule: &NicRule) -> String {
    let text =
        |name: &str, value: &Option<Pattern>| value.as_ref().map(|v| format!("{name} = \"{v}\""));
    let parts: Vec<String> = [
        text("name", &rule.name),
        text("mac", &rule.mac),
        text("pci", &rule.pci),
        text("driver", &rule.driver),
        rule.link.map(|l| format!("link = {l}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "an empty rule".into()
    } else {
        format!("{{ {} }}", parts.join(", "))
    }
}

fn list(nics: &[&Nic]) -> String {
    if nics.is_empty() {
        return "this machine shows no NIC".into();
    }
    let titles: Vec<String> = nics.iter().map(|n| n.title()).collect();
    titles.join(", ")
}
