//! Templates: what a guest of some operating system needs, as data. Pure: files come in as text.

mod catalog;
mod check;
mod fields;
mod problem;
mod shipped;
mod template;

pub use catalog::Catalog;
pub use problem::Problem;
pub use template::{Agent, Clock, Devices, Firmware, Install, Kind, Machine, Shutdown, Template};

#[cfg(test)]
mod tests;
