//! The short text: what matters in a few lines that can be read out or copied by hand, with a checksum to be sure of it.

use super::collect::Subject;
use super::{Scrub, sha256};
use crate::checks::{self, Verdict};
use crate::machine::{BootMode, Disk, Machine};
use firn_config::Size;
use firn_image::{Manifest, file};
use firn_words::visible;
use std::fmt::Write;
use std::fs;

/// Digits of the checksum that stand in the text: enough against slips of the pen.
const DIGITS: usize = 16;
/// Columns of a line; a screen has 80.
const WIDTH: usize = 78;

/// The text; its last line is `sha256 ` and the first digits of the checksum of all lines before.
pub fn short(subject: &Subject<'_>) -> String {
    sealed(lines(subject), &Scrub::of(subject.answers))
}

/// Lines without secrets, none too long for a screen, and under them the first digits of their checksum.
pub fn sealed(lines: Vec<String>, scrub: &Scrub) -> String {
    let mut text = String::new();
    for line in lines {
        let letters: Vec<char> = visible(line.trim_end()).chars().collect();
        let (first, rest) = letters.split_at(letters.len().min(WIDTH));
        // Writing to a String does not fail.
        let _ = writeln!(text, "{}", String::from_iter(first));
        for part in rest.chunks(WIDTH - 2) {
            let _ = writeln!(text, "  {}", String::from_iter(part));
        }
    }
    let text = scrub.text(&text);
    let hash = sha256(text.as_bytes());
    format!("{text}sha256 {}\n", &hash[..DIGITS])
}

fn lines(subject: &Subject<'_>) -> Vec<String> {
    let machine = subject.machine;
    let mut lines = vec![version(subject)];
    lines.push(format!(
        "machine {}, {}",
        machine.product.as_deref().unwrap_or("unknown"),
        match machine.firmware.boot {
            BootMode::Bios => "BIOS",
            BootMode::Uefi => "UEFI",
        }
    ));
    lines.push(format!(
        "cpu {}, memory {} MiB",
        machine.cpu.model, machine.memory_mib
    ));
    lines.push(checks_line(machine));
    lines.extend(machine.disks.iter().map(disk));
    lines.extend(machine.nics.iter().map(|nic| {
        let driver = nic.driver.as_deref().unwrap_or("no driver");
        format!("nic {} {driver} {}", nic.name, nic.link())
    }));
    if let Some(failure) = subject.failure {
        lines.push(format!("failed {}: {}", failure.step, failure.text));
        lines.extend(
            failure
                .status
                .iter()
                .map(|status| format!("status {status}")),
        );
        let tail = &failure.tail;
        lines.extend(
            tail.iter()
                .rev()
                .take(2)
                .rev()
                .map(|line| format!("said {line}")),
        );
    }
    lines
}

fn version(subject: &Subject<'_>) -> String {
    let id = fs::read_to_string(subject.image.join(file::MANIFEST))
        .ok()
        .and_then(|text| Manifest::parse(&text).ok())
        .map_or_else(|| "unknown".into(), |manifest| manifest.id);
    format!("Firn {} image {id}", env!("CARGO_PKG_VERSION"))
}

/// Only what is not fine.
fn checks_line(machine: &Machine) -> String {
    let checks = checks::run(machine);
    let word = |verdict| match verdict {
        Verdict::Fine => None,
        Verdict::Note => Some("note"),
        Verdict::Problem => Some("problem"),
        Verdict::Unknown => Some("unknown"),
    };
    let found: Vec<String> = checks
        .iter()
        .filter_map(|check| word(check.verdict).map(|word| format!("{} {word}", check.name)))
        .collect();
    match found.is_empty() {
        true => format!("checks {} fine", checks.len()),
        false => format!("checks {}", found.join(", ")),
    }
}

fn disk(disk: &Disk) -> String {
    let state = match (&disk.unfit, disk.firn.is_some(), disk.contents.len()) {
        (Some(_), ..) => "unfit".to_owned(),
        (None, true, _) => "Firn".into(),
        (None, false, 0) => "empty".into(),
        (None, false, count) => format!("{count} contents"),
    };
    let model = disk.model.as_deref().unwrap_or_default();
    format!("disk {} {} {state} {model}", disk.name, Size(disk.size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::execute::Failure;
    use crate::machine::samples;
    use std::path::Path;

    #[test]
    fn it_is_short_and_its_checksum_is_right() {
        let machine = samples::server();
        let failure = Failure {
            step: "slot".into(),
            text: "mkfs.ext4 ended with exit status: 1: no".into(),
            status: Some("exit status: 1".into()),
            tail: vec!["one".into(), "two".into(), "x".repeat(200)],
            ..Failure::default()
        };
        let text = short(&Subject {
            machine: &machine,
            answers: None,
            plan: None,
            failure: Some(&failure),
            image: Path::new("/no-such-folder"),
        });
        let (body, last) = text.trim_end().rsplit_once('\n').unwrap();
        let hash = sha256(format!("{body}\n").as_bytes());
        assert_eq!(last, format!("sha256 {}", &hash[..DIGITS]));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        let body: Vec<&str> = body.lines().collect();
        assert_eq!(body[1], "machine Test Server, BIOS");
        assert!(body.contains(&"disk vda 20 GB empty"), "{text}");
        assert!(body.contains(&"said two"), "{text}");
    }
}
