//! Everything that is wrong with an answers folder, said before the first machine asks. Pure.

use super::choose::{Files, layers};
use super::fill::NEW_TOKEN;
use super::rules::Rules;
use firn_config::{
    Answers, Layer, LayerProblem, is_placeholder_serial, is_placeholder_uuid, merge,
};
use firn_machine::Facts;

/// One line for each problem. What other layers may still add is not missed: the machine's own rules are known only when it asks.
pub fn problems(files: &Files, rules: &Rules) -> Vec<String> {
    let named = rules.rule.iter().flat_map(|rule| &rule.files);
    let named: Vec<&String> = rules.base.iter().chain(named).collect();
    let mut lines: Vec<String> = named
        .iter()
        .filter(|name| !files.contains_key(**name))
        .map(|name| lacking(name))
        .collect();
    let unused = files
        .keys()
        .filter(|name| !named.contains(name) && !is_own(name));
    lines.extend(unused.map(|name| {
        format!("{name} is used by nothing; name it in rules.toml, or put it into by-mac, by-uuid or by-serial")
    }));
    lines.extend(files.keys().filter_map(|name| nobodys(name)));
    let tops = files.keys().filter(|name| !rules.base.contains(name));
    for name in tops {
        // Where no rule can add to it, the default must be whole; so must be everything without rules.
        let whole = rules.rule.is_empty() || name == "default.toml";
        lines.extend(of_file(files, rules, name, whole));
    }
    lines.sort();
    lines.dedup();
    lines
}

/// The sentence about a file that rules name and nobody has put there.
pub fn lacking(name: &str) -> String {
    format!("rules.toml names {name:?}, which is not in the folder")
}

/// The sentence about a file for a serial number or a UUID that is no machine's own.
fn nobodys(name: &str) -> Option<String> {
    let (folder, file) = name.split_once('/')?;
    let of = file.strip_suffix(".toml")?;
    let placeholder = match folder {
        "by-serial" => is_placeholder_serial(of),
        "by-uuid" => is_placeholder_uuid(of),
        _ => false,
    };
    placeholder.then(|| {
        format!("{name} is for no machine: makers leave {of:?} in many; name it by the MAC address, as by-mac/52-54-00-12-34-56.toml")
    })
}

fn is_own(name: &str) -> bool {
    let folders = ["by-mac/", "by-uuid/", "by-serial/"];
    name == "default.toml" || folders.iter().any(|folder| name.starts_with(folder))
}

fn of_file(files: &Files, rules: &Rules, name: &String, whole: bool) -> Vec<String> {
    let layers = layers(files, rules.base.iter().chain([name]), &anybody());
    let problems = checked(&layers).err().unwrap_or_default();
    let counts = |problem: &LayerProblem| problem.layer.is_some() || whole;
    let counted = problems.into_iter().filter(counts);
    counted.map(|problem| said(name, &problem)).collect()
}

/// The problems of a machine's answers, before the server fills them in.
pub fn of_choice(layers: &[Layer]) -> Vec<String> {
    let problems = checked(layers).err().unwrap_or_default();
    problems.iter().map(LayerProblem::to_string).collect()
}

/// The server has a real token in the place of [`NEW_TOKEN`] when it gives the answers.
fn checked(layers: &[Layer]) -> Result<Answers, Vec<LayerProblem>> {
    let mut layers = layers.to_vec();
    for layer in &mut layers {
        layer.text = layer.text.replace(NEW_TOKEN, "any");
    }
    merge(&layers).check()
}

/// A machine that has a name for every variable.
fn anybody() -> Facts {
    let name = |name: &str| Some(name.to_owned());
    Facts {
        mac: name("00-00-00-00-00-00"),
        uuid: name("4c4c4544-0042-3510-8058-b4c04f4a4c32"),
        serial: name("ABC1234"),
        product: name("product"),
        hostname: name("hostname"),
        machine: None,
    }
}

fn said(name: &str, problem: &LayerProblem) -> String {
    match problem.layer {
        Some(_) => problem.to_string(),
        None => format!("{problem} ({name} with what lies below it)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::rules::parse;

    fn files(pairs: &[(&str, &str)]) -> Files {
        let owned = pairs
            .iter()
            .map(|(name, text)| ((*name).into(), (*text).into()));
        owned.collect()
    }

    const SITE: &str = "version = 1\n[host]\nssh-keys = [\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHBhNqYpRzGmAoeW8TtHVAC8pUfLqIDgfUGFMMzTWHLG a\"]\n";

    #[test]
    fn all_problems_at_once() {
        let files = files(&[
            ("site.toml", SITE),
            ("default.toml", "timezone = \"Europe/Berln\"\n"),
            (
                "by-mac/52-54-00-00-00-01.toml",
                "[host]\nname = \"xen 1\"\n",
            ),
            (
                "by-serial/S1.toml",
                "[host]\nname = \"xen2\"\n[disk]\nwipe = \"token:new\"\n",
            ),
            ("group.toml", "[network]\nvlan = 5000\n"),
            ("by-mca/52-54-00-00-00-01.toml", "[host]\nname = \"xen3\"\n"),
            ("by-serial/Default string.toml", "[host]\nname = \"xen4\"\n"),
        ]);
        let rules = parse(
            "base = ['site.toml', 'sight.toml']\n[[rule]]\nmatch = {}\nfiles = ['group.toml']\n",
        )
        .unwrap();
        insta::assert_snapshot!(problems(&files, &rules).join("\n"), @r#"
        by-mca/52-54-00-00-00-01.toml is used by nothing; name it in rules.toml, or put it into by-mac, by-uuid or by-serial
        by-serial/Default string.toml is for no machine: makers leave "Default string" in many; name it by the MAC address, as by-mac/52-54-00-12-34-56.toml
        problem host.name: "xen 1" has ' ' in it, a name takes letters, digits and hyphens only (by-mac/52-54-00-00-00-01.toml, line 2, column 8)
        problem host.name: the host has no name; add name = "xen1.example.net" under [host] (default.toml with what lies below it)
        problem network.vlan: 5000 is not between 1 and 4094 (group.toml, line 2, column 8)
        problem timezone: "Europe/Berln" is no time zone; did you mean "Europe/Berlin"? (default.toml, line 1, column 12)
        rules.toml names "sight.toml", which is not in the folder
        "#);
    }

    #[test]
    fn a_mistake_of_the_site_is_said_once() {
        let files = files(&[
            ("site.toml", "version = 1\nkeybord = \"de\"\n"),
            (
                "by-mac/52-54-00-00-00-01.toml",
                "[host]\nname = \"a\"\nroot-password = \"geheim123\"\n",
            ),
            (
                "by-mac/52-54-00-00-00-02.toml",
                "[host]\nname = \"b\"\nroot-password = \"geheim123\"\n",
            ),
        ]);
        let rules = parse("base = ['site.toml']").unwrap();
        insta::assert_snapshot!(problems(&files, &rules).join("\n"), @r#"problem keybord: unknown key "keybord" at the top of the file; did you mean "keyboard"? (site.toml, line 2, column 1)"#);
    }

    #[test]
    fn a_sound_folder_has_none() {
        let files = files(&[
            ("site.toml", SITE),
            (
                "by-mac/52-54-00-00-00-01.toml",
                "[host]\nname = \"xen1\"\n[disk]\nwipe = \"token:new\"\n",
            ),
        ]);
        let rules = parse("base = ['site.toml']").unwrap();
        assert_eq!(problems(&files, &rules), Vec::<String>::new());
    }
}
