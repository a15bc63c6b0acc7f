//! Firmware, memory, product name, serial ports.

use super::text;
use crate::{BootMode, Finding, Firmware, SerialPort};
use firn_config::is_placeholder_name;
use firn_words::say;
use std::fs;
use std::path::Path;

const SECURE_BOOT: &str =
    "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

/// How the machine was started.
pub fn probe() -> Firmware {
    if !Path::new("/sys/firmware/efi").exists() {
        return Firmware {
            boot: BootMode::Bios,
            secure_boot: Finding::Known(false),
        };
    }
    let variables =
        fs::read_dir("/sys/firmware/efi/efivars").is_ok_and(|mut dir| dir.next().is_some());
    let secure_boot = match fs::read(SECURE_BOOT) {
        // Four bytes of attributes come before the value.
        Ok(bytes) => Finding::Known(bytes.get(4) == Some(&1)),
        Err(_) if variables => Finding::Known(false),
        Err(e) => Finding::Unknown(say!("check-unknown-variables", reason = e.to_string())),
    };
    Firmware {
        boot: BootMode::Uefi,
        secure_boot,
    }
}

/// Memory that the firmware hands over, in MiB; what the kernel took for itself counts.
pub fn memory_mib() -> u64 {
    let map = firmware_map();
    let bytes = if map > 0 {
        map
    } else {
        meminfo(&text("/proc/meminfo").unwrap_or_default())
    };
    bytes >> 20
}

fn firmware_map() -> u64 {
    let Ok(entries) = fs::read_dir("/sys/firmware/memmap") else {
        return 0;
    };
    let size = |dir: &Path| {
        let number = |name: &str| {
            u64::from_str_radix(text(dir.join(name))?.trim_start_matches("0x"), 16).ok()
        };
        (text(dir.join("type"))? == "System RAM")
            .then_some(number("end")?.checked_sub(number("start")?)? + 1)
    };
    entries
        .flatten()
        .filter_map(|entry| size(&entry.path()))
        .sum()
}

fn meminfo(text: &str) -> u64 {
    let total = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = total.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

const DMI: &str = "/sys/class/dmi/id";

/// Maker and model of the machine.
pub fn product() -> Option<String> {
    let parts: Vec<String> = [vendor(), model()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The machine's maker; where it left that empty, its board's.
pub fn vendor() -> Option<String> {
    named(Path::new(DMI), ["sys_vendor", "board_vendor"])
}

/// The machine's model; where its maker left that empty, its board's.
pub fn model() -> Option<String> {
    named(Path::new(DMI), ["product_name", "board_name"])
}

/// The first of the firmware's texts that is a name and nothing left in the place of one.
fn named(folder: &Path, files: [&str; 2]) -> Option<String> {
    let mut names = files.into_iter().filter_map(|file| text(folder.join(file)));
    names.find(|name| !is_placeholder_name(name))
}

/// com1 and com2 where a port answers.
pub fn serial_ports() -> Vec<SerialPort> {
    let table = text("/proc/tty/driver/serial").unwrap_or_default();
    let named = fs::read("/sys/firmware/acpi/tables/SPCR")
        .ok()
        .and_then(|t| spcr_port(&t));
    let mut ports = parse_ports(&table);
    for port in &mut ports {
        port.spcr = named == Some(port.io_port);
    }
    ports
}

/// Lines such as `0: uart:16550A port:000003F8 irq:4 tx:0 rx:0`.
fn parse_ports(table: &str) -> Vec<SerialPort> {
    let parse = |line: &str| {
        let (number, rest) = line.trim().split_once(": ")?;
        let field = |name: &str| {
            rest.split_whitespace()
                .find_map(|word| word.strip_prefix(name))
        };
        let io_port = u16::from_str_radix(field("port:")?.get(4..)?, 16).ok()?;
        let real = field("uart:")? != "unknown" && matches!(io_port, 0x3f8 | 0x2f8);
        real.then(|| SerialPort {
            name: format!("ttyS{number}"),
            io_port,
            spcr: false,
        })
    };
    table.lines().filter_map(parse).collect()
}

/// The I/O port that ACPI's SPCR table names; nothing when it is memory-mapped.
fn spcr_port(table: &[u8]) -> Option<u16> {
    const SYSTEM_IO: u8 = 1;
    let address = table.get(40..52)?;
    let port = u64::from_le_bytes(address.get(4..12)?.try_into().ok()?);
    (address[0] == SYSTEM_IO).then_some(u16::try_from(port).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_name_has_its_boards() {
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
        let product = || named(folder.path(), ["product_name", "board_name"]);
        write("product_name", "To Be Filled By O.E.M.\n");
        assert_eq!(product(), None);
        write("board_name", "X570M Pro4\n");
        assert_eq!(product().as_deref(), Some("X570M Pro4"));
        write("product_name", "PowerEdge R740\n");
        assert_eq!(product().as_deref(), Some("PowerEdge R740"));
    }

    #[test]
    fn serial_ports_that_answer() {
        let table = "serinfo:1.0 driver revision:\n0: uart:16550A port:000003F8 irq:4 tx:0 rx:0\n1: uart:unknown port:000002F8 irq:3\n";
        let ports = parse_ports(table);
        assert_eq!(ports.len(), 1);
        assert_eq!((ports[0].name.as_str(), ports[0].io_port), ("ttyS0", 0x3f8));
    }

    #[test]
    fn spcr_names_an_io_port() {
        let mut table = vec![0; 80];
        table[40] = 1;
        table[44..46].copy_from_slice(&0x2f8u16.to_le_bytes());
        assert_eq!(spcr_port(&table), Some(0x2f8));
        table[40] = 0;
        assert_eq!(spcr_port(&table), None);
        assert_eq!(spcr_port(&[]), None);
    }

    #[test]
    fn memory_in_bytes() {
        assert_eq!(meminfo("MemTotal:        1024 kB\nMemFree: 1 kB"), 1 << 20);
    }
}
