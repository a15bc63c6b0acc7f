//! Whether the image fits into memory, and the installer beside it.

use anyhow::{Context, Result, bail};

/// What the installer's system needs beside the image.
const INSTALLER: u64 = 256 << 20;
/// Room in the file system for the manifest, and for what its own bookkeeping takes.
const SLACK: u64 = 4 << 20;
const MIB: u64 = 1 << 20;

/// The size of the file system for files of so many bytes.
pub fn file_system(files: u64) -> u64 {
    files + SLACK
}

/// An error where it would not fit; better now than in the middle.
pub fn enough(files: u64) -> Result<()> {
    let text = firn_visible::read_text("/proc/meminfo").context("reading /proc/meminfo")?;
    judge(&text, files)
}

fn judge(meminfo: &str, files: u64) -> Result<()> {
    let value = |name| value(meminfo, name).with_context(|| format!("/proc/meminfo has no {name}"));
    let (whole, free) = (value("MemTotal:")?, value("MemAvailable:")?);
    let needed = file_system(files) + INSTALLER;
    if free >= needed {
        return Ok(());
    }
    bail!(
        "the image takes {} MiB of memory and the installer {} MiB; of this machine's {} MiB only {} MiB are free. \
         Give it {} MiB more, or install from a CD or stick",
        file_system(files).div_ceil(MIB),
        INSTALLER / MIB,
        whole / MIB,
        free / MIB,
        (needed - free).div_ceil(MIB)
    )
}

/// Bytes in a line such as `MemTotal:  1000 kB`.
fn value(meminfo: &str, name: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix(name))?;
    let number: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(number * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_memory_is_said_with_what_is_missing() {
        let meminfo = "MemTotal:         786432 kB\nMemFree: 1 kB\nMemAvailable:     450560 kB\n";
        assert!(judge(meminfo, 100 << 20).is_ok());
        assert_eq!(
            judge(meminfo, 184 << 20).unwrap_err().to_string(),
            "the image takes 188 MiB of memory and the installer 256 MiB; of this machine's 768 MiB only 440 MiB are free. \
             Give it 4 MiB more, or install from a CD or stick"
        );
    }
}
