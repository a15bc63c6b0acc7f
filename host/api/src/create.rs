//! How a guest is made.

use crate::Autostart;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A guest to be made. What is left out is chosen by the template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Create {
    /// Its name, 1 to 64 characters.
    pub name: String,
    /// The template; without it the one that fits the image.
    pub template: Option<String>,
    /// What its first disk is made from.
    pub image: Option<Image>,
    /// What it starts by itself, without a loader on its disk.
    pub boot: Option<Boot>,
    /// Virtual CPUs.
    pub cpus: Option<u32>,
    /// Bytes of memory.
    pub memory: Option<u64>,
    /// Its disks. The first is the one that the image is written to.
    pub disks: Vec<NewDisk>,
    /// Its NICs; without any it gets one on the network `host`.
    pub nics: Option<Vec<NewNic>>,
    /// What cloud-init in the guest is told.
    pub seed: Option<Seed>,
    /// Whether it starts with the host.
    pub autostart: Autostart,
    /// What somebody wants to note.
    pub notes: String,
    /// Whether it is started at once.
    pub start: bool,
    /// Whether only the plan is wanted.
    pub dry_run: bool,
}

/// Where a disk image comes from; one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Image {
    /// One that was uploaded or fetched, by the upload's id.
    Upload(String),
}

/// A file that the host is to fetch into an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fetch {
    /// Its address, `https://` or `http://`, or the id of an image that the host knows; of that, the checksum is fetched, too.
    pub from: String,
    /// The checksum that it must have: `sha256:` or `sha512:` and its hex digits.
    #[serde(default)]
    pub checksum: Option<String>,
}

/// A kernel that is started directly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Boot {
    /// The upload with the kernel.
    pub kernel: String,
    /// The upload with the initrd.
    #[serde(default)]
    pub ramdisk: Option<String>,
    /// The kernel's command line.
    #[serde(default)]
    pub command_line: String,
}

/// A disk to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewDisk {
    /// Bytes; without it as large as the image.
    pub size: Option<u64>,
    /// The store; without it the default store.
    pub store: Option<String>,
}

/// A NIC to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewNic {
    /// The network that it plugs into.
    pub network: String,
    /// Its MAC address; without it one is made.
    pub mac: Option<String>,
}

/// What cloud-init in the guest is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    /// The user who may log in; without it the image's own.
    pub user: Option<String>,
    /// That user's password, as crypt(5) writes it. It is in no answer and in no log.
    pub password_hash: Option<String>,
    /// Public SSH keys, each a line of `authorized_keys`.
    pub ssh_keys: Vec<String>,
    /// The guest's host name; without it one made of its name.
    pub host_name: Option<String>,
    /// A fixed address; without it the guest asks DHCP.
    pub address: Option<Address>,
}

/// A fixed address of a guest's first NIC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Address {
    /// Address and prefix, such as `192.0.2.10/24`.
    pub address: String,
    /// The router.
    pub gateway: Option<String>,
    /// Name servers.
    pub dns: Vec<String>,
}
