//! Templates.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a guest of one operating system is, where the request does not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Template {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What it belongs to, such as `debian` or `windows`.
    pub family: String,
    /// Whether a guest made from an image runs without emulated hardware, where the image allows that.
    pub pvh: bool,
    /// Whether what is not PVH starts from UEFI; else from a BIOS.
    pub uefi: bool,
    /// Whether Xen shows it Hyper-V's interfaces.
    pub viridian: bool,
    /// Whether its clock shows local time; else UTC.
    pub local_time: bool,
    /// The least bytes of memory.
    pub least_memory: u64,
    /// Bytes of memory where none are named.
    pub memory: u64,
    /// Virtual CPUs where none are named.
    pub cpus: u32,
    /// Bytes of a disk where no size is named.
    pub disk: u64,
    /// Who logs in to the publisher's cloud image.
    pub user: Option<String>,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// Where the figures come from.
    pub source: String,
    /// What was really run.
    pub ran: String,
}
