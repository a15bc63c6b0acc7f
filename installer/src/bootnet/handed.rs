//! What firn-init found out when it started this machine over the network.

use firn_image::{Handover, run};

/// What there is; nothing where the machine was started from a CD or a stick.
pub fn handed() -> Option<Handover> {
    Handover::parse(&firn_words::read_text(run::NETBOOT).ok()?).ok()
}
