//! The store: what a killed conversion leaves, which is nothing, and what is said when the pool is full.

use super::firn::{CLOUD, Firn, until};
use anyhow::{Result, bail, ensure};
use std::time::Duration;

/// From a request to the first volume, and from firnd's start to the end of what it undoes.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Bytes of the pool that the library may take when its uploads are gone.
const LIBRARY: f64 = 512e6;

/// The library's file system, which is larger than the pool, does not fill it.
pub fn library_is_small(firn: &Firn<'_>) -> Result<()> {
    let words = "lvs --noheadings --nosuffix --units b -o lv_size,data_percent firn/library";
    let said = firn.host.ssh.run(words)?;
    let numbers: Vec<f64> = said.split_whitespace().flat_map(str::parse).collect();
    let [size, percent] = numbers[..] else {
        bail!("`{words}` says {said:?}");
    };
    let taken = size * percent / 100.0;
    ensure!(
        taken <= LIBRARY,
        "the empty library takes {taken} bytes of the pool"
    );
    Ok(())
}

/// firnd dies while an image is being written into its volume.
pub fn killed_while_converting(firn: &Firn<'_>) -> Result<()> {
    let before = firn.volumes()?;
    firn.run(&format!(
        "guest create half --image {CLOUD} --memory 512M --no-wait"
    ))?;
    until(PATIENCE, || {
        let now = firn.volumes()?;
        ensure!(now.len() > before.len(), "no volume was made: {now:?}");
        Ok(())
    })?;
    let busy = busy(firn)?;
    ensure!(
        busy == ["half"],
        "the conversion should be at work when firnd is killed, but at work are {busy:?}"
    );
    firn.kill_firnd()?;
    until(PATIENCE, || nothing_left(firn, &before))
}

fn nothing_left(firn: &Firn<'_>, before: &[String]) -> Result<()> {
    let after = firn.volumes()?;
    ensure!(
        after == before,
        "the volumes were {before:?} and are {after:?}"
    );
    let busy = busy(firn)?;
    ensure!(busy.is_empty(), "tasks are still at work: {busy:?}");
    let guests = firn.json("guest list")?;
    ensure!(
        guests.iter().all(|guest| guest["name"] != "half"),
        "half is there: {guests:?}"
    );
    let said = firn.host.ssh.output("pgrep -a qemu-img", PATIENCE)?;
    ensure!(
        said.status != 0,
        "it is still being converted: {}",
        said.text
    );
    Ok(())
}

/// The guests that tasks work on which are not over.
fn busy(firn: &Firn<'_>) -> Result<Vec<String>> {
    let tasks = firn.json("task list")?;
    let busy = tasks
        .iter()
        .filter(|task| task["stage"] == "running" || task["stage"] == "queued");
    Ok(busy
        .filter_map(|task| task["name"].as_str().map(str::to_owned))
        .collect())
}

/// A pool of 1 GiB in the place of the host's, which would take minutes to fill.
const SMALL: &str = "lvremove -qq -y firn/guests && lvcreate -qq -y --type thin-pool -L 1G -n guests firn && \
    lvcreate -qq -y -V 1G -T firn/guests -n fill && dd if=/dev/zero of=/dev/firn/fill bs=1M count=970 oflag=direct status=none && \
    lvs --noheadings -o data_percent firn/guests";

/// No new disk on a pool that is filled to nine tenths; when there is room again, there is one.
pub fn full(firn: &Firn<'_>) -> Result<()> {
    const CREATE: &str = "guest create late --empty --disk 100M --memory 512M";
    firn.run("guest delete installer")?;
    firn.run("trash empty --yes")?;
    let filled = firn.host.ssh.run(SMALL)?;
    let percent: f64 = filled.trim().parse()?;
    ensure!((90.0..100.0).contains(&percent), "it is {percent} % full");
    // firnd may have seen the pool last when it was empty; it looks again by itself.
    until(PATIENCE, || {
        let stores = firn.json("store list")?;
        ensure!(
            stores.iter().any(nearly_full),
            "firnd does not see that the pool is full: {stores:?}"
        );
        Ok(())
    })?;
    // The whole percent, as it is said.
    let sentence = format!("is {} % full and takes no new disk", percent.trunc());
    firn.refused(CREATE, 1, &sentence)?;
    firn.host.ssh.run("lvremove -qq -y firn/fill")?;
    until(PATIENCE, || firn.run(CREATE).map(drop))?;
    firn.run("guest delete late").map(drop)
}

/// Whether a store of the list has used nine tenths of what it has.
fn nearly_full(store: &serde_json::Value) -> bool {
    let bytes = |key: &str| store[key].as_f64().unwrap_or_default();
    bytes("size") > 0.0 && bytes("used") >= 0.9 * bytes("size")
}
