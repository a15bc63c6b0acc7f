pub mod net;
pub mod qemu;

pub use firn_tree as root;
