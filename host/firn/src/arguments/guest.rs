//! `firn guest …`.

use super::values::{disk, nic, size};
use super::{Create, Json, Waiting};
use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCompleter;
use firn_api::{NewDisk, NewNic};

#[derive(Subcommand)]
pub enum GuestCommand {
    /// Lists all guests
    #[command(visible_alias = "ls")]
    List(Json),
    /// Shows everything about a guest, and why it is as it is
    Show {
        #[command(flatten)]
        guest: Guest,
        #[command(flatten)]
        json: Json,
    },
    /// Makes a guest
    Create(Box<Create>),
    /// Changes a guest; what needs a restart happens at its next start
    Set(Set),
    /// Starts a guest
    Start(Act),
    /// Asks a guest to shut down; if it does not, says so and changes nothing
    Stop(Please),
    /// Asks a guest to restart
    Reboot(Please),
    /// Switches a guest off, like the power button: what it has not written is lost
    Kill(Act),
    /// Restarts a guest at once, like the reset button: what it has not written is lost
    Reset(Act),
    /// Stops a guest's CPUs; it stays in memory
    Pause(Act),
    /// Lets a paused guest go on
    Unpause(Act),
    /// Moves a guest that is off to the trash, from which `firn trash restore` brings it back
    #[command(visible_alias = "rm")]
    Delete(Act),
    /// Protects a guest from being deleted
    Protect {
        #[command(flatten)]
        guest: Guest,
        /// Take the protection away
        #[arg(long)]
        off: bool,
        #[command(flatten)]
        json: Json,
    },
    /// Gives a guest another name
    Rename {
        #[command(flatten)]
        guest: Guest,
        /// The new name
        new: String,
        #[command(flatten)]
        json: Json,
    },
    /// A guest's disks
    #[command(subcommand)]
    Disk(DiskCommand),
    /// A guest's NICs
    #[command(subcommand)]
    Nic(NicCommand),
}

#[derive(Subcommand)]
pub enum DiskCommand {
    /// Gives a guest one more disk
    Add {
        #[command(flatten)]
        guest: Guest,
        /// Its size, such as 20G
        #[arg(value_name = "SIZE[,store=STORE]", value_parser = disk)]
        disk: NewDisk,
        #[command(flatten)]
        waiting: Waiting,
    },
    /// Takes a disk from a guest and deletes what is on it
    Remove {
        #[command(flatten)]
        guest: Guest,
        /// Its name in the guest, such as xvdb; `firn guest show` says which there are
        disk: String,
        #[command(flatten)]
        waiting: Waiting,
    },
    /// Makes a disk larger; partitions and file systems in it are the guest's own matter
    Grow {
        #[command(flatten)]
        guest: Guest,
        /// Its name in the guest, such as xvda
        disk: String,
        /// The size that it shall have, such as 40G
        #[arg(value_parser = size)]
        size: u64,
        #[command(flatten)]
        waiting: Waiting,
    },
}

#[derive(Subcommand)]
pub enum NicCommand {
    /// Gives a guest one more NIC
    Add {
        #[command(flatten)]
        guest: Guest,
        /// The network that it plugs into; `firn network list` says which there are
        #[arg(value_name = "NETWORK[,mac=MAC]", value_parser = nic)]
        nic: NewNic,
        #[command(flatten)]
        waiting: Waiting,
    },
    /// Takes a NIC from a guest
    Remove {
        #[command(flatten)]
        guest: Guest,
        /// Its number, from 0, or its MAC address; `firn guest show` says which there are
        nic: String,
        #[command(flatten)]
        waiting: Waiting,
    },
}

/// Which guest.
#[derive(Args)]
pub struct Guest {
    /// The guest's name, or id:ID
    #[arg(value_name = "NAME", add = ArgValueCompleter::new(crate::completion::guests))]
    pub guest: String,
}

/// Something that is done to a guest at once.
#[derive(Args)]
pub struct Act {
    #[command(flatten)]
    pub guest: Guest,
    #[command(flatten)]
    pub waiting: Waiting,
}

/// Something that a guest is asked to do itself.
#[derive(Args)]
pub struct Please {
    #[command(flatten)]
    pub guest: Guest,
    /// How long it may take
    #[arg(long, value_name = "SECONDS")]
    pub limit: Option<u32>,
    #[command(flatten)]
    pub waiting: Waiting,
}

/// Changes of a guest.
#[derive(Args)]
pub struct Set {
    #[command(flatten)]
    pub guest: Guest,
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub json: Json,
}

/// What is to be changed, at least one of these.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub struct Changes {
    /// Virtual CPUs
    #[arg(long, value_name = "N")]
    pub cpus: Option<u32>,
    /// Memory, such as 2GiB
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub memory: Option<u64>,
    /// Start it with the host
    #[arg(long, conflicts_with = "no_autostart")]
    pub autostart: bool,
    /// Do not start it with the host
    #[arg(long)]
    pub no_autostart: bool,
    /// Its place among those that start with the host: lower numbers first
    #[arg(long, value_name = "N")]
    pub order: Option<u32>,
    /// How long to wait after its start before the next one
    #[arg(long, value_name = "SECONDS")]
    pub delay: Option<u32>,
    /// What somebody wants to note
    #[arg(long, value_name = "TEXT")]
    pub notes: Option<String>,
}
