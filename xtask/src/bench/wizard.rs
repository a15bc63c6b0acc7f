//! The wizard, as somebody at the serial line meets it: how long its first page takes, and how long a key press takes to show.

use super::row::{Row, Unit};
use super::shell::Shell;
use super::site::{Bench, Site};
use super::step;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Console, Link, Machine, Medium, NicModel, Picture, Spec};
use firn_words::say;
use std::time::{Duration, Instant};

/// How often a key is pressed.
const PRESSES: usize = 100;
/// Pressed before that, uncounted: the first key also takes the wizard for this console.
const WARM: usize = 4;
/// So many controls, at most, does Tab go through before it begins again.
const CONTROLS: usize = 20;
/// The screen counts as quiet after so long without a change.
const QUIET: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(60);
const START: Duration = Duration::from_secs(15 * 60);

/// From the kernel's first instruction, and of single key presses.
struct Times {
    start: Duration,
    keys: Vec<Duration>,
}

/// The section's rows.
///
/// # Errors
/// When the ISO cannot be built, or the wizard does not come up.
pub fn rows(bench: &Bench) -> Result<Vec<Row>> {
    let site = bench.site()?;
    let wizard = wizard(bench, site).context("the wizard")?;
    let shell = shell(bench, site).map_err(|error| format!("{error:#}"));
    let shell = shell.as_ref();
    let start = |times: &Times| times.start.as_secs_f64();
    let row = |id: &str, text: &str, percent: usize| {
        let of = |times: &Times| percentile(&times.keys, percent).as_secs_f64() * 1e3;
        Row::new(id, text, Unit::Milliseconds, Ok::<_, String>(of(&wizard)))
            .beside("the kernel's own echo in the same terminal", shell.map(of))
    };
    Ok(vec![
        Row::new(
            "wizard-page",
            "kernel start to the wizard's first page",
            Unit::Seconds,
            Ok::<_, String>(start(&wizard)),
        )
        .beside(
            "kernel start to the rescue shell's prompt",
            shell.map(start),
        ),
        row("wizard-key", "a key press to show, 99 of 100", 99),
        row("wizard-key-median", "  the median", 50),
    ])
}

fn machine(bench: &Bench, site: &Site, name: &str) -> Result<Machine> {
    let disk = bench.path("wizard.img");
    firn_lab::qemu::create_disk(&disk, super::install::DISK_BYTES)?;
    let spec = Spec::new(name)
        .disk_with_serial(&disk, firn_lab::qemu::Bus::Virtio, "BENCH")
        .nic(NicModel::Virtio, Link::User(None))
        .medium(Medium::Cd(site.built.iso.clone()));
    spec.start(&site.lab, &bench.folder)
}

fn wizard(bench: &Bench, site: &Site) -> Result<Times> {
    step("the wizard's first page");
    let machine = machine(bench, site, "wizard")?;
    machine.serial.answer_as_terminal(true);
    machine.serial.wait_for("Booting `", START)?;
    let kernel = kernel_start(&machine)?;
    let title = say!("page-language-title").to_string();
    machine.serial.wait_screen(&title, START)?;
    let start = kernel.elapsed();
    step("key presses in the wizard");
    let tab = |console: &Console| console.send("\t");
    Ok(Times {
        start,
        keys: presses(&machine.serial, tab)?,
    })
}

/// The limit: the same start into a shell, and the same line with nothing behind it but the kernel.
fn shell(bench: &Bench, site: &Site) -> Result<Times> {
    step("the rescue shell's prompt");
    let machine = machine(bench, site, "wizard-limit")?;
    Shell::choose(&machine.serial)?;
    let kernel = kernel_start(&machine)?;
    let shell = Shell::prompt(&machine.serial)?;
    let start = kernel.elapsed();
    step("key presses in the rescue shell");
    shell.send("stty -echoctl; cat")?;
    // A letter and Backspace, by turns, so that the pictures repeat.
    let mut letter = false;
    let press = |console: &Console| {
        letter = !letter;
        console.send(if letter { "x" } else { "\u{7f}" })
    };
    Ok(Times {
        start,
        keys: presses(&machine.serial, press)?,
    })
}

/// The moment in which the processor goes into 64-bit mode: GRUB for BIOS never does, the kernel's first code does. Looked at
/// every 20 ms from now on. (GRUB says "Booting" only of the entry that nobody has chosen.)
fn kernel_start(machine: &Machine) -> Result<Instant> {
    let end = Instant::now() + START;
    while !machine.qmp().ask("info registers")?.contains("RIP=") {
        ensure!(Instant::now() < end, "the kernel is not started");
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(Instant::now())
}

/// How long each of 100 presses of a key takes until the screen shows what that key leads to, to the last letter. The key must lead
/// in a circle: once through it, and every picture is known.
fn presses(
    console: &Console,
    mut press: impl FnMut(&Console) -> Result<()>,
) -> Result<Vec<Duration>> {
    for _ in 0..WARM {
        press(console)?;
        console.settle(QUIET, PATIENCE)?;
    }
    let mut circle: Vec<Picture> = vec![console.settle(QUIET, PATIENCE)?];
    loop {
        press(console)?;
        let picture = console.settle(QUIET, PATIENCE)?;
        if picture == circle[0] {
            break;
        }
        circle.push(picture);
        ensure!(circle.len() <= CONTROLS, "the key leads in no circle");
    }
    ensure!(circle.len() > 1, "the key changes nothing on the screen");
    let mut times = Vec::new();
    for number in 1..=PRESSES {
        let expected = &circle[number % circle.len()];
        let begun = Instant::now();
        press(console)?;
        console
            .wait_picture(expected, PATIENCE)
            .with_context(|| format!("key press {number}"))?;
        times.push(begun.elapsed());
    }
    Ok(times)
}

/// The figure that so many of a hundred do not exceed.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_a_hundred() {
        let times: Vec<_> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 99), Duration::from_millis(99));
        assert_eq!(percentile(&times, 50), Duration::from_millis(50));
        assert_eq!(percentile(&times[..1], 99), Duration::from_millis(100));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
    }
}
