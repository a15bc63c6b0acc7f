//! The pages that ask.

use super::super::model::{Model, holds_something};
use super::super::page::{Control, Page};
use super::super::text::{fit, sentence, size, width};
use super::super::theme;
use super::sheet::{Item, Sheet};
use crate::checks::{Check, Verdict};
use crate::machine::{Disk, Nic};
use ratatui::style::Style;
use ratatui::text::Span;

/// The sentences below the heading.
pub fn intro(model: &Model) -> &'static str {
    match model.page {
        Page::Welcome => {
            "Firn turns this machine into a Xen host: a small system that does nothing but run virtual machines. A few \
             questions, then it installs itself in minutes. Nothing is written before you say so on the last page."
        }
        Page::Checks => {
            "Whether this machine can run virtual machines well. Mark a line to read more about it."
        }
        Page::Disk => {
            "Firn takes one whole disk. Everything that is on it now will be gone; no other disk is touched."
        }
        Page::Network => "The port through which you will reach the host; guests can use it too.",
        Page::Addresses => {
            "How the host gets its addresses in this network. Ask who runs the network if you are not sure."
        }
        Page::HostName => "What the host is called, with its domain if it has one.",
        Page::Time => "Where the machine stands, and who tells it the time.",
        Page::Login => {
            "How you will log in to the host, as root. A password works at the screen and over the network, a key only over the network (ssh). One of them is enough."
        }
        Page::Summary if matches!(model.plan, Some(Ok(_))) => {
            "Read this once more. Up and Down move the text."
        }
        _ => "",
    }
}

/// Fills the sheet of a page that asks.
pub fn fill(sheet: &mut Sheet) {
    match sheet.model.page {
        Page::Welcome => welcome(sheet),
        Page::Checks => checks(sheet),
        Page::Disk => disk(sheet),
        Page::Network => network(sheet),
        Page::Addresses => addresses(sheet),
        Page::HostName => host_name(sheet),
        Page::Time => time(sheet),
        Page::Login => login(sheet),
        _ => {}
    }
}

fn picker(sheet: &mut Sheet, control: Control, others: usize, column: usize) {
    sheet.field(control);
    let items: Vec<_> = sheet
        .model
        .entries(control)
        .iter()
        .map(|entry| {
            let (first, second) = match control {
                Control::Zone => (&entry.value, &entry.title),
                _ => (&entry.title, &entry.value),
            };
            let first = Span::raw(fit(first, column));
            Item {
                spans: vec![first, Span::styled(format!(" {second}"), theme::dim())],
                faint: false,
            }
        })
        .collect();
    let lines = sheet.left(others, 3);
    // The error stands at the field; a list without lines has no place for it.
    if !items.is_empty() {
        let errors = sheet.model.errors.contains_key(&control);
        sheet.list(
            control,
            &items,
            if errors {
                lines.saturating_sub(1).max(3)
            } else {
                lines
            },
        );
    }
}

fn welcome(sheet: &mut Sheet) {
    let tries = !sheet.model.serial;
    picker(sheet, Control::Keyboard, if tries { 2 } else { 0 }, 44);
    if tries {
        sheet.blank();
        sheet.field(Control::TryKeys);
    }
}

/// Sign, word and colour of a verdict.
fn verdict(verdict: Verdict) -> (&'static str, &'static str, Style) {
    match verdict {
        Verdict::Fine => (theme::DONE, "fine", theme::good()),
        Verdict::Note => ("i", "note", theme::accent()),
        Verdict::Problem => ("!", "problem", theme::bad()),
        Verdict::Unknown => ("?", "unknown", theme::warn()),
    }
}

/// A check's name for people.
pub fn check_title(name: &str) -> &str {
    match name {
        "cpu-64bit" => "64-bit processor",
        "virtualization" => "Virtualization",
        "nested-paging" => "Nested paging",
        "iommu" => "IOMMU",
        "memory" => "Memory",
        "disk-size" => "Disk",
        "secure-boot" => "Secure Boot",
        other => other,
    }
}

fn checks(sheet: &mut Sheet) {
    let items: Vec<_> = sheet
        .model
        .checks
        .iter()
        .map(|check| check_item(check, sheet.width))
        .collect();
    sheet.list(Control::Checks, &items, items.len());
    let Some(check) = sheet.model.checks.get(sheet.model.cursor(Control::Checks)) else {
        return;
    };
    sheet.blank();
    sheet.text(&sentence(&check.found.to_string()), theme::title());
    sheet.text(&sentence(&check.why.to_string()), Style::new());
    sheet.text(&sentence(&check.todo.to_string()), theme::accent());
}

fn check_item(check: &Check, columns: usize) -> Item {
    let (sign, word, style) = verdict(check.verdict);
    let room = columns.saturating_sub(2 + 2 + 9 + 18 + 2);
    let spans = vec![
        Span::styled(format!("{sign} {}", fit(word, 9)), style),
        Span::raw(fit(check_title(check.name), 18)),
        Span::styled(fit(&check.found.to_string(), room), theme::dim()),
    ];
    Item {
        spans,
        faint: false,
    }
}

fn disk(sheet: &mut Sheet) {
    let items: Vec<_> = sheet
        .model
        .machine
        .disks
        .iter()
        .map(|disk| disk_item(sheet.model, disk, sheet.width))
        .collect();
    if items.is_empty() {
        sheet.text("No disk was found.", theme::bad());
        sheet.text("If this machine has disks: a RAID or VMD mode in the firmware setup may hide them. Change it there, or attach a disk, and look again.", Style::new());
        return;
    }
    let lines = sheet.left(8, 3);
    sheet.list(Control::Disk, &items, lines);
    let Some(disk) = sheet.model.disk() else {
        return;
    };
    sheet.blank();
    disk_details(sheet, disk);
}

fn disk_item(model: &Model, disk: &Disk, columns: usize) -> Item {
    let reason = model.unfit(disk);
    let state = match (&reason, &disk.firn) {
        (Some(reason), _) => reason.clone(),
        (None, Some(firn)) => format!("Firn {}", firn.name),
        (None, None) if disk.contents.is_empty() => "empty".into(),
        (None, None) => "in use by other data".into(),
    };
    let bus = disk
        .bus
        .map_or(String::new(), |bus| format!("{bus:?}").to_uppercase());
    let name = disk.model.as_deref().unwrap_or("no name");
    let room = columns.saturating_sub(2 + 9 + 10 + 7 + 24 + 2);
    let style = if holds_something(disk) {
        theme::warn()
    } else {
        theme::good()
    };
    let spans = vec![
        Span::raw(fit(&disk.name, 9)),
        Span::raw(format!("{:>8}  ", size(disk.size))),
        Span::raw(fit(&bus, 7)),
        Span::raw(format!("{} ", fit(name, room.saturating_sub(1)))),
        Span::styled(fit(&state, 24), style),
    ];
    Item {
        spans,
        faint: reason.is_some(),
    }
}

fn disk_details(sheet: &mut Sheet, disk: &Disk) {
    let serial = disk
        .serial
        .as_deref()
        .map_or(String::new(), |serial| format!(", serial number {serial}"));
    let model = disk.model.as_deref().unwrap_or("no name");
    sheet.text(
        &format!("{}: {}, {model}{serial}", disk.path, size(disk.size)),
        theme::title(),
    );
    if let Some(reason) = sheet.model.unfit(disk) {
        return sheet.text(
            &sentence(&format!("Cannot be used: {reason}")),
            theme::warn(),
        );
    }
    if !holds_something(disk) {
        return sheet.text("Nothing is on it.", theme::good());
    }
    if let Some(firn) = &disk.firn {
        let text = format!(
            "An installed Firn: {}, version {}, id {}. Its guests are on this disk too.",
            firn.name,
            firn.version,
            firn.short_id()
        );
        sheet.text(&text, theme::bad());
    }
    let parts: Vec<_> = disk
        .contents
        .iter()
        .map(|content| format!("{}: {}", content.device, content.what))
        .collect();
    let errors = if sheet.model.errors.contains_key(&Control::DiskName) {
        2
    } else {
        0
    };
    let shown = parts.len().min(sheet.left(2 + errors, 1));
    let more = parts.len() - shown;
    for (n, part) in parts.iter().take(shown).enumerate() {
        let part = if n + 1 == shown && more > 0 {
            format!("{part}   (and {more} more)")
        } else {
            part.clone()
        };
        sheet.line(fit(&format!("  {part}"), sheet.width));
    }
    sheet.text(
        &format!("To let Firn destroy all this, type {} here.", disk.name),
        theme::warn(),
    );
    sheet.field(Control::DiskName);
}

fn network(sheet: &mut Sheet) {
    sheet.choice(Control::PortKind);
    sheet.blank();
    let bonds = sheet.model.bonds();
    let items: Vec<_> = sheet
        .model
        .machine
        .nics
        .iter()
        .map(|nic| nic_item(sheet.model, nic, sheet.width))
        .collect();
    if items.is_empty() {
        sheet.text("No network port was found.", theme::bad());
        sheet.list(Control::Nics, &[], 1);
    } else {
        let lines = sheet.left(if bonds { 6 } else { 5 }, 3);
        sheet.list(Control::Nics, &items, lines);
    }
    sheet.blank();
    if bonds {
        sheet.choice(Control::BondMode);
    }
    sheet.field(Control::Vlan);
    if let (Some(nic), true) = (sheet.model.nic(), sheet.height > 11) {
        sheet.blank();
        let place = nic
            .pci
            .as_deref()
            .map_or(String::new(), |pci| format!(", PCI {pci}"));
        let text = format!(
            "{}: {}{place}",
            nic.name,
            nic.model.as_deref().unwrap_or("no name")
        );
        sheet.text(&text, theme::dim());
    }
}

fn nic_item(model: &Model, nic: &Nic, columns: usize) -> Item {
    let tick = match (model.bonds(), model.members.contains(&nic.mac)) {
        (false, _) => "",
        (true, true) => "[x] ",
        (true, false) => "[ ] ",
    };
    let (link, style) = match (nic.link, nic.speed_mbit) {
        (Some(true), Some(speed)) if speed >= 1000 && speed % 100 == 0 => (
            format!("link, {} Gbit/s", f64::from(speed) / 1000.0),
            theme::good(),
        ),
        (Some(true), Some(speed)) => (format!("link, {speed} Mbit/s"), theme::good()),
        (Some(true), None) => ("link".into(), theme::good()),
        (Some(false), _) => ("no link".into(), theme::warn()),
        (None, _) => ("looking...".into(), theme::dim()),
    };
    let driver = nic.driver.as_deref().unwrap_or("no driver");
    let room = columns
        .saturating_sub(2 + width(tick) + 19 + 18 + 12 + 2)
        .max(8);
    let spans = vec![
        Span::raw(format!("{tick}{}", fit(&nic.name, room))),
        Span::raw(fit(&nic.mac, 19)),
        Span::raw(fit(driver, 12)),
        Span::styled(fit(&link, 18), style),
    ];
    Item {
        spans,
        faint: false,
    }
}

fn addresses(sheet: &mut Sheet) {
    let model = sheet.model;
    sheet.choice(Control::V4);
    if model.choice(Control::V4) == 1 {
        sheet.field(Control::V4Address);
        sheet.field(Control::V4Gateway);
    }
    sheet.blank();
    sheet.choice(Control::V6);
    if model.choice(Control::V6) == 1 {
        sheet.field(Control::V6Address);
        sheet.field(Control::V6Gateway);
    }
    sheet.blank();
    sheet.field(Control::Dns);
    sheet.field(Control::Search);
    sheet.blank();
    let given = model.choice(Control::V4) == 0 || model.choice(Control::V6) == 0;
    if given {
        sheet.indented(
            2,
            "DNS servers may stay empty where DHCP or the router names them.",
            theme::dim(),
        );
    }
}

fn host_name(sheet: &mut Sheet) {
    sheet.field(Control::HostName);
    sheet.blank();
    sheet.indented(2, "Letters, digits, hyphens and dots, for example xen1.example.net. The part before the first dot is what the host calls itself.", theme::dim());
}

fn time(sheet: &mut Sheet) {
    let servers = sheet.model.choice(Control::Ntp) == 1;
    let errors = sheet.model.errors.len();
    picker(sheet, Control::Zone, 2 + usize::from(servers) + errors, 34);
    sheet.blank();
    sheet.choice(Control::Ntp);
    if servers {
        sheet.field(Control::NtpServers);
    }
}

fn login(sheet: &mut Sheet) {
    sheet.field(Control::Password);
    sheet.field(Control::Again);
    sheet.blank();
    sheet.field(Control::SshKey);
    sheet.blank();
    let model = sheet.model;
    let (password, key) = (model.text(Control::Password), model.text(Control::SshKey));
    if password.is_empty() && !key.is_empty() {
        sheet.indented(2, "With a key alone nobody can log in at the screen. The way back in, should the network fail, is the rescue shell of this medium.", theme::warn());
    } else {
        sheet.indented(
            2,
            "At least 8 characters. A key is one line, as in a file that ends in .pub.",
            theme::dim(),
        );
    }
}
