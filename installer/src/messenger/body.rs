//! A report as it is sent: JSON with a version. Pure.

use crate::bootnet::Facts;
use serde::Serialize;

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// The answers are accepted, and the installation begins.
    Started,
    /// It is so far.
    Progress,
    /// The host is installed.
    Succeeded,
    /// A step failed.
    Failed,
    /// Nothing was written.
    Refused,
}

/// One report; what does not apply is left out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Body<'b> {
    /// Of this form.
    pub version: u32,
    /// What it is about.
    pub event: About,
    /// Now, as RFC 3339 has it.
    pub time: String,
    /// MAC address with hyphens.
    pub mac: &'b str,
    /// Of the board.
    pub uuid: &'b str,
    /// The machine's serial number.
    pub serial: &'b str,
    /// The model.
    pub product: &'b str,
    /// Id of the image.
    pub image: &'b str,
    /// Firn's version.
    pub firn: &'b str,
    /// Of the whole installation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// Short name of the step that runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<&'b str>,
    /// Of the host that is being installed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_id: Option<&'b str>,
    /// The host's whole name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<&'b str>,
    /// The host's addresses.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub addresses: &'b [String],
    /// Of the host's SSH keys, `SHA256:…`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub ssh_fingerprints: &'b [String],
    /// The steps that are done, or failed, with their times.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub steps: &'b [Step],
    /// Short name of the step that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_step: Option<&'b str>,
    /// What stands against the installation, or made it fail.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub problems: &'b [String],
    /// The last lines of the log.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub log: &'b [String],
}

/// A step of the installation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Its short name.
    pub name: String,
    /// How long it took.
    pub seconds: f64,
}

impl<'b> Body<'b> {
    /// A report of this machine that says nothing else yet.
    pub fn new(event: About, time: String, machine: &'b Facts, image: &'b str) -> Self {
        Self {
            version: 1,
            event,
            time,
            mac: &machine.mac,
            uuid: &machine.uuid,
            serial: &machine.serial,
            product: &machine.product,
            image,
            firn: env!("CARGO_PKG_VERSION"),
            percent: None,
            step: None,
            host_id: None,
            hostname: None,
            addresses: &[],
            ssh_fingerprints: &[],
            steps: &[],
            failed_step: None,
            problems: &[],
            log: &[],
        }
    }
}
