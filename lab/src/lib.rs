mod environment;
pub mod net;
pub mod qemu;
pub mod root;
