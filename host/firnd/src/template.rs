//! The templates of this host.

use anyhow::anyhow;
use firn_templates::{Catalog, Problem};
use firn_words::Language;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Where a host's own templates lie.
const OWN: &str = "/etc/firn/templates";

/// All of them, as they were when firnd started.
static CATALOG: LazyLock<Result<Catalog, String>> = LazyLock::new(|| {
    let mut catalog = Catalog::shipped().map_err(|problems| sentences(&problems))?;
    for problems in own(&mut catalog, Path::new(OWN)) {
        tracing::warn!("{problems}");
    }
    Ok(catalog)
});

/// All templates, the shipped ones and the host's own.
///
/// # Errors
/// When a shipped one is broken: a mistake in Firn.
pub fn catalog() -> anyhow::Result<&'static Catalog> {
    CATALOG.as_ref().map_err(|problems| anyhow!("{problems}"))
}

/// Adds those of a folder; what is wrong with the others, which are left out.
fn own(catalog: &mut Catalog, folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    files.sort_by_key(fs::DirEntry::file_name);
    let mut wrong = Vec::new();
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".toml") {
            continue;
        }
        match fs::read_to_string(file.path()) {
            Ok(text) => wrong.extend(catalog.add(&name, &text).err().map(|p| sentences(&p))),
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    wrong
}

fn sentences(problems: &[Problem]) -> String {
    let said = problems
        .iter()
        .map(|problem| problem.sentence().in_language(Language::En).to_string());
    said.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_own_templates_and_a_wrong_one_is_left_out_with_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let mine = include_str!("../../../recipes/templates/other-bios.toml");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("mine.toml", &mine.replace("\"other-bios\"", "\"mine\""));
        write("other-bios.toml", mine);
        write("README", "no template");
        let mut catalog = Catalog::shipped().unwrap();
        let wrong = own(&mut catalog, folder.path());
        assert_eq!(
            wrong,
            [
                "other-bios.toml: id: There is a template other-bios already: give this one another id."
            ]
        );
        assert_eq!(catalog.find("mine").unwrap().id, "mine");
    }
}
