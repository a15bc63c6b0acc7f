//! Memory: what dom0 uses when idle, and how little the installer works with.

use super::install::{self, DISK_BYTES};
use super::row::{Figure, Row, Unit};
use super::site::Bench;
use super::start::{PEER, Times};
use super::step;
use anyhow::{Context, Result};
use firn_lab::qemu::{Bus, Medium, create_disk, fat_image};
use std::time::Duration;

/// Memory of the machine in MiB, in rising order: where the installer works with one, it works with all above it.
const SIZES: [u32; 6] = [448, 512, 640, 768, 896, 1024];
/// From power-on to the end. A machine that is short of memory may stand still for ever.
const END: Duration = Duration::from_secs(10 * 60);

const NOTE: &str = "what `free -m` calls used, a minute after everything has started; \
    Firn gives dom0 a fixed size, Debian all there is";

/// The section's rows.
pub fn rows(bench: &Bench) -> Vec<Row> {
    vec![dom0(bench), installer(bench)]
}

fn dom0(bench: &Bench) -> Row {
    let used =
        |times: &Result<Times, String>| -> Figure { times.as_ref().map(|times| times.used).into() };
    let (firn, stock) = match bench.hosts() {
        Ok(hosts) => (used(&hosts.firn), used(&hosts.stock)),
        Err(error) => (
            Err::<f64, _>(error).into(),
            Figure::Missing("see Firn's".into()),
        ),
    };
    Row::new(
        "memory-dom0",
        "used in dom0 when idle",
        Unit::Mebibytes,
        firn,
    )
    .beside(PEER, stock)
    .note(NOTE)
}

fn installer(bench: &Bench) -> Row {
    let mut tried = Vec::new();
    let least = least(&SIZES, |mib| {
        step(&format!("installing with {mib} MiB"));
        let result = works(bench, mib);
        let said = match &result {
            Ok(None) => "works".into(),
            Ok(Some(reason)) => format!("does not ({reason})"),
            Err(error) => format!("could not be tried ({error:#})"),
        };
        tried.push(format!("{mib} MiB {said}"));
        result.map(|reason| reason.is_none())
    });
    let figure = least.and_then(|least| {
        let most = SIZES[SIZES.len() - 1];
        least
            .map(f64::from)
            .with_context(|| format!("it does not even work with {most} MiB"))
    });
    let note = format!(
        "unattended, with checks.skip = [\"memory\"]: {}",
        tried.join("; ")
    );
    Row::new(
        "memory-installer",
        "least that the installer works with",
        Unit::Mebibytes,
        figure,
    )
    .note(note.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The smallest of these for which `works` is true, found by halving; the largest is tried first.
fn least(sizes: &[u32], mut works: impl FnMut(u32) -> Result<bool>) -> Result<Option<u32>> {
    let Some((largest, rest)) = sizes.split_last() else {
        return Ok(None);
    };
    if !works(*largest)? {
        return Ok(None);
    }
    // Below `low` none works, from `high` on all do.
    let (mut low, mut high) = (0, rest.len());
    while low < high {
        let middle = (low + high) / 2;
        if works(sizes[middle])? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Some(sizes[high]))
}

/// Nothing if the installation succeeds, else why it does not.
fn works(bench: &Bench, mib: u32) -> Result<Option<String>> {
    let site = bench.site()?;
    let name = format!("memory-{mib}");
    let (disk, stick) = (bench.path("memory.img"), bench.path("memory-answers.img"));
    create_disk(&disk, DISK_BYTES)?;
    let answers = install::answers(&site.key.public);
    fat_image(
        &stick,
        firn_config::ANSWERS_LABEL,
        &[("answers.toml", &answers)],
    )?;
    let machine = install::machine(&name, &disk)
        .memory(mib)
        .medium(Medium::Cd(site.built.iso.clone()))
        .disk_with_serial(stick, Bus::Usb, "ANSWERS")
        .no_reboot()
        .start(&site.lab, &bench.folder)?;
    // The last two: the initrd gives up, the installer was killed and the rescue shell came.
    let ends = [
        "done: ",
        "refused: ",
        "failed: ",
        "Kernel panic",
        "Firn cannot start: ",
        "root@",
    ];
    match machine.serial.wait_for_any(&ends, END) {
        Ok((0, _)) => Ok(None),
        Ok(_) => Ok(Some(last_line(&machine.serial.tail(3)))),
        Err(_) if machine.running() => {
            let minutes = END.as_secs() / 60;
            Ok(Some(format!("no end within {minutes} minutes")))
        }
        Err(_) => Ok(Some("the machine has ended".into())),
    }
}

fn last_line(text: &str) -> String {
    text.lines().last().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(from: u32) -> (Option<u32>, Vec<u32>) {
        let mut tried = Vec::new();
        let least = least(&SIZES, |mib| {
            tried.push(mib);
            Ok(mib >= from)
        });
        (least.unwrap(), tried)
    }

    #[test]
    fn halving_finds_the_least() {
        for size in SIZES {
            assert_eq!(found(size).0, Some(size));
        }
        assert_eq!(found(700), (Some(768), vec![1024, 640, 896, 768]));
        assert_eq!(found(2000), (None, vec![1024]));
        assert_eq!(found(1).0, Some(448));
    }

    #[test]
    fn what_cannot_be_tried_ends_it() {
        assert!(least(&SIZES, |_| anyhow::bail!("no QEMU")).is_err());
        assert_eq!(least(&[], |_| Ok(true)).unwrap(), None);
    }
}
