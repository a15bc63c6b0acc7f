//! What helps where something is wrong: drivers that the image does not have, repairing an installed host, and what somebody who
//! helps needs to see.

pub mod drivers;
pub mod repair;
pub mod support;
