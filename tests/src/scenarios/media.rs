//! The medium as people make it by other means than writing the ISO to a stick: its files copied to FAT32, and the ISO as a file
//! on a stick for several systems.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{End, OFF, end, start};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Firmware, Link, Medium, NicModel, Spec, Table, fat_stick, fingerprint};
use std::path::{Path, PathBuf};

/// A stick's menu, as the convention of `loopback.cfg` has it.
const SEVERAL: &str = "set timeout=0\n\
    menuentry Firn {\n \
    iso_path=\"/ISOs and more/firn.iso\"\n export iso_path\n \
    search --no-floppy --set=root --file \"$iso_path\"\n loopback loop \"$iso_path\"\n set root=(loop)\n \
    configfile /boot/grub/loopback.cfg\n}\n";

/// Each starts on UEFI to a refusal, because the stick that it started from is asked for as the target.
pub fn sticks(bench: &Bench) -> Result<()> {
    let tree = extracted(bench)?;
    let (copied, rufus, several) = (
        bench.path("copied-stick.img"),
        bench.path("rufus-stick.img"),
        bench.path("several-stick.img"),
    );
    fat_stick(&copied, Table::Mbr, "NO NAME", &tree)?;
    fat_stick(&rufus, Table::Gpt, "FIRN_0_1_0", &tree)?;
    fat_stick(
        &several,
        Table::Mbr,
        "MULTIBOOT",
        &with_the_iso(bench, &tree)?,
    )?;
    let uefi = Spec::new("copied").firmware(Firmware::Uefi);
    refused(bench, uefi, &copied, &["disk.target"])?;
    let secure = Spec::new("rufus").secure_boot();
    refused(bench, secure, &rufus, &["disk.target", "secure-boot"])?;
    let uefi = Spec::new("several").firmware(Firmware::Uefi);
    refused(bench, uefi, &several, &["disk.target"])
}

/// The ISO's files, as an archiver or a file manager takes them out.
fn extracted(bench: &Bench) -> Result<PathBuf> {
    let tree = bench.path("tree");
    let room = bench.lab().root();
    room.run("xorriso", ["-no_rc", "-osirrox", "on", "-indev"])
        .arg(&bench.shared.iso)
        .args([Path::new("-extract"), Path::new("/"), &tree])
        .run()
        .context("taking the files out of the ISO")?;
    room.run("chmod", ["-R", "u+w"]).arg(&tree).run()?;
    Ok(tree)
}

/// A stick with GRUB, and the ISO as a file on it.
fn with_the_iso(bench: &Bench, tree: &Path) -> Result<PathBuf> {
    let folder = bench.path("several");
    for (from, to) in [
        (tree.join("EFI/BOOT/BOOTX64.EFI"), "EFI/BOOT/BOOTX64.EFI"),
        (tree.join("EFI/BOOT/grubx64.efi"), "EFI/BOOT/grubx64.efi"),
        (bench.shared.iso.clone(), "ISOs and more/firn.iso"),
    ] {
        let to = folder.join(to);
        std::fs::create_dir_all(to.parent().context("finding a folder")?)?;
        std::fs::copy(from, to)?;
    }
    std::fs::create_dir_all(folder.join("boot/grub"))?;
    std::fs::write(folder.join("boot/grub/grub.cfg"), SEVERAL)?;
    Ok(folder)
}

fn refused(bench: &Bench, spec: Spec, stick: &Path, names: &[&str]) -> Result<()> {
    let name = spec.name.clone();
    let before = fingerprint(stick)?;
    let answers = Answers::new(&bench.shared.key, "stick.example.net")
        .disk("target = { bus = \"usb\", min-size = \"1MB\" }\nwipe = \"any\"")
        .to_toml();
    let spec = spec.nic(NicModel::Virtio, Link::User(None)).no_reboot();
    let disk = bench.disk(&name)?;
    let spec = spec.disk(&disk, Bus::Virtio);
    let machine = start(bench, spec, Medium::UsbStick(stick.into()), &answers)?;
    let ended = end(&machine).with_context(|| format!("starting the stick {name}"))?;
    let End::Refused(problems) = ended else {
        anyhow::bail!("the installation from {name} was not refused: {ended:?}");
    };
    let line = |name: &str| {
        let start = format!("problem {name}: ");
        problems.iter().find(|line| line.starts_with(&start))
    };
    ensure!(
        problems.len() == names.len() && names.iter().all(|name| line(name).is_some()),
        "{name} should be refused for {names:?}: {problems:?}"
    );
    ensure!(
        line("disk.target").is_some_and(|line| line.contains("is the installation medium")),
        "{name} does not say that the stick is the medium: {problems:?}"
    );
    machine.wait_off(OFF)?;
    ensure!(
        fingerprint(stick)? == before,
        "{name}: the stick was written to"
    );
    Ok(())
}
