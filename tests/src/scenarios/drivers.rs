//! "Load a driver": a disk whose driver the initrd does not have.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::host::{self, START};
use crate::install::{INSTALL, OFF};
use crate::scenarios::refusals::rescue;
use crate::shell::shell;
use anyhow::{Result, bail, ensure};
use firn_lab::qemu::{Bus, Link, Machine, NicModel, Spec, fat_image};
use std::path::Path;
use std::time::Duration;

/// The driver of QEMU's `lsi53c895a`. The root has it, the initrd has not: nothing else starts from such a disk.
const MODULE: &str = "sym53c8xx";
/// For one command in the rescue shell.
const COMMAND: Duration = Duration::from_secs(180);

/// Makes drivers out of the root's own module, as good and as bad as they come, and takes the module away.
const PREPARE: &str = r"set -e
k=$(uname -r); m=$(modinfo -n sym53c8xx); cd /tmp/stick
mkdir -p /tmp/p/DEBIAN /tmp/p/lib/modules/$k/updates /tmp/p/lib/firmware/firn-test drivers
cp $m /tmp/p/lib/modules/$k/updates/
echo firmware >/tmp/p/lib/firmware/firn-test/a.fw
printf 'Package: sym-modules\nVersion: 1\nArchitecture: amd64\nMaintainer: Firn <firn@example.net>\nDescription: a driver\n' >/tmp/p/DEBIAN/control
dpkg-deb --build --root-owner-group /tmp/p drivers/good.deb
head -c 900 drivers/good.deb >drivers/broken.deb
busybox xzcat $m | LC_ALL=C sed 's/vermagic=6/vermagic=5/' >drivers/other.ko
mv /tmp/p/lib/modules/$k /tmp/p/lib/modules/5.4.0-amd64
dpkg-deb --build --root-owner-group /tmp/p drivers/other.deb
cd /; umount /tmp/stick; modprobe -r sym53c8xx
";

/// Loads the driver from a stick in the rescue shell, installs, starts; without `initrd-local.img` it does not start.
pub fn load(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let spec = |name: &str| {
        Spec::new(name)
            .nic(NicModel::Virtio, Link::User(None))
            .extra(scsi(&disk))
    };
    let answers = Answers::new(&bench.shared.key, "driver.example.net")
        .disk("target = { serial = \"lsi\" }")
        .to_toml();
    let stick = bench.path("stick.img");
    // Its answers are not for the installer's service: the label is another one.
    let files = [("prepare.sh", PREPARE), ("answers.toml", &answers)];
    fat_image(&stick, "DRIVERS", &files)?;
    let machine = spec("install")
        .medium(bench.cd())
        .disk_with_serial(&stick, Bus::Usb, "STICK")
        .disk_with_serial(broken_stick(bench, "BROKEN")?, Bus::Usb, "BROKEN")
        .no_reboot()
        .start(bench.lab(), &bench.folder)?;
    let shell = Shell::open(&machine)?;
    shell.run("mkdir /tmp/stick && mount LABEL=DRIVERS /tmp/stick && cp /tmp/stick/answers.toml /tmp/stick/prepare.sh /tmp && sh /tmp/prepare.sh")?;
    shell.lacks("firn-installer probe", "(20 GB")?;
    refused(&shell)?;

    let device = shell.run("basename $(readlink -f /dev/disk/by-label/DRIVERS)")?;
    let device = last_word(&device)?;
    shell.says(
        &format!("firn-installer drivers load {device}/drivers/good.deb"),
        "good.deb is loaded and serves one device",
    )?;
    shell.says("firn-installer drivers list", "loaded  good.deb")?;
    shell.says(
        "cat /sys/module/firmware_class/parameters/path",
        "/run/firn/drivers/firmware",
    )?;
    shell.says("findmnt -n | grep -c firn/stick || true", "0")?;
    shell.says("firn-installer probe", "(20 GB")?;

    machine
        .serial
        .send("firn-installer unattended --answers /tmp/answers.toml --stdout\r")?;
    let ends = ["done: driver.example.net", "refused: ", "failed: "];
    let (which, text) = machine.serial.wait_for_any(&ends, INSTALL)?;
    ensure!(
        which == 0,
        "the installation: {text}{}",
        machine.serial.rest()
    );
    // The installer switches the machine off, or the shell does.
    let _ = machine.serial.send("poweroff\r");
    machine.wait_off(OFF)?;

    starts_only_with_it(bench, &spec)
}

/// A disk on an old SCSI controller.
fn scsi(disk: &Path) -> [String; 6] {
    let options = "if=none,id=lsi,format=raw,cache=unsafe,discard=unmap,detect-zeroes=unmap";
    let drive = format!("{options},file={}", disk.display());
    let words = [
        "-device",
        "lsi53c895a,id=scsi",
        "-drive",
        &drive,
        "-device",
        "scsi-hd,bus=scsi.0,drive=lsi,serial=lsi,bootindex=9",
    ];
    words.map(str::to_owned)
}

/// A stick with an ext4 file system of this label that has lost its end.
pub(super) fn broken_stick(bench: &Bench, label: &str) -> Result<std::path::PathBuf> {
    let path = bench.disk_of("broken", 64 << 20)?;
    let make = bench
        .lab()
        .root()
        .run("mkfs.ext4", ["-q", "-F", "-L", label])
        .arg(&path);
    make.run()?;
    std::fs::File::options()
        .write(true)
        .open(&path)?
        .set_len(8 << 20)?;
    Ok(path)
}

/// Everything that is no driver for this kernel, and the broken stick, get their sentence.
fn refused(shell: &Shell<'_>) -> Result<()> {
    let list = shell.run("firn-installer drivers list")?;
    for words in [
        "drivers/good.deb",
        "drivers/other.ko",
        "(ext4) is broken. Use another stick",
    ] {
        ensure!(
            list.contains(words),
            "`drivers list` lacks {words:?}: {list}"
        );
    }
    shell
        .run("mount LABEL=DRIVERS /tmp/stick; cp -r /tmp/stick/drivers /tmp; umount /tmp/stick")?;
    let table = [
        ("/tmp/drivers/broken.deb", "is damaged"),
        ("/tmp/drivers/other.ko", "was built for the kernel 5."),
        (
            "/tmp/drivers/other.deb",
            "was built for the kernel 5.4.0-amd64",
        ),
        ("/tmp/answers.toml", "is no driver"),
        ("sdz1/gone.deb", "is not there"),
    ];
    for (file, sentence) in table {
        shell.says(
            &format!("firn-installer drivers load {file} || true"),
            sentence,
        )?;
    }
    shell.lacks("lsmod", MODULE)
}

/// The prompt stands before what a command says.
fn last_word(text: &str) -> Result<&str> {
    match text.split_whitespace().last() {
        Some(word) if word.starts_with("sd") => Ok(word),
        _ => bail!("no device of the stick in {text:?}"),
    }
}

/// The host starts with its own initrd, and not with the image's.
fn starts_only_with_it(bench: &Bench, spec: &dyn Fn(&str) -> Spec) -> Result<()> {
    let host = host::boot(bench, spec("host"))?;
    host.check("driver.example.net")?;
    let said = host.machine.serial.text();
    ensure!(
        said.contains("Firn: loading this host's drivers"),
        "the initrd says nothing of drivers"
    );
    host.says("lsmod", MODULE)?;
    host.says("cat /var/lib/firn/drivers/load", MODULE)?;
    host.says(
        "cat /sys/module/firmware_class/parameters/path",
        "/run/firn/state/drivers/firmware",
    )?;
    host.says(
        "cat /var/lib/firn/drivers/firmware/firn-test/a.fw",
        "firmware",
    )?;
    host.ssh
        .run("mount -o remount,rw /run/firn/slot && mv /run/firn/slot/initrd-local.img /run/firn/slot/aside && sync")?;
    host.off()?;
    let machine = spec("without").start(bench.lab(), &bench.folder)?;
    machine
        .serial
        .wait_for("for the disk with the slot", START)?;
    machine.kill();
    Ok(())
}

/// The rescue shell on the serial line.
struct Shell<'a>(&'a Machine);

impl<'a> Shell<'a> {
    /// Starts it from the medium's menu.
    fn open(machine: &'a Machine) -> Result<Shell<'a>> {
        rescue(machine)?;
        let shell = Shell(machine);
        shell.run("stty -echo columns 500; bind 'set enable-bracketed-paste off'; udevadm settle --timeout=150")?;
        Ok(shell)
    }

    /// What a command says; it must end well.
    fn run(&self, command: &str) -> Result<String> {
        let (status, text) = shell(self.0, command, COMMAND)?;
        ensure!(status == 0, "`{command}` has failed ({status}): {text}");
        Ok(text)
    }

    fn says(&self, command: &str, words: &str) -> Result<()> {
        let text = self.run(command)?;
        ensure!(text.contains(words), "`{command}` lacks {words:?}: {text}");
        Ok(())
    }

    fn lacks(&self, command: &str, words: &str) -> Result<()> {
        let text = self.run(command)?;
        ensure!(!text.contains(words), "`{command}` has {words:?}: {text}");
        Ok(())
    }
}
