//! What people reported about other installers, tried on this image; docs/field.md says which reports.

mod leftovers;

use super::refusals::rescue;
use crate::answers::Answers;
use crate::bench::Bench;
use crate::host::{self, Host};
use crate::install::{self, INSTALL};
use crate::shell::shell;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{
    Bus, Firmware, Link, Machine, NicModel, Serial, Spec, fat_image, fingerprint,
};
use std::path::{Path, PathBuf};

const GIB: u64 = 1 << 30;
/// More than ext4 reaches with 32 bits, and more than a thin pool reaches with its usual chunks.
const HUGE: u64 = 100 << 40;
const NAME: &str = "odd.example.net";

/// Waits for the stick with the answers.
const STICK: &str = "udevadm wait --timeout=300 /dev/disk/by-label/FIRNTEST && mount -o ro /dev/disk/by-label/FIRNTEST /mnt";
/// A volume group with our names that nobody has named for destruction, and one on the target.
const GROUPS: &str = "L=/dev/disk/by-id/virtio; new='lvcreate -qq --yes -an -Zn -Wn --devicesfile= -L 1G -n'; \
     vgcreate -qq --yes --devicesfile= firn $L-OTHER && $new state firn && $new guests firn && \
     mkswap -f $L-LEFT-part1 && vgcreate -qq --yes --devices $L-LEFT-part2 pve $L-LEFT-part2 && udevadm settle";
/// Variables, large ones and then smaller ones, until the firmware takes no more. One that it refuses leaves an empty file behind, whose name is
/// used up.
const FILL: &str = "v=/sys/firmware/efi/efivars; mountpoint -q $v || mount -t efivarfs efivarfs $v; i=0; \
     for n in 8000 500 50; do { printf '\\007\\000\\000\\000'; head -c $n /dev/urandom; } >/tmp/fill; \
     while i=$((i+1)); cat /tmp/fill 2>/dev/null >$v/Fill$i-12345678-1234-1234-1234-123456789abc; do :; done; done; test $i -gt 5";

/// All that may be found on the target afterwards.
const REMAINS: &str = "found=$(wipefs --noheadings --output TYPE /dev/vda /dev/vda1 /dev/vda3 /dev/vda5 | LC_ALL=C sort -u | xargs); echo $found; \
     test \"$found\" = 'LVM2_member PMBR ext4 gpt'";

/// What the machine's disks are asked, how it ends, and what is said.
struct Case {
    file: &'static str,
    rule: &'static str,
    more: &'static str,
    verb: &'static str,
    status: u8,
    said: &'static [&'static str],
}

const CASES: &[Case] = &[
    // Namespaces of one controller have its serial number in common, and their names are not their numbers.
    Case {
        file: "same.tom",
        rule: "serial = \"SAME\"",
        more: "",
        verb: "plan",
        status: 2,
        said: &["problem disk.target: ", "matches 2 of "],
    },
    Case {
        file: "zoned.tom",
        rule: "path = \"/dev/disk/by-id/nvme-*_3\"",
        more: "",
        verb: "plan",
        status: 2,
        said: &[
            "problem disk.target: ",
            "its zones can only be written in order",
        ],
    },
    Case {
        file: "left.tom",
        rule: "serial = \"LEFT\"",
        more: "",
        verb: "unattended --stdout",
        status: 0,
        said: &[
            "Destroyed: swap on vda1.",
            "Destroyed: an LVM volume of the group \"pve\" on vda2.",
            "Destroyed: an encrypted volume (LUKS) on vda3.",
            "Destroyed: a member of a Linux RAID \"old:0\" on vda.",
            "warning: the firmware takes no boot entry (",
            "done: odd.example.net at ",
        ],
    },
    Case {
        file: "huge.tom",
        rule: "serial = \"HUGE\"",
        more: "\n[guests]\nstore = \"files\"\n",
        verb: "unattended --stdout",
        status: 0,
        said: &["(110 TB) becomes the disk of", "done: odd.example.net at "],
    },
];

/// A machine full of odd disks: what is said of each, an installation over remains while the firmware is full, one on 100 TiB; then the first
/// host starts under firmware that knows nothing of it, beside a disk with a volume group of the same name.
pub fn disks(bench: &Bench) -> Result<()> {
    let (left, other) = (bench.disk("left")?, bench.disk("other")?);
    leftovers::leave(&left)?;
    let machine = odd_machine(bench, &left, &other)?;
    let run = |command: &str| -> Result<String> {
        let (status, said) = shell(&machine, command, INSTALL)?;
        ensure!(status == 0, "{command}: exit status {status}: {said}");
        Ok(said)
    };
    run(STICK)?;
    run(GROUPS)?;
    run(FILL)?;
    for case in CASES {
        judge(&machine, case).with_context(|| format!("the answer file {}", case.file))?;
    }
    // Nothing of the old life shows on the new partitions, nor at the end of the disk.
    run(REMAINS)?;
    run("sync")?;
    drop(machine);

    let before = fingerprint(&other)?;
    let spec = Spec::new("host")
        .firmware(Firmware::Uefi)
        .disk(&left, Bus::Virtio)
        .disk(&other, Bus::Virtio)
        .nic(NicModel::Virtio, Link::User(None));
    let host = host::boot(bench, spec)?;
    host.check(NAME)?;
    host.off()?;
    ensure!(
        fingerprint(&other)? == before,
        "the disk of the other group was written to"
    );
    Ok(())
}

fn judge(machine: &Machine, case: &Case) -> Result<()> {
    let command = format!("firn-installer {} --answers /mnt/{}", case.verb, case.file);
    let (status, said) = shell(machine, &command, INSTALL)?;
    ensure!(
        status == case.status,
        "exit status {status} instead of {}: {said}",
        case.status
    );
    for text in case.said {
        ensure!(said.contains(text), "it does not say {text:?}: {said}");
    }
    Ok(())
}

/// A UEFI machine at the prompt of the rescue shell: a disk full of remains, one for a foreign group, one of 100 TiB, an SD card, three
/// namespaces of one NVMe controller of which one has zones, and an empty floppy drive.
fn odd_machine(bench: &Bench, left: &Path, other: &Path) -> Result<Machine> {
    let files = answer_files(bench)?;
    let huge = huge(bench)?;
    let mut spec = Spec::new("odd")
        .firmware(Firmware::Uefi)
        .memory(3072)
        .medium(bench.cd())
        .nic(NicModel::Virtio, Link::User(None))
        .disk_with_serial(left, Bus::Virtio, "LEFT")
        .disk_with_serial(other, Bus::Virtio, "OTHER")
        .disk_with_serial(files, Bus::Usb, "FILES");
    spec = with_drive(spec, &huge, "qcow2", "virtio-blk-pci,serial=HUGE").extra([
        "-device",
        "sdhci-pci",
        "-device",
        "nvme,id=nvm,serial=SAME",
    ]);
    for (name, device) in [
        ("card", "sd-card"),
        ("one", "nvme-ns,bus=nvm,nsid=1"),
        ("two", "nvme-ns,bus=nvm,nsid=2"),
        (
            "zoned",
            "nvme-ns,bus=nvm,nsid=3,zoned=true,zoned.zone_size=64M",
        ),
    ] {
        spec = with_drive(spec, &bench.disk_of(name, 16 * GIB)?, "raw", device);
    }
    let floppy = [
        "-device",
        "isa-fdc,id=fdc",
        "-device",
        "floppy,unit=0,drive-type=144",
    ];
    let machine = spec.extra(floppy).start(bench.lab(), &bench.folder)?;
    rescue(&machine)?;
    Ok(machine)
}

fn answer_files(bench: &Bench) -> Result<PathBuf> {
    let text = |case: &Case| {
        let disk = format!("target = {{ {} }}\nwipe = \"any\"", case.rule);
        let answers = Answers::new(&bench.shared.key, NAME).disk(&disk).to_toml();
        answers + case.more + "\n[checks]\nskip = [\"virtualization\", \"nested-paging\"]\n"
    };
    let files: Vec<(&str, String)> = CASES.iter().map(|case| (case.file, text(case))).collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let stick = bench.path("files.img");
    fat_image(&stick, "FIRNTEST", &files)?;
    Ok(stick)
}

/// A disk that is larger than any file of the build host.
fn huge(bench: &Bench) -> Result<PathBuf> {
    let path = bench.path("huge.img");
    let (file, size) = (path.display().to_string(), HUGE.to_string());
    let words = ["create", "-q", "-f", "qcow2", &file, &size];
    bench.lab().root().run("qemu-img", words).run()?;
    Ok(path)
}

fn with_drive(spec: Spec, image: &Path, format: &str, device: &str) -> Spec {
    let node = image.file_stem().unwrap_or_default().to_string_lossy();
    let file = image.display().to_string().replace(',', ",,");
    let drive = format!(
        "driver={format},node-name={node},file.driver=file,file.filename={file},file.cache.no-flush=on,discard=unmap"
    );
    spec.extra([
        "-blockdev",
        &drive,
        "-device",
        &format!("{device},drive={node}"),
    ])
}

/// A machine without the usual console and clock.
struct Odd {
    name: &'static str,
    serial: Serial,
    clock: &'static str,
    console: &'static str,
    /// What the kernel then speaks on.
    active: &'static str,
}

const ODD: &[Odd] = &[
    Odd {
        name: "mute",
        serial: Serial::Absent,
        clock: "2099-06-01T00:00:00",
        console: "auto",
        active: "tty0",
    },
    Odd {
        name: "second",
        serial: Serial::Second,
        clock: "2011-11-11T11:11:11",
        console: "com2",
        active: "hvc0",
    },
];

/// Without any serial port, and with a clock of 2099; with the second port as the console, and a clock of 2011. Installed so, started with the right
/// time.
pub fn machine(bench: &Bench) -> Result<()> {
    for odd in ODD {
        installed(bench, odd).with_context(|| format!("the machine {}", odd.name))?;
    }
    Ok(())
}

fn installed(bench: &Bench, odd: &Odd) -> Result<()> {
    let disk = bench.disk(odd.name)?;
    let spec = |what: &str| {
        Spec::new(format!("{what}-{}", odd.name))
            .serial(odd.serial)
            .disk(&disk, Bus::Virtio)
            .nic(NicModel::Virtio, Link::User(None))
    };
    let name = format!("{}.example.net", odd.name);
    let answers = Answers::new(&bench.shared.key, &name).to_toml();
    let answers = format!("{answers}\n[console]\nserial = {:?}\n", odd.console);
    let clock = format!("base={}", odd.clock);
    let machine = spec("install").extra(["-rtc", &clock]).no_reboot();
    let machine = install::start(bench, machine, bench.cd(), &answers)?;
    machine.wait_off(INSTALL)?;
    let machine = spec("host").start(bench.lab(), &bench.folder)?;
    let host = Host::new(bench, machine)?;
    host.ssh.wait(host::START)?;
    host.check(&name)?;
    host.says("cat /sys/class/tty/console/active", odd.active)?;
    let clean = "dumpe2fs -h /dev/firn/state 2>/dev/null | grep -i 'filesystem state'";
    host.says(clean, "clean")?;
    // The clock was put right before anything was written: no file is from another time.
    let future = "find /etc /var /root -xdev -newermt '+2 days' | head";
    let future = host.ssh.run(future)?;
    ensure!(future.trim().is_empty(), "files of the future: {future}");
    host.off()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_case_is_written_twice() {
        for case in CASES {
            let same = CASES.iter().filter(|other| other.file == case.file);
            assert_eq!(same.count(), 1, "{}", case.file);
        }
    }
}
