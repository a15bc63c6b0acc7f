pub mod qemu;
pub mod root;
