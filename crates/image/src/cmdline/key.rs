//! The names of Firn's words on the kernel command line. Other names that begin as these do are answers.

/// What all of them but [`BOOTIF`] begin with.
pub const PREFIX: &str = "firn.";

/// Where the image is: [`ROOT_MEDIUM`], [`ROOT_SLOT`] or [`ROOT_NET`].
pub const ROOT: &str = "firn.root";
/// On the medium that has the image of [`IMAGE`].
pub const ROOT_MEDIUM: &str = "medium";
/// In the slot of [`SLOT`], with the state of [`STATE`].
pub const ROOT_SLOT: &str = "slot";
/// In the web server's folder of [`BASE`].
pub const ROOT_NET: &str = "net";

/// An image id.
pub const IMAGE: &str = "firn.image";
/// The PARTUUID of a slot.
pub const SLOT: &str = "firn.slot";
/// The UUID of the state's file system.
pub const STATE: &str = "firn.state";
/// `1` where the start menu tries a slot that is not known to work.
pub const TRIAL: &str = "firn.trial";
/// A URL, of the folder with the image.
pub const BASE: &str = "firn.base";
/// The number of the VLAN that the network is tagged with.
pub const VLAN: &str = "firn.vlan";
/// Seconds to wait for the image, and for an address.
pub const WAIT: &str = "firn.wait";
/// Where answers are: a URL, or `label:NAME/path`.
pub const ANSWERS: &str = "firn.answers";
/// The checksum of the answers.
pub const ANSWERS_SHA256: &str = "firn.answers-sha256";
/// Without a value: the answers' server is told about the machine.
pub const ANSWERS_POST: &str = "firn.answers-post";
/// The NIC that the loader used, `01-` and its MAC address with dashes.
pub const BOOTIF: &str = "BOOTIF";
