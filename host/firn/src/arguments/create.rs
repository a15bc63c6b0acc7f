//! `firn guest create`.

use super::Waiting;
use super::values::{disk, nic, size};
use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use firn_api::{NewDisk, NewNic};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  firn guest create web1 --image debian-13.qcow2 --ssh-key id.pub --start
  firn guest create web2 --image debian-13 --ssh-key id.pub --start
  firn guest create db1 --image debian-13.qcow2 --ssh-key id.pub \\
      --cpus 4 --memory 8GiB --disk 40G --disk 200G
  firn guest create mail --image debian-13.qcow2 --user anna \\
      --password-file secret.txt --nic host,mac=00:16:3e:12:34:56 \\
      --address 192.0.2.10/24 --gateway 192.0.2.1 --dns 192.0.2.1 --start
  firn guest create new --empty --disk 20G --kernel linux \\
      --initrd initrd.gz --command-line 'console=hvc0' --start

Sizes: 2G and 2GB are 2,000,000,000 bytes, 2GiB is 2,147,483,648 bytes;
M, MiB, T, TiB likewise.";

/// A guest to be made.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Create {
    /// The guest's name: 1 to 64 characters
    pub name: String,
    #[command(flatten)]
    pub from: From,
    #[command(flatten)]
    pub details: Details,
    #[command(flatten)]
    pub shape: Shape,
    #[command(flatten)]
    pub login: Login,
    /// Start it at once, and wait for its address
    #[arg(long, help_heading = "Then")]
    pub start: bool,
    /// Start it with the host, too
    #[arg(long, help_heading = "Then")]
    pub autostart: bool,
    /// Only say what would be done. The image is sent to the host or fetched to be looked at, and removed there again
    #[arg(long, help_heading = "Then", conflicts_with = "no_wait")]
    pub dry_run: bool,
    #[command(flatten, next_help_heading = "Then")]
    pub waiting: Waiting,
}

/// What it starts from, at least one of these.
#[derive(Args)]
#[group(required = true, multiple = true)]
#[command(next_help_heading = "What it starts from")]
pub struct From {
    /// A disk image for its first disk: a file of yours, or an address (https://…) or the name of a known image (debian-13) that
    /// the host fetches. It may be qcow2, raw (also .gz, .xz, .zst), vmdk, vhdx or OVA
    #[arg(long, value_name = "FILE|URL|NAME")]
    pub image: Option<String>,
    /// Empty disks
    #[arg(long, conflicts_with = "image")]
    pub empty: bool,
    /// A Linux kernel that is started directly, a file of yours
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub kernel: Option<PathBuf>,
}

/// More about what it starts from.
#[derive(Args)]
#[command(next_help_heading = "What it starts from")]
pub struct Details {
    /// The checksum that an image must have that the host fetches: sha256: or sha512: and its digits. For a known image it is
    /// fetched from its publisher
    #[arg(long, value_name = "KIND:HEX", requires = "image")]
    pub checksum: Option<String>,
    /// The initrd for that kernel
    #[arg(long, value_name = "FILE", requires = "kernel", value_hint = clap::ValueHint::FilePath)]
    pub initrd: Option<PathBuf>,
    /// The command line for that kernel
    #[arg(long, value_name = "TEXT", requires = "kernel")]
    pub command_line: Option<String>,
}

/// What it is made of.
#[derive(Args)]
#[command(next_help_heading = "What it is made of")]
pub struct Shape {
    /// The template: what the system needs; `firn template list` shows all
    #[arg(long, value_name = "ID", add = ArgValueCompleter::new(crate::completion::templates))]
    pub template: Option<String>,
    /// Virtual CPUs
    #[arg(long, value_name = "N")]
    pub cpus: Option<u32>,
    /// Memory, such as 2GiB
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub memory: Option<u64>,
    /// A disk; the first is the image's, and without this option as large as the image
    #[arg(long = "disk", value_name = "SIZE[,store=STORE]", value_parser = disk)]
    pub disks: Vec<NewDisk>,
    /// A NIC; without this option one on the network `host`
    #[arg(long = "nic", value_name = "NETWORK[,mac=MAC]", value_parser = nic)]
    pub nics: Vec<NewNic>,
    /// What somebody wants to note
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub notes: String,
}

/// What cloud-init in it is told.
#[derive(Args)]
#[command(next_help_heading = "What cloud-init in it is told")]
pub struct Login {
    /// The user who may log in; without this option the image's own
    #[arg(long)]
    pub user: Option<String>,
    /// A file with public SSH keys, one a line, with which one may log in
    #[arg(long = "ssh-key", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub ssh_keys: Vec<PathBuf>,
    /// A file whose first line is the user's password. Only its hash leaves this machine
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub password_file: Option<PathBuf>,
    /// Its host name; without this option one made of its name
    #[arg(long, value_name = "NAME")]
    pub host_name: Option<String>,
    /// A fixed address with its prefix, such as 192.0.2.10/24; without this option it asks DHCP
    #[arg(long, value_name = "CIDR")]
    pub address: Option<String>,
    /// The router
    #[arg(long, value_name = "IP", requires = "address")]
    pub gateway: Option<String>,
    /// A name server; more than one is fine
    #[arg(long, value_name = "IP", requires = "address")]
    pub dns: Vec<String>,
}
