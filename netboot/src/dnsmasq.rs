//! DHCP and TFTP: Debian's dnsmasq, started from the tools root, and ended with this program.

mod child;
mod config;
mod log;
#[cfg(test)]
mod packets;

pub use child::Dnsmasq;
pub use config::Mode;
