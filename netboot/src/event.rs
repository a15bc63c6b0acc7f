//! What happens to machines, as the parts of the server tell it; each is also one line of the log.

use crate::architecture::Architecture;
use crate::mac::Mac;
use firn_config::{is_placeholder_serial, is_placeholder_uuid};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Something that a machine did, or that was done for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Event {
    /// dnsmasq answered it: what it said ("DHCPACK"), and the address that it has then.
    Dhcp {
        mac: Mac,
        what: String,
        address: Option<IpAddr>,
    },
    /// Its firmware said what kind of machine it is.
    Kind {
        mac: Mac,
        architecture: Architecture,
    },
    /// A loader gave an address of its network card that is no MAC address, so that nobody knows which machine it is.
    Unreadable { address: IpAddr, mac: String },
    /// It asked for its script; `disk` when that says to start from the disk.
    Script {
        mac: Mac,
        address: IpAddr,
        #[serde(flatten)]
        names: Names,
        disk: bool,
    },
    /// It fetches a file of the image.
    Fetch { mac: Mac, file: String },
    /// So much of the root file system has gone to it.
    Fetched { mac: Mac, percent: u8 },
    /// It asked for its answers, and this came of it.
    Answers {
        mac: Mac,
        address: IpAddr,
        #[serde(flatten)]
        names: Names,
        outcome: Outcome,
        /// The files that its answers were made from.
        layers: Vec<String>,
        /// What is wrong with them.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        problems: Vec<String>,
    },
    /// Somebody allowed its installation.
    Approved { mac: Mac },
    /// Somebody wants it to be installed once more.
    Again { mac: Mac },
    /// A one-time token was given out with its answers.
    TokenGiven { mac: Mac, token: String },
    /// A token came back; of an unknown one nobody knows the machine.
    TokenTaken {
        mac: Option<Mac>,
        token: String,
        verdict: crate::tokens::Verdict,
    },
    /// The installer's own words.
    Report(Box<Report>),
}

/// What a machine says about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Names {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
}

impl Names {
    /// The same without what makers leave in the place of a serial number or a UUID: in the table it would look like a name.
    pub fn own(mut self) -> Self {
        self.uuid.take_if(|uuid| is_placeholder_uuid(uuid));
        self.serial.take_if(|serial| is_placeholder_serial(serial));
        self
    }
}

/// What came of a request for answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The answers were sent.
    Given,
    /// There are none for this machine.
    None,
    /// Somebody must allow it first.
    Waiting,
    /// Those for it have mistakes.
    Bad,
}

/// A report of the installer; docs/netboot-api.yaml has the whole of it, the table needs this much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    pub version: u32,
    #[serde(rename(serialize = "what", deserialize = "event"))]
    pub what: What,
    pub mac: Mac,
    #[serde(flatten)]
    pub names: Names,
    #[serde(default)]
    pub percent: Option<u8>,
    #[serde(default)]
    pub hostname: Option<String>,
    #[serde(default)]
    pub failed_step: Option<String>,
    #[serde(default)]
    pub problems: Vec<String>,
    /// Everything else that it says, for the log alone.
    #[serde(flatten)]
    pub rest: serde_json::Map<String, serde_json::Value>,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    Started,
    Progress,
    Succeeded,
    Failed,
    Refused,
}
