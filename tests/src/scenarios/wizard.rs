//! The wizard, driven by keys over the serial line.

use crate::bench::Bench;
use crate::host;
use crate::install::INSTALL;
use crate::shell;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Console, Link, NicModel, Spec};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PAGE: Duration = Duration::from_secs(120);
/// A screen that does not change for so long is complete.
const QUIET: Duration = Duration::from_secs(2);
const PASSWORD: &str = "quite some snow 1";
const ENTER: &str = "\r";
const TAB: &str = "\t";

/// From the first screen to the restart, and the host that comes up by itself.
pub fn run(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let machine = Spec::new("wizard")
        .medium(bench.cd())
        .disk(&disk, Bus::Virtio)
        .nic(NicModel::Virtio, Link::User(None))
        .start(bench.lab(), &bench.folder)?;
    let wizard = Wizard(&machine.serial);
    machine.serial.answer_as_terminal(true);
    wizard.answer(&bench.shared.key.public)?;
    machine.screenshot("summary")?;

    // The summary begins on Back, so that nobody installs with one Enter too many. The disk is empty: nothing to confirm.
    wizard.press(TAB)?;
    wizard.press(ENTER)?;
    let ends = ["is installed", "The installation failed"];
    let (which, screen) = machine.serial.wait_screen_any(&ends, INSTALL)?;
    machine.screenshot("end")?;
    ensure!(which == 0, "the wizard says:\n{screen}");
    machine.serial.answer_as_terminal(false);
    wizard.press(ENTER)?;

    // A CD that stays in its drive would start again here: the disk is started without it.
    machine
        .serial
        .wait_for("Restarting system", PAGE)
        .context("the restart")?;
    drop(machine);
    let host = host::boot(
        bench,
        Spec::new("host")
            .disk(&disk, Bus::Virtio)
            .nic(NicModel::Virtio, Link::User(None)),
    )?;
    host.check("wizard.example.net")?;
    shell::log_in(&host.machine, PASSWORD)?;
    host.off()
}

/// The person at the other end.
pub(super) struct Wizard<'a>(pub(super) &'a Console);

impl Wizard<'_> {
    /// Answers every page up to the summary.
    pub(super) fn answer(&self, key: &str) -> Result<()> {
        self.0
            .wait_screen("Welcome to Firn", INSTALL)
            .context("the wizard's first page")?;
        self.page("Welcome to Firn", &[])?;
        self.page("keyboard that is attached", &["german"])?;
        self.page("What shall be done?", &[])?;
        self.step(1, &[])?;
        self.step(2, &[])?;
        self.step(3, &[])?;
        self.step(4, &[])?;
        self.step(5, &[])?;
        self.step(6, &["wizard.example.net"])?;
        self.step(7, &["berlin"])?;
        self.step(8, &[PASSWORD, PASSWORD, key])?;
        self.0.wait_screen("9 of 9", PAGE).map(drop)
    }

    /// One of the numbered pages.
    fn step(&self, number: u8, fields: &[&str]) -> Result<()> {
        self.page(&format!("{number} of 9"), fields)
    }

    /// Waits for the page with these words, fills its fields one after the other, and goes on until the next is there.
    fn page(&self, title: &str, fields: &[&str]) -> Result<()> {
        let what = || format!("the wizard's page {title:?}");
        self.0.wait_screen(title, PAGE).with_context(what)?;
        for text in fields {
            for key in text.chars() {
                self.0.send(&key.to_string())?;
                // A serial line has no flow control here; a person is slower, too.
                sleep(Duration::from_millis(15));
            }
            self.press(ENTER)?;
        }
        for _ in 0..10 {
            if !self.0.screen().contains(title) {
                return Ok(());
            }
            self.press(ENTER)?;
        }
        ensure!(
            !self.0.screen().contains(title),
            "the page {title:?} does not let us go on:\n{}",
            self.0.screen()
        );
        Ok(())
    }

    /// Presses a key and waits until the screen has changed and is quiet again. A second press too early would skip a page on a machine
    /// that is slow to show the first.
    pub(super) fn press(&self, key: &str) -> Result<()> {
        let mut shown = self.0.screen();
        self.0.send(key)?;
        let end = Instant::now() + PAGE;
        while self.0.screen() == shown && Instant::now() < end {
            sleep(Duration::from_millis(100));
        }
        // A page with a clock is never quiet.
        for _ in 0..3 {
            shown = self.0.screen();
            sleep(QUIET);
            if self.0.screen() == shown {
                break;
            }
        }
        Ok(())
    }
}
