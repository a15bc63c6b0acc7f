//! Starts an installed host next: UEFI is told to take its disk; where a BIOS cannot be told, the running kernel hands over to the host's
//! own Xen (kexec).

use super::menu;
use super::parts;
use super::slots;
use super::state::{Access, Mounted};
use super::{Host, Result, sentence};
use anyhow::Context;
use firn_command::cmd;
use firn_config::StartWords;
use firn_execute::nvram;
use firn_image::file;
use firn_image::run::XEN;
use firn_machine::Machine;
use firn_words::say;
use flate2::read::GzDecoder;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// The first is written where drivers were loaded at the installation; it then stands in for the other one, as in the start menu.
const INITRDS: [&str; 2] = [file::LOCAL_INITRD, file::INITRD];

/// Has UEFI firmware take the host's disk at the next start.
///
/// # Errors
/// When the disk's partitions cannot be read, or the firmware does not take an entry.
pub fn tell_firmware(host: &Host) -> Result<()> {
    let parts = sentence(parts::read(&host.disk))?;
    let refused = nvram::start_next(&host.disk.path, parts.esp_partuuid);
    refused.map_or(Ok(()), |_| Err(say!("answers-guard-nvram")))
}

/// Loads the slot that the host's start menu calls good, or where that one is damaged the other one; `systemctl kexec` then starts it.
///
/// # Errors
/// When both slots or the state are damaged, or the kernel does not take it.
pub fn load(machine: &Machine, host: &Host) -> Result<()> {
    sentence((|| {
        let parts = parts::read(&host.disk)?;
        let good = slots::good(&parts)?;
        let (_, boot) = menu::facts(machine, &parts, Default::default())?;
        let part = parts.slot(good.slot);
        let words = boot.words(&part.partuuid.to_string())?;
        let slot = Mounted::ext4(&part.device, Access::Read)?;
        unpack(&slot.folder.join(file::XEN), Path::new(XEN))?;
        cmd("kexec", arguments(&slot.folder, &words)).run()?;
        slot.close()
    })())
}

fn unpack(from: &Path, to: &Path) -> anyhow::Result<()> {
    let packed = File::open(from).with_context(|| format!("opening {}", from.display()))?;
    let mut plain = File::create(to).with_context(|| format!("making {}", to.display()))?;
    io::copy(&mut GzDecoder::new(packed), &mut plain)
        .with_context(|| format!("unpacking {}", from.display()))?;
    Ok(())
}

/// kexec(8)'s. It would try the newer system call first, for which it has no memory map to place Xen in; and it overwrites the BIOS's
/// own tables in low memory, so that Xen must not call it.
fn arguments(slot: &Path, words: &StartWords) -> [String; 7] {
    let path = |name: &str| slot.join(name).display().to_string();
    let local = INITRDS
        .into_iter()
        .find(|name| fs::exists(slot.join(name)).unwrap_or(false));
    [
        "--load".into(),
        "--kexec-syscall".into(),
        "--type=multiboot2-x86".into(),
        format!("--command-line=no-real-mode {}", words.xen),
        format!("--module={} {}", path(file::KERNEL), words.linux),
        format!("--module={}", path(local.unwrap_or(file::INITRD))),
        XEN.into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    #[test]
    fn the_initrd_with_drivers_of_this_host_comes_first() {
        let slot = tempfile::tempdir().unwrap();
        let words = StartWords {
            xen: "console=vga".into(),
            linux: "firn.root=slot".into(),
        };
        let shown = || {
            let lines = arguments(slot.path(), &words).join("\n");
            lines.replace(slot.path().to_str().unwrap(), "/slot")
        };
        let expected = "--load\n--kexec-syscall\n--type=multiboot2-x86\n--command-line=no-real-mode console=vga\n\
            --module=/slot/vmlinuz firn.root=slot\n--module=/slot/initrd.img\n/run/firn/xen";
        assert_eq!(shown(), expected);
        fs::write(slot.path().join("initrd-local.img"), "").unwrap();
        assert_eq!(shown(), expected.replace("initrd.img", "initrd-local.img"));
    }

    #[test]
    fn xen_is_unpacked_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (packed, plain) = (folder.path().join("xen.gz"), folder.path().join("xen"));
        let mut encoder = GzEncoder::new(File::create(&packed).unwrap(), Compression::fast());
        encoder.write_all(b"\x7fELF").unwrap();
        encoder.finish().unwrap();
        unpack(&packed, &plain).unwrap();
        assert_eq!(fs::read(&plain).unwrap(), b"\x7fELF");
        fs::write(&packed, "no gzip").unwrap();
        assert!(unpack(&packed, &plain).is_err());
    }
}
