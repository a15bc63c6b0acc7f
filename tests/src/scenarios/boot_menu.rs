//! Which slot a host starts, whatever is wrong with its slots and with GRUB's environment block: its real menu, in GRUB as a program.
//!
//! `grub-emu` is Debian's GRUB, of the version that the image has. It has no `multiboot2`, so functions of these names stand in, and tell what they
//! were asked to load.

mod damage;
mod stage;

use crate::bench::Bench;
use anyhow::{Context, Result, ensure};
use damage::{DAMAGES, Random};
use firn_grub::env::{Environment, Slot};
use firn_image::file;
use stage::{Esp, Stage, Started};
use std::fmt::Write;
use std::fs;

/// How many damaged blocks are tried.
const BLOCKS: usize = 150;

/// All states, all damages of a slot, an ESP that cannot be written, and blocks with any content.
pub fn run(bench: &Bench) -> Result<()> {
    let stage = Stage::set(bench)?;
    states(&stage)?;
    for damage in DAMAGES {
        damage.try_on(&stage).with_context(|| damage.what)?;
    }
    read_only(&stage)?;
    no_block(&stage)?;
    local_drivers(&stage)?;
    entries(&stage)?;
    blocks(&stage)
}

/// Sound slots: the good one starts, or once the other.
fn states(stage: &Stage) -> Result<()> {
    for good in [Slot::A, Slot::B] {
        expect(
            stage,
            Environment { good, trial: false },
            Started::slot(good),
        )?;
        expect(
            stage,
            Environment { good, trial: true },
            Started::trial(good.other()),
        )?;
    }
    Ok(())
}

/// Starts once with this block, and twice if that was a trial: the second start is the good slot's.
fn expect(stage: &Stage, environment: Environment, wanted: Started) -> Result<()> {
    let (started, after) = stage.start(&environment.block(), Esp::Writable)?;
    ensure!(
        started == Some(wanted),
        "with {environment:?} it started {started:?} instead of {wanted:?}"
    );
    let over = Environment {
        trial: false,
        ..environment
    };
    ensure!(
        after == over.block(),
        "after {environment:?} the block is {:?}",
        String::from_utf8_lossy(&after[..64])
    );
    let (again, _) = stage.start(&after, Esp::Writable)?;
    let usual = Started::slot(environment.good);
    ensure!(
        !environment.trial || again == Some(usual),
        "after a trial it started {again:?} instead of {usual:?}"
    );
    Ok(())
}

/// A trial whose beginning cannot be written down does not take place.
fn read_only(stage: &Stage) -> Result<()> {
    let environment = Environment {
        good: Slot::A,
        trial: true,
    };
    let (started, _) = stage.start(&environment.block(), Esp::ReadOnly)?;
    ensure!(
        started == Some(Started::slot(Slot::A)),
        "with an ESP that cannot be written it started {started:?}"
    );
    Ok(())
}

/// Without the file slot A starts.
fn no_block(stage: &Stage) -> Result<()> {
    let said = stage.without_block()?;
    ensure!(
        Started::read(&said) == Some(Started::slot(Slot::A)),
        "without an environment block: {said}"
    );
    Ok(())
}

/// An initrd with drivers of this host stands in for the image's.
fn local_drivers(stage: &Stage) -> Result<()> {
    stage.image(Slot::A, |slot| {
        Ok(fs::write(slot.join(file::LOCAL_INITRD), "drivers")?)
    })?;
    let said = stage.entry("firn", &Environment::default().block())?;
    stage.image(Slot::A, |_| Ok(()))?;
    ensure!(
        Started::read(&said) == Some(Started::slot(Slot::A))
            && said.contains("initrd-local.img")
            && !said.contains("initrd.img"),
        "with drivers of its own: {said}"
    );
    Ok(())
}

/// The menu's further entries.
fn entries(stage: &Stage) -> Result<()> {
    let good = Environment {
        good: Slot::B,
        trial: false,
    };
    let said = stage.entry("firn-other", &good.block())?;
    ensure!(
        Started::read(&said) == Some(Started::slot(Slot::A)),
        "the other slot: {said}"
    );
    let said = stage.entry("firn-verbose", &good.block())?;
    ensure!(
        Started::read(&said) == Some(Started::slot(Slot::B)) && said.contains("loglvl=all"),
        "all messages: {said}"
    );
    Ok(())
}

/// Whatever the block holds, a slot starts, and no slot is tried twice.
fn blocks(stage: &Stage) -> Result<()> {
    let mut random = Random::new(20_261_130);
    for _ in 0..BLOCKS {
        let block = random.block();
        let (first, after) = stage.start(&block, Esp::Writable)?;
        let tried = first.is_some_and(|started| started.trial);
        let second = match tried {
            true => stage.start(&after, Esp::Writable)?.0,
            false => first,
        };
        ensure!(
            first.is_some() && second.is_some_and(|started| !started.trial),
            "with this block it started {first:?}, then {second:?}:\n{}",
            hex(&block[..firn_grub::SECTOR])
        );
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
