//! What the installer finds of the network boot: a description for itself, and files with which networkd goes on.

use super::client::Client;
use super::lease::Lease;
use crate::mounts;
use crate::options::Net;
use anyhow::{Context, Result};
use firn_image::Handover;
use firn_image::run::NETBOOT;
use std::fs;

/// networkd's folder, and what our files there are called: they come last, so that the files of the installation win.
const FOLDER: &str = "/run/systemd/network";
const NAME: &str = "90-firn-netboot";
/// The VLAN's interface, which networkd makes anew: NICs have other names by then.
const VLAN: &str = "firn-netboot";

/// Writes all of it.
pub fn write(net: &Net, client: &Client, lease: &Lease) -> Result<()> {
    put(NETBOOT, &handover(net, client, lease).text()?)?;
    mounts::make_folder(FOLDER)?;
    for (ending, text) in files(&client.nic.mac, net.vlan) {
        put(&format!("{FOLDER}/{NAME}{ending}"), &text)?;
    }
    Ok(())
}

fn put(path: &str, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("writing {path}"))
}

fn handover(net: &Net, client: &Client, lease: &Lease) -> Handover {
    Handover {
        mac: client.nic.mac.clone(),
        interface: client.nic.name.clone(),
        vlan: net.vlan,
        base: net.base.clone(),
        answers: lease.answers.clone(),
        hostname: lease.hostname.clone(),
        addresses: lease.addresses.clone(),
    }
}

/// Endings and texts of networkd's files.
fn files(mac: &str, vlan: Option<u16>) -> Vec<(&'static str, String)> {
    let nic = format!("[Match]\nPermanentMACAddress={mac}\nType=ether\n\n[Network]\n");
    let Some(id) = vlan else {
        return vec![(".network", nic + ADDRESSES)];
    };
    vec![
        (".network", format!("{nic}VLAN={VLAN}\n{NOTHING}")),
        (
            ".netdev",
            format!("[NetDev]\nName={VLAN}\nKind=vlan\n\n[VLAN]\nId={id}\n"),
        ),
        (
            "-vlan.network",
            format!("[Match]\nName={VLAN}\n\n[Network]\n{ADDRESSES}"),
        ),
    ]
}

/// As in the initrd: the same identity, so the same addresses.
const ADDRESSES: &str = "DHCP=ipv4
IPv6AcceptRA=yes

[DHCPv4]
ClientIdentifier=mac
UseDomains=yes
UseMTU=yes
SendRelease=no

[DHCPv6]
DUIDType=link-layer
";

/// A NIC that only carries the VLAN.
const NOTHING: &str = "LinkLocalAddressing=no\nIPv6AcceptRA=no\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networkd_goes_on_with_the_nic_or_its_vlan() {
        let plain = files("52:54:00:00:00:01", None);
        assert_eq!(plain.len(), 1);
        assert!(plain[0].1.contains("\nUseMTU=yes\n"), "{}", plain[0].1);
        assert!(plain[0].1.starts_with(
            "[Match]\nPermanentMACAddress=52:54:00:00:00:01\nType=ether\n\n[Network]\nDHCP=ipv4\n"
        ));
        let tagged = files("52:54:00:00:00:01", Some(42));
        let text: String = tagged.iter().map(|(_, text)| text.as_str()).collect();
        for part in [
            "VLAN=firn-netboot\nLinkLocalAddressing=no",
            "Kind=vlan",
            "Id=42",
            "Name=firn-netboot\n\n[Network]\nDHCP=ipv4",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}
