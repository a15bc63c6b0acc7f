//! `docs/command.md`, made from what clap knows.

use crate::arguments::Arguments;
use clap::{Arg, Command, CommandFactory};

const HEAD: &str = "\
# The command

<!-- Made from host/firn/src/arguments/ by `FIRN_DOCS=write cargo test -p firn`; do not edit. -->

`firn` is on every installed host. `firn help` and `firn COMMAND --help` say the same as this page; [guests.md](guests.md) is an
introduction. With `--host USER@HOST` before or behind a command, the firnd of another host is asked, through ssh.

";

/// The page: what holds for all commands, then one section for each.
fn page() -> String {
    let mut top = Arguments::command();
    top.build();
    let notes = top.get_after_help().map(ToString::to_string);
    let notes = notes.unwrap_or_default();
    let mut text = format!("{HEAD}```text\n{}\n```\n", notes.trim());
    for command in commands(&top) {
        section(command, "firn", &mut text);
    }
    text
}

fn commands(of: &Command) -> impl Iterator<Item = &Command> {
    let shown = |command: &&Command| !command.is_hide_set() && command.get_name() != "help";
    of.get_subcommands().filter(shown)
}

fn section(command: &Command, above: &str, text: &mut String) {
    let name = format!("{above} {}", command.get_name());
    // A command that only has others below it says nothing that those do not say.
    if command.get_subcommands().next().is_none() || !command.is_subcommand_required_set() {
        *text += &format!("\n## {name}\n\n{}.\n", about(command));
        *text += &usage(command);
        *text += &table(command);
        if let Some(notes) = command.get_after_help() {
            *text += &format!("\n```text\n{}\n```\n", notes.to_string().trim());
        }
    }
    commands(command).for_each(|below| section(below, &name, text));
}

fn about(command: &Command) -> String {
    command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let lines: Vec<&str> = usage.lines().map(str::trim).collect();
    format!("\n```text\n{}\n```\n", lines.join("\n"))
}

fn table(command: &Command) -> String {
    let shown = |arg: &&Arg| {
        !arg.is_hide_set() && !["help", "version", "host"].contains(&arg.get_id().as_str())
    };
    let rows: String = command.get_arguments().filter(shown).map(row).collect();
    if rows.is_empty() {
        return rows;
    }
    format!("\n| argument | meaning |\n| --- | --- |\n{rows}")
}

fn row(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    let value = names
        .iter()
        .map(|name| name.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let takes = arg.get_action().takes_values();
    let name = match arg.get_long() {
        Some(long) if takes => format!("--{long} {value}"),
        Some(long) => format!("--{long}"),
        None => value,
    };
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    format!(
        "| `{}` | {} |\n",
        name.replace('|', "\\|"),
        help.replace('|', "\\|")
    )
}

/// Compares the page with what it should be; writes it if `FIRN_DOCS=write`.
#[test]
fn docs_are_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/command.md");
    let expected = page();
    if std::env::var("FIRN_DOCS").is_ok_and(|v| v == "write") {
        std::fs::write(path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/command.md is old; run FIRN_DOCS=write cargo test -p firn"
    );
}

#[test]
fn clap_finds_nothing_wrong_with_the_arguments() {
    Arguments::command().debug_assert();
}
