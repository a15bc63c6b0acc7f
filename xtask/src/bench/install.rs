//! The installation itself, and what writing the same bytes costs without it.
//!
//! Both run in one machine, in the rescue shell of the ISO: first `firn-installer unattended` with an answer file, timed from
//! its first step (the answers are accepted then) to its `done` line; then dd to the same disk.

mod counters;
mod installer;
mod script;

use super::row::{Figure, Row, Unit};
use super::shell::Shell;
use super::site::{Bench, Site};
use super::step;
use anyhow::{Context, Result};
use firn_lab::qemu::{Bus, Link, Medium, NicModel, Spec, create_disk, fat_image};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A little more than the smallest disk that Firn takes.
pub const DISK_BYTES: u64 = 20_000_000_000;
const DD: Duration = Duration::from_secs(25 * 60);
const SHORT: Duration = Duration::from_secs(3 * 60);
/// A USB stick takes its time to appear, and so do NICs.
const MOUNT: &str = "mkdir -p /run/bench; udevadm settle --timeout=60; for n in $(seq 60); do \
    mount -o ro LABEL=FIRNANSWERS /run/bench 2>/dev/null && break; sleep 1; done; mountpoint -q /run/bench";

const WHOLE: &str = "the whole installation";
const NOTE: &str = "dd with conv=fsync, in the same machine; the installer also reads the medium, \
    checks sums and makes file systems";

/// What was measured, and the disk that came out.
pub struct Installed {
    /// The installed disk, to be copied before it is started.
    pub disk: PathBuf,
    /// From accepted answers to `done`: the steps by their titles.
    steps: Vec<(String, Duration)>,
    /// What was written to the disk meanwhile.
    bytes: u64,
    /// dd of as many bytes from memory.
    from_memory: Duration,
    /// dd of the image's files from the medium.
    from_medium: Duration,
}

/// The section's rows.
///
/// # Errors
/// When the installation fails.
pub fn rows(bench: &Bench) -> Result<Vec<Row>> {
    let installed = bench.installed()?;
    let mb = installed.bytes as f64 / 1e6;
    let seconds = |time: Duration| Figure::Is(time.as_secs_f64());
    let whole = seconds(installed.steps.iter().map(|(_, time)| *time).sum());
    let text = "from accepted answers to done";
    let time = Row::new("install", text, Unit::Seconds, whole.clone())
        .beside(
            format!("dd: {mb:.0} MB from memory to the disk"),
            seconds(installed.from_memory),
        )
        .beside(
            "dd: the image from the medium to the disk",
            seconds(installed.from_medium),
        )
        .note(NOTE);
    let bytes = Row::new(
        "install-bytes",
        "written to the disk",
        Unit::Megabytes,
        Figure::Is(mb),
    )
    .beside("the ISO", iso_size(bench));
    let mut rows = vec![time, bytes];
    for (number, (title, time)) in (1..).zip(&installed.steps) {
        let (id, text) = (format!("install-step-{number}"), format!("  {title}"));
        rows.push(Row::new(id, text, Unit::Seconds, seconds(*time)).beside(WHOLE, whole.clone()));
    }
    Ok(rows)
}

fn iso_size(bench: &Bench) -> Figure {
    let size = || -> Result<f64> {
        let iso = &bench.site()?.built.iso;
        Ok(super::sizes::mb(super::sizes::bytes(iso)?))
    };
    size().into()
}

/// Installs and measures.
///
/// # Errors
/// When the machine does not start, the installer refuses or fails, or dd fails.
pub fn measure(bench: &Bench) -> Result<Installed> {
    let site = bench.site()?;
    step("starting the ISO's rescue shell");
    let disk = bench.path("install.img");
    create_disk(&disk, DISK_BYTES)?;
    let machine = machine("install", &disk)
        .medium(Medium::Cd(site.built.iso.clone()))
        .disk_with_serial(stick(bench, site)?, Bus::Usb, "ANSWERS")
        .start(&site.lab, &bench.folder)?;
    let shell = Shell::rescue(&machine.serial)?;
    shell.run(MOUNT, SHORT)?;
    step("installing");
    let before = counters::written(&shell)?;
    let steps = installer::run(&machine.serial, &shell)?;
    let bytes = counters::written(&shell)?.saturating_sub(before);
    shell.run("sync", SHORT)?;
    let kept = bench.path("installed.img");
    copy_sparse(&disk, &kept)?;
    step("dd, from memory and from the medium");
    let from_memory = shell
        .run(&format!("sh /run/bench/memory.sh {bytes}"), DD)
        .and_then(|said| counters::nanoseconds(&said))?;
    let from_medium = shell
        .run("sh /run/bench/medium.sh", DD)
        .and_then(|said| counters::nanoseconds(&said))?;
    Ok(Installed {
        disk: kept,
        steps,
        bytes,
        from_memory,
        from_medium,
    })
}

/// The machine that everything is measured in, with this disk: that of the tests, BIOS, virtio.
pub fn machine(name: &str, disk: &Path) -> Spec {
    Spec::new(name)
        .disk_with_serial(disk, Bus::Virtio, "BENCH")
        .nic(NicModel::Virtio, Link::User(None))
}

/// A stick with the answers and the scripts.
fn stick(bench: &Bench, site: &Site) -> Result<PathBuf> {
    let path = bench.path("answers.img");
    let answers = answers(&site.key.public);
    let files = [
        ("answers.toml", answers.as_str()),
        ("memory.sh", script::MEMORY),
        ("medium.sh", script::MEDIUM),
    ];
    fat_image(&path, firn_config::ANSWERS_LABEL, &files)?;
    Ok(path)
}

/// Answers for the only disk there is, and DHCP.
///
/// The check of the memory is skipped: how little is enough is measured, too.
pub fn answers(key: &str) -> String {
    format!(
        "version = 1\n\n[host]\nname = \"bench.example.net\"\nssh-keys = [{key:?}]\n\n\
         [checks]\nskip = [\"memory\"]\n\n[finish]\naction = \"poweroff\"\n"
    )
}

/// Copies a disk without its holes.
///
/// # Errors
/// When the file system is full.
pub fn copy_sparse(from: &Path, to: &Path) -> Result<()> {
    firn_command::cmd("cp", ["--sparse=always"])
        .args([from, to])
        .run()
        .with_context(|| format!("copying {}", from.display()))
}
