//! The network that is served: its interface, what is free there, and who else gives addresses on it.

mod answer;
pub mod foreign;
pub mod interface;
pub mod ports;
pub mod range;

pub use interface::Interface;
pub use range::Range;
