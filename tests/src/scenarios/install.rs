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
/// disk starts with new UEFI variables, so from `EFI/BOOT/BOOTX64.EFI`, and under BIOS; how a host ends is seen the first time. Before its second
/// start its files are made to be another image's.
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
    another_image(&host)?;
    host.off()?;
    let host = host::boot(bench, uefi("host-uefi"))?;
    host.check_name("nvme.example.net")?;
    rendered_again(&host)?;
    drop(host);
    host::boot(bench, machine("host-bios"))?.check_name("nvme.example.net")
}

/// root's hash, as it is kept, is the one of shadow.
const SAME_HASH: &str = "test \"$(cat /var/lib/firn/access/root)\" = \"$(sed -n 's/^root:\\([^:]*\\):.*/\\1/p' /etc/shadow)\"";

/// Sets a password, and puts down that another image has rendered the files: a file too many, one changed by hand, a user.
fn another_image(host: &Host) -> Result<()> {
    host.says("stat -c %a /var/lib/firn/access/root", "600")?;
    host.ssh.run(SAME_HASH)?;
    host.ssh.run(
        "cp /var/lib/firn/access/root /root/before && echo root:another-password | chpasswd",
    )?;
    host.ssh.run(
        "echo '# by hand' >> /etc/nftables.conf && echo me:x:1000:1000::/:/bin/sh >> /etc/passwd",
    )?;
    host.ssh
        .run("echo x > /etc/too-many.conf && echo x > /etc/shells")?;
    let record = "/var/lib/firn/rendered.json";
    host.ssh.run(&format!(
        "sed -i 's/\"image\": \".*\"/\"image\": \"0\"/; s/\"users\": \".*\"/\"users\": \"0\"/; s|\"files\": {{|&\"/etc/too-many.conf\": [], \"/etc/shells\": [],|' {record}"
    ))?;
    host.says(&format!("grep -c too-many {record}"), "1")
}

/// What the running image has made of that.
fn rendered_again(host: &Host) -> Result<()> {
    host.says("systemctl is-active firn-settings", "active")?;
    host.ssh.run(SAME_HASH)?;
    host.ssh
        .run("! cmp -s /root/before /var/lib/firn/access/root")?;
    host.ssh
        .run("! grep -q 'by hand' /etc/nftables.conf && ! grep -q ^me: /etc/passwd && test ! -e /etc/too-many.conf")?;
    // The image has a file of this name, which is seen again.
    host.says("cat /etc/shells", "/bin/bash")?;
    let aside = "grep -h -e 'by hand' -e ^me: /var/lib/firn/aside/etc/nftables.conf /var/lib/firn/aside/etc/passwd | wc -l";
    host.says(aside, "2")?;
    host.says("stat -c %G /etc/shadow", "shadow")?;
    host.says("firn apply", "nothing changed")
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
