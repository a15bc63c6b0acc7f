//! One row of the table: a machine and how far it is.

use crate::architecture::Architecture;
use crate::mac::Mac;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use std::fmt;
use std::net::IpAddr;

/// How far a machine is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It has asked DHCP, or for its script.
    #[default]
    Asked,
    /// Firn cannot be started on such a machine.
    Unsupported(Architecture),
    /// It fetches the image; per cent of the root file system where that is known.
    Loading(Option<u8>),
    /// It has the image and looks at itself.
    Probing,
    /// It wants its answers, and somebody must allow it.
    Waiting,
    /// There are no answers for it: its own screen shows the wizard.
    Wizard,
    /// The installation; per cent.
    Installing(u8),
    /// It is a Xen host.
    Done,
    /// Why it is not.
    Failed(String),
    /// It was told to start from its disk, since it is done.
    Disk,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked => f.write_str("asked"),
            Self::Unsupported(kind) => {
                let why = kind.refusal().unwrap_or_else(|| kind.to_string());
                write!(f, "cannot start: {why}")
            }
            Self::Loading(None) => f.write_str("loading"),
            Self::Loading(Some(percent)) => write!(f, "loading {percent} %"),
            Self::Probing => f.write_str("probing"),
            Self::Waiting => f.write_str("waiting for approval"),
            Self::Wizard => f.write_str("no answers, wizard"),
            Self::Installing(percent) => write!(f, "installing {percent} %"),
            Self::Done => f.write_str("done"),
            Self::Failed(reason) => write!(f, "failed: {reason}"),
            Self::Disk => f.write_str("started from its disk"),
        }
    }
}

impl Stage {
    /// The stage without its figure, for a machine that reads it: `installing`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Unsupported(_) => "unsupported",
            Self::Loading(_) => "loading",
            Self::Probing => "probing",
            Self::Waiting => "waiting",
            Self::Wizard => "wizard",
            Self::Installing(_) => "installing",
            Self::Done => "done",
            Self::Failed(_) => "failed",
            Self::Disk => "disk",
        }
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.word())
    }
}

/// A machine that was seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Machine {
    pub mac: Mac,
    pub uuid: Option<String>,
    pub serial: Option<String>,
    /// Maker and product, as far as it has said them.
    pub model: Option<String>,
    /// Where it was last heard from.
    pub address: Option<IpAddr>,
    /// The host's name, once it has one.
    pub hostname: Option<String>,
    pub stage: Stage,
    /// The stage for people, with its figure or reason.
    pub text: String,
    /// When it was first seen.
    pub first: Timestamp,
    /// When this stage began.
    pub since: Timestamp,
}

impl Machine {
    /// A machine that has just been seen.
    pub fn new(mac: Mac, now: Timestamp) -> Self {
        Self {
            mac,
            uuid: None,
            serial: None,
            model: None,
            address: None,
            hostname: None,
            stage: Stage::Asked,
            text: Stage::Asked.to_string(),
            first: now,
            since: now,
        }
    }

    /// Moves it on; whether that changed anything that people see.
    pub fn enter(&mut self, stage: Stage, now: Timestamp) -> bool {
        if self.stage == stage {
            return false;
        }
        if self.stage.word() != stage.word() {
            self.since = now;
        }
        self.text = stage.to_string();
        self.stage = stage;
        true
    }
}
