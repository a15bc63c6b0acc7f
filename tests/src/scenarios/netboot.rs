//! Starting over networks of our own: [`site`] has the network and its machines, [`serve`] Firn's folder and server.

mod bios;
mod guard;
mod loaders;
mod mtu;
mod packets;
mod proxy;
mod routes;
mod serve;
mod site;
mod six;
mod slow;
mod three;
mod uefi;
mod user;
mod vlan;

pub use bios::run as bios;
pub use guard::{bios as guard, uefi as guard_uefi};
pub use loaders::run as loaders;
pub use mtu::run as mtu;
pub use packets::run as packets;
pub use proxy::run as proxy;
pub use routes::run as routes;
pub use six::run as six;
pub use slow::run as slow;
pub use three::run as three;
pub use uefi::run as uefi;
pub use user::run as user;
pub use vlan::run as vlan;
