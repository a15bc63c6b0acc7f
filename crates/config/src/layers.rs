//! Answers that several machines share: files laid over each other (site, group, host), of which a later one wins key by key.
//!
//! The texts are put one behind the other, and the places in their trees moved along. So the reader of a single file does for all of
//! them, and a line of the whole leads back to the layer that it stands in.

use crate::answers::Answers;
use crate::parse::places::Places;
use crate::parse::tree::{self, Data, Node, SyntaxError};
use crate::parse::{from_tree, without_bom};
use crate::problem::Problem;
use crate::schema::{self, Kind};
use std::fmt;
use toml::{Table, Value};

/// One file of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What people call it: its path.
    pub name: String,
    /// Its text. Alone it need not be whole.
    pub text: String,
}

/// Several layers as one.
#[derive(Debug)]
pub struct Merged {
    /// Name and first line, in `text`, of each layer.
    layers: Vec<(String, usize)>,
    text: String,
    root: Node,
    errors: Vec<SyntaxError>,
}

/// A value of the merged answers with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayeredValue {
    /// The names of its tables and its own: `["host", "name"]`.
    pub path: Vec<String>,
    /// As TOML.
    pub value: String,
    /// Whether no message may show it.
    pub secret: bool,
    /// The layer's name.
    pub layer: String,
    /// Its line in that layer, from 1.
    pub line: usize,
}

/// A problem of the merged answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerProblem {
    /// The layer in which the bad value stands; none for what no layer has.
    pub layer: Option<String>,
    /// The problem, with its place in that layer.
    pub problem: Problem,
}

impl fmt::Display for LayerProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { name, text, at } = &self.problem;
        write!(f, "problem {name}: {text}")?;
        match (&self.layer, at) {
            (Some(layer), Some((line, column))) => {
                write!(f, " ({layer}, line {line}, column {column})")
            }
            (Some(layer), None) => write!(f, " ({layer})"),
            (None, _) => Ok(()),
        }
    }
}

/// Lays the layers over each other, the most general one first.
pub fn merge(layers: &[Layer]) -> Merged {
    let mut merged = Merged {
        layers: Vec::new(),
        text: String::new(),
        root: Node {
            data: Data::Table(Vec::new()),
            span: None,
        },
        errors: Vec::new(),
    };
    layers.iter().for_each(|layer| merged.add(layer));
    merged
}

impl Merged {
    fn add(&mut self, layer: &Layer) {
        let text = without_bom(&layer.text);
        let start = self.text.len();
        let first_line = self.text.matches('\n').count() + 1;
        self.layers.push((layer.name.clone(), first_line));
        self.text.push_str(text);
        if !text.ends_with('\n') {
            self.text.push('\n');
        }
        let (mut root, errors) = tree::read(text);
        root.shift(start);
        self.root.lay(root);
        self.errors
            .extend(errors.into_iter().map(|(mut span, text)| {
                tree::shift(&mut span, start);
                (span, text)
            }));
    }

    /// The answers, checked as a whole.
    ///
    /// # Errors
    /// Everything that is wrong, at once, each with the layer in which it stands.
    pub fn check(&self) -> Result<Answers, Vec<LayerProblem>> {
        let problems = |all: Vec<Problem>| all.into_iter().map(|p| self.placed(p)).collect();
        from_tree(&self.text, &self.root, self.errors.clone()).map_err(problems)
    }

    fn placed(&self, mut problem: Problem) -> LayerProblem {
        let Some((line, column)) = problem.at else {
            let layer = None;
            return LayerProblem { layer, problem };
        };
        let (layer, line) = self.layer_of(line);
        problem.at = Some((line, column));
        LayerProblem {
            layer: Some(layer.to_owned()),
            problem,
        }
    }

    /// The layer that a line of the whole text stands in, and its number there.
    fn layer_of(&self, line: usize) -> (&str, usize) {
        let before = self.layers.partition_point(|(_, first)| *first <= line);
        match self.layers.get(before.saturating_sub(1)) {
            Some((name, first)) => (name, line - first + 1),
            None => ("", line),
        }
    }

    /// All values, table by table, those of the file's top first.
    pub fn values(&self) -> Vec<LayeredValue> {
        let places = Places::new(&self.text);
        let mut values = Vec::new();
        self.collect(&self.root, &[], &places, &mut values);
        values.sort_by_key(|value| value.path.len() > 1);
        values
    }

    fn collect(&self, node: &Node, path: &[String], places: &Places, out: &mut Vec<LayeredValue>) {
        let Data::Table(entries) = &node.data else {
            let line = node.span.as_ref().map_or(1, |span| places.line(span.start));
            let (layer, line) = self.layer_of(line);
            out.push(LayeredValue {
                path: path.to_vec(),
                value: self.value(node).to_string(),
                secret: is_secret(path),
                layer: layer.to_owned(),
                line,
            });
            return;
        };
        let (tables, plain): (Vec<_>, Vec<_>) = entries
            .iter()
            .partition(|e| matches!(e.node.data, Data::Table(_)));
        for entry in plain.into_iter().chain(tables) {
            let path = [path, std::slice::from_ref(&entry.key)].concat();
            self.collect(&entry.node, &path, places, out);
        }
    }

    /// The merged answers as one file.
    pub fn to_toml(&self) -> String {
        match self.value(&self.root) {
            Value::Table(table) => table.to_string(),
            _ => String::new(),
        }
    }

    fn value(&self, node: &Node) -> Value {
        match &node.data {
            Data::Text(text) | Data::Loose(text) => text.as_str().into(),
            Data::Number(number) => (*number).into(),
            Data::Boolean(truth) => (*truth).into(),
            Data::List(items) => Value::Array(items.iter().map(|item| self.value(item)).collect()),
            Data::Table(entries) => {
                let pairs = entries.iter().map(|e| (e.key.clone(), self.value(&e.node)));
                Value::Table(pairs.collect::<Table>())
            }
            // No key takes these; the check says so, and here they stand as they were written.
            Data::Other(_) => {
                let written = node.span.clone().and_then(|span| self.text.get(span));
                written.unwrap_or_default().into()
            }
        }
    }
}

fn is_secret(path: &[String]) -> bool {
    schema::find(&path.join(".")).is_some_and(|key| matches!(key.kind, Kind::Secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "\u{feff}version = 1\ntimezone = \"Europe/Berlin\"\n[host]\nroot-password = \"geheim123\"\n[time]\nntp = [\"a.example\", \"b.example\"]\n[disk]\nwipe = \"empty\"";
    const GROUP: &str =
        "keyboard = \"de\"\n[time]\nntp = [\"c.example\"]\n[disk.target]\nmin-size = \"16G\"\n";
    const HOST: &str = "[host]\nname = \"xen1.example.net\"\n[disk]\nwipe = \"any\"\ntarget = { bus = \"nvme\" }\n";

    fn layers(texts: &[(&str, &str)]) -> Merged {
        let layer = |(name, text): &(&str, &str)| Layer {
            name: (*name).into(),
            text: (*text).into(),
        };
        merge(&texts.iter().map(layer).collect::<Vec<_>>())
    }

    fn three() -> Merged {
        layers(&[
            ("site.toml", SITE),
            ("group.toml", GROUP),
            ("host.toml", HOST),
        ])
    }

    fn problems(merged: &Merged) -> String {
        let problems = merged.check().unwrap_err();
        let lines: Vec<String> = problems.iter().map(LayerProblem::to_string).collect();
        lines.join("\n")
    }

    #[test]
    fn tables_go_on_side_by_side_and_lists_are_replaced() {
        insta::assert_snapshot!(three().to_toml(), @r#"
        keyboard = "de"
        timezone = "Europe/Berlin"
        version = 1

        [disk]
        wipe = "any"

        [disk.target]
        bus = "nvme"
        min-size = "16G"

        [host]
        name = "xen1.example.net"
        root-password = "geheim123"

        [time]
        ntp = ["c.example"]
        "#);
        let answers = three().check().unwrap();
        assert_eq!(
            answers,
            crate::parse(&three().to_toml(), &[]).unwrap(),
            "the merged file is read as the layers are"
        );
    }

    #[test]
    fn each_value_knows_its_layer_and_line() {
        let line = |v: &LayeredValue| {
            let (path, secret) = (v.path.join("."), if v.secret { ", secret" } else { "" });
            format!("{path} = {} {}:{}{secret}", v.value, v.layer, v.line)
        };
        let all: Vec<String> = three().values().iter().map(line).collect();
        insta::assert_snapshot!(all.join("\n"), @r#"
        version = 1 site.toml:1
        timezone = "Europe/Berlin" site.toml:2
        keyboard = "de" group.toml:1
        host.root-password = "geheim123" site.toml:4, secret
        host.name = "xen1.example.net" host.toml:2
        time.ntp = ["c.example"] group.toml:3
        disk.wipe = "any" host.toml:4
        disk.target.min-size = "16G" group.toml:5
        disk.target.bus = "nvme" host.toml:5
        "#);
    }

    #[test]
    fn problems_name_the_layer_in_which_they_stand() {
        let merged = layers(&[
            ("site.toml", "version = 1\n[host]\nssh-keys = []\n"),
            (
                "group.toml",
                "\ntimezone = \"Europe/Berln\"\n[hots]\na = 1\n",
            ),
            ("host.toml", "[network]\nvlan = 5000\n[disk]\nwipe = 1.5"),
        ]);
        insta::assert_snapshot!(problems(&merged), @r#"
        problem timezone: "Europe/Berln" is no time zone; did you mean "Europe/Berlin"? (group.toml, line 2, column 12)
        problem hots: unknown key "hots" at the top of the file; did you mean "host"? (group.toml, line 3, column 2)
        problem network.vlan: 5000 is not between 1 and 4094 (host.toml, line 2, column 8)
        problem disk.wipe: here is a number with a fraction; this takes text in quotes (host.toml, line 4, column 8)
        "#);
        let merged = layers(&[
            ("a.toml", "version = 1\n[host\nname = \"x\"\n"),
            ("b.toml", "keyboard = de\n"),
        ]);
        insta::assert_snapshot!(problems(&merged), @r#"
        problem syntax: unclosed table, expected `]` (a.toml, line 2, column 6)
        problem name: unknown key "name" at the top of the file; it takes "version", "language", "keyboard", "timezone", "console", "host", "time", "network", "disk", "guests", "checks", "finish" and "report" (a.toml, line 3, column 1)
        problem syntax: text must stand in quotes (b.toml, line 1, column 12)
        "#);
    }

    #[test]
    fn what_a_later_layer_mends_is_no_problem() {
        let bad = "version = 1\ntimezone = \"nowhere\"\n[host]\nname = \"a\"\nroot-password = \"geheim123\"\n";
        assert!(layers(&[("a", bad)]).check().is_err());
        let good = layers(&[("a", bad), ("b", "timezone = \"UTC\"")]);
        assert_eq!(good.check().unwrap().timezone, "UTC");
    }
}
