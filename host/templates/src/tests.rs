mod docs;

use crate::{Catalog, Machine, shipped};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

fn sentences(file: &str, text: &str) -> Vec<String> {
    let problems = Catalog::shipped().unwrap().add(file, text).unwrap_err();
    problems
        .iter()
        .map(|problem| problem.sentence().to_string())
        .collect()
}

#[test]
fn every_file_of_the_recipes_is_shipped_and_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../recipes/templates");
    let there: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let listed = shipped::FILES.iter().map(|(file, _)| (*file).to_owned());
    assert_eq!(there, listed.collect());
    let catalog = Catalog::shipped().unwrap();
    let ids: BTreeSet<_> = catalog.all().map(|template| &template.id).collect();
    assert_eq!(ids.len(), shipped::FILES.len());
}

#[test]
fn what_a_guest_becomes_by_each_template() {
    let mut table = String::new();
    for template in Catalog::shipped().unwrap().all() {
        let shown = |image| match template.machine(image) {
            Machine::Pvh => "pvh".to_owned(),
            Machine::Hvm { uefi, viridian } => {
                let firmware = if uefi { "uefi" } else { "bios" };
                format!("{firmware}{}", if viridian { "+viridian" } else { "" })
            }
        };
        let clock = if template.local_time() {
            "local"
        } else {
            "utc"
        };
        let (least, memory) = (template.least >> 20, template.memory >> 20);
        writeln!(
            table,
            "{:<20} image {:<13} iso {:<13} {clock:<5} {least:>4} {memory:>4} MiB {:>2} GiB",
            template.id,
            shown(true),
            shown(false),
            template.disk >> 30
        )
        .unwrap();
    }
    insta::assert_snapshot!(table);
}

#[test]
fn all_that_is_wrong_with_a_file_is_said_at_once() {
    let text = shipped::FILES[0]
        .1
        .replace("cpus = 2", "cpus = \"two\"\ncolour = 1")
        .replace("clock = \"utc\"\n", "")
        .replace("kind = \"pvh\"", "kind = \"pv\"");
    assert_eq!(
        sentences("mine.toml", &text),
        [
            "mine.toml: kind: unknown variant `pv`, expected `pvh` or `hvm`",
            "mine.toml: cpus: invalid type: string \"two\", expected u32",
            "mine.toml: clock: This field is missing.",
            "mine.toml: colour: There is no such field.",
        ]
    );
}

#[test]
fn what_does_not_fit_together_is_said() {
    let text = shipped::FILES[0]
        .1
        .replace("viridian = false", "viridian = true\nfirmware = \"bios\"")
        .replace("memory-mib = 1024", "memory-mib = 1");
    assert_eq!(
        sentences("mine.toml", &text),
        [
            "mine.toml: id: The file of the template linux must be called linux.toml.",
            "mine.toml: firmware: A PVH guest has no firmware and no Viridian interfaces: leave this out, or set kind = \"hvm\".",
            "mine.toml: viridian: A PVH guest has no firmware and no Viridian interfaces: leave this out, or set kind = \"hvm\".",
            "mine.toml: memory-mib: It must not be less than least-memory-mib.",
        ]
    );
}

#[test]
fn an_own_template_takes_no_shipped_id() {
    let (file, text) = shipped::FILES[0];
    assert_eq!(
        sentences(file, text),
        ["linux.toml: id: There is a template linux already: give this one another id."]
    );
}

#[test]
fn a_slip_is_understood() {
    let catalog = Catalog::shipped().unwrap();
    let said = |id| catalog.find(id).unwrap_err().to_string();
    assert_eq!(
        said("debain-13"),
        "There is no template debain-13; did you mean debian-13?"
    );
    assert!(said("plan9").starts_with("There is no template plan9; there are linux, debian-12, "));
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,200}") {
        let _ = Catalog::shipped().unwrap().add("a.toml", &text);
    }
}
