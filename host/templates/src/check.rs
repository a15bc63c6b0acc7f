//! Whether a template's fields fit together.

use crate::problem::Problem;
use crate::template::{Kind, Template};
use firn_words::{Text, say};

/// All that does not fit, for a template that was read from `file`.
pub(crate) fn check(file: &str, template: &Template) -> Vec<Problem> {
    let hvm = template.kind == Kind::Hvm;
    let named = file.strip_suffix(".toml") == Some(template.id.as_str());
    let empty = [&template.source, &template.ran, &template.title].map(|text| text.is_empty());
    let table: [(bool, &str, Text); 8] = [
        (!named, "id", say!("template-name", id = &template.id)),
        (
            hvm && template.firmware.is_none(),
            "firmware",
            say!("template-missing"),
        ),
        (
            !hvm && template.firmware.is_some(),
            "firmware",
            say!("template-pvh"),
        ),
        (!hvm && template.viridian, "viridian", say!("template-pvh")),
        (
            template.memory < template.least,
            "memory-mib",
            say!("template-memory"),
        ),
        (template.cpus == 0, "cpus", say!("template-none")),
        (
            template.install.is_empty(),
            "install",
            say!("template-none"),
        ),
        (
            empty.contains(&true),
            "source, ran, title",
            say!("template-none"),
        ),
    ];
    let wrong = table.into_iter().filter(|(wrong, ..)| *wrong);
    wrong
        .map(|(_, field, text)| Problem {
            file: file.to_owned(),
            field: Some(field.to_owned()),
            text,
        })
        .collect()
}
