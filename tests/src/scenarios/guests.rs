//! Guests of firnd on an installed host, asked for with the command `firn` as an administrator types it.

mod fetched;
mod firn;
mod hostile;
mod room;

use crate::bench::Bench;
use crate::host::Host;
use crate::saved::ONE_CPU;
use anyhow::{Result, ensure};
use firn::{CLOUD, FOLDER, Firn, GUEST, KEY};
use std::time::Duration;

/// The console of Debian's installer, when its kernel and its initrd have started.
const INSTALLER: &str = "Select a language";
/// What every guest of `firn guest list --json` has at least.
const KEYS: [&str; 10] = [
    "id",
    "name",
    "state",
    "template",
    "cpus",
    "memory",
    "addresses",
    "disks",
    "nics",
    "autostart",
];

/// From an image to a login and back to nothing: made, reached, restarted from inside, firnd killed under it, deleted, restored; images
/// that would be attacks, and images that the host fetches.
pub fn run(bench: &Bench) -> Result<()> {
    let host = Host::saved(bench, &ONE_CPU)?;
    let firn = Firn::new(bench, &host)?;
    firn.explained(|| {
        hostile::refused(bench, &firn)?;
        fetched::fetched(bench, &firn)?;
        made(&firn)?;
        restarts_from_inside(&firn)?;
        firnd_is_killed(&firn)?;
        to_the_trash_and_back(&firn)?;
        room::library_is_small(&firn)
    })?;
    host.off()
}

/// What goes wrong: names, states, domains that vanish, firnd killed in the middle of a conversion, a full pool.
pub fn more(bench: &Bench) -> Result<()> {
    let host = Host::saved(bench, &ONE_CPU)?;
    let firn = Firn::new(bench, &host)?;
    firn.explained(|| {
        installer(bench, &firn)?;
        listed(&firn)?;
        statuses(&firn)?;
        destroyed_by_hand(&firn)?;
        room::killed_while_converting(&firn)?;
        room::full(&firn)
    })?;
    host.off()
}

/// A server from a cloud image, with one command.
fn made(firn: &Firn<'_>) -> Result<()> {
    let said = firn.run(&format!(
        "guest create web1 --image {CLOUD} --ssh-key {KEY}.pub --cpus 1 --memory 512M --start"
    ))?;
    // Emulated, a guest may need longer than the command waits; then its last line says so, and the list has the address later.
    let last = said.lines().last().unwrap_or_default();
    ensure!(
        last.starts_with("web1 runs"),
        "the last line of `firn guest create --start` is {last:?}"
    );
    firn.state("web1", "running", GUEST)?;
    firn.inside("web1", "test \"$(hostname)\" = web1 && sudo -n true")
        .map(drop)
}

/// The guest restarts itself: it is another domain with the same id.
fn restarts_from_inside(firn: &Firn<'_>) -> Result<()> {
    let (boot, domain) = (firn.boot("web1")?, firn.domain("web1")?);
    // The connection may end before the command has.
    firn.try_inside("web1", "sudo -n systemctl reboot")?;
    firn.other_boot("web1", &boot)?;
    let after = firn.domain("web1")?;
    ensure!(
        after != domain,
        "web1 is still domain {domain}: it was not made anew"
    );
    Ok(())
}

/// The guest does not notice that firnd dies, and firnd knows it again.
fn firnd_is_killed(firn: &Firn<'_>) -> Result<()> {
    let (boot, domain) = (firn.boot("web1")?, firn.domain("web1")?);
    firn.kill_firnd()?;
    firn.state("web1", "running", GUEST)?;
    let after = (firn.boot("web1")?, firn.domain("web1")?);
    ensure!(
        after == (boot, domain),
        "web1 has restarted when firnd was killed"
    );
    Ok(())
}

/// What is off can be deleted, and comes back as it was.
fn to_the_trash_and_back(firn: &Firn<'_>) -> Result<()> {
    let id = firn.id("web1")?;
    firn.refused("guest delete web1", 4, "runs")?;
    firn.inside("web1", "echo kept >kept && sync")?;
    firn.run("guest kill web1")?;
    firn.state("web1", "stopped", Duration::from_secs(60))?;
    firn.run("guest delete web1")?;
    let volumes = firn.volumes()?;
    ensure!(
        volumes
            .iter()
            .any(|name| name.starts_with(&format!("t-{id}-")))
            && !volumes
                .iter()
                .any(|name| name.starts_with(&format!("g-{id}-"))),
        "after its deletion the volumes are {volumes:?}"
    );
    firn.says("trash list", "web1")?;
    firn.refused("guest start web1", 3, "nothing here is called \"web1\"")?;
    firn.run("trash restore web1")?;
    firn.run("guest start web1")?;
    ensure!(firn.id("web1")? == id, "web1 has come back with another id");
    firn.inside("web1", "cat kept").map(drop)
}

/// Debian's installer, by kernel and initrd: a guest without an image.
fn installer(bench: &Bench, firn: &Firn<'_>) -> Result<()> {
    let files = bench.guests()?;
    firn.give(&[files.join("linux"), files.join("initrd.gz")])?;
    firn.run(&format!(
        "guest create installer --empty --disk 1G --kernel {FOLDER}/linux --initrd {FOLDER}/initrd.gz \
         --command-line 'console=hvc0 DEBIAN_FRONTEND=text' --memory 900MiB"
    ))?;
    firn.state("installer", "stopped", Duration::ZERO)?;
    firn.run("guest start installer")?;
    firn.console(bench, "installer", INSTALLER)
}

/// Scripts find what was agreed on.
fn listed(firn: &Firn<'_>) -> Result<()> {
    let guest = firn.guest("installer")?;
    let lacking: Vec<_> = KEYS
        .iter()
        .filter(|key| guest.get(**key).is_none())
        .collect();
    ensure!(lacking.is_empty(), "{guest} lacks {lacking:?}");
    ensure!(
        guest["memory"] == 900_u64 << 20 && guest["disks"][0]["size"] == 1_000_000_000_u64,
        "its sizes are not those that were typed, in bytes: {guest}"
    );
    firn.json("trash list").map(drop)?;
    firn.json("task list").map(drop)
}

/// Scripts tell failures apart by the exit status.
fn statuses(firn: &Firn<'_>) -> Result<()> {
    firn.refused("guest show instaler", 3, "did you mean \"installer\"?")?;
    firn.refused(
        "guest show nonsense",
        3,
        "nothing here is called \"nonsense\"",
    )?;
    firn.refused("guest start installer", 4, "runs already")?;
    firn.refused("guest start", 2, "Usage")?;
    firn.run("guest pause installer")?;
    firn.state("installer", "paused", Duration::ZERO)?;
    firn.run("guest unpause INSTALLER")?;
    firn.run("guest kill installer")?;
    firn.state("installer", "stopped", Duration::ZERO)?;
    firn.refused("guest kill installer", 4, "does not run")?;
    firn.run("guest start installer")
        .and_then(|_| firn.state("installer", "running", Duration::ZERO))
}

/// Somebody ends the domain past firnd: it is told, not reverted, and the guest starts again.
fn destroyed_by_hand(firn: &Firn<'_>) -> Result<()> {
    let id = firn.id("installer")?;
    firn.host.ssh.run(&format!("xl destroy {id}"))?;
    let patience = Duration::from_secs(120);
    let guest = firn.one_of("installer", &["stopped", "crashed"], patience)?;
    let why = guest["why"]["text"].as_str().unwrap_or_default();
    ensure!(!why.is_empty(), "nothing says why it does not run: {guest}");
    firn.run("guest start installer")?;
    firn.run("guest kill installer").map(drop)
}
