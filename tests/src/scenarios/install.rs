//! Unattended installations on different machines, and the hosts that come out.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::guests;
use crate::host::{self, Host};
use crate::install::{End, end, install, start};
use crate::saved;
use crate::xen_programs;
use anyhow::{Result, ensure};
use firn_lab::qemu::{Bus, Firmware, Link, NicModel, Spec};

/// BIOS, virtio: installed and started, which makes the saved host where there is none yet; a PVH guest and an HVM guest run on it.
pub fn bios_virtio(bench: &Bench) -> Result<()> {
    let host = Host::saved(bench, &saved::ONE_DISK)?;
    host.check(saved::ONE_DISK.host)?;
    xen_programs::check(&host)?;
    guests::pvh(bench, &host)?;
    guests::hvm(bench, &host)?;
    host.off()
}

/// UEFI, NVMe, Intel NIC. The machine restarts by itself into what was installed, with the CD still in its drive. Then the
/// disk starts with new UEFI variables, so from `EFI/BOOT/BOOTX64.EFI`, and under BIOS; how a host ends is seen the first time.
pub fn uefi_nvme(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let machine = |name: &str| {
        Spec::new(name)
            .disk(&disk, Bus::Nvme)
            .nic(NicModel::E1000e, Link::User(None))
    };
    let uefi = |name: &str| machine(name).firmware(Firmware::Uefi);
    let answers = Answers::new(&bench.shared.key, "nvme.example.net")
        .disk("target = { bus = \"nvme\", min-size = \"16G\" }")
        .finish("reboot");
    let machine_on = start(bench, uefi("install"), bench.cd(), &answers.to_toml())?;
    ensure!(matches!(end(&machine_on)?, End::Done(_)), "it was refused");
    let host = host::wait(Host::new(bench, machine_on)?)?;
    host.check("nvme.example.net")?;
    host.off()?;
    for start in [uefi("host-uefi"), machine("host-bios")] {
        host::boot(bench, start)?.check_name("nvme.example.net")?;
    }
    Ok(())
}

/// BIOS, SATA, the ISO on a stick, guests' disks as files; then started under UEFI.
pub fn sata_usb(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let machine = |name: &str| {
        Spec::new(name)
            .disk(&disk, Bus::Sata)
            .nic(NicModel::E1000e, Link::User(None))
    };
    // No rule: the stick with the ISO and the one with the answers must not count as targets.
    let answers = Answers::new(&bench.shared.key, "sata.example.net").to_toml();
    let answers = answers + "\n[guests]\nstore = \"files\"\n";
    install(bench, machine("install"), bench.stick(), &answers)?;
    let host = host::boot(bench, machine("host").firmware(Firmware::Uefi))?;
    host.check("sata.example.net")?;
    store_of_files(&host)?;
    host.off()
}

/// The file system for guests' disks is there, also when the settings cannot be read.
fn store_of_files(host: &Host) -> Result<()> {
    const STORE: &str = "findmnt -no FSTYPE /var/lib/firn/guests";
    host.says("lvs --noheadings -o segtype firn/guests", "linear")?;
    host.says(STORE, "ext4")?;
    host.ssh.run("touch /var/lib/firn/guests/disk.img")?;
    host.ssh
        .run("umount /var/lib/firn/guests && echo nonsense >> /etc/firn/host.toml")?;
    host.ssh
        .run("firn store && test -e /var/lib/firn/guests/disk.img")?;
    host.says(STORE, "ext4")
}
