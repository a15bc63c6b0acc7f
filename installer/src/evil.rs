//! A machine that wants to do something to the terminal: every text that comes from a disk, the firmware, a server or a file is
//! evil. Whatever is made of it, on consoles, in lines for people and on pages, must show that and do nothing.

use crate::execute::{Event, Failure, journal};
use crate::machine::Machine;
use crate::support::{self, Subject};
use crate::web::Reply;
use crate::{checks, plan, recorded, report, unattended};
use firn_words::{Language, Text, is_seen, say};
use serde_json::Value;
use std::path::Path;

/// Clears the screen, rings, fakes a line, turns the order of letters around, and hides itself.
pub const EVIL: &str = "\u{1b}[2J\u{7}\r\nFAKE: done\u{9b}31m\u{202e}\u{200b}\u{2028}\u{7f}\t\0";

/// By these the parts of a machine are held together; the kernel makes them.
const KERNELS: [&str; 7] = ["path", "mac", "pci", "medium", "device", "set", "paths"];

/// All text of the recorded machines with something evil behind it, wherever a machine may have any text.
pub fn machines() -> Vec<(String, Machine)> {
    let evil = |(name, machine): (String, Machine)| {
        let mut json = serde_json::to_value(&machine).unwrap();
        let count = taint(&mut json);
        assert!(count > 5, "{name}: only {count} evil texts");
        (name, serde_json::from_value(json).unwrap())
    };
    recorded::machines().into_iter().map(evil).collect()
}

/// Makes every text evil with which it still is a machine; gives how many.
fn taint(json: &mut Value) -> usize {
    let mut pointers = Vec::new();
    leaves(json, String::new(), &mut pointers);
    let mut count = 0;
    for pointer in pointers {
        let leaf = json.pointer_mut(&pointer).unwrap();
        let before = leaf.clone();
        *leaf = format!("{}{EVIL}", before.as_str().unwrap()).into();
        if serde_json::from_value::<Machine>(json.clone()).is_ok() {
            count += 1;
        } else {
            *json.pointer_mut(&pointer).unwrap() = before;
        }
    }
    count
}

fn leaves(json: &Value, at: String, found: &mut Vec<String>) {
    match json {
        Value::String(_) => found.push(at),
        Value::Array(list) => {
            for (n, value) in list.iter().enumerate() {
                leaves(value, format!("{at}/{n}"), found);
            }
        }
        Value::Object(map) => {
            let kernels =
                |key: &str| KERNELS.contains(&key) || key == "name" && !at.contains("firn");
            for (key, value) in map.iter().filter(|(key, _)| !kernels(key)) {
                leaves(value, format!("{at}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// Nothing in the text does anything to a terminal, and no line of it is faked.
#[track_caller]
pub fn harmless(text: &str, what: &str) {
    let unseen = text.chars().find(|c| *c != '\n' && !is_seen(*c));
    assert_eq!(unseen, None, "{what}: {text:?}");
    let faked = text
        .lines()
        .any(|line| line.trim_start().starts_with("FAKE"));
    assert!(!faked, "{what}: {text:?}");
}

/// The same of a sentence, in every language.
#[track_caller]
fn one_line(text: &Text, what: &str) {
    for language in Language::ALL {
        let text = text.in_language(language);
        harmless(&text, what);
        assert!(!text.contains('\n'), "{what}: {text:?}");
    }
}

#[test]
fn checks_report_and_short_text() {
    for (name, machine) in machines() {
        let checks = checks::run(&machine);
        for check in &checks {
            let all = [&check.verdict.text(), &check.found, &check.why, &check.todo];
            all.into_iter().for_each(|text| one_line(text, &name));
        }
        for line in report::report(&machine, &checks) {
            one_line(&line, &name);
        }
        let failure = Failure {
            step: EVIL.into(),
            text: EVIL.into(),
            status: Some(EVIL.into()),
            tail: vec![EVIL.into()],
            ..Failure::default()
        };
        let short = support::short(&Subject {
            machine: &machine,
            answers: None,
            plan: None,
            failure: Some(&failure),
            image: Path::new("/no-such-folder"),
        });
        harmless(&short, &name);
        assert!(short.contains(r"\x1b[2J"), "{short}");
    }
}

#[test]
fn plans_and_refusals() {
    let answers = recorded::answers();
    let mut plans = 0;
    for (name, machine) in machines() {
        for (file, text) in &answers {
            let Ok(mut answers) = firn_config::parse(text, &[]) else {
                continue;
            };
            for wipe in [answers.disk.wipe.clone(), firn_config::Wipe::Any] {
                answers.disk.wipe = wipe;
                match plan::plan(&machine, &answers) {
                    Ok(plan) => {
                        plans += 1;
                        plan.describe()
                            .iter()
                            .for_each(|line| one_line(line, &name));
                    }
                    Err(problems) => {
                        problems.iter().for_each(|p| one_line(&p.text, &name));
                        let lines = unattended::refusal(&problems);
                        lines.iter().for_each(|line| harmless(line, file));
                    }
                }
                let printed = plan::print::lines(&machine, &answers).unwrap_or_default();
                printed.iter().for_each(|line| harmless(line, file));
            }
        }
    }
    assert!(plans > 20, "only {plans} plans");
}

#[test]
fn events_on_consoles_and_in_the_log() {
    let events = [
        Event::Step {
            name: EVIL.into(),
            n: 1,
            of: 2,
            title: EVIL.into(),
        },
        Event::Warning {
            text: say!("execute-disk-gone", disk = EVIL),
        },
        Event::Error {
            step: "slot".into(),
            text: say!("execute-disk-in-use", disk = EVIL),
            command: Some(EVIL.into()),
            status: Some(EVIL.into()),
            tail: vec![EVIL.into(), "two".into()],
        },
        Event::Undone { text: EVIL.into() },
        Event::Done {
            hostname: EVIL.into(),
            addresses: vec![EVIL.into()],
        },
    ];
    for event in events {
        for line in journal::failure_lines(&event) {
            harmless(&crate::consoles::line_of(&line), "a console");
        }
        harmless(&journal::log_text(&event).unwrap_or_default(), "the log");
    }
}

#[test]
fn answer_files_and_servers() {
    // JSON's escapes of a text are TOML's as well.
    let quoted = serde_json::to_string(EVIL)
        .unwrap()
        .replace('\u{7f}', "\\u007f");
    let files = [
        "version = 1\nkeyboard = X\n",
        "version = 1\ntimezone = X\nlanguage = X\n",
        "version = 1\nX = 1\n",
        "version = X\n",
        "version = 1\n[host]\nname = X\nssh-keys = [X]\nroot-password-hash = X\n",
        "version = 1\n[disk]\ntarget = X\nwipe = X\n",
        "version = 1\n[disk]\ntarget = { path = X, bus = X, min-size = X, X = 1 }\n",
        "version = 1\n[network]\ninterface = { mac = X, name = X }\nipv4 = X\nipv6 = X\ndns = [X]\nsearch = [X]\n",
        "version = 1\n[network]\nipv4 = { address = X, gateway = X }\n",
        "version = 1\n[time]\nntp = [X]\n[finish]\naction = X\n[checks]\nskip = [X]\n",
        "version = 1\n[report]\nurl = X\n",
        "X",
        "version = 1 X\n",
    ];
    for file in files {
        let text = file.replace('X', &quoted);
        let problems = firn_config::parse(&text, &[]).unwrap_err();
        for problem in &problems {
            harmless(&problem.to_string(), file);
            one_line(&problem.text, file);
        }
        assert!(
            problems.iter().all(|p| !p.to_string().contains('\n')),
            "{file}"
        );
    }
    for body in [EVIL.as_bytes(), b"\x9b2J\xff", b"no"] {
        let reply = Reply {
            status: 503,
            again: None,
            body: body.to_vec(),
        };
        one_line(
            &reply.text(&format!("http://example.net/{EVIL}")),
            "a server's reply",
        );
    }
}
