//! networkd's files for a network of which nothing is known but that it has DHCP or router advertisements. Pure.

use std::fmt::Write;
use std::path::Path;

/// What every device with addresses does; the identity is that of the installed host, so that the address stays.
const ASK: &str = "
[Network]
DHCP=yes
LinkLocalAddressing=ipv6
IPv6AcceptRA=yes

[DHCPv4]
ClientIdentifier=mac
UseDomains=yes
UseMTU=yes

[DHCPv6]
DUIDType=link-layer
";

/// Names and contents of the files for NICs with these permanent MAC addresses.
pub fn all(macs: &[String], vlan: Option<u16>) -> Vec<(String, String)> {
    let Some(vlan) = vlan else {
        let hardware = format!("[Match]\nType=ether\nKind=!*\n{ASK}");
        return vec![("90-firn-answers.network".into(), hardware)];
    };
    let numbered = macs.iter().enumerate();
    numbered.flat_map(|(n, mac)| tagged(n, mac, vlan)).collect()
}

/// A NIC that carries a VLAN, and the VLAN.
fn tagged(n: usize, mac: &str, vlan: u16) -> Vec<(String, String)> {
    let name = format!("firnvlan{n}");
    let mut port = String::new();
    // Writing into a String cannot fail.
    let _ = write!(
        port,
        "[Match]\nPermanentMACAddress={mac}\nType=ether\n\n[Network]\nVLAN={name}\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n"
    );
    let device = format!("[NetDev]\nName={name}\nKind=vlan\n\n[VLAN]\nId={vlan}\n");
    let network = format!("[Match]\nName={name}\n{ASK}");
    vec![
        (format!("90-firn-port{n}.network"), port),
        (format!("90-firn-vlan{n}.netdev"), device),
        (format!("90-firn-vlan{n}.network"), network),
    ]
}

/// The device that a `.netdev` file makes.
pub fn made_by<'t>(file: &Path, text: &'t str) -> Option<&'t str> {
    if file.extension()? != "netdev" {
        return None;
    }
    text.lines()
        .find_map(|line| line.trim().strip_prefix("Name="))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(vlan: Option<u16>) -> String {
        let macs = ["52:54:00:00:00:01".to_owned()];
        let files = all(&macs, vlan).into_iter();
        let files = files.map(|(name, content)| format!("=== {name}\n{content}"));
        files.collect()
    }

    #[test]
    fn every_nic_asks() {
        insta::assert_snapshot!(picture(None), @r"
        === 90-firn-answers.network
        [Match]
        Type=ether
        Kind=!*

        [Network]
        DHCP=yes
        LinkLocalAddressing=ipv6
        IPv6AcceptRA=yes

        [DHCPv4]
        ClientIdentifier=mac
        UseDomains=yes
        UseMTU=yes

        [DHCPv6]
        DUIDType=link-layer
        ");
    }

    #[test]
    fn in_a_vlan_the_nics_only_carry_it() {
        let text = picture(Some(42));
        insta::assert_snapshot!(text.replace(ASK, "\n(asks)\n"), @r"
        === 90-firn-port0.network
        [Match]
        PermanentMACAddress=52:54:00:00:00:01
        Type=ether

        [Network]
        VLAN=firnvlan0
        LinkLocalAddressing=no
        IPv6AcceptRA=no
        === 90-firn-vlan0.netdev
        [NetDev]
        Name=firnvlan0
        Kind=vlan

        [VLAN]
        Id=42
        === 90-firn-vlan0.network
        [Match]
        Name=firnvlan0

        (asks)
        ");
    }

    #[test]
    fn the_device_of_a_file() {
        let device = "[NetDev]\nName=firnvlan0\nKind=vlan\n";
        assert_eq!(
            made_by(Path::new("/x/90-firn-a.netdev"), device),
            Some("firnvlan0")
        );
        assert_eq!(
            made_by(Path::new("/x/90-firn-a.network"), "[Match]\nName=a\n"),
            None
        );
    }
}
