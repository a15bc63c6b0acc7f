//! A host with a further disk in its store is installed anew: what the answers name is overwritten, and nothing else.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::host::{self, Host};
use crate::install::{install, refusal};
use crate::saved;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Link, NicModel, Spec, fingerprint};
use std::path::PathBuf;

const GUEST: &str = "lvcreate -qq --yes -V 64M -T firn/guests -n guest1";
const VOLUMES: &str = "lvs --noheadings -o lv_name firn";

/// A machine with two disks.
struct Pair<'a> {
    bench: &'a Bench,
    disk: PathBuf,
    store: PathBuf,
}

/// Installs on a host's disks: not named, so refused; named, with its store; named, without its store; refused for that store.
pub fn run(bench: &Bench) -> Result<()> {
    let (first, disks) = first(bench)?;
    let pair = Pair {
        bench,
        disk: disks[0].clone(),
        store: disks[1].clone(),
    };

    let before = (fingerprint(&pair.disk)?, fingerprint(&pair.store)?);
    pair.refused("refused", "any", &[&first, &first])?;
    let after = (fingerprint(&pair.disk)?, fingerprint(&pair.store)?);
    ensure!(before == after, "a disk was written to");

    pair.install("second", &first, true)?;
    let second = pair.host("second", |host| {
        host.check_further_disk()?;
        let volumes = host.ssh.run(VOLUMES)?;
        ensure!(!volumes.contains("guest1"), "the old guest is still there");
        host.says("firn apply", "nothing changed")
    })?;
    ensure!(first != second, "the new host has the old one's id {first}");

    // The store's disk is not named this time: it keeps what it holds, also while a host runs beside it.
    let before = fingerprint(&pair.store)?;
    pair.install("third", &second, false)?;
    let third = pair.host("third", |host| host.check("third.example.net"))?;
    pair.refused("refused-store", &third, &[&second])?;
    ensure!(
        fingerprint(&pair.store)? == before,
        "the further disk was written to, though nobody named it"
    );
    Ok(())
}

/// The first host, which is used and then shut down: the first 8 digits of its id, and its disks.
fn first(bench: &Bench) -> Result<(String, Vec<PathBuf>)> {
    let host = Host::saved(bench, &saved::TWO_DISKS)?;
    host.check_further_disk()?;
    host.ssh.run(GUEST)?;
    host.says(VOLUMES, "guest1")?;
    let id = id(&host)?;
    host.off()?;
    Ok((id, saved::left(bench, &saved::TWO_DISKS)?))
}

/// The first 8 digits of the host's id, which is that of its disk's partition table.
fn id(host: &Host) -> Result<String> {
    let id = "lsblk --nodeps --noheadings -o PTUUID /dev/vda";
    let id = host.ssh.run(id)?;
    let digits = id.trim().get(..8).context("the disk has no id")?;
    Ok(digits.to_owned())
}

impl Pair<'_> {
    fn spec(&self, name: &str) -> Spec {
        Spec::new(name)
            .nic(NicModel::Virtio, Link::User(None))
            .disk(&self.disk, Bus::Virtio)
            .disk(&self.store, Bus::Virtio)
    }

    fn answers(&self, name: &str, wipe: &str, store: bool) -> String {
        let target = format!("target = {{ serial = \"disk\" }}\nwipe = {wipe:?}");
        let answers = Answers::new(&self.bench.shared.key, &format!("{name}.example.net"));
        let further = "\n[guests]\ndisks = [{ serial = \"store\" }]\n";
        answers.disk(&target).to_toml() + if store { further } else { "" }
    }

    fn install(&self, name: &str, wipe: &str, store: bool) -> Result<()> {
        let spec = self.spec(&format!("install-{name}"));
        let answers = self.answers(name, wipe, store);
        install(self.bench, spec, self.bench.cd(), &answers)
            .map(drop)
            .with_context(|| format!("installing the {name} host"))
    }

    /// Is refused with one problem for each of these ids, which it names.
    fn refused(&self, name: &str, wipe: &str, ids: &[&String]) -> Result<()> {
        let answers = self.answers(name, wipe, true);
        let problems = refusal(self.bench, self.spec(name), self.bench.cd(), &answers)?;
        let named = problems.iter().zip(ids).all(|(p, id)| p.contains(*id));
        ensure!(
            named && problems.len() == ids.len(),
            "instead of problems with the ids {ids:?}: {problems:?}"
        );
        Ok(())
    }

    /// Starts the host, looks at it, and shuts it down; the first 8 digits of its id.
    fn host(&self, name: &str, look: impl Fn(&Host) -> Result<()>) -> Result<String> {
        let host = host::boot(self.bench, self.spec(&format!("host-{name}")))?;
        host.check_name(&format!("{name}.example.net"))?;
        look(&host)?;
        let id = id(&host)?;
        host.off()?;
        Ok(id)
    }
}
