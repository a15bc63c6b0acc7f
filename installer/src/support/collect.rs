//! What goes into a support bundle.

use super::{Bundle, Scrub, short};
use crate::execute::{Failure, journal};
use crate::machine::Machine;
use crate::plan::Plan;
use crate::{answers_source, checks};
use firn_command::cmd;
use firn_config::Answers;
use firn_image::file::MANIFEST;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Lines of the journals that are kept.
const JOURNAL_LINES: &str = "--lines=5000";

/// What a bundle is about; what is not known yet is left out.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What was found out about the machine.
    pub machine: &'a Machine,
    /// What was answered; its secrets are taken out everywhere.
    pub answers: Option<&'a Answers>,
    /// What was to be done.
    pub plan: Option<&'a Plan>,
    /// How it failed.
    pub failure: Option<&'a Failure>,
    /// The folder with the image, for its version.
    pub image: &'a Path,
}

/// Collects everything about the installer and its machine.
pub fn bundle(subject: &Subject<'_>) -> Bundle {
    let name = subject.answers.map_or("", |answers| &answers.host.name);
    let mut bundle = Bundle::new(name, Scrub::of(subject.answers));
    bundle.add("short.txt", &short(subject));
    let machine = serde_json::to_string_pretty(subject.machine).unwrap_or_default();
    bundle.add("machine.json", &machine);
    let checks = serde_json::to_string_pretty(&checks::run(subject.machine)).unwrap_or_default();
    bundle.add("checks.json", &checks);
    if let Some(answers) = subject.answers {
        bundle.add("answers.toml", &answers.to_toml());
    }
    if let Some(plan) = subject.plan {
        bundle.add("plan.txt", &lines(plan));
    }
    if let Some(failure) = subject.failure {
        bundle.add("failure.txt", &failure_text(failure));
    }
    add_file(&mut bundle, "install.log", Path::new(journal::LOG));
    add_file(&mut bundle, "install.jsonl", Path::new(journal::JSON_LINES));
    bundle.add("versions.txt", &versions(subject.image));
    said(&mut bundle, "kernel.log", "dmesg", &[]);
    let recent = ["--boot", "--no-pager", JOURNAL_LINES];
    said(&mut bundle, "journal.log", "journalctl", &recent);
    said(&mut bundle, "lsblk.txt", "lsblk", &["--fs", "--paths"]);
    said(&mut bundle, "lspci.txt", "lspci", &["-nnk"]);
    said(&mut bundle, "ip.txt", "ip", &["address"]);
    said(&mut bundle, "modules.txt", "lsmod", &[]);
    bundle
}

/// The plan's sentences, a line each.
fn lines(plan: &Plan) -> String {
    let mut text = String::new();
    for line in plan.describe() {
        // Writing to a String does not fail.
        let _ = writeln!(text, "{line}");
    }
    text
}

fn failure_text(failure: &Failure) -> String {
    let mut text = format!("step: {}\n{}\n", failure.step, failure.text);
    let mut line = |word: &str, value: &str| {
        let _ = writeln!(text, "{word}: {value}");
    };
    failure.command.iter().for_each(|v| line("command", v));
    failure.status.iter().for_each(|v| line("status", v));
    failure.tail.iter().for_each(|v| line("said", v));
    for undone in &failure.undone {
        line("undone", &undone.to_string());
    }
    line("disk", &failure.left.to_string());
    line("to do", &failure.todo.to_string());
    text
}

fn versions(image: &Path) -> String {
    let manifest = firn_words::read_text(image.join(MANIFEST)).unwrap_or_default();
    let kernel = firn_words::read_text("/proc/version").unwrap_or_default();
    let packages = firn_words::read_text("/usr/share/firn/packages").unwrap_or_default();
    format!(
        "firn-installer {}\n{kernel}command line: {}\n\n{manifest}\n{packages}",
        env!("CARGO_PKG_VERSION"),
        answers_source::cmdline()
    )
}

/// What a program says, or why it says nothing.
fn said(bundle: &mut Bundle, name: &str, program: &str, args: &[&str]) {
    let text = cmd(program, args).read();
    let text = text
        .map(|text| text + "\n")
        .unwrap_or_else(|e| format!("{e}\n"));
    bundle.add(name, &text);
}

/// A file of text, as far as it is there; what is no text is made so.
fn add_file(bundle: &mut Bundle, name: &str, path: &Path) {
    if let Ok(bytes) = fs::read(path) {
        bundle.add(name, &String::from_utf8_lossy(&bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::samples;
    use firn_config::Secret;

    #[test]
    fn a_bundle_of_a_failure_has_no_secret_of_the_answers() {
        let mut answers = Answers::default();
        answers.host.name = "xen1.example.net".into();
        answers.host.root_password = Some(Secret("CANARY word".into()));
        answers.host.root_password_hash = Some(Secret("$y$j9T$CANARYcanaryCANARY".into()));
        let machine = samples::server();
        let failure = Failure {
            step: "slot".into(),
            text: "writing CANARY word".into(),
            command: Some("mkfs.ext4 /dev/vda3".into()),
            ..Failure::default()
        };
        let bundle = bundle(&Subject {
            machine: &machine,
            answers: Some(&answers),
            plan: None,
            failure: Some(&failure),
            image: Path::new("/no-such-folder"),
        });
        let all = format!("{bundle:?}");
        // The bundle knows the secrets to look for; its files must not hold them.
        for file in [
            "answers.toml",
            "failure.txt",
            "short.txt",
            "machine.json",
            "versions.txt",
        ] {
            let text = bundle
                .file(file)
                .unwrap_or_else(|| panic!("{file} is missing: {all}"));
            assert!(!text.contains("CANARY"), "{file}: {text}");
        }
        assert!(
            bundle
                .file("answers.toml")
                .unwrap()
                .contains("root-password = [secret]")
        );
    }
}
