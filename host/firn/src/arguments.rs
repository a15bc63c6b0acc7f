//! The command line: what can be typed, and the help for it.

mod create;
mod guest;
mod values;

use clap::{Args, Parser, Subcommand};
use clap_complete::engine::ArgValueCompleter;
pub use create::{Create, Login};
pub use guest::{Changes, DiskCommand, GuestCommand, NicCommand, Set};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  firn guest create web1 --image debian-13.qcow2 --ssh-key id.pub --start
      makes a server from a cloud image; the last line says its address
  firn guest list
      all guests, with state and address
  firn guest show web1
      everything about one, and why it is as it is
  firn guest stop web1
      asks web1 to shut down; `kill` is the power button
  firn trash restore web1
      brings a deleted guest back
  firn --host root@xen1 guest list
      the same on another host, through ssh

A guest is named by its name, in upper or lower case, or by its id as id:ID.
Sizes: 2G and 2GB are 2,000,000,000 bytes, 2GiB is 2,147,483,648 bytes;
M, MiB, T, TiB likewise.
Exit status: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 conflict (such as
already running).";

/// Looks after an installed Firn host and its guests
#[derive(Parser)]
#[command(name = "firn", version, after_help = EXAMPLES)]
pub struct Arguments {
    /// Ask the firnd of another host, through ssh
    #[arg(long, global = true, value_name = "USER@HOST")]
    pub host: Option<String>,
    /// Where firnd listens
    #[arg(long, global = true, hide = true, env = "FIRN_SOCKET", default_value = firn_api::SOCKET)]
    pub socket: PathBuf,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Guests: the virtual machines of this host
    #[command(subcommand)]
    Guest(GuestCommand),
    /// Deleted guests, which can be restored for 7 days
    #[command(subcommand)]
    Trash(TrashCommand),
    /// Tasks: work that takes longer than a moment
    #[command(subcommand)]
    Task(TaskCommand),
    /// Shows what happens to guests and tasks, until Ctrl+C
    Events(Json),
    /// Places for guests' disks; without a command, activates this host's store (a service calls that)
    #[command(args_conflicts_with_subcommands = true)]
    Store {
        #[command(subcommand)]
        command: Option<StoreCommand>,
    },
    /// What guests' NICs plug into
    #[command(subcommand)]
    Network(NetworkCommand),
    /// What guests of some operating systems need
    #[command(subcommand)]
    Template(TemplateCommand),
    #[command(flatten)]
    Local(LocalCommand),
}

/// What this program does by itself: it works without firnd, and only on this host.
#[derive(Subcommand)]
pub enum LocalCommand {
    /// Makes the system follow /etc/firn/host.toml
    Apply {
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
        /// Only what another image has rendered, and root's password (a service calls this)
        #[arg(long, hide = true, conflicts_with_all = ["dry_run", "root"])]
        start: bool,
        /// Work in this folder instead of /, and reload nothing
        #[arg(long, hide = true)]
        root: Option<PathBuf>,
    },
    /// Shows version, memory, addresses, store, guests, and what has failed; ends with 1 if anything has
    Status(Json),
    /// Joins standard input and output to firnd's socket; `firn --host` runs this through ssh
    Connect,
    /// Writes the login banner (a service calls this)
    #[command(hide = true)]
    Issue,
    /// Gives DHCP's time servers to chrony (a service calls this)
    #[command(hide = true)]
    TimeSources,
    /// Gives what is below the bridge the bridge's MTU (a service calls this)
    #[command(hide = true)]
    Mtu,
    /// Writes what bash needs to complete this command
    #[command(hide = true, subcommand)]
    Completion(Shell),
}

/// Shells whose completion is known.
#[derive(Subcommand)]
pub enum Shell {
    /// For bash: `source <(firn completion bash)`
    Bash,
}

#[derive(Subcommand)]
pub enum TrashCommand {
    /// Lists deleted guests, and what deleting them for good would free
    #[command(visible_alias = "ls")]
    List(Json),
    /// Brings a deleted guest back, with its disks; it does not start
    Restore {
        /// The guest's name, or id:ID
        #[arg(add = ArgValueCompleter::new(crate::completion::trashed))]
        name: String,
        /// Another name, if its own is taken
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        #[command(flatten)]
        waiting: Waiting,
    },
    /// Deletes for good what is in the trash
    Empty {
        /// Only this guest, by its name or id:ID
        #[arg(add = ArgValueCompleter::new(crate::completion::trashed))]
        name: Option<String>,
        /// Do not ask
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        waiting: Waiting,
    },
}

#[derive(Subcommand)]
pub enum TaskCommand {
    /// Lists tasks that are not over, and the last ones that are
    #[command(visible_alias = "ls")]
    List(Json),
    /// Shows one task, and what went wrong if it failed
    Show {
        /// The task's id
        id: String,
        #[command(flatten)]
        json: Json,
    },
    /// Waits until a task is over; ends with 1 if it has failed
    Wait {
        /// The task's id
        id: String,
        #[command(flatten)]
        json: Json,
    },
    /// Cancels a task: it undoes what it has begun
    Cancel {
        /// The task's id
        id: String,
        #[command(flatten)]
        waiting: Waiting,
    },
}

#[derive(Subcommand)]
pub enum StoreCommand {
    /// Lists the places for guests' disks, and how full they are
    #[command(visible_alias = "ls")]
    List(Json),
}

#[derive(Subcommand)]
pub enum NetworkCommand {
    /// Lists the networks of this host
    #[command(visible_alias = "ls")]
    List(Json),
}

#[derive(Subcommand)]
pub enum TemplateCommand {
    /// Lists the templates of this host
    #[command(visible_alias = "ls")]
    List(Json),
    /// Shows one template: its figures, where they come from, and what was really run
    Show {
        /// The template's id
        #[arg(add = ArgValueCompleter::new(crate::completion::templates))]
        id: String,
        #[command(flatten)]
        json: Json,
    },
}

/// How what is known is written.
#[derive(Args, Clone, Copy)]
pub struct Json {
    /// Write JSON: sizes in bytes, times in UTC
    #[arg(long)]
    pub json: bool,
}

/// Whether a task is waited for.
#[derive(Args, Clone, Copy)]
pub struct Waiting {
    /// Do not wait for the end; say which task does it
    #[arg(long)]
    pub no_wait: bool,
    #[command(flatten)]
    pub output: Json,
}
