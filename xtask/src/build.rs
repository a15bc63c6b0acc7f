//! The steps of an image, each in its own file.

pub mod dom0;
pub mod esp;
pub mod grub;
pub mod guests;
pub mod hosts;
pub mod image;
pub mod initrd;
pub mod keymaps;
pub mod medium;
pub mod names;
pub mod netboot;
pub mod programs;
pub mod sbom;
pub mod storage;
pub mod verity;
pub mod whole;
pub mod xen;
pub mod xen_source;
