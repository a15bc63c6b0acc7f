//! A loop device for a file, without a helper program (it saves a process on every start).

use anyhow::{Context, Result};
use rustix::ioctl::{self, Ioctl, IoctlOutput, Opcode, Setter};
use std::ffi::c_void;
use std::fs::File;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

const LOOP_CTL_GET_FREE: Opcode = 0x4C82;
const LOOP_CONFIGURE: Opcode = 0x4C0A;
const LO_FLAGS_READ_ONLY: u32 = 1;
const LO_FLAGS_AUTOCLEAR: u32 = 4;

/// The kernel's `struct loop_config` with its `struct loop_info64`, field by field (linux/loop.h).
#[repr(C)]
struct LoopConfig {
    fd: u32,
    block_size: u32,
    device: u64,
    inode: u64,
    rdevice: u64,
    offset: u64,
    size_limit: u64,
    number: u32,
    encrypt_type: u32,
    encrypt_key_size: u32,
    flags: u32,
    file_name: [u8; 64],
    crypt_name: [u8; 64],
    encrypt_key: [u8; 32],
    init: [u64; 2],
    reserved: [u64; 8],
}

/// Asks the kernel for the number of a free loop device.
struct GetFree;

// SAFETY: LOOP_CTL_GET_FREE takes no argument, writes no memory and returns the number.
#[allow(unsafe_code)]
unsafe impl Ioctl for GetFree {
    type Output = IoctlOutput;
    const IS_MUTATING: bool = false;
    fn opcode(&self) -> Opcode {
        LOOP_CTL_GET_FREE
    }
    fn as_ptr(&mut self) -> *mut c_void {
        std::ptr::null_mut()
    }
    unsafe fn output_from_ptr(
        output: IoctlOutput,
        _: *mut c_void,
    ) -> rustix::io::Result<IoctlOutput> {
        Ok(output)
    }
}

/// A loop device with a file in it. It goes away with its last user, so keep this until it is mounted.
pub struct Loop {
    /// The device's path, `/dev/loopN`.
    pub device: String,
    _open: File,
}

/// Attaches the file read-only to a free loop device.
pub fn attach(path: impl AsRef<Path>) -> Result<Loop> {
    let path = path.as_ref();
    let image = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let control = open_device("/dev/loop-control")?;
    // SAFETY: see `GetFree`.
    #[allow(unsafe_code)]
    let number =
        unsafe { ioctl::ioctl(&control, GetFree) }.context("asking for a free loop device")?;
    let device = format!("/dev/loop{number}");
    let open = open_device(&device)?;
    let config = config(image.as_raw_fd() as u32, path);
    // SAFETY: LOOP_CONFIGURE reads one `struct loop_config`, which `LoopConfig` mirrors.
    #[allow(unsafe_code)]
    unsafe { ioctl::ioctl(&open, Setter::<LOOP_CONFIGURE, LoopConfig>::new(config)) }
        .with_context(|| format!("attaching {} to {device}", path.display()))?;
    Ok(Loop {
        device,
        _open: open,
    })
}

fn open_device(path: &str) -> Result<File> {
    File::options()
        .read(true)
        .write(true)
        .open(path)
        .or_else(|_| File::open(path))
        .with_context(|| format!("opening {path}"))
}

fn config(fd: u32, path: &Path) -> LoopConfig {
    let mut file_name = [0; 64];
    let path = path.as_os_str().as_bytes();
    let name = &path[..path.len().min(63)];
    file_name[..name.len()].copy_from_slice(name);
    LoopConfig {
        fd,
        block_size: 0,
        device: 0,
        inode: 0,
        rdevice: 0,
        offset: 0,
        size_limit: 0,
        number: 0,
        encrypt_type: 0,
        encrypt_key_size: 0,
        flags: LO_FLAGS_READ_ONLY | LO_FLAGS_AUTOCLEAR,
        file_name,
        crypt_name: [0; 64],
        encrypt_key: [0; 32],
        init: [0; 2],
        reserved: [0; 8],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_structure_has_the_size_that_the_kernel_expects() {
        assert_eq!(size_of::<LoopConfig>(), 304);
    }
}
