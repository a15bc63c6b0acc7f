//! Why a command has not done what it should, and the exit status that says it to scripts.

use firn_api::{Problem, Task};
use firn_client::{Error, Unknown};
use firn_words::{Language, Text, say};
use std::io;

/// Failed.
pub const FAILED: u8 = 1;
/// What was typed is wrong; typing it again does not help.
pub const USAGE: u8 = 2;
/// What was named does not exist.
pub const NOT_FOUND: u8 = 3;
/// Things are not in the state for this.
pub const CONFLICT: u8 = 4;
/// What shells give a program that Ctrl+C has ended.
const INTERRUPTED: u8 = 130;

/// Which option of the command stands for a field of a request; the longest that fits is the one.
const OPTIONS: [(&str, &str); 23] = [
    ("autostart", "--autostart"),
    ("boot", "--kernel"),
    ("checksum", "--checksum"),
    ("cpus", "--cpus"),
    ("disk", "SIZE"),
    ("disks", "--disk"),
    ("from", "--image"),
    ("image", "--image"),
    ("limit", "--limit"),
    ("memory", "--memory"),
    ("name", "NAME"),
    ("network", "NETWORK"),
    ("nic", "NETWORK"),
    ("nics", "--nic"),
    ("notes", "--notes"),
    ("seed.address", "--address"),
    ("seed.address.dns", "--dns"),
    ("seed.address.gateway", "--gateway"),
    ("seed.host_name", "--host-name"),
    ("seed.ssh_keys", "--ssh-key"),
    ("seed.user", "--user"),
    ("size", "SIZE"),
    ("template", "--template"),
];

/// Why a command has not done what it should.
#[derive(Debug)]
pub enum Failure {
    /// firnd could not be asked, or refuses.
    Asked(Error),
    /// This program says why, with an exit status.
    Said(u8, Text),
    /// The task has not done it.
    Ended(Box<Task>),
    /// Nobody takes what is written.
    Output(io::Error),
}

impl Failure {
    /// Something of a name that is none here, and what was perhaps meant.
    pub fn unknown(typed: &str, unknown: Unknown) -> Self {
        let typed = format!("{typed:?}");
        match unknown {
            Unknown::Nothing(None) => Self::Said(NOT_FOUND, say!("command-nothing", name = typed)),
            Unknown::Nothing(Some(meant)) => {
                let meant = format!("{meant:?}");
                Self::Said(
                    NOT_FOUND,
                    say!("command-nothing-meant", name = typed, meant = meant),
                )
            }
            Unknown::Several(ids) => {
                let ids: Vec<String> = ids.iter().map(|id| format!("id:{id}")).collect();
                let text = say!("command-several", name = typed, ids = ids.join(", "));
                Self::Said(CONFLICT, text)
            }
        }
    }

    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Self::Asked(Error::Interrupted) => INTERRUPTED,
            Self::Asked(Error::Refused(problems)) => match problems.status {
                400 | 422 => USAGE,
                404 => NOT_FOUND,
                409 | 412 => CONFLICT,
                _ => FAILED,
            },
            Self::Said(status, _) => *status,
            Self::Asked(_) | Self::Ended(_) | Self::Output(_) => FAILED,
        }
    }

    /// What to say about it, one line each.
    pub fn told(&self, language: Language) -> Vec<String> {
        match self {
            Self::Asked(Error::Refused(all)) if !all.problems.is_empty() => {
                let line = |problem| named(problem, language);
                all.problems.iter().map(line).collect()
            }
            Self::Asked(error) => error.told(language),
            Self::Said(_, text) => vec![text.in_language(language)],
            Self::Ended(task) if task.problems.is_empty() => {
                let (id, name) = (&task.id, &task.name);
                let text = say!("command-task-cancelled", id = id, name = name);
                vec![text.in_language(language)]
            }
            Self::Ended(task) => task.problems.iter().map(|p| p.told(language)).collect(),
            // Whoever reads has gone, which is nothing to talk about.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Vec::new(),
            Self::Output(error) => {
                let text = say!("command-output", reason = error.to_string());
                vec![text.in_language(language)]
            }
        }
    }
}

/// A problem behind the option that it is about.
fn named(problem: &Problem, language: Language) -> String {
    let told = problem.told(language);
    match problem.field.as_deref() {
        Some(field) => format!("{}: {told}", firn_words::visible(option(field))),
        None => told,
    }
}

fn option(field: &str) -> &str {
    let fits = |name: &str| {
        let rest = field.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let fitting = OPTIONS.iter().filter(|(name, _)| fits(name));
    let best = fitting.max_by_key(|(name, _)| name.len());
    best.map_or(field, |(_, option)| option)
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Asked(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_api::Problems;

    #[test]
    fn a_refusal_names_the_option_and_its_status() {
        let problem = |field: Option<&str>| Problem {
            text: "no".into(),
            field: field.map(str::to_owned),
            ..Problem::default()
        };
        let fields = [
            "memory",
            "disks[0].size",
            "seed.address.dns[1]",
            "seed.address.address",
            "names",
        ];
        let mut problems: Vec<_> = fields.iter().map(|field| problem(Some(field))).collect();
        problems.push(problem(None));
        let failure = Failure::from(Error::Refused(Problems::new(422, "wrong", problems)));
        assert_eq!(failure.status(), USAGE);
        assert_eq!(
            failure.told(Language::En),
            [
                "--memory: no",
                "--disk: no",
                "--dns: no",
                "--address: no",
                "names: no",
                "no"
            ]
        );
    }

    #[test]
    fn scripts_tell_failures_apart_by_the_status() {
        let refused = |status| Error::Refused(Problems::new(status, "", Vec::new()));
        let status = |status| Failure::from(refused(status)).status();
        let all = [400, 404, 409, 412, 413, 422, 429, 503, 507].map(status);
        assert_eq!(all, [2, 3, 4, 4, 1, 2, 1, 1, 1]);
        assert_eq!(Failure::from(Error::Interrupted).status(), 130);
    }

    #[test]
    fn names_that_are_none_say_what_was_meant() {
        let told = |unknown| {
            let failure = Failure::unknown("wbe1", unknown);
            (failure.status(), failure.told(Language::En).remove(0))
        };
        let meant = Unknown::Nothing(Some("web1".into()));
        assert_eq!(
            told(meant),
            (
                3,
                "nothing here is called \"wbe1\"; did you mean \"web1\"?".into()
            )
        );
        assert_eq!(
            told(Unknown::Nothing(None)),
            (3, "nothing here is called \"wbe1\"".into())
        );
        let several = Unknown::Several(vec!["aaaaaaaa".into(), "bbbbbbbb".into()]);
        assert_eq!(
            told(several),
            (
                4,
                "more than one is called \"wbe1\"; say which: id:aaaaaaaa, id:bbbbbbbb".into()
            )
        );
    }
}
