//! The program's options.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

const GIVEN: &str = "Given by `cargo xtask netboot serve`";

/// Serves Firn's netboot folder to the machines of one network.
#[derive(Debug, Parser)]
#[command(name = "firn-netboot", version, max_term_width = 80)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve, until Ctrl-C
    Serve(ServeArgs),
}

/// How to serve.
#[derive(Debug, Args, Clone)]
pub struct ServeArgs {
    /// The netboot folder, as `cargo xtask netboot bundle` makes it
    #[arg(long, value_name = "DIR", help_heading = GIVEN)]
    pub folder: PathBuf,
    /// The Debian tree that dnsmasq is started from
    #[arg(long, value_name = "DIR", required_unless_present = "no_dhcp", help_heading = GIVEN)]
    pub tools: Option<PathBuf>,
    #[command(flatten)]
    pub what: WhatArgs,
}

/// The options that people give.
#[derive(Debug, Args, Clone, Default)]
pub struct WhatArgs {
    /// The network interface whose machines are served
    #[arg(long, value_name = "NAME", required_unless_present = "no_dhcp")]
    pub interface: Option<String>,
    /// Beside the network's own DHCP server: it gives addresses, this one only says what to boot (the default)
    #[arg(long, conflicts_with_all = ["dhcp", "no_dhcp"])]
    pub proxy: bool,
    /// On a network without a DHCP server: give addresses, too. UEFI HTTP boot needs this
    #[arg(long, conflicts_with = "no_dhcp")]
    pub dhcp: bool,
    /// HTTP only: somebody else says what to boot
    #[arg(long)]
    pub no_dhcp: bool,
    /// With --dhcp, the addresses to give: 192.168.7.100-192.168.7.200. Without it, the interface's network from its middle on
    #[arg(long, value_name = "FIRST-LAST", requires = "dhcp")]
    pub range: Option<String>,
    /// The folder with the machines' answers; docs/netboot.md says how it is laid out. Without it each machine shows the wizard
    #[arg(long, value_name = "DIR")]
    pub answers: Option<PathBuf>,
    /// Let each machine wait until somebody allows its installation here
    #[arg(long, requires = "answers")]
    pub approve: bool,
    /// A machine that is done starts from its disk from then on
    #[arg(long)]
    pub once: bool,
    /// The TCP port for HTTP; 0 takes any that is free [default: 80, with --no-dhcp 8080]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Append everything that happens to this file, a JSON object a line
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Where it is kept who is done and which tokens were given [default: firn/netboot.json in the user's state folder]
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Further words for the kernel's command line, such as "firn.vlan=42"
    #[arg(
        long,
        value_name = "WORDS",
        default_value = "",
        allow_hyphen_values = true
    )]
    pub cmdline: String,
}

impl WhatArgs {
    /// The port to listen on.
    pub fn port(&self) -> u16 {
        let default = if self.no_dhcp { 8080 } else { 80 };
        self.port.unwrap_or(default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(words: &str) -> String {
        let all = ["firn-netboot", "serve", "--folder=f", "--tools=t"];
        let error = Cli::try_parse_from(all.into_iter().chain(words.split_whitespace()));
        error.unwrap_err().to_string()
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let table = [
            ("", "--interface <NAME>"),
            (
                "--interface a --proxy --dhcp",
                "'--proxy' cannot be used with '--dhcp'",
            ),
            (
                "--interface a --dhcp --no-dhcp",
                "'--dhcp' cannot be used with '--no-dhcp'",
            ),
            ("--interface a --range 1-2", "--dhcp"),
            ("--interface a --approve", "--answers <DIR>"),
        ];
        for (words, part) in table {
            assert!(wrong(words).contains(part), "{words}: {}", wrong(words));
        }
    }

    #[test]
    fn the_port_follows_the_mode() {
        let port = |no_dhcp, port| {
            WhatArgs {
                no_dhcp,
                port,
                ..Default::default()
            }
            .port()
        };
        assert_eq!(
            (port(false, None), port(true, None), port(true, Some(1))),
            (80, 8080, 1)
        );
    }
}
