//! Which files are a machine's answers. Pure.

use super::check::{lacking, of_choice};
use super::rules::Rules;
use firn_config::{Layer, is_placeholder_name, merge};
use firn_machine::Facts;
use std::collections::BTreeMap;

/// All files of the folder, by their paths below it.
pub type Files = BTreeMap<String, String>;

/// The layers of a machine's answers, the most general one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub layers: Vec<Layer>,
    /// Files that the rules name for it, and that are not there: the folder may have changed since the server began.
    pub lacks: Vec<String>,
    /// A sentence for each of the machine's names that a file has a variable for, and that this machine has not.
    pub nameless: Vec<String>,
}

impl Choice {
    /// The names of the files.
    pub fn names(&self) -> Vec<String> {
        self.layers.iter().map(|layer| layer.name.clone()).collect()
    }

    /// What is wrong with them together, a line each. Without all files, or all names, nothing else is worth saying.
    pub fn problems(&self) -> Vec<String> {
        match (self.lacks.as_slice(), self.nameless.as_slice()) {
            ([], []) => of_choice(&self.layers),
            ([], nameless) => nameless.to_vec(),
            (lacks, _) => lacks.iter().map(|name| lacking(name)).collect(),
        }
    }

    /// All of them as one file.
    pub fn merged(&self) -> String {
        merge(&self.layers).to_toml()
    }
}

/// The answers for a machine: site, groups that fit, and its own file; or the default. Nothing if there are none for it.
pub fn choose(files: &Files, rules: &Rules, facts: &Facts) -> Option<Choice> {
    let groups = rules.rule.iter().filter(|rule| rule.condition.fits(facts));
    let mut special: Vec<&String> = groups.flat_map(|rule| &rule.files).collect();
    let own = own_file(files, facts);
    special.extend(&own);
    let fallback = "default.toml".to_owned();
    if special.is_empty() && files.contains_key(&fallback) {
        special.push(&fallback);
    }
    if special.is_empty() {
        return None;
    }
    let names: Vec<&String> = rules.base.iter().chain(special).collect();
    let lacks = names.iter().filter(|name| !files.contains_key(**name));
    Some(Choice {
        lacks: lacks.map(|name| (*name).clone()).collect(),
        nameless: nameless(files, &names, facts),
        layers: layers(files, names, facts),
    })
}

/// The named files as layers, with the machine's names in them; those that are not there are left out.
pub fn layers<'n>(
    files: &Files,
    names: impl IntoIterator<Item = &'n String>,
    facts: &Facts,
) -> Vec<Layer> {
    let layer = |name: &String| {
        let text = named(files.get(name)?, facts);
        let name = name.clone();
        Some(Layer { name, text })
    };
    names.into_iter().filter_map(layer).collect()
}

/// The text with the machine's names for `${mac}` and its like, so that one file can name many hosts: `name = "xen-${serial}"`.
fn named(text: &str, facts: &Facts) -> String {
    variables(facts)
        .iter()
        .fold(text.to_owned(), |text, (variable, name)| {
            let name = name.map(String::as_str).unwrap_or_default();
            text.replace(variable, &as_label(name))
        })
}

/// The machine's own names; a placeholder of its maker's is none.
fn variables(facts: &Facts) -> [(&'static str, Option<&String>); 5] {
    let named = |name: &&String| !is_placeholder_name(name);
    let product = facts.product.as_ref().filter(named);
    [
        ("${mac}", facts.mac.as_ref()),
        ("${uuid}", facts.own_uuid()),
        ("${serial}", facts.own_serial()),
        ("${product}", product),
        ("${hostname}", facts.hostname.as_ref()),
    ]
}

/// A sentence for each variable in these files that stands for nothing on this machine.
fn nameless(files: &Files, names: &[&String], facts: &Facts) -> Vec<String> {
    let lines = |name: &String| {
        files
            .get(name)
            .map(|text| text.lines())
            .into_iter()
            .flatten()
    };
    let uses = |name: &String, variable: &str| {
        lines(name).any(|line| !line.trim_start().starts_with('#') && line.contains(variable))
    };
    let mut said = Vec::new();
    for (variable, _) in variables(facts).iter().filter(|(_, own)| own.is_none()) {
        let users = names.iter().filter(|name| uses(name, variable));
        said.extend(users.map(|name| without(name, variable, facts)));
    }
    said
}

fn without(file: &str, variable: &str, facts: &Facts) -> String {
    let told = match variable {
        "${uuid}" => facts.uuid.as_deref(),
        "${serial}" => facts.serial.as_deref(),
        _ => None,
    };
    match told.filter(|text| !text.trim().is_empty()) {
        Some(text) => format!(
            "{file} uses {variable}, but this machine has none of its own: its firmware says {text:?}, as many machines' does; use ${{mac}}"
        ),
        None => format!("{file} uses {variable}, which this machine does not have; use ${{mac}}"),
    }
}

/// Lower case, and everything that a host's name cannot have as a hyphen: firmware's strings must not write answers.
fn as_label(name: &str) -> String {
    let label: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    label.trim_matches('-').to_owned()
}

/// The machine's own file: by MAC address, UUID or serial number, whichever is there first.
fn own_file(files: &Files, facts: &Facts) -> Option<String> {
    let mac = facts.mac.as_ref().map(|mac| mac.replace(':', "-"));
    [
        ("by-mac", mac.as_ref()),
        ("by-uuid", facts.own_uuid()),
        ("by-serial", facts.own_serial()),
    ]
    .into_iter()
    .find_map(|(folder, name)| {
        let wanted = format!("{folder}/{}.toml", name?.trim());
        let same = |file: &&String| file.eq_ignore_ascii_case(&wanted);
        files.keys().find(same).cloned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::rules::parse;

    fn files() -> Files {
        let names = [
            "site.toml",
            "dell.toml",
            "many-disks.toml",
            "default.toml",
            "by-mac/52-54-00-00-00-01.toml",
            "by-uuid/4C4C4544.toml",
            "by-serial/S1.toml",
        ];
        names.map(|name| (name.into(), String::new())).into()
    }

    const RULES: &str = "base = ['site.toml']\n\
        [[rule]]\nmatch = { product = 'PowerEdge*' }\nfiles = ['dell.toml']\n\
        [[rule]]\nmatch = { min-disks = 2 }\nfiles = ['many-disks.toml']\n";

    fn chosen(json: &str) -> Option<String> {
        let facts = serde_json::from_str(json).unwrap();
        let choice = choose(&files(), &parse(RULES).unwrap(), &facts)?;
        Some(choice.names().join(" "))
    }

    #[test]
    fn most_special_first() {
        let table = [
            (
                r#"{"mac": "52:54:00:00:00:01", "uuid": "4c4c4544", "serial": "s1"}"#,
                "site.toml by-mac/52-54-00-00-00-01.toml",
            ),
            (
                r#"{"mac": "52:54:00:00:00:02", "uuid": "4c4c4544", "serial": "s1"}"#,
                "site.toml by-uuid/4C4C4544.toml",
            ),
            (
                r#"{"uuid": "x", "serial": "s1"}"#,
                "site.toml by-serial/S1.toml",
            ),
            (
                r#"{"serial": "s1", "product": "PowerEdge R740", "machine": {"disks": [{}, {}]}}"#,
                "site.toml dell.toml many-disks.toml by-serial/S1.toml",
            ),
            (r#"{"product": "PowerEdge R740"}"#, "site.toml dell.toml"),
            (
                r#"{"machine": {"disks": [{}, {}]}}"#,
                "site.toml many-disks.toml",
            ),
            (
                r#"{"serial": "../site", "product": "x"}"#,
                "site.toml default.toml",
            ),
        ];
        for (facts, expected) in table {
            assert_eq!(chosen(facts).as_deref(), Some(expected), "{facts}");
        }
    }

    #[test]
    fn a_file_that_has_gone_is_a_problem_of_whom_it_was_for() {
        let mut files = files();
        files.remove("dell.toml");
        let problems = |json: &str| {
            let facts = serde_json::from_str(json).unwrap();
            let choice = choose(&files, &parse(RULES).unwrap(), &facts).unwrap();
            choice.problems()
        };
        assert_eq!(
            problems(r#"{"serial": "s1", "product": "PowerEdge R740"}"#),
            ["rules.toml names \"dell.toml\", which is not in the folder"]
        );
        let other = problems(r#"{"serial": "s1", "product": "x"}"#);
        assert!(
            !other.iter().any(|line| line.contains("dell.toml")),
            "{other:?}"
        );
    }

    #[test]
    fn one_file_can_name_many_hosts() {
        let facts = Facts {
            mac: Some("52:54:00:00:00:01".into()),
            serial: Some(" VMware-42 1d\"\n".into()),
            ..Facts::default()
        };
        let text = "a = \"xen-${serial}.${mac}\"\nb = \"${uuid}${product}${hostname}${other}\"\n";
        let expected = "a = \"xen-vmware-42-1d.52-54-00-00-00-01\"\nb = \"${other}\"\n";
        assert_eq!(named(text, &facts), expected);
    }

    #[test]
    fn placeholders_choose_and_name_nothing() {
        let name = "[host]\nname = \"xen-${serial}\"\n# or ${uuid}\n";
        let files: Files = [
            ("by-serial/To be filled by O.E.M..toml", ""),
            ("by-uuid/03000200-0400-0500-0006-000700080009.toml", ""),
            ("default.toml", name),
        ]
        .map(|(name, text)| (name.into(), text.into()))
        .into();
        let chosen = |json: &str| {
            let facts = serde_json::from_str(json).unwrap();
            choose(&files, &Rules::default(), &facts).unwrap()
        };
        let choice = chosen(
            r#"{"mac": "52:54:00:00:00:01", "serial": "To be filled by O.E.M.", "uuid": "03000200-0400-0500-0006-000700080009"}"#,
        );
        assert_eq!(choice.names(), ["default.toml"]);
        insta::assert_snapshot!(choice.problems().join("\n"), @r#"default.toml uses ${serial}, but this machine has none of its own: its firmware says "To be filled by O.E.M.", as many machines' does; use ${mac}"#);
        let choice = chosen(r#"{"mac": "52:54:00:00:00:01"}"#);
        insta::assert_snapshot!(choice.problems().join("\n"), @"default.toml uses ${serial}, which this machine does not have; use ${mac}");
        let choice = chosen(r#"{"mac": "52:54:00:00:00:01", "serial": "ABC1234"}"#);
        assert_eq!(choice.nameless, Vec::<String>::new());
    }

    #[test]
    fn none_for_this_machine() {
        let mut files = files();
        files.remove("default.toml");
        let rules = parse(RULES).unwrap();
        assert_eq!(choose(&files, &rules, &Facts::default()), None);
    }
}
