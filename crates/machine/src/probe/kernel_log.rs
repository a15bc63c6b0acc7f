//! What the kernel's log tells about devices that do not work: firmware files that are missing, disks that a RAID mode hides.

use super::nics::is_pci_address;
use crate::MissingFirmware;
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use std::path::Path;

/// How drivers announce a file that they did not get; the file's name follows.
const MISSING: [&str; 6] = [
    "Direct firmware load for ",
    "firmware: failed to load ",
    "Unable to load firmware ",
    "load firmware file ",
    "load firmware image (",
    "Failed to load firmware ",
];

/// The messages in the kernel's log, oldest first; empty when it cannot be read.
pub fn messages() -> Vec<String> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let Ok(log) = rustix::fs::open("/dev/kmsg", flags, Mode::empty()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut record = [0; 8192];
    loop {
        match rustix::io::read(&log, &mut record) {
            Ok(0) => break,
            Ok(n) => found.extend(message(&String::from_utf8_lossy(&record[..n]))),
            // A message was lost while we read: the next one is there.
            Err(Errno::PIPE | Errno::INTR) => {}
            Err(_) => break,
        }
    }
    found
}

/// The message in a record: `6,339,5140900,-;NET: Registered …`, then lines with details.
fn message(record: &str) -> Option<String> {
    let (_, rest) = record.split_once(';')?;
    Some(rest.lines().next()?.to_owned())
}

/// Where the kernel looks for firmware,
const FOLDERS: [&str; 2] = ["/lib/firmware/updates", "/lib/firmware"];
/// and what names one more folder: the one of drivers that were loaded.
const FOLDER: &str = "/sys/module/firmware_class/parameters/path";

/// The firmware files that PCI devices asked for in vain, each once. The log still has those that a driver's package has brought
/// since: they do not count.
pub fn missing_firmware(messages: &[String]) -> Vec<MissingFirmware> {
    let more = super::text(FOLDER);
    let folders = FOLDERS.iter().map(Path::new);
    let folders: Vec<&Path> = folders.chain(more.as_deref().map(Path::new)).collect();
    let mut missing = asked_in_vain(messages);
    missing.retain(|m| !is_there(&folders, &m.file));
    missing
}

/// The kernel takes firmware compressed, too.
fn is_there(folders: &[&Path], file: &str) -> bool {
    let endings = ["", ".xz", ".zst"];
    let named = |folder: &&Path| endings.map(|ending| folder.join(format!("{file}{ending}")));
    folders.iter().flat_map(named).any(|path| path.is_file())
}

fn asked_in_vain(messages: &[String]) -> Vec<MissingFirmware> {
    let mut found = Vec::new();
    for missing in messages.iter().filter_map(|m| one_missing(m)) {
        if !found.contains(&missing) {
            found.push(missing);
        }
    }
    found
}

/// `bnx2x 0000:01:00.0: Direct firmware load for bnx2x/bnx2x-e2-7.13.21.0.fw failed with error -2`
fn one_missing(message: &str) -> Option<MissingFirmware> {
    let mut words = message.split([' ', '[', ']', ',']);
    let driver = words.next()?.trim_end_matches(':').to_owned();
    let pci = words
        .map(|word| word.trim_end_matches(':'))
        .find(|word| is_pci_address(word))?
        .to_owned();
    let rest = MISSING
        .iter()
        .find_map(|phrase| Some(message.split_once(phrase)?.1))?;
    let file: String = rest
        .trim_start_matches(['"', '\'', '('])
        .chars()
        .take_while(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | ')' | ','))
        .collect();
    let file = file.trim_end_matches(['.', ':']).to_owned();
    file.contains('.')
        .then_some(MissingFirmware { pci, driver, file })
}

/// How many NVMe disks Intel's RAID mode hides: `ahci 0000:00:17.0: Found 1 remapped NVMe devices.`
pub fn hidden_nvme(messages: &[String]) -> u32 {
    let count = |message: &String| {
        let (before, _) = message.split_once(" remapped NVMe device")?;
        before.rsplit(' ').next()?.parse::<u32>().ok()
    };
    messages.iter().filter_map(count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|l| (*l).to_owned()).collect()
    }

    #[test]
    fn the_first_line_of_a_record_is_the_message() {
        let record =
            "4,700,51409,-;ahci 0000:00:17.0: Found\n SUBSYSTEM=pci\n DEVICE=+pci:0000:00:17.0\n";
        assert_eq!(message(record).as_deref(), Some("ahci 0000:00:17.0: Found"));
        assert_eq!(message("nonsense"), None);
    }

    #[test]
    fn drivers_say_in_many_ways_that_a_file_is_missing() {
        let table = [
            (
                "bnx2x 0000:01:00.0: Direct firmware load for bnx2x/bnx2x-e2-7.13.21.0.fw failed with error -2",
                Some(("bnx2x", "0000:01:00.0", "bnx2x/bnx2x-e2-7.13.21.0.fw")),
            ),
            (
                "bnx2 0000:02:00.0: firmware: failed to load bnx2/bnx2-mips-09-6.2.1b.fw (-2)",
                Some(("bnx2", "0000:02:00.0", "bnx2/bnx2-mips-09-6.2.1b.fw")),
            ),
            (
                "bnx2 0000:02:00.0 eth0: Can't load firmware file \"bnx2/bnx2-rv2p-09-6.0.17.fw\"",
                Some(("bnx2", "0000:02:00.0", "bnx2/bnx2-rv2p-09-6.0.17.fw")),
            ),
            (
                "qla2xxx [0000:05:00.0]-0063:1: Failed to load firmware image (ql2500_fw.bin).",
                Some(("qla2xxx", "0000:05:00.0", "ql2500_fw.bin")),
            ),
            (
                "r8169 0000:03:00.0: Unable to load firmware rtl_nic/rtl8168h-2.fw (-2)",
                Some(("r8169", "0000:03:00.0", "rtl_nic/rtl8168h-2.fw")),
            ),
            (
                "platform regulatory.0: Direct firmware load for regulatory.db failed with error -2",
                None,
            ),
            ("ahci 0000:00:17.0: version 3.0", None),
        ];
        for (line, expected) in table {
            let found = asked_in_vain(&log(&[line, line]));
            let expected = expected.map(|(driver, pci, file)| MissingFirmware {
                pci: pci.into(),
                driver: driver.into(),
                file: file.into(),
            });
            assert_eq!(found, Vec::from_iter(expected), "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_too_odd(driver in ".{0,20}", phrase in proptest::sample::select(MISSING.to_vec()), rest in ".{0,40}") {
            let line = format!("{driver} 0000:01:00.0: {phrase}{rest}");
            for missing in asked_in_vain(std::slice::from_ref(&line)) {
                proptest::prop_assert!(line.contains(&missing.file) && !missing.file.is_empty());
            }
            hidden_nvme(&[line, format!("{rest} remapped NVMe device{driver}")]);
        }
    }

    #[test]
    fn what_has_come_since_is_not_missing() {
        let (image, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::create_dir(image.path().join("x")).unwrap();
        std::fs::write(image.path().join("x/a.fw.zst"), "").unwrap();
        std::fs::write(kept.path().join("b.fw"), "").unwrap();
        let folders = [image.path(), kept.path()];
        for (file, there) in [
            ("x/a.fw", true),
            ("b.fw", true),
            ("c.fw", false),
            ("x", false),
        ] {
            assert_eq!(is_there(&folders, file), there, "{file}");
        }
    }

    #[test]
    fn intels_raid_mode_hides_nvme_disks() {
        let lines = log(&[
            "ahci 0000:00:17.0: Found 2 remapped NVMe devices.",
            "ahci 0000:00:17.0: Switch your BIOS from RAID to AHCI mode to use them.",
        ]);
        assert_eq!(hidden_nvme(&lines), 2);
        assert_eq!(hidden_nvme(&[]), 0);
    }
}
