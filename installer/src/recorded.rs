//! The recorded machines of `tests/machines`: each goes through the checks and, with every answer file, through the plan.
//! What comes out is one snapshot for each machine.

use crate::checks::{self, Check, Verdict};
use crate::machine::Machine;
pub use crate::machine::samples::recorded as machines;
use crate::plan;
use firn_words::Language;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder below `tests/`.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests")
        .join(name)
}

/// Files with an ending in a folder, sorted; none where the folder is missing.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == ending))
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The answer files that every machine is tried with.
pub fn answers() -> Vec<(String, String)> {
    let mut all = files(&folder("machines/answers"), "toml");
    all.extend(files(&folder("answers/good"), "toml"));
    all.iter()
        .map(|path| (stem(path), fs::read_to_string(path).unwrap()))
        .collect()
}

fn one_check(text: &mut String, check: &Check, language: Language) {
    let say = |text: &firn_words::Text| text.in_language(language);
    let (verdict, found) = (say(&check.verdict.text()), say(&check.found));
    writeln!(text, "{}: {verdict}: {found}", check.name).unwrap();
    if check.verdict != Verdict::Fine {
        writeln!(text, "    {}", say(&check.why)).unwrap();
        writeln!(text, "    {}", say(&check.todo)).unwrap();
    }
}

/// The plan in sentences, or the names of the problems: their exact words have tests of their own.
fn outcome(machine: &Machine, answers: &str) -> String {
    let plan = firn_config::parse(answers, &[]).and_then(|a| plan::plan(machine, &a));
    match plan {
        Ok(plan) => {
            let lines = plan.describe();
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            format!("would install\n    {}", lines.join("\n    "))
        }
        Err(problems) => {
            let names: Vec<&str> = problems.iter().map(|p| p.name.as_str()).collect();
            format!("refuses: {}", names.join(", "))
        }
    }
}

#[test]
fn outcomes() {
    let machines = machines();
    assert!(machines.len() >= 12, "only {} machines", machines.len());
    for (name, machine) in machines {
        let mut text = String::new();
        let checks = checks::run(&machine);
        for language in [Language::En, Language::De] {
            checks
                .iter()
                .for_each(|c| one_check(&mut text, c, language));
            text.push('\n');
        }
        for (file, answers) in answers() {
            writeln!(text, "{file}: {}", outcome(&machine, &answers)).unwrap();
        }
        insta::with_settings!({ snapshot_path => folder("machines/outcomes"), prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
}

#[test]
fn a_disk_over_several_paths_is_one_candidate() {
    let all = machines();
    let (_, machine) = all
        .iter()
        .find(|(name, _)| name.contains("multipath"))
        .unwrap();
    let fit = machine.disks.iter().filter(|d| d.unfit.is_none());
    let mut names: Vec<_> = fit.map(|d| d.wwn.clone()).collect();
    let before = names.len();
    names.dedup();
    assert_eq!(
        (names.len(), before),
        (2, 2),
        "two disks over four paths each"
    );
}

#[test]
fn namespaces_of_one_controller_are_told_apart() {
    let all = machines();
    let (_, machine) = all
        .iter()
        .find(|(name, _)| name == "qemu-odd-disks")
        .unwrap();
    let outcome = |rule: &str| {
        let text = format!(
            "version = 1\nhost = {{ name = 'odd', root-password = 'geheim99' }}\nnetwork.interface.name = 'enp0s5'\ndisk.target = {{ {rule} }}"
        );
        let plan = firn_config::parse(&text, &[]).and_then(|a| plan::plan(machine, &a));
        plan.map(|plan| plan.disk.path).map_err(|problems| {
            let lines: Vec<String> = problems.iter().map(|p| p.text.to_string()).collect();
            lines.join("\n")
        })
    };
    let wwn = |nsid: u8| format!("nvme.1b36-53414d45-51454d55204e564d65204374726c-0000000{nsid}");
    let several = outcome("serial = 'SAME'").unwrap_err();
    for nsid in [1, 2] {
        assert!(several.contains(&format!("wwn {}", wwn(nsid))), "{several}");
    }
    let second = outcome(&format!("wwn = '{}'", wwn(2)));
    assert_eq!(second.as_deref(), Ok("/dev/nvme0n3"));
    let zoned = outcome(&format!("wwn = '{}'", wwn(3))).unwrap_err();
    let sentence = "/dev/nvme0n2 (17.2 GB, QEMU NVMe Ctrl): its zones can only be written in order (host-managed SMR or ZNS)";
    assert!(zoned.contains(sentence), "{zoned}");
}

#[test]
fn masking_keeps_what_the_checks_say() {
    for (name, machine) in machines() {
        let mut masked = machine.clone();
        crate::probe::record::mask(&mut masked);
        assert_eq!(checks::run(&masked), checks::run(&machine), "{name}");
    }
}
