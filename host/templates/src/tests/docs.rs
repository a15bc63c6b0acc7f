//! docs/templates.md is made from the data.

use crate::{Catalog, Kind, Template};
use std::fmt::Write;

const HEAD: &str = "\
# Templates

A template says what a guest of some operating system is where the request does not say. This page is generated from `recipes/templates`.
A host's own templates are files of the same form in `/etc/firn/templates`; firnd reads them when it starts, and says in its log what is
wrong with one that it leaves out. No file there can take the id of a template below.

A PVH guest runs without emulated hardware. Only a guest made from a disk image can, and only where the image allows it; otherwise it
starts from a BIOS.

A template's source says what the system needs: kind, firmware, least memory. Processors, usual memory, disk, devices and agents are Firn's
choice, and differ from the source where it seemed too small.

What Xen cannot do today: it keeps no UEFI variables of a guest over the guest's end, and it gives guests no TPM. So there is no template
for Windows 11.

| Id | System | Starts | Clock | Memory: least, usual | Disk |
|---|---|---|---|---|---|
";

fn row(template: &Template) -> String {
    let starts = match (template.kind, template.firmware) {
        (Kind::Pvh, _) => "PVH",
        (Kind::Hvm, Some(crate::Firmware::Uefi)) => "UEFI",
        (Kind::Hvm, _) => "BIOS",
    };
    let clock = if template.local_time() {
        "local time"
    } else {
        "UTC"
    };
    let (least, memory, disk) = (
        template.least >> 20,
        template.memory >> 20,
        template.disk >> 30,
    );
    format!(
        "| `{}` | {} | {starts} | {clock} | {least}, {memory} MiB | {disk} GiB |\n",
        template.id, template.title
    )
}

fn details(template: &Template) -> String {
    let mut text = format!("\n**`{}`** {}\n\n", template.id, template.title);
    for note in &template.notes {
        writeln!(text, "- {note}").unwrap();
    }
    if let Some(user) = &template.user {
        writeln!(text, "- User of the publisher's cloud image: `{user}`").unwrap();
    }
    writeln!(text, "- Figures: {}", template.source).unwrap();
    writeln!(text, "- Run: {}", template.ran).unwrap();
    text
}

/// `FIRN_DOCS=write` writes the page anew.
#[test]
fn the_page_in_docs_is_the_one_of_the_data() {
    let catalog = Catalog::shipped().unwrap();
    let rows: String = catalog.all().map(row).collect();
    let more: String = catalog.all().map(details).collect();
    let made = format!("{HEAD}{rows}\n## Each of them\n{more}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/templates.md");
    if std::env::var("FIRN_DOCS").is_ok_and(|v| v == "write") {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == made,
        "docs/templates.md is not what the data say: FIRN_DOCS=write cargo test -p firn-templates"
    );
}
