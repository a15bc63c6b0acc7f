//! Whether the PVH loader can start what is on a disk.
//!
//! Debian's `grub-i386-xen_pvh.bin` has its configuration inside: it looks on all partitions for `/boot/grub/grub.cfg`, then for
//! `/grub/grub.cfg`, and reads the first that it finds. GRUB's own reader of file systems, `grub-fstest`, is asked what is there.

use crate::sandbox::{DISK, Job, run};
use firn_words::{Text, say};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

/// How what is on a disk is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Boots {
    /// As a PVH guest, by Debian's `grub-i386-xen_pvh.bin`.
    Pvh,
    /// Only as an HVM guest, and why: a sentence.
    Hvm(Text),
}

const PROGRAM: &str = "grub-fstest";
/// In this order, on all partitions, the loader looks for `grub/grub.cfg`.
const FOLDERS: [&str; 2] = ["/boot", ""];
/// What a kernel's configuration is called, and what must stand in it.
const CONFIG: &str = "config-";
const PVH: &str = "CONFIG_PVH=y";
/// No disk has more partitions, no folder more kernels, no answer more bytes; and no answer takes longer.
const MOST_PARTS: usize = 32;
const MOST_KERNELS: usize = 16;
const MOST_BYTES: usize = 1 << 20;
const LONGEST: Duration = Duration::from_secs(60);

/// Says how what is on a disk can be started. When in doubt it is HVM, which starts everything.
pub fn boots(disk: &Path) -> Boots {
    judge(&|args| ask(disk, args)).map_or_else(Boots::Hvm, |()| Boots::Pvh)
}

/// What `grub-fstest` prints; nothing where it finds nothing.
type Asked<'a> = &'a dyn Fn(&[&str]) -> Result<String, Text>;

fn judge(ask: Asked<'_>) -> Result<(), Text> {
    let listed = ask(&["ls"])?;
    let folder = boot_folder(&partitions(&listed), ask)?;
    let files = ask(&["ls", &format!("{folder}/")])?;
    let kernels = configs(&files);
    if kernels.is_empty() {
        return Err(say!("image-hvm-no-kernel"));
    }
    for name in kernels {
        let config = ask(&["cat", &format!("{folder}/{name}")])?;
        if !config.lines().any(|line| line.trim() == PVH) {
            let kernel = name.trim_start_matches(CONFIG);
            return Err(say!("image-hvm-kernel", kernel = kernel));
        }
    }
    Ok(())
}

/// The folder of the configuration that the loader reads, as `(loop0,gpt1)/boot`.
fn boot_folder(parts: &[&str], ask: Asked<'_>) -> Result<String, Text> {
    for folder in FOLDERS {
        for part in parts {
            let found = ask(&["ls", &format!("{part}{folder}/grub/")])?;
            if found.split_whitespace().any(|name| name == "grub.cfg") {
                return Ok(format!("{part}{folder}"));
            }
        }
    }
    Err(say!("image-hvm-no-grub"))
}

/// The disk's partitions, or the disk itself where it has none: `(proc) (loop0) (loop0,gpt1) (host)`.
fn partitions(listed: &str) -> Vec<&str> {
    let ours = listed
        .split_whitespace()
        .filter(|name| name.starts_with("(loop0"));
    ours.filter(|name| is_plain(name))
        .take(MOST_PARTS)
        .collect()
}

/// The configurations of kernels among the files of a folder.
fn configs(files: &str) -> Vec<&str> {
    let configs = files
        .split_whitespace()
        .filter(|name| name.starts_with(CONFIG));
    configs
        .filter(|name| is_plain(name))
        .take(MOST_KERNELS)
        .collect()
}

/// Whether a name is one that GRUB reads as it stands.
fn is_plain(name: &str) -> bool {
    name.chars()
        .all(|c| c.is_ascii_alphanumeric() || "(),.-_+~".contains(c))
}

fn ask(disk: &Path, args: &[&str]) -> Result<String, Text> {
    let job = Job {
        program: PROGRAM,
        args: [DISK]
            .iter()
            .chain(args)
            .map(|arg| (*arg).to_owned())
            .collect(),
        disk: Some(disk.to_owned()),
        ..Job::default()
    };
    let (mut answer, begun) = (Vec::new(), Instant::now());
    let mut take = |bytes: &[u8]| {
        answer.extend(bytes);
        flow(answer.len() < MOST_BYTES)
    };
    let ended = run(&job, &mut take, &mut || flow(begun.elapsed() < LONGEST));
    // A file that cannot be read is one that is not there; only what keeps the program from running is a reason of its own.
    ended.map_err(|error| say!("image-hvm-not-looked", reason = error.text()))?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn flow(goes_on: bool) -> ControlFlow<()> {
    if goes_on {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    }
}

#[cfg(test)]
mod tests;
