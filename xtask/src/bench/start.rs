//! From power-on to a host that is ready, beside a stock Debian with Xen on the same machine.
//!
//! Each host is started twice: the first start makes keys and the like, the second is what people wait for.

use super::install::{self, copy_sparse};
use super::row::{Figure, Row, Unit};
use super::site::{Bench, Site};
use super::{step, stock};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Machine, Ssh};
use std::path::Path;
use std::time::{Duration, Instant};

/// What stands beside Firn.
pub const PEER: &str = "stock Debian 13 with xen-system-amd64";
/// The machine's memory in MiB: a small host.
const MEMORY: u32 = 4096;
const LOGIN: Duration = Duration::from_secs(20 * 60);
const ANSWER: Duration = Duration::from_secs(10 * 60);
const OFF: Duration = Duration::from_secs(5 * 60);
/// So long a host is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(60);

const NOTE: &str = "with the wait of each one's own start menu: Firn 3 s, Debian 5 s";

/// What helps to understand the figures, besides the memory itself.
const ASK: &str = "free -m; ps -eo rss,args --sort=-rss | head -n 20; \
    systemd-analyze; systemd-analyze critical-chain; systemd-analyze blame | head -n 30";

/// Both hosts; one that could not be measured says why.
pub struct Hosts {
    /// As *install* has made it.
    pub firn: Result<Times, String>,
    /// The peer.
    pub stock: Result<Times, String>,
}

/// What was measured on one host.
#[derive(Debug, Clone)]
pub struct Times {
    first: Ready,
    later: Ready,
    /// Memory in dom0 that `free` calls used, in MiB.
    pub used: f64,
}

/// Times since power-on.
#[derive(Debug, Clone, Copy)]
struct Ready {
    login: Duration,
    /// Login prompt, and ssh has answered `xl info`.
    answer: Duration,
}

/// The section's rows.
///
/// # Errors
/// When Firn cannot be installed.
pub fn rows(bench: &Bench) -> Result<Vec<Row>> {
    let hosts = bench.hosts()?;
    let row = |id: &str, text: &str, pick: fn(&Times) -> Duration| {
        Row::new(id, text, Unit::Seconds, figure(&hosts.firn, pick))
            .beside(PEER, figure(&hosts.stock, pick))
    };
    let later = "power-on to login prompt and `xl info`";
    let first = "the first start after the installation";
    let login = "  of it to the login prompt";
    Ok(vec![
        row("start", later, |times| times.later.answer).note(NOTE),
        row("start-login", login, |times| times.later.login),
        row("start-first", first, |times| times.first.answer),
    ])
}

fn figure(times: &Result<Times, String>, pick: fn(&Times) -> Duration) -> Figure {
    let times = times.as_ref();
    times.map(|times| pick(times).as_secs_f64()).into()
}

/// Starts both, one after the other.
///
/// # Errors
/// When the ISO cannot be built.
pub fn measure(bench: &Bench) -> Result<Hosts> {
    let site = bench.site()?;
    let firn = || -> Result<Times> {
        let disk = bench.path("firn.img");
        copy_sparse(&bench.installed()?.disk, &disk)?;
        host(bench, site, "firn", &disk).context("the installed Firn")
    };
    let stock = || -> Result<Times> {
        step("making the disk of the stock Debian");
        let disk = stock::disk(bench, site, install::DISK_BYTES)?;
        host(bench, site, "stock", &disk).context("the stock Debian")
    };
    let text = |error: anyhow::Error| format!("{error:#}");
    Ok(Hosts {
        firn: firn().map_err(text),
        stock: stock().map_err(text),
    })
}

fn host(bench: &Bench, site: &Site, name: &str, disk: &Path) -> Result<Times> {
    step(&format!("the first start of {name}"));
    let (first, machine, ssh) = start(bench, site, &format!("{name}-first"), disk)?;
    settle(&ssh)?;
    off(&machine, &ssh)?;
    drop(machine);
    step(&format!("the second start of {name}"));
    let (later, machine, ssh) = start(bench, site, &format!("{name}-later"), disk)?;
    settle(&ssh)?;
    std::thread::sleep(IDLE);
    let said = ssh.run(ASK)?;
    let log = bench.path(&format!("{name}.txt"));
    std::fs::write(&log, &said).with_context(|| format!("writing {}", log.display()))?;
    let used = used(&said).with_context(|| format!("reading the memory in {said:?}"))?;
    off(&machine, &ssh)?;
    Ok(Times { first, later, used })
}

fn start(bench: &Bench, site: &Site, name: &str, disk: &Path) -> Result<(Ready, Machine, Ssh)> {
    let power_on = Instant::now();
    let machine = install::machine(name, disk)
        .memory(MEMORY)
        .start(&site.lab, &bench.folder)?;
    machine.serial.wait_for("login:", LOGIN)?;
    let login = power_on.elapsed();
    let ssh = Ssh::new(site.lab.root(), &site.key, machine.ssh_port)?;
    let end = Instant::now() + ANSWER;
    loop {
        let said = ssh.output("xl info", Duration::from_secs(90))?;
        if said.status == 0 && said.text.contains("xen_version") {
            break;
        }
        let text = said.text.trim();
        ensure!(Instant::now() < end, "no `xl info` over ssh: {text}");
        std::thread::sleep(Duration::from_millis(500));
    }
    let answer = power_on.elapsed();
    Ok((Ready { login, answer }, machine, ssh))
}

/// Waits until everything that starts has started. A failed unit is not this program's matter.
fn settle(ssh: &Ssh) -> Result<()> {
    ssh.output("systemctl is-system-running --wait", ANSWER)?;
    Ok(())
}

fn off(machine: &Machine, ssh: &Ssh) -> Result<()> {
    // ssh may be cut off before it can say that the command has succeeded.
    ssh.output("systemctl poweroff", Duration::from_secs(120))?;
    machine.wait_off(OFF)
}

/// The second number of the line `Mem:`.
fn used(free: &str) -> Option<f64> {
    let line = free.lines().find(|line| line.starts_with("Mem:"))?;
    line.split_whitespace().nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_free_calls_used() {
        let free = "               total        used        free\n\
            Mem:             705         153         200\nSwap:              0           0           0\n";
        assert_eq!(used(free), Some(153.0));
        assert_eq!(used(""), None);
    }
}
