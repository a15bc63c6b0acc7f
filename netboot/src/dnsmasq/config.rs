//! dnsmasq's configuration. Pure.
//!
//! Firmware is told which loader to take: iPXE on BIOS and beside another DHCP server, else shim with Debian's signed GRUB on UEFI,
//! which works with and without Secure Boot.
//! iPXE, which asks DHCP once more, is told the script's URL.

use crate::architecture::{Architecture, Start};
use crate::network::range::network;
use crate::network::{Interface, Range};
use std::path::PathBuf;

/// Beside whom this server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The network has a DHCP server; this one only says what to boot.
    Proxy,
    /// This is the network's DHCP server; the range where the interface has an IPv4 network.
    Full(Option<Range>),
}

/// What the configuration is made from.
#[derive(Clone, Debug)]
pub struct Config {
    pub mode: Mode,
    pub interface: Interface,
    /// The port of HTTP.
    pub port: u16,
    /// Where the loaders lie.
    pub tftp: PathBuf,
    pub leases: PathBuf,
    /// Whether this server has answers: their URL goes out as DHCP option 224.
    pub answers: bool,
}

const BIOS: &str = "bios";
const EFI: &str = "efi";
const HTTP: &str = "http";
/// The tags of machines for which there is a loader.
pub const LOADER_TAGS: [&str; 3] = [BIOS, EFI, HTTP];
/// What stands before the number in the tags of the others: the log names them.
pub const ARCHITECTURE_TAG: &str = "arch-";
const BIOS_LOADER: &str = "undionly.kpxe";
const UEFI_LOADER: &str = "bootx64.efi";
/// Beside another DHCP server: GRUB would take that one for its TFTP server, since it does not look at a proxy's offer; iPXE does.
/// Firmware with Secure Boot refuses it.
const UEFI_PROXY_LOADER: &str = "snponly.efi";
/// Vendor class "HTTPClient" of enterprise 343, as UEFI wants it back over IPv6.
const HTTP_CLASS: &str = "00:00:01:57:00:0a:48:54:54:50:43:6c:69:65:6e:74";

impl Config {
    /// The text of the file.
    pub fn render(&self) -> String {
        let mut lines = self.general();
        match (self.mode, self.interface.v4) {
            (Mode::Proxy, Some((address, prefix))) => {
                let (net, mask) = network(address, prefix);
                lines.extend(self.proxy(&format!("{net},proxy,{mask}"), &address.to_string()));
            }
            (Mode::Full(Some(range)), Some((address, prefix))) => {
                let (_, mask) = network(address, prefix);
                lines.extend(self.full(&format!("{range},{mask},1h"), &address.to_string()));
            }
            _ => {}
        }
        if let (Mode::Full(_), Some((address, prefix))) = (self.mode, self.interface.v6) {
            lines.extend(self.six(&format!("[{address}]"), prefix));
        }
        lines.join("\n") + "\n"
    }

    fn general(&self) -> Vec<String> {
        vec![
            "# Written by firn-netboot for this one run.".into(),
            "port=0".into(),
            format!("interface={}", self.interface.name),
            "except-interface=lo".into(),
            "bind-interfaces".into(),
            "log-dhcp".into(),
            format!("dhcp-leasefile={}", self.leases.display()),
            "enable-tftp".into(),
            format!("tftp-root={}", self.tftp.display()),
            "dhcp-match=set:ipxe,175".into(),
            "# Old PXE ROMs read the header's fields only, which must be no room for options then."
                .into(),
            "dhcp-no-override".into(),
        ]
    }

    fn proxy(&self, range: &str, host: &str) -> Vec<String> {
        let service =
            |number: u8, loader: &str| format!("pxe-service=tag:!ipxe,{number},\"Firn\",{loader}");
        let mut lines = vec![format!("dhcp-range={range}")];
        lines.extend(kinds());
        lines.extend([
            service(0, BIOS_LOADER),
            service(7, UEFI_PROXY_LOADER),
            service(9, UEFI_PROXY_LOADER),
            // iPXE passes over an offer without the address of the next server, though the URL has its own.
            format!("dhcp-boot=tag:ipxe,{},,{host}", self.url(host, "boot.ipxe")),
            // For a ROM that looks for a file name and not for PXE's menu.
            format!("dhcp-boot=tag:{BIOS},tag:!ipxe,{BIOS_LOADER},,{host}"),
        ]);
        lines
    }

    fn full(&self, range: &str, host: &str) -> Vec<String> {
        let mut lines = vec![
            format!("dhcp-range={range}"),
            "dhcp-authoritative".into(),
            "# This computer is neither router nor name server.".into(),
            "dhcp-option=option:router".into(),
            "dhcp-option=option:dns-server".into(),
        ];
        lines.extend(kinds());
        lines.extend(boot("bios,tag:!ipxe", BIOS_LOADER));
        lines.extend(boot("efi,tag:!ipxe", UEFI_LOADER));
        lines.extend(boot("http,tag:!ipxe", &self.url(host, UEFI_LOADER)));
        lines.push("dhcp-option-force=tag:http,option:vendor-class,HTTPClient".into());
        lines.extend(boot("ipxe", &self.url(host, "boot.ipxe")));
        lines.extend(
            (self.answers).then(|| format!("dhcp-option=224,\"{}\"", self.answers_url(host))),
        );
        lines
    }

    /// IPv6: router advertisements that send machines to DHCPv6, and the loader's URL there. Firmware netboots so on UEFI only.
    fn six(&self, host: &str, prefix: u8) -> Vec<String> {
        let name = &self.interface.name;
        vec![
            "enable-ra".into(),
            format!("dhcp-range=::1:0,::1:ffff,constructor:{name},{prefix},1h"),
            "# Not a router: no default route leads here.".into(),
            format!("ra-param={name},0,0"),
            "dhcp-vendorclass=set:http6,enterprise:343,HTTPClient".into(),
            "dhcp-userclass=set:ipxe6,iPXE".into(),
            format!(
                "dhcp-option=tag:!http6,tag:!ipxe6,option6:bootfile-url,tftp://{host}/{UEFI_LOADER}"
            ),
            format!(
                "dhcp-option=tag:http6,tag:!ipxe6,option6:bootfile-url,{}",
                self.url(host, UEFI_LOADER)
            ),
            format!(
                "dhcp-option=tag:ipxe6,option6:bootfile-url,{}",
                self.url(host, "boot.ipxe")
            ),
            format!("dhcp-option-force=tag:http6,option6:16,{HTTP_CLASS}"),
        ]
    }

    fn url(&self, host: &str, path: &str) -> String {
        crate::boot::Place::new(host, self.port, self.answers, "").url(path)
    }

    fn answers_url(&self, host: &str) -> String {
        self.url(host, "v1/answers?mac=${mac}&uuid=${uuid}&serial=${serial}&product=${product}&hostname=${hostname}")
    }
}

/// How dnsmasq knows the kind of a machine: by option 93, else by the vendor class. Firmware that says neither is PXE of the time before
/// there was UEFI.
fn kinds() -> Vec<String> {
    let mut lines: Vec<String> = Architecture::known().flat_map(tagged).collect();
    lines.extend([
        "dhcp-vendorclass=set:pxe,PXEClient".into(),
        "dhcp-vendorclass=set:said,Arch:".into(),
        "dhcp-match=set:said,option:client-arch".into(),
        format!("tag-if=set:{BIOS},tag:pxe,tag:!said"),
    ]);
    lines
}

/// A tag for each architecture; the log has the vendor class of those without a loader anyway.
fn tagged(architecture: Architecture) -> Vec<String> {
    let number = architecture.0;
    let matched = |tag: &str| format!("dhcp-match=set:{tag},option:client-arch,{number}");
    let tag = match architecture.start() {
        Start::Bios => BIOS,
        Start::Uefi => EFI,
        Start::Http => HTTP,
        Start::No(_) => return vec![matched(&format!("{ARCHITECTURE_TAG}{number}"))],
    };
    vec![
        matched(tag),
        format!("dhcp-vendorclass=set:{tag},Arch:{number:05}"),
    ]
}

/// The file to start, in the header's field for old ROMs, and in option 67 for firmware that looks there only. (dnsmasq ends it with
/// a NUL there, too: without it some ROMs ask for a name that goes on with the next option's bytes.)
fn boot(tags: &str, file: &str) -> [String; 2] {
    [
        format!("dhcp-boot=tag:{tags},{file}"),
        format!("dhcp-option-force=tag:{tags},option:bootfile-name,{file}"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(mode: Mode, v4: bool, v6: bool) -> String {
        let interface = Interface {
            name: "eth1".into(),
            v4: v4.then(|| ([192, 168, 77, 1].into(), 24)),
            v6: v6.then(|| ("2001:db8:77::1".parse().unwrap(), 64)),
        };
        Config {
            mode,
            interface,
            port: 80,
            tftp: "/tmp/run/tftp".into(),
            leases: "/tmp/run/leases".into(),
            answers: true,
        }
        .render()
    }

    #[test]
    fn beside_another_server_only_the_loader_is_told() {
        insta::assert_snapshot!("proxy", config(Mode::Proxy, true, true));
    }

    #[test]
    fn the_network_s_own_server() {
        let range = Range {
            first: [192, 168, 77, 128].into(),
            last: [192, 168, 77, 254].into(),
        };
        insta::assert_snapshot!("full", config(Mode::Full(Some(range)), true, false));
        insta::assert_snapshot!("full-both", config(Mode::Full(Some(range)), true, true));
        insta::assert_snapshot!("full-ipv6", config(Mode::Full(None), false, true));
    }
}
