//! The other end of a run: systemd's last program starts this again, from memory, when nothing else runs any more.
//!
//! The root lies in a file on the medium or in a slot, and its writable folders on state: systemd cannot unmount what it runs
//! from. From here everything can be unmounted, so that state is clean, and a CD can leave its drive.

use crate::{console, slow};
use anyhow::{Context, Result};
use firn_image::run::EJECT;
use rustix::fs::{Mode, OFlags};
use rustix::ioctl::{self, IntegerSetter};
use rustix::mount::{UnmountFlags, unmount};
use rustix::system::{RebootCommand, reboot};
use std::convert::Infallible;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// Where systemd looks for a root to end in (systemd-shutdown(8)).
const FOLDER: &str = "/run/initramfs";
/// The name under which it starts what is there.
pub const PROGRAM: &str = "shutdown";
/// The dynamic loader, at the place that every x86-64 program names.
const LOADER: &str = "/lib64/ld-linux-x86-64.so.2";
/// Rounds of unmounting: one mount may hold another.
const ROUNDS: usize = 8;
/// Where systemd puts the root that it came from.
const OLD_ROOT: &str = "/oldroot";
/// How often a drive is asked to open; its last user may only just be leaving.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(200);
/// How long all of that may take. The kernel waits 30 s and more for each answer of a drive that hangs, and the machine must go off.
const EJECTING: Duration = Duration::from_secs(6);
/// What stays mounted to the end.
const KEPT: [&str; 5] = ["/", "/dev", "/proc", "/sys", "/run"];
/// What stays with all that is mounted inside.
const KEPT_WHOLE: [&str; 3] = ["/dev", "/proc", "/sys"];

/// linux/cdrom.h
const CDROM_LOCKDOOR: ioctl::Opcode = 0x5329;
const CDROMEJECT: ioctl::Opcode = 0x5309;

/// Keeps a copy of this program and its libraries in memory. Without it the end is only less tidy.
pub fn keep() -> Result<()> {
    let maps = firn_visible::read_text("/proc/self/maps").context("reading /proc/self/maps")?;
    copy("/init", PROGRAM)?;
    copy(LOADER, LOADER)?;
    for library in libraries(&maps) {
        copy(library, library)?;
    }
    symlink("usr/lib", format!("{FOLDER}/lib")).context("linking the libraries")
}

fn copy(from: &str, to: &str) -> Result<()> {
    let to = Path::new(FOLDER).join(to.trim_start_matches('/'));
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::copy(from, &to).with_context(|| format!("keeping {from}"))?;
    Ok(())
}

/// The shared libraries of a process, each once.
fn libraries(maps: &str) -> Vec<&str> {
    let files = maps
        .lines()
        .filter_map(|line| line.split_whitespace().nth(5));
    let mut found: Vec<&str> = files.filter(|file| file.contains(".so")).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Unmounts everything and does what systemd was told: `poweroff`, `halt`, `kexec`, else restart.
pub fn run(verb: &str) -> Result<Infallible> {
    for _ in 0..ROUNDS {
        let mounts = firn_visible::read_text("/proc/self/mounts").unwrap_or_default();
        let gone = |at: &String| unmount(at.as_str(), UnmountFlags::empty()).is_ok();
        if mounted(&mounts).into_iter().rev().filter(gone).count() == 0 {
            break;
        }
    }
    // What is left is a circle: the root lies in a file on a mount that lies in the root.
    let _ = unmount(OLD_ROOT, UnmountFlags::DETACH);
    rustix::fs::sync();
    end(verb)
}

/// The very end: ejects the CD if that was asked for, and switches off, restarts, …
pub fn end(verb: &str) -> Result<Infallible> {
    if let Ok(drive) = fs::read_to_string(EJECT) {
        eject(drive, EJECTING, open_drive, console::say);
    }
    reboot(match verb {
        "poweroff" => RebootCommand::PowerOff,
        "halt" => RebootCommand::Halt,
        "kexec" => RebootCommand::Kexec,
        _ => RebootCommand::Restart,
    })?;
    // The kernel takes its time to switch off.
    loop {
        std::thread::park();
    }
}

/// Opens a drive and waits for it so long at most; says it where the CD stays in.
fn eject(
    drive: String,
    limit: Duration,
    open: impl FnOnce(&str) -> Result<()> + Send + 'static,
    say: impl FnOnce(&str),
) {
    let name = drive.clone();
    let end = slow::within(limit, move || open(&drive));
    let error = match end {
        Some(Ok(())) => return,
        Some(Err(error)) => format!("{error:#}"),
        None => format!("{name} does not answer"),
    };
    say(&format!("Firn: take the CD out; {error}"));
}

/// What is to be unmounted, in the order in which it was mounted, out of `/proc/self/mounts`.
fn mounted(text: &str) -> Vec<String> {
    let kept = |at: &str| {
        let inside = |folder: &&str| at.starts_with(&format!("{folder}/"));
        KEPT.contains(&at) || KEPT_WHOLE.iter().any(inside)
    };
    let at = text.lines().filter_map(|line| line.split(' ').nth(1));
    // The kernel writes a space as \040; no path of ours has another odd character.
    at.filter(|at| !kept(at))
        .map(|at| at.replace("\\040", " "))
        .collect()
}

fn open_drive(path: &str) -> Result<()> {
    let drive = rustix::fs::open(path, OFlags::RDONLY | OFlags::NONBLOCK, Mode::empty())
        .with_context(|| format!("opening {path}"))?;
    // SAFETY: both take a number and write no memory; the lock is one that mounting has set.
    #[allow(unsafe_code)]
    let eject = || unsafe {
        let _ = ioctl::ioctl(&drive, IntegerSetter::<CDROM_LOCKDOOR>::new_usize(0));
        ioctl::ioctl(&drive, IntegerSetter::<CDROMEJECT>::new_usize(0))
    };
    for _ in 1..TRIES {
        if eject().is_ok() {
            return Ok(());
        }
        sleep(PAUSE);
    }
    eject().with_context(|| format!("ejecting it from {path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_come_from_the_map_once() {
        let maps = "55a0-55b0 r-xp 00000000 00:02 9 /init\n\
            7f00-7f10 r--p 00000000 00:02 7 /usr/lib/x86_64-linux-gnu/libc.so.6\n\
            7f10-7f20 r-xp 00010000 00:02 7 /usr/lib/x86_64-linux-gnu/libc.so.6\n\
            7f30-7f40 rw-p 00000000 00:00 0 \n\
            7ffe-7fff r-xp 00000000 00:00 0 [vdso]\n";
        assert_eq!(libraries(maps), ["/usr/lib/x86_64-linux-gnu/libc.so.6"]);
    }

    #[test]
    fn a_drive_that_hangs_does_not_keep_the_machine_on() {
        let said = |limit: Duration, open: fn(&str) -> Result<()>| {
            let mut said = String::new();
            eject("/dev/sr0".into(), limit, open, |line| said = line.into());
            said
        };
        let begin = std::time::Instant::now();
        let hangs = |_: &str| {
            sleep(Duration::from_secs(30));
            Ok(())
        };
        assert_eq!(
            said(Duration::from_millis(20), hangs),
            "Firn: take the CD out; /dev/sr0 does not answer"
        );
        assert!(begin.elapsed() < Duration::from_secs(10));
        assert_eq!(said(EJECTING, |_| Ok(())), "");
        assert_eq!(
            said(EJECTING, |_| anyhow::bail!("ejecting it from /dev/sr0: no")),
            "Firn: take the CD out; ejecting it from /dev/sr0: no"
        );
    }

    #[test]
    fn kernel_file_systems_stay() {
        let text = "tmpfs / tmpfs rw 0 0\nproc /proc proc rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n\
            /dev/loop0 /oldroot squashfs ro 0 0\n/dev/sr0 /oldroot/run/firn/medium iso9660 ro 0 0\n";
        assert_eq!(mounted(text), ["/oldroot", "/oldroot/run/firn/medium"]);
    }
}
