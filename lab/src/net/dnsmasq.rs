//! A DHCP and TFTP server that is not Firn's, as somebody's network already has it.

use super::network::Station;
use crate::qemu::Process;
use anyhow::{Context, Result};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Who asks for something to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// A BIOS, or iPXE on one that does not say that it is iPXE.
    Bios,
    /// iPXE, which can have an HTTP URL of a script.
    Ipxe,
    /// UEFI over DHCP and TFTP.
    Uefi,
    /// UEFI that wants an HTTP URL.
    UefiHttp,
    /// UEFI over DHCPv6 and TFTP; it wants a `tftp://` URL.
    UefiV6,
}

/// What such a client gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loader {
    /// Who.
    pub client: Client,
    /// A file below the TFTP folder, or a URL.
    pub file: String,
}

/// What the server does; nothing but the ranges that it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dnsmasq {
    /// First and last address that it gives.
    pub range: Option<(String, String)>,
    /// The same for DHCPv6; it also announces itself as the router.
    pub range_v6: Option<(String, String)>,
    /// A prefix that is announced, so that machines make their addresses themselves; without DHCPv6.
    pub announce: Option<String>,
    /// Seconds that it waits before each answer.
    pub delay: u16,
    /// The folder that TFTP serves.
    pub tftp: Option<PathBuf>,
    /// What machines start from.
    pub loaders: Vec<Loader>,
    /// Further options, `224,http://…`.
    pub options: Vec<String>,
}

impl Dnsmasq {
    /// The same, and this client gets this.
    #[must_use]
    pub fn loader(mut self, client: Client, file: impl Into<String>) -> Self {
        let file = file.into();
        self.loaders.push(Loader { client, file });
        self
    }

    /// Its configuration for this NIC; leases go into that file. Pure.
    pub fn render(&self, card: &str, leases: &Path) -> String {
        let mut text = format!(
            "port=0\ninterface={card}\nbind-interfaces\nlog-dhcp\nlog-facility=-\ndhcp-leasefile={}\n",
            leases.display()
        );
        let mut line = |line: String| {
            // Writing to a String does not fail.
            let _ = writeln!(text, "{line}");
        };
        if let Some((first, last)) = &self.range {
            line("dhcp-authoritative".into());
            line(format!("dhcp-range={first},{last},1h"));
        }
        if let Some((first, last)) = &self.range_v6 {
            line(format!("enable-ra\ndhcp-range={first},{last},64,1h"));
        }
        if let Some(prefix) = &self.announce {
            line(format!("enable-ra\ndhcp-range={prefix},ra-only,64,1h"));
        }
        if self.delay > 0 {
            line(format!("dhcp-reply-delay={}", self.delay));
        }
        if let Some(folder) = &self.tftp {
            line(format!("enable-tftp\ntftp-root={}", folder.display()));
        }
        self.loaders.iter().for_each(|loader| line(loader.lines()));
        self.options
            .iter()
            .for_each(|option| line(format!("dhcp-option-force={option}")));
        text
    }

    /// Starts it on a station's card, its log and configuration in `folder`; it ends with the returned value.
    ///
    /// # Errors
    /// When it does not start, with what it said.
    pub fn start(&self, station: &Station, card: &str, folder: &Path) -> Result<Process> {
        let file = |name: &str| folder.join(format!("dnsmasq-{card}{name}"));
        let config = file(".conf");
        std::fs::write(&config, self.render(card, &file(".leases")))
            .with_context(|| format!("writing {}", config.display()))?;
        // "No daemon" is also: no file with its number, and no other user.
        let config = format!("--conf-file={}", config.display());
        let args = ["--no-daemon", &config];
        let mut process = station.start("dnsmasq", &args, &file(".log"))?;
        process
            .wait_said("started, version", Duration::from_secs(30))
            .context("starting dnsmasq")?;
        Ok(process)
    }
}

impl Loader {
    fn lines(&self) -> String {
        let file = &self.file;
        match self.client {
            Client::Bios => format!(
                "dhcp-match=set:bios,option:client-arch,0\ndhcp-userclass=set:ipxe,iPXE\ndhcp-boot=tag:bios,tag:!ipxe,{file}"
            ),
            Client::Ipxe => {
                format!("dhcp-userclass=set:ipxe,iPXE\ndhcp-boot=tag:ipxe,{file}")
            }
            Client::Uefi => {
                format!("dhcp-match=set:uefi,option:client-arch,7\ndhcp-boot=tag:uefi,{file}")
            }
            // The firmware takes only an answer that says it is one for HTTP.
            Client::UefiHttp => format!(
                "dhcp-match=set:http,option:client-arch,16\ndhcp-option-force=tag:http,60,HTTPClient\ndhcp-boot=tag:http,{file}"
            ),
            Client::UefiV6 => format!(
                "dhcp-match=set:uefi6,option6:61,7\ndhcp-option=tag:uefi6,option6:bootfile-url,{file}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_with_everything() {
        let server = Dnsmasq {
            range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
            delay: 60,
            tftp: Some("/srv/tftp".into()),
            options: vec!["224,http://10.77.0.1/a.toml".into()],
            ..Dnsmasq::default()
        };
        let server = server
            .loader(Client::Bios, "undionly.kpxe")
            .loader(Client::Ipxe, "http://10.77.0.1/firn.ipxe")
            .loader(Client::Uefi, "bootx64.efi")
            .loader(Client::UefiHttp, "http://10.77.0.1/bootx64.efi");
        insta::assert_snapshot!(server.render("eth0", Path::new("/o/leases")));
    }

    #[test]
    fn a_server_for_ipv6_only() {
        let range = ("fd77::100".into(), "fd77::1ff".into());
        let server = Dnsmasq {
            range_v6: Some(range),
            ..Dnsmasq::default()
        };
        let server = server.loader(Client::UefiV6, "tftp://[fd77::1]/bootx64.efi");
        insta::assert_snapshot!(server.render("eth0", Path::new("/o/leases")));
    }

    #[test]
    fn announcing_is_no_dhcp() {
        let server = Dnsmasq {
            announce: Some("fd77::".into()),
            ..Dnsmasq::default()
        };
        let text = server.render("eth0", Path::new("/o/leases"));
        assert!(
            text.ends_with("enable-ra\ndhcp-range=fd77::,ra-only,64,1h\n"),
            "{text}"
        );
    }
}
