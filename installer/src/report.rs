//! The hardware report: what was found out about the machine, line by line. The wizard shows it, `firn-probe` prints it.

use crate::checks::{self, Check, Verdict};
use crate::machine::{BootMode, Disk, Machine, Nic, PciDevice};
use firn_config::Size;
use firn_words::{Text, say};

/// The whole report; an empty line stands between its parts, lines that go with the one above begin with blanks.
pub fn report(machine: &Machine, checks: &[Check]) -> Vec<Text> {
    let parts = [
        (say!("check-report-machine"), about(machine)),
        (
            say!("check-report-checks"),
            checks.iter().flat_map(check).collect(),
        ),
        (
            say!("check-report-disks"),
            machine.disks.iter().flat_map(disk).collect(),
        ),
        (
            say!("check-report-nics"),
            machine.nics.iter().flat_map(nic).collect(),
        ),
        (
            say!("check-report-controllers"),
            machine.pci.iter().map(controller).collect(),
        ),
    ];
    let mut lines = Vec::new();
    for (title, part) in parts {
        if !lines.is_empty() {
            lines.push(Text::default());
        }
        lines.push(title);
        if part.is_empty() {
            lines.push(below(say!("check-report-none")));
        }
        lines.extend(part);
    }
    lines
}

fn below(text: Text) -> Text {
    Text::join(["  ".into(), text], "")
}

fn detail(text: Text) -> Text {
    Text::join(["      ".into(), text], "")
}

fn about(machine: &Machine) -> Vec<Text> {
    let product = match &machine.product {
        Some(product) => product.into(),
        None => say!("check-report-unknown-machine"),
    };
    let started = match machine.firmware.boot {
        BootMode::Bios => say!("check-report-bios"),
        BootMode::Uefi => say!("check-report-uefi"),
    };
    let memory = say!("check-memory-found", mib = machine.memory_mib.to_string());
    [product, machine.cpu.model.as_str().into(), memory, started]
        .into_iter()
        .map(below)
        .collect()
}

/// The verdict with what was found; why and what to do where it is not fine.
fn check(check: &Check) -> Vec<Text> {
    let head = say!(
        "check-report-check",
        name = checks::title(check.name),
        verdict = check.verdict.text(),
        found = &check.found
    );
    let mut lines = vec![below(head)];
    if check.verdict != Verdict::Fine {
        let more = [&check.why, &check.todo].into_iter();
        lines.extend(more.filter(|t| !t.is_empty()).cloned().map(detail));
    }
    lines
}

fn disk(disk: &Disk) -> Vec<Text> {
    let bus = disk.bus.map(|bus| bus.to_string());
    let parts = [
        Some(Text::from(disk.path.as_str())),
        Some(Size(disk.size).text()),
        disk.model.as_ref().map(Text::from),
        bus.map(Text::from),
        disk.serial
            .as_ref()
            .map(|serial| say!("check-report-serial", serial = serial)),
    ];
    let mut lines = vec![below(Text::join(parts.into_iter().flatten(), ", "))];
    if let Some(unfit) = &disk.unfit {
        lines.push(detail(say!("check-report-unfit", reason = unfit.text())));
    }
    if let Some(firn) = &disk.firn {
        lines.push(detail(say!(
            "check-report-firn",
            name = &firn.name,
            version = &firn.version,
            id = firn.short_id()
        )));
    }
    if let Some(firn) = &disk.store_of {
        lines.push(detail(say!(
            "check-report-store",
            name = &firn.name,
            id = firn.short_id()
        )));
    }
    lines.extend(disk.contents.iter().map(|content| {
        let device = Text::from(&content.device);
        detail(Text::join([device, content.what.text()], ": "))
    }));
    if disk.contents.is_empty() && disk.unfit.is_none() {
        lines.push(detail(say!("check-report-empty")));
    }
    lines
}

fn nic(nic: &Nic) -> Vec<Text> {
    let link = match (nic.link, nic.speed_mbit) {
        (Some(true), Some(speed)) => say!("check-report-link-at", speed = speed.to_string()),
        _ => nic.link(),
    };
    let driver = nic.driver.as_ref().map(Text::from);
    let head = [
        Some(Text::from(&nic.name)),
        Some(Text::from(&nic.mac)),
        driver,
        Some(link),
    ];
    let mut lines = vec![below(Text::join(head.into_iter().flatten(), ", "))];
    lines.extend(nic.model.as_ref().map(|model| detail(model.into())));
    lines
}

fn controller(device: &PciDevice) -> Text {
    let driver = match &device.driver {
        Some(driver) => driver.into(),
        None => say!("check-report-no-driver"),
    };
    below(Text::join(
        [
            device.address.as_str().into(),
            device.title().into(),
            driver,
        ],
        ", ",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::samples::server;
    use firn_words::Language;

    #[test]
    fn says_everything_in_both_languages() {
        let machine = server();
        let lines = report(&machine, &checks::run(&machine));
        let said = |language: Language| {
            let lines: Vec<String> = lines.iter().map(|l| l.in_language(language)).collect();
            lines.join("\n")
        };
        insta::assert_snapshot!("report_en", said(Language::En));
        insta::assert_snapshot!("report_de", said(Language::De));
    }
}
