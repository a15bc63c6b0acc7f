//! Installed hosts that are kept: made by the first scenario that needs one, for all that follow, and for the next runs with the same
//! image and tools.
//!
//! Of a layout are kept its disks as the installation has left them, and, made of those, disks that hold a host which was started and
//! answers, with its memory. Scenarios get copies, since a state is not seen through a backing file.

use crate::answers::Answers;
use crate::bench::{Bench, DISK_BYTES};
use crate::host::{self, Host};
use crate::install::install;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Key, Link, NicModel, Spec, copy_disk, create_disk, qcow2};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// What the state of a host that is up is called in its disks.
const UP: &str = "up";
/// A host that guests are started on, in MiB.
const MEMORY: u32 = 4096;

/// A machine, and what is installed on it.
#[derive(Debug)]
pub struct Layout {
    /// What it is called in the folder of kept hosts.
    pub name: &'static str,
    /// The host's whole name.
    pub host: &'static str,
    /// Serial numbers and sizes: the host's own disk, then those of its store.
    pub disks: &'static [(&'static str, u64)],
    /// Its processors.
    pub cpus: u8,
}

/// BIOS and one virtio disk.
pub static ONE_DISK: Layout = Layout {
    name: "one-disk",
    host: "xen1.example.net",
    disks: &[("disk", DISK_BYTES)],
    cpus: 2,
};

/// The same with one processor, for guests that must live for minutes: where a machine has two, QEMU 10.0 loses a guest of the emulated
/// hypervisor every few minutes. The guest's state becomes the hypervisor's, and it ends with a triple fault.
pub static ONE_CPU: Layout = Layout {
    name: "one-cpu",
    cpus: 1,
    ..ONE_DISK
};

/// BIOS and two virtio disks, of which the second is for guests.
pub static TWO_DISKS: Layout = Layout {
    name: "two-disks",
    host: "first.example.net",
    disks: &[("disk", DISK_BYTES), ("store", host::FURTHER_BYTES)],
    cpus: 2,
};

impl Layout {
    /// The machine of this name with its disks, of this ending, in this folder.
    fn machine(&self, name: &str, folder: &Path, ending: &str) -> Spec {
        let spec = Spec::new(name).nic(NicModel::Virtio, Link::User(None));
        let disks = self.disks.iter();
        disks.fold(spec, |spec, (serial, _)| {
            spec.disk(folder.join(format!("{serial}.{ending}")), Bus::Virtio)
        })
    }

    /// The machine in which the host is kept running.
    fn running(&self, name: &str, folder: &Path) -> Spec {
        Spec {
            cpus: self.cpus,
            ..self.machine(name, folder, "qcow2").memory(MEMORY)
        }
    }

    fn answers(&self, key: &Key) -> String {
        let (target, further) = self.disks.split_at(1);
        let list = |disks: &[(&str, u64)]| {
            let rules = disks
                .iter()
                .map(|(name, _)| format!("{{ serial = {name:?} }}"));
            rules.collect::<Vec<_>>().join(", ")
        };
        let answers = Answers::new(key, self.host);
        let answers = answers
            .disk(&format!("target = {}", list(target)))
            .to_toml();
        if further.is_empty() {
            return answers;
        }
        format!("{answers}\n[guests]\ndisks = [{}]\n", list(further))
    }

    /// A raw disk in the scenario's folder for each disk, by its path and serial number.
    fn copies(
        &self,
        bench: &Bench,
        make: impl Fn(&Path, &str) -> Result<()>,
    ) -> Result<Vec<PathBuf>> {
        let one = |(serial, _): &(&str, u64)| {
            let raw = bench.path(&format!("{serial}.img"));
            make(&raw, serial).map(|()| raw)
        };
        self.disks.iter().map(one).collect()
    }

    /// Where its disks lie among the kept hosts. The folder of all of them is for one image and one set of tools; what a host depends
    /// on besides is in its name.
    fn place(&self, hosts: &Path, answers: &str) -> PathBuf {
        let mut hash = DefaultHasher::new();
        let machine = self.running(self.name, Path::new(""));
        (machine.command_line(), answers).hash(&mut hash);
        hosts.join(format!("{}-{:016x}", self.name, hash.finish()))
    }

    /// The folder of its disks as the installation leaves them, `SERIAL.img`.
    fn installed(&self, bench: &Bench) -> Result<PathBuf> {
        let answers = self.answers(&bench.shared.key);
        let place = self.place(&bench.shared.hosts, &answers);
        kept(place, |folder| self.install(bench, &answers, folder))
    }

    fn install(&self, bench: &Bench, answers: &str, folder: &Path) -> Result<()> {
        for (serial, bytes) in self.disks {
            create_disk(&folder.join(format!("{serial}.img")), *bytes)?;
        }
        let machine = self.machine(&format!("install-{}", self.name), folder, "img");
        let done = install(bench, machine, bench.cd(), answers)?;
        let expected = format!("done: {} at 10.0.2.15", self.host);
        ensure!(done.starts_with(&expected), "it says {done:?}");
        Ok(())
    }

    /// The folder of its disks with the running host in them, `SERIAL.qcow2`.
    fn up(&self, bench: &Bench) -> Result<PathBuf> {
        let installed = self.installed(bench)?;
        let place = installed.with_extension("up");
        kept(place, |folder| self.start(bench, &installed, folder))
    }

    /// Starts the host, and keeps it when everything is as it must be.
    fn start(&self, bench: &Bench, installed: &Path, folder: &Path) -> Result<()> {
        for (serial, _) in self.disks {
            let raw = installed.join(format!("{serial}.img"));
            let image = folder.join(format!("{serial}.qcow2"));
            qcow2::from_raw(bench.lab().root(), &raw, &image)?;
        }
        let host = host::boot(bench, self.running(&format!("host-{}", self.name), folder))?;
        host.check(self.host)?;
        host.machine.save(UP)
    }
}

/// Nobody makes or discards this folder as long as the value lives.
fn lock(place: &Path) -> Result<File> {
    let lock = File::create(place.with_added_extension("lock"))?;
    lock.lock()?;
    Ok(lock)
}

/// Takes a folder away; no half of it is left at its place.
fn discard(place: &Path) -> Result<()> {
    let _lock = lock(place)?;
    let partial = place.with_added_extension("partial");
    remove(&partial)?;
    std::fs::rename(place, &partial)?;
    remove(&partial)
}

/// A folder that is made if it is not there. Others that need the same wait meanwhile.
fn kept(place: PathBuf, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let what = || format!("keeping the host {}", place.display());
    let _lock = lock(&place).with_context(what)?;
    if !place.exists() {
        let partial = place.with_added_extension("partial");
        remove(&partial)?;
        std::fs::create_dir(&partial).with_context(what)?;
        make(&partial).with_context(what)?;
        std::fs::rename(&partial, &place).with_context(what)?;
    }
    Ok(place)
}

impl Host {
    /// The host of this layout, running: a copy of the kept one, with the clock put right.
    pub fn saved(bench: &Bench, layout: &Layout) -> Result<Host> {
        let kept = layout.up(bench)?;
        for (serial, _) in layout.disks {
            let name = format!("{serial}.qcow2");
            copy_disk(&kept.join(&name), &bench.path(&name))?;
        }
        go_on(bench, layout).or_else(|error| {
            // It may have been saved while something was wrong with it, or QEMU is another one: the next attempt has a new one.
            discard(&kept).with_context(|| format!("{error:#}"))?;
            Err(error.context("going on with a saved host"))
        })
    }
}

/// The host of the copied disks, which answers.
fn go_on(bench: &Bench, layout: &Layout) -> Result<Host> {
    let spec = layout.running(layout.name, &bench.folder).saved(UP);
    let host = Host::new(bench, spec.start(bench.lab(), &bench.folder)?)?;
    goes_on(&host)?;
    Ok(host)
}

/// The host answers, and knows what time it is: its clock stood still while it was kept.
fn goes_on(host: &Host) -> Result<()> {
    host.ssh.wait(host::SSH)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    host.ssh.run(&format!("date --set=@{now}")).map(drop)
}

/// Copies of this layout's disks, `SERIAL.img`, as the installation has left them: the host was never started.
pub fn installed(bench: &Bench, layout: &Layout) -> Result<Vec<PathBuf>> {
    let kept = layout.installed(bench)?;
    layout.copies(bench, |raw, name| {
        copy_disk(&kept.join(format!("{name}.img")), raw)
    })
}

/// The same as a host of [`Host::saved`] has left them, which is off.
pub fn left(bench: &Bench, layout: &Layout) -> Result<Vec<PathBuf>> {
    layout.copies(bench, |raw, name| {
        qcow2::to_raw(
            bench.lab().root(),
            &bench.path(&format!("{name}.qcow2")),
            raw,
        )
    })
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(layout: &Layout, answers: &str) -> PathBuf {
        layout.place(Path::new("/hosts"), answers)
    }

    #[test]
    fn a_kept_host_is_of_one_machine_and_of_one_answer_file() {
        let own = place(&ONE_DISK, "version = 1");
        assert_eq!(own, place(&ONE_DISK, "version = 1"));
        let name = own.file_name().unwrap_or_default().to_string_lossy();
        assert!(name.starts_with("one-disk-") && name.len() == 25, "{name}");
        assert_ne!(own, place(&ONE_DISK, "version = 2"));
        let larger = Layout {
            disks: TWO_DISKS.disks,
            ..ONE_DISK
        };
        assert_ne!(own, place(&larger, "version = 1"));
    }
}
