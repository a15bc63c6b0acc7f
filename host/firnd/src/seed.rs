//! What cloud-init in a new guest is told, made from a request.

use firn_api::{Address, NewNic, Problem, Seed};
use firn_guests::Id;
use firn_words::say;
use std::net::IpAddr;

/// Makes the seed's volume for a guest.
///
/// # Errors
/// Everything that is wrong with the request.
pub fn make(name: &str, nics: Option<&[NewNic]>, wanted: &Seed) -> Result<Vec<u8>, Vec<Problem>> {
    let network = wanted
        .address
        .as_ref()
        .map(|address| network(nics, address));
    let network = network.transpose()?;
    let seed = firn_images::Seed {
        instance: Id::random().to_string(),
        host_name: wanted.host_name.clone().unwrap_or_else(|| host_name(name)),
        user: wanted.user.clone(),
        password_hash: wanted.password_hash.clone(),
        ssh_keys: wanted.ssh_keys.clone(),
        network,
    };
    firn_images::seed(&seed).map_err(|error| vec![Problem::new(&error.text(), Some("seed"))])
}

/// A host name from a guest's name: its ASCII letters and digits, and hyphens for everything else.
fn host_name(name: &str) -> String {
    let letter = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let letters: String = name.chars().map(letter).collect();
    let parts: Vec<_> = letters.split('-').filter(|part| !part.is_empty()).collect();
    let mut host = parts.join("-");
    host.truncate(63);
    let host = host.trim_end_matches('-');
    if host.is_empty() {
        "guest".to_owned()
    } else {
        host.to_owned()
    }
}

fn network(
    nics: Option<&[NewNic]>,
    wanted: &Address,
) -> Result<firn_images::Network, Vec<Problem>> {
    let mut problems = Vec::new();
    let mac = nics.and_then(|nics| nics.first()?.mac.clone());
    if mac.is_none() {
        problems.push(Problem::new(&say!("firnd-seed-mac"), Some("nics[0].mac")));
    }
    let mut ip = |text: &str, field: &str| match text.parse::<IpAddr>() {
        Ok(ip) => Some(ip),
        Err(_) => {
            problems.push(Problem::new(&say!("firnd-no-ip", text = text), Some(field)));
            None
        }
    };
    let (address, prefix) = wanted
        .address
        .split_once('/')
        .unwrap_or((&wanted.address, ""));
    let address = ip(address, "seed.address.address");
    let gateway = wanted
        .gateway
        .as_deref()
        .and_then(|text| ip(text, "seed.address.gateway"));
    let dns: Vec<_> = wanted
        .dns
        .iter()
        .filter_map(|text| ip(text, "seed.address.dns"))
        .collect();
    let most = if address.is_some_and(|ip| ip.is_ipv6()) {
        128
    } else {
        32
    };
    let prefix = prefix
        .parse::<u8>()
        .ok()
        .filter(|prefix| (1..=most).contains(prefix));
    if prefix.is_none() {
        let text = say!("firnd-no-prefix", text = &wanted.address);
        problems.push(Problem::new(&text, Some("seed.address.address")));
    }
    match (mac, address, prefix) {
        (Some(mac), Some(ip), Some(prefix)) if problems.is_empty() => Ok(firn_images::Network {
            mac,
            addresses: vec![firn_images::Address { ip, prefix }],
            gateways: gateway.into_iter().collect(),
            dns,
        }),
        _ => Err(problems),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_are_made_of_any_name() {
        let hosts = ["web1", "Mein Büro PC", "--x--", "üö"].map(host_name);
        assert_eq!(hosts, ["web1", "mein-b-ro-pc", "x", "guest"]);
    }

    #[test]
    fn all_that_is_wrong_with_an_address_is_said_at_once() {
        let wanted = Seed {
            address: Some(Address {
                address: "192.0.2/33".into(),
                gateway: Some("here".into()),
                dns: vec!["there".into()],
            }),
            ..Seed::default()
        };
        let problems = make("web1", None, &wanted).unwrap_err();
        let said: Vec<_> = problems
            .iter()
            .map(|p| (p.field.as_deref().unwrap(), p.text.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                (
                    "nics[0].mac",
                    "A fixed address needs the MAC address of the NIC that it is for: give nics[0].mac."
                ),
                ("seed.address.address", "“192.0.2” is no IP address."),
                ("seed.address.gateway", "“here” is no IP address."),
                ("seed.address.dns", "“there” is no IP address."),
                (
                    "seed.address.address",
                    "“192.0.2/33” has no length of its network's prefix: write it as 192.0.2.10/24."
                ),
            ]
        );
    }
}
