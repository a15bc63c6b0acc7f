//! Units of systemd that have failed, and why.

use super::Problem;
use firn_command::cmd;
use firn_visible::visible;
use std::collections::BTreeMap;

const PROPERTIES: &str = "--property=Id,Description,ActiveState,Result,ExecMainCode,ExecMainStatus";
/// `CLD_EXITED` of wait(2): the program ended by itself.
const EXITED: &str = "1";
/// Lines of the journal in which the program's last word is looked for.
const LINES: &str = "20";

/// Properties of one unit.
type Unit<'t> = BTreeMap<&'t str, &'t str>;

/// One problem for each unit that has failed.
pub fn failed() -> Vec<Problem> {
    match cmd("systemctl", ["show", "*", PROPERTIES]).read() {
        Ok(text) => units(&text)
            .iter()
            .map(|unit| problem(unit, &last_word(value(unit, "Id"))))
            .collect(),
        Err(error) => vec![Problem::failed(
            "systemd",
            visible(&error.last_words()).into_owned(),
        )],
    }
}

/// Those that have failed, out of what `systemctl show` writes: one block each.
fn units(text: &str) -> Vec<Unit<'_>> {
    let blocks = text.split("\n\n").map(str::lines);
    let units = blocks.map(|lines| {
        lines
            .filter_map(|line| line.split_once('='))
            .collect::<Unit<'_>>()
    });
    units
        .filter(|unit| value(unit, "ActiveState") == "failed")
        .collect()
}

fn value<'t>(unit: &Unit<'t>, key: &str) -> &'t str {
    unit.get(key).copied().unwrap_or_default()
}

fn problem(unit: &Unit<'_>, said: &str) -> Problem {
    let (id, description) = (value(unit, "Id"), value(unit, "Description"));
    let part = match description {
        "" => id.to_owned(),
        text if text == id => id.to_owned(),
        text => format!("{} ({id})", visible(text)),
    };
    let how = how(unit);
    let reason = match said {
        "" => format!("{how}; journalctl --boot --unit={id} may say more"),
        said => format!("{how}: {said}"),
    };
    Problem::failed(part, reason)
}

/// How it has ended, in the words of systemd.exec(5) and systemd.service(5) made plain.
fn how(unit: &Unit<'_>) -> String {
    let status = value(unit, "ExecMainStatus");
    match value(unit, "Result") {
        "exit-code" if matches!(status, "" | "0") => "one of its programs has failed".into(),
        "exit-code" => format!("exit status {status}"),
        "signal" | "core-dump" if value(unit, "ExecMainCode") != EXITED && !status.is_empty() => {
            format!("ended by signal {status}")
        }
        "signal" | "core-dump" => "ended by a signal".into(),
        "timeout" => "it took too long".into(),
        "watchdog" => "it gave no sign of life".into(),
        "start-limit-hit" => "started too often in a short time".into(),
        "oom-kill" => "ended because memory ran out".into(),
        "resources" => "systemd lacked what starting it needs".into(),
        "" | "success" => "failed".into(),
        other => visible(other).into_owned(),
    }
}

/// What the unit's own program said last in this run; systemd's own lines are left out, which say only that it failed.
fn last_word(id: &str) -> String {
    let unit = format!("_SYSTEMD_UNIT={id}");
    let args = ["--boot", "--quiet", "--output=cat", "--lines", LINES, &unit];
    let said = cmd("journalctl", args).bytes().unwrap_or_default();
    last_line(&String::from_utf8_lossy(&said))
}

fn last_line(said: &str) -> String {
    let mut lines = said.lines().rev().map(str::trim);
    let last = lines.find(|line| !line.is_empty()).unwrap_or_default();
    visible(last.strip_prefix("error: ").unwrap_or(last)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN: &str = "Id=ssh.service\nDescription=OpenBSD Secure Shell server\nActiveState=active\nResult=success\n\n\
        Id=firn-store.service\nDescription=Store for guests\nActiveState=failed\nResult=exit-code\nExecMainCode=1\nExecMainStatus=1\n\n\
        Id=a.mount\nDescription=a.mount\nActiveState=failed\nResult=timeout\n";

    #[test]
    fn only_failed_units_are_named_with_their_reason() {
        let found = units(SHOWN);
        assert_eq!(found.len(), 2);
        assert_eq!(
            problem(&found[0], "Volume group \"firn\" not found"),
            Problem::failed(
                "Store for guests (firn-store.service)",
                "exit status 1: Volume group \"firn\" not found"
            )
        );
        assert_eq!(
            problem(&found[1], ""),
            Problem::failed(
                "a.mount",
                "it took too long; journalctl --boot --unit=a.mount may say more"
            )
        );
        assert!(units("").is_empty());
    }

    #[test]
    fn each_way_to_fail_has_its_words() {
        let table = [
            ("exit-code", "1", "3", "exit status 3"),
            ("exit-code", "0", "0", "one of its programs has failed"),
            ("signal", "2", "9", "ended by signal 9"),
            ("core-dump", "3", "11", "ended by signal 11"),
            (
                "start-limit-hit",
                "1",
                "0",
                "started too often in a short time",
            ),
            ("oom-kill", "2", "9", "ended because memory ran out"),
            ("protocol", "1", "0", "protocol"),
        ];
        for (result, code, status, words) in table {
            let unit = BTreeMap::from([
                ("Result", result),
                ("ExecMainCode", code),
                ("ExecMainStatus", status),
            ]);
            assert_eq!(how(&unit), words, "{result}");
        }
    }

    #[test]
    fn the_last_word_is_harmless_on_a_terminal() {
        assert_eq!(last_line("one\n  error: two\n\n"), "two");
        assert_eq!(last_line("x\u{1b}[2J\n"), "x\\x1b[2J");
        assert_eq!(last_line(""), "");
    }
}
