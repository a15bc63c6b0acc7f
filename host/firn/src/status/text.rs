//! The status for people.

use super::Status;
use super::pool::Room;
use super::problems::{Problem, Severity};
use super::xen::{Guest, Xen};
use firn_visible::{visible, visible_lines};

/// A page of plain text.
pub fn render(status: &Status) -> String {
    let addresses = if status.addresses.is_empty() {
        "none".into()
    } else {
        status.addresses.join(", ")
    };
    let store = match (&status.store.room, status.store.kind) {
        (Some(found), kind) => format!("{kind}, {}", room(found)),
        (None, "unknown") => "unknown".into(),
        (None, kind) => format!("{kind}, not active"),
    };
    let mut text = format!("Firn {} on {}\n\n", status.version, visible(&status.name));
    text += &status.problems.iter().map(problem).collect::<String>();
    text += &format!("  Addresses  {addresses}\n");
    text += &format!(
        "  Xen        {}\n",
        status.xen.as_ref().map_or("not running".into(), xen)
    );
    text += &format!("  Store      {store}\n");
    text += "  Guests     ";
    if status.guests.is_empty() {
        return text + "none running\n";
    }
    let guest = |guest| visible(&self::guest(guest)).into_owned();
    let lines: Vec<String> = status.guests.iter().map(guest).collect();
    text + &lines.join("\n             ") + "\n"
}

fn problem(problem: &Problem) -> String {
    let word = match problem.severity {
        Severity::Failed => "Problem",
        Severity::Warning => "Warning",
    };
    // Further lines of a reason are indented by two already.
    let reason = visible_lines(&problem.reason).replace('\n', "\n           ");
    format!("  {word}    {}: {reason}\n", visible(&problem.part))
}

fn xen(xen: &Xen) -> String {
    let Xen {
        version,
        memory_mib,
        free_mib,
        ..
    } = xen;
    let version = visible(version);
    format!("{version}, {free_mib} of {memory_mib} MiB free for guests")
}

fn room(room: &Room) -> String {
    let gb = |bytes: u64| bytes as f64 / 1e9;
    let metadata = room.metadata_percent.map_or(String::new(), |percent| {
        format!(", metadata {percent:.0} % full")
    });
    format!(
        "{:.1} of {:.1} GB used{metadata}",
        gb(room.used_bytes),
        gb(room.size_bytes)
    )
}

fn guest(guest: &Guest) -> String {
    let word = if guest.vcpus == 1 { "CPU" } else { "CPUs" };
    format!(
        "{} ({} MiB, {} {word})",
        guest.name, guest.memory_mib, guest.vcpus
    )
}

#[cfg(test)]
mod tests {
    use super::super::StoreStatus;
    use super::*;

    #[test]
    fn a_running_host_fills_a_page() {
        let guest = |name: &str, vcpus| Guest {
            name: name.into(),
            id: 1,
            memory_mib: 900,
            vcpus,
        };
        let status = Status {
            version: "1.0",
            name: "xen1.example.net".into(),
            addresses: vec!["192.0.2.10".into()],
            xen: Some(Xen {
                version: "4.20.3".into(),
                memory_mib: 4095,
                free_mib: 3200,
                capabilities: String::new(),
            }),
            store: StoreStatus {
                kind: "lvm-thin",
                room: Some(Room {
                    size_bytes: 10_000_000_000,
                    used_bytes: 1_250_000_000,
                    metadata_percent: Some(3.2),
                }),
            },
            guests: vec![guest("web", 1), guest("db", 2)],
            problems: Vec::new(),
        };
        insta::assert_snapshot!(render(&status), @r"
        Firn 1.0 on xen1.example.net

          Addresses  192.0.2.10
          Xen        4.20.3, 3200 of 4095 MiB free for guests
          Store      lvm-thin, 1.2 of 10.0 GB used, metadata 3 % full
          Guests     web (900 MiB, 1 CPU)
                     db (900 MiB, 2 CPUs)
        ");
    }

    #[test]
    fn nothing_that_a_guest_is_called_moves_the_cursor() {
        let evil = "a\u{1b}[2J\u{202e}b";
        let status = Status {
            version: "1.0",
            name: evil.into(),
            addresses: Vec::new(),
            xen: Some(Xen {
                version: evil.into(),
                memory_mib: 1,
                free_mib: 1,
                capabilities: String::new(),
            }),
            store: StoreStatus {
                kind: "files",
                room: None,
            },
            guests: vec![Guest {
                name: evil.into(),
                id: 1,
                memory_mib: 1,
                vcpus: 1,
            }],
            problems: vec![Problem::failed("Xen", evil)],
        };
        let text = render(&status);
        assert_eq!(text.matches(r"a\x1b[2J\u{202e}b").count(), 4, "{text}");
        assert!(text.chars().all(|c| c == '\n' || firn_visible::is_seen(c)));
    }

    #[test]
    fn a_broken_host_has_a_status_too() {
        let store = StoreStatus {
            kind: "files",
            room: None,
        };
        let status = Status {
            version: "1.0",
            name: "x".into(),
            addresses: Vec::new(),
            xen: None,
            store,
            guests: Vec::new(),
            problems: Vec::new(),
        };
        insta::assert_snapshot!(render(&status), @r"
        Firn 1.0 on x

          Addresses  none
          Xen        not running
          Store      files, not active
          Guests     none running
        ");
        let status = Status {
            store: StoreStatus {
                kind: "unknown",
                room: None,
            },
            problems: vec![
                Problem {
                    severity: Severity::Failed,
                    part: "Store for guests (firn-store.service)".into(),
                    reason: "exit status 1: no".into(),
                },
                Problem {
                    severity: Severity::Failed,
                    part: "settings".into(),
                    reason: "host.toml has mistakes:\n  problem a: b\n  problem c: d".into(),
                },
                Problem {
                    severity: Severity::Warning,
                    part: "clock".into(),
                    reason: "not set".into(),
                },
            ],
            ..status
        };
        insta::assert_snapshot!(render(&status), @r"
        Firn 1.0 on x

          Problem    Store for guests (firn-store.service): exit status 1: no
          Problem    settings: host.toml has mistakes:
                     problem a: b
                     problem c: d
          Warning    clock: not set
          Addresses  none
          Xen        not running
          Store      unknown
          Guests     none running
        ");
    }
}
