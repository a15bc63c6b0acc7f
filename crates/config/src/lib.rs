//! The one schema of Firn: what the answer file and `host.toml` may say, and the files that follow from them.
//!
//! Nothing here reads or writes a file: everything takes and gives text, so that the installer, the installed host and
//! the tests use the very same code.
//!
//! * [`parse`] reads an answer file and says **all** its problems at once, each with line and column.
//! * [`merge`] lays answer files over each other (site, group, host), and remembers which value came from which.
//! * [`Settings`] is the part of the answers that an installed host keeps.
//! * [`render`] makes the host's files from its settings, [`render_grub`] its start menu, [`render_boot`] what an image says there.

mod alone;
mod answers;
mod bytes;
mod check;
mod example;
mod layers;
mod lists;
mod memory;
mod other_names;
mod overrides;
mod parse;
mod password;
mod placeholder;
mod problem;
mod reference;
mod render;
mod schema;
mod settings;
mod suggest;
mod trust;
mod values;
mod write;

pub use alone::{finish_action, report};
pub use answers::{
    Answers, Bond, BondMode, Bus, Checks, Console, Disk, DiskRule, Finish, FinishAction, Guests,
    Host, Ipv4, Ipv6, Network, NicRule, Ntp, Port, Report, Serial, Store, Time, Wipe,
};
pub use bytes::{MAX_SIZE, decode};
pub use check::{
    SshKey, check_certificates, check_host_name, check_ipv4_gateway, check_ipv6_gateway,
    check_key_file, check_keyboard, check_mac, check_name_servers, check_ntp_server, check_once,
    check_password, check_password_hash, check_pin, check_search_domain, check_signing_key,
    check_ssh_key, check_timezone, check_url, check_ways_in, read_ssh_key,
};
pub use example::example_toml;
pub use firn_words::Language;
pub use layers::{Layer, LayerProblem, LayeredValue, Merged, merge};
pub use lists::{Country, Keyboard, Names, Timezone, countries, keyboards, timezones};
pub use memory::dom0_memory_mib;
pub use overrides::{Override, overrides};
pub use parse::parse;
pub use password::hash_password;
pub use placeholder::{
    is_placeholder_disk_serial, is_placeholder_name, is_placeholder_serial, is_placeholder_uuid,
    is_placeholder_wwn,
};
pub use problem::Problem;
pub use reference::reference_markdown;
pub use render::{Boot, File, RenderError, SlotIds, StartWords, render, render_boot, render_grub};
pub use schema::json_schema;
pub use settings::{
    AnyVersion, Nic, Settings, SettingsGuests, SettingsHost, SettingsNetwork, Uplink,
};
pub use trust::{Trust, signing_key};
pub use values::{Ipv4Net, Ipv6Net, Pattern, Secret, Size};

/// The version of the answer file and of `host.toml` that this program reads and writes.
pub const VERSION: u32 = 1;

/// The label of a file system with an answer file on it, in upper or lower case.
pub const ANSWERS_LABEL: &str = "FIRNANSWERS";

/// The bridge of the management network, in installer and host alike.
pub const BRIDGE: &str = "xenbr0";

/// The names of the checks before an installation, in the order in which they run; `checks.skip` takes these. The last,
/// which reads the whole medium, runs on its own.
pub const CHECK_NAMES: &[&str] = &[
    "cpu-64bit",
    "virtualization",
    "nested-paging",
    "iommu",
    "interrupt-remapping",
    "memory",
    "disks",
    "disk-size",
    "block-size",
    "large-disk",
    "nics",
    "secure-boot",
    "virtual-machine",
    "clock",
    "medium",
];
