//! What keeps machines from being wiped by mistake: a server without answers, and a host that starts from the network again.

use super::bios::done;
use super::site::{Site, named};
use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{INSTALL, OFF};
use crate::saved;
use anyhow::{Result, ensure};
use firn_image::disk::{SLOT_A, SLOT_B};
use firn_lab::qemu::{Bus, Firmware, Netboot, Spec, fingerprint};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Where the machine's answers lie.
const OWN: &str = "by-mac/52-54-00-00-00-01.toml";
/// Bytes that are copied at a time.
const PIECE: usize = 1 << 20;
const GUARD: &str = "this machine has a Firn already; starting it from its disk";

/// Without answers the wizard comes and says so. Then the machine has a host, and starts from the network with answers for it.
/// A BIOS cannot be told to take the disk next: the installer itself starts what the disk would. The host has its image in slot B.
pub fn bios(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let own = own(bench);
    let answers = site.answers(&[("by-mac/52-54-00-00-00-99.toml", &own)])?;
    let _server = site.serve_dhcp(&bundle, &answers, &[])?;
    let spec = site.with_disk("guard", Firmware::Bios, Netboot::Pxe)?;
    let disk = bench.path("guard.img");
    let before = fingerprint(&disk)?;
    let wizard = site.start(&named(&spec, "wizard"))?;
    let none = "the server has no answers for this machine";
    wizard.serial.wait_for(none, INSTALL)?;
    drop(wizard);
    ensure!(fingerprint(&disk)? == before, "the disk was written to");

    // The server reads the folder anew for each machine.
    site.answers(&[(OWN, &own)])?;
    let installed = saved::installed(bench, &saved::ONE_DISK)?;
    move_to_slot_b(&installed[0])?;
    let spec = site.machine("guard", Firmware::Bios, Netboot::Pxe)?;
    is_left_alone(&site, &spec.disk(&installed[0], Bus::Virtio), &installed[0])
}

/// Puts what is in slot A of a raw disk into slot B instead.
fn move_to_slot_b(disk: &Path) -> Result<()> {
    let file = File::options().read(true).write(true).open(disk)?;
    let (mut piece, mut there) = (vec![0; PIECE], vec![0; PIECE]);
    for at in (0..SLOT_A.size).step_by(PIECE) {
        file.read_exact_at(&mut piece, SLOT_A.start + at)?;
        file.read_exact_at(&mut there, SLOT_B.start + at)?;
        // The disk's file stays as small as it is.
        if piece != there {
            file.write_all_at(&piece, SLOT_B.start + at)?;
        }
    }
    // There is no file system any more.
    piece.fill(0);
    Ok(file.write_all_at(&piece, SLOT_A.start)?)
}

/// The same after an installation from the network; UEFI, whose list of boot entries it has changed, is told to take the disk next.
pub fn uefi(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let bundle = site.bundle("bundle", &[])?;
    let answers = site.answers(&[(OWN, &own(bench))])?;
    let _server = site.serve_dhcp(&bundle, &answers, &[])?;
    let spec = site.with_disk("guard", Firmware::Uefi, Netboot::Pxe)?;
    let machine = site.start(&spec.clone().no_reboot())?;
    done(&machine)?;
    machine.wait_off(OFF)?;
    is_left_alone(&site, &spec, &bench.path("guard.img"))
}

fn own(bench: &Bench) -> String {
    Answers::new(&bench.shared.key, "guard.example.net").to_toml()
}

/// A machine with a host that starts from the network: the host is left alone, and started from its disk.
fn is_left_alone(site: &Site, spec: &Spec, disk: &Path) -> Result<()> {
    let installed = fingerprint(disk)?;
    let again = site.start(&named(spec, "again"))?;
    again.serial.wait_for("problem disk.wipe: ", INSTALL)?;
    ensure!(fingerprint(disk)? == installed, "the host was written to");
    again.serial.wait_for(GUARD, INSTALL)?;
    again.serial.wait_for("Xen version", INSTALL)?;
    again.serial.wait_for("login: ", INSTALL)?;
    Ok(())
}
