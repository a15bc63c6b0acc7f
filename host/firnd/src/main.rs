//! The daemon of the host.

fn main() {}
