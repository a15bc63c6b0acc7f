//! What must not be installed on, and that nothing is written then.

use crate::answers::Answers;
use crate::bench::Bench;
use crate::install::{self, INSTALL};
use crate::shell::shell;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Link, Machine, NicModel, Spec, fat_image, fingerprint};
use std::path::{Path, PathBuf};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// Without VT: the check stops the installation, and the machine goes off as the answers wish.
pub fn no_vt(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let before = fingerprint(&disk)?;
    let answers = Answers::new(&bench.shared.key, "no-vt.example.net");
    let spec = Spec::new("install")
        .cpu("qemu64,-svm")
        .disk(&disk, Bus::Virtio)
        .nic(NicModel::Virtio, Link::User(None));
    let problems = install::refusal(bench, spec, bench.cd(), &answers.to_toml())?;
    ensure!(
        problems
            .iter()
            .any(|line| line.starts_with("problem virtualization: ")),
        "no line about virtualization: {problems:?}"
    );
    ensure!(fingerprint(&disk)? == before, "the disk was written to");
    Ok(())
}

/// Without 64 bits: GRUB's sentence, and no kernel is started.
pub fn cpu_32bit(bench: &Bench) -> Result<()> {
    let spec = Spec::new("start").cpu("qemu32").medium(bench.cd());
    let machine = spec.start(bench.lab(), &bench.folder)?;
    machine.serial.wait_for("64-bit", 5 * MINUTE)?;
    std::thread::sleep(MINUTE / 4);
    machine.screenshot("sentence")?;
    let text = machine.serial.text();
    ensure!(machine.running(), "the machine is off");
    for word in ["panic", "Linux version", "Loading"] {
        ensure!(!text.contains(word), "a kernel was started: {text}");
    }
    Ok(())
}

/// An answer file, the disks that it may touch, and what must be said.
struct Case {
    file: &'static str,
    answers: String,
    problems: usize,
    /// Each must stand in one of the problem lines.
    said: &'static [&'static str],
}

fn cases(bench: &Bench) -> Vec<Case> {
    let with = |disk: &str| {
        Answers::new(&bench.shared.key, "xen1.example.net")
            .disk(disk)
            .to_toml()
    };
    let mistakes = with("target = { serial = \"TWIN1\" }\nwype = \"any\"")
        .replace("xen1.example.net", "xen_1.example.net")
        .replace("Europe/Berlin", "Europe/Berlim");
    let case = |file, answers, problems, said| Case {
        file,
        answers,
        problems,
        said,
    };
    vec![
        case(
            "small.tom",
            with("target = { serial = \"SMALL\" }"),
            1,
            &["problem disk-size: ", "8"],
        ),
        case(
            "used.tom",
            with("target = { serial = \"USED\" }"),
            1,
            &["problem disk.wipe: ", "ext4", "Linux on vdb"],
        ),
        case(
            "twins.tom",
            with("target = { serial = \"TWIN*\" }"),
            1,
            &["problem disk.target: ", "TWIN1", "TWIN2"],
        ),
        case(
            "none.tom",
            with("target = { serial = \"NOBODY\" }"),
            1,
            &["problem disk.target: "],
        ),
        case(
            "mistakes.tom",
            mistakes,
            3,
            &[
                "problem host.name: ",
                "xen_1",
                "problem timezone: ",
                "Berlim",
                "wype",
            ],
        ),
    ]
}

/// Several answer files in one start of the ISO's rescue shell.
pub fn several(bench: &Bench) -> Result<()> {
    let disks = disks(bench)?;
    let before = disks
        .iter()
        .map(|(path, _)| fingerprint(path))
        .collect::<Result<Vec<_>>>()?;
    let cases = cases(bench);
    let torn = Answers::new(&bench.shared.key, "xen1.example.net")
        .disk("target = { serial = \"TORN1\" }\nwipe = \"any\"")
        .to_toml();
    let mut files: Vec<(&str, &str)> = cases.iter().map(|c| (c.file, c.answers.as_str())).collect();
    files.push(("torn.tom", &torn));
    let stick = bench.path("files.img");
    fat_image(&stick, "FIRNTEST", &files)?;
    let mut spec = Spec::new("rescue")
        .medium(bench.cd())
        .nic(NicModel::Virtio, Link::User(None));
    for (path, serial) in &disks {
        spec = spec.disk_with_serial(path, Bus::Virtio, *serial);
    }
    for serial in ["TORN1", "TORN2"] {
        spec = spec.disk_with_serial(bench.disk(serial)?, Bus::Virtio, serial);
    }
    let machine = spec
        .disk_with_serial(stick, Bus::Usb, "FILES")
        .start(bench.lab(), &bench.folder)?;
    rescue(&machine)?;
    let (status, said) = shell(
        &machine,
        "udevadm wait --timeout=90 /dev/disk/by-label/FIRNTEST && udevadm settle && mount -o ro /dev/disk/by-label/FIRNTEST /mnt",
        2 * MINUTE,
    )?;
    ensure!(status == 0, "mounting the stick: {said}");
    for case in &cases {
        judge(&machine, case).with_context(|| format!("the answer file {}", case.file))?;
    }
    plan_for_half_a_group(&machine)?;
    machine.screenshot("end")?;
    drop(machine);
    for ((path, serial), before) in disks.iter().zip(before) {
        ensure!(
            fingerprint(path)? == before,
            "the disk {serial} was written to"
        );
    }
    Ok(())
}

/// A volume group on two disks, of which the answers allow to take one: the plan names the other.
fn plan_for_half_a_group(machine: &Machine) -> Result<()> {
    let by_serial = "/dev/disk/by-id/virtio-TORN";
    let group = format!("vgcreate --devicesfile= old {by_serial}1 {by_serial}2 && udevadm settle");
    let (status, said) = shell(machine, &group, 2 * MINUTE)?;
    ensure!(status == 0, "making a volume group: {said}");
    let plan = "firn-installer plan --answers /mnt/torn.tom";
    let (status, said) = shell(machine, plan, 5 * MINUTE)?;
    ensure!(status == 0, "exit status {status} instead of 0: {said}");
    let sentence = "/dev/vdf (20 GB) may become unreadable, too: it holds another part of what is on vde, \
                    an LVM volume of the group \"old\".";
    ensure!(said.contains(sentence), "it lacks {sentence:?}: {said}");
    Ok(())
}

fn disks(bench: &Bench) -> Result<Vec<(PathBuf, &'static str)>> {
    let used = bench.disk("used")?;
    let file = used.display().to_string();
    let kernel = bench.path("with-a-kernel");
    std::fs::create_dir_all(&kernel)?;
    std::fs::write(kernel.join("vmlinuz-6.1.0"), "no kernel")?;
    let kernel = kernel.display().to_string();
    let root = bench.lab().root();
    root.run(
        "mkfs.ext4",
        ["-q", "-F", "-L", "data", "-d", &kernel, &file],
    )
    .run()?;
    Ok(vec![
        (bench.disk_of("small", 8_000_000_000)?, "SMALL"),
        (used, "USED"),
        (bench.disk("twin1")?, "TWIN1"),
        (bench.disk("twin2")?, "TWIN2"),
    ])
}

/// Chooses the rescue shell in GRUB's menu, and waits for its prompt.
pub(super) fn rescue(machine: &Machine) -> Result<()> {
    machine.serial.wait_for("Rescue shell", 5 * MINUTE)?;
    // Ctrl-N is GRUB's other key for "down", and one byte only.
    for key in ["\x0e", "\x0e", "\r"] {
        std::thread::sleep(Duration::from_millis(700));
        machine.serial.send(key)?;
    }
    let prompts = ["# ", "Cannot open access to console"];
    let (which, text) = machine.serial.wait_for_any(&prompts, INSTALL)?;
    ensure!(which == 0, "there is no rescue shell: {text}");
    Ok(())
}

fn judge(machine: &Machine, case: &Case) -> Result<()> {
    let command = format!(
        "firn-installer unattended --answers {}",
        Path::new("/mnt").join(case.file).display()
    );
    let (status, said) = shell(machine, &command, 5 * MINUTE)?;
    let problems: Vec<&str> = said
        .lines()
        .map(str::trim)
        .filter(|l| l.starts_with("problem "))
        .collect();
    let count = case.problems;
    let end = format!(
        "refused: {count} problem{}, nothing was written",
        if count == 1 { "" } else { "s" }
    );
    ensure!(status == 2, "exit status {status} instead of 2: {said}");
    ensure!(said.contains(&end), "it lacks {end:?}: {said}");
    ensure!(
        problems.len() == count,
        "{} problem lines instead of {count}: {said}",
        problems.len()
    );
    for text in case.said {
        ensure!(
            problems.iter().any(|line| line.contains(text)),
            "no problem line says {text:?}: {said}"
        );
    }
    Ok(())
}
