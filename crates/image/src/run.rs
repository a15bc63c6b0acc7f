//! Where things lie under `/run/firn`, from the initrd to the shutdown.

/// The folder of all of it.
pub const FOLDER: &str = "/run/firn";

/// Where the medium is mounted, in the initrd and in the running system.
pub const MEDIUM: &str = "/run/firn/medium";
/// The image on it.
pub const IMAGE: &str = "/run/firn/medium/firn";
/// Where the file system is mounted that has the medium as a file.
pub const CARRIER: &str = "/run/firn/carrier";
/// Where the slot is mounted that the host runs from.
pub const SLOT: &str = "/run/firn/slot";
/// Where the state is mounted; on a medium it is in memory.
pub const STATE: &str = "/run/firn/state";

/// The initrd's folder about the networks that it tried.
pub const NET: &str = "/run/firn/net";
/// The configuration of its DHCP clients.
pub const NET_CLIENT: &str = "/run/firn/net/dhcpcd.conf";
/// What the initrd hands over where the image came over the network, a [`Handover`](crate::Handover).
pub const NETBOOT: &str = "/run/firn/netboot.json";
/// Where files of the network lie that are put aside while the answers' own are tried.
pub const NETWORK_ASIDE: &str = "/run/firn/network-aside";

/// The pipe to the guard, who ends the machine where systemd cannot.
pub const GUARD: &str = "/run/firn/guard";
/// Names the drive that is ejected at the very end.
pub const EJECT: &str = "/run/firn/eject";

/// Locked by the terminal that has the installation.
pub const CONSOLE: &str = "/run/firn/console";
/// Where a file system with answers is mounted.
pub const ANSWERS: &str = "/run/firn/answers";
/// There once it is known that there are no answers.
pub const NO_ANSWERS: &str = "/run/firn/no-answers";
/// Drivers that were loaded into the installer.
pub const DRIVERS: &str = "/run/firn/drivers";
/// Where a person's stick is mounted.
pub const STICK: &str = "/run/firn/stick";

/// Where the new disk's file systems are mounted.
pub const TARGET: &str = "/run/firn/target";
/// The installation's events, a JSON object a line.
pub const INSTALL_EVENTS: &str = "/run/firn/install.jsonl";
/// The same for people.
pub const INSTALL_LOG: &str = "/run/firn/install.log";
/// What was reported about the installation, a JSON object a line.
pub const REPORT: &str = "/run/firn/report.jsonl";

/// Where the file systems of a host are mounted that is repaired.
pub const REPAIR: &str = "/run/firn/repair";
/// Xen, unpacked, while a host is started from the medium.
pub const XEN: &str = "/run/firn/xen";

/// What `firn apply` has written and not yet brought into force.
pub const APPLY_PENDING: &str = "/run/firn/apply.pending";
