//! The login banner: who this host is, how to reach it, and how to be sure that it is this one.

use crate::files;
use crate::status::{self, Known, problems};
use crate::wrap::wrap;
use anyhow::Result;
use firn_command::{cmd, ip};
use firn_config::BRIDGE;
use firn_visible::visible;
use std::path::Path;

const BANNER: &str = "/run/issue.d/firn.issue";
const HOST_KEY: &str = "/etc/ssh/ssh_host_ed25519_key.pub";

/// What the banner shows.
struct Host {
    name: String,
    addresses: Vec<String>,
    /// The SSH host key's fingerprint and kind, if there is a key yet.
    host_key: Option<(String, String)>,
    password: bool,
    password_over_ssh: bool,
    /// What does not work, as `firn status` says it.
    failures: Vec<String>,
}

/// The narrowest console has 80 columns; before each line stand 13.
const WIDTH: usize = 66;
/// So many lines of so many failures leave room for the login on the lowest console, which has 24.
const LINES: usize = 3;
const SHOWN: usize = 4;

/// Writes the banner and has waiting login prompts show it.
pub fn write() -> Result<()> {
    let text = banner(&look());
    if files::update(Path::new(BANNER), &text)? {
        // Only prompts that wait are drawn again; that none waits is no fault.
        let _ = cmd("agetty", ["--reload"]).run();
    }
    Ok(())
}

fn look() -> Host {
    let status::Status { name, problems, .. } = status::look();
    let Known {
        password_over_ssh, ..
    } = status::known();
    let key = cmd("ssh-keygen", ["-lf", HOST_KEY]).read().ok();
    let shadow = firn_visible::read_text("/etc/shadow").unwrap_or_default();
    Host {
        name,
        // Without a bridge (not up yet) there are simply no addresses.
        addresses: ip::usable(BRIDGE),
        host_key: key.as_deref().and_then(fingerprint),
        password: has_password(&shadow),
        password_over_ssh,
        failures: failures(&problems),
    }
}

/// Failed parts, each with its reason in one line.
fn failures(problems: &[problems::Problem]) -> Vec<String> {
    let failed = |p: &&problems::Problem| p.severity == problems::Severity::Failed;
    let line = |p: &problems::Problem| {
        let reason: Vec<&str> = p.reason.lines().map(str::trim).collect();
        visible(&format!("{}: {}", p.part, reason.join(" "))).into_owned()
    };
    problems.iter().filter(failed).map(line).collect()
}

/// Reads `256 SHA256:… comment (ED25519)`.
fn fingerprint(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace().skip(1);
    let print = words.next()?.to_owned();
    let kind = words.last()?.trim_matches(['(', ')']).to_owned();
    Some((print, kind))
}

/// Whether root can log in with a password: `!` and `*` are no hashes.
fn has_password(shadow: &str) -> bool {
    shadow
        .lines()
        .find_map(|line| line.strip_prefix("root:"))
        .is_some_and(|rest| rest.starts_with('$'))
}

fn banner(host: &Host) -> String {
    let addresses = if host.addresses.is_empty() {
        "none yet".into()
    } else {
        host.addresses.join(", ")
    };
    let key = host
        .host_key
        .as_ref()
        .map_or("none yet".into(), |(print, kind)| {
            format!("{print} ({kind})")
        });
    format!(
        "\nFirn {} on {}\n\n  Addresses  {addresses}\n  Host key   {key}\n  Log in     {}\n{}\n",
        env!("CARGO_PKG_VERSION"),
        host.name,
        ways_in(host),
        problems_text(&host.failures)
    )
}

/// A few lines for each, as they stand in an issue file: there `\\` begins what agetty replaces.
fn problems_text(failures: &[String]) -> String {
    let lines = |text: &String| wrap(text, WIDTH, LINES).join("\n             ");
    let mut shown: Vec<String> = failures.iter().take(SHOWN).map(lines).collect();
    if failures.len() > SHOWN {
        shown.push(format!("and {} more", failures.len() - SHOWN));
    }
    let text: String = shown
        .iter()
        .map(|text| format!("  Problem    {text}\n"))
        .collect();
    let more = match failures {
        [] => "",
        _ => "             `firn status` says all of it\n",
    };
    text.replace('\\', "\\\\") + more
}

fn ways_in(host: &Host) -> String {
    let address = host.addresses.first().map_or("ADDRESS", String::as_str);
    let ssh = format!("ssh root@{address}");
    match (host.password, host.password_over_ssh) {
        (true, true) => format!("as root here, or {ssh}"),
        (true, false) => format!("as root here, or {ssh} with a key"),
        (false, _) => format!("{ssh} with a key (root has no password: not here)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host() -> Host {
        Host {
            name: "xen1.example.net".into(),
            addresses: vec!["192.0.2.10".into(), "2001:db8::10".into()],
            host_key: Some(("SHA256:abc".into(), "ED25519".into())),
            password: true,
            password_over_ssh: true,
            failures: Vec::new(),
        }
    }

    #[test]
    fn the_banner_names_host_addresses_and_key() {
        insta::assert_snapshot!(banner(&host()).replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r"

        Firn VERSION on xen1.example.net

          Addresses  192.0.2.10, 2001:db8::10
          Host key   SHA256:abc (ED25519)
          Log in     as root here, or ssh root@192.0.2.10

        ");
    }

    #[test]
    fn failed_parts_stand_on_the_login_screen_with_their_reasons() {
        let problem = |severity, part: &str, reason: &str| problems::Problem {
            severity,
            part: part.into(),
            reason: reason.into(),
        };
        use problems::Severity::{Failed, Warning};
        let found = [
            problem(
                Failed,
                "Store for guests (firn-store.service)",
                "exit status 1: running `lvm vgchange --activate y firn`: exit status: 5: Volume group \"firn\" not found",
            ),
            problem(Failed, "settings", "mistakes:\n  problem a\\nb"),
            problem(Warning, "clock", "not set"),
        ];
        let host = Host {
            failures: failures(&found),
            ..host()
        };
        insta::assert_snapshot!(banner(&host).replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r#"

        Firn VERSION on xen1.example.net

          Addresses  192.0.2.10, 2001:db8::10
          Host key   SHA256:abc (ED25519)
          Log in     as root here, or ssh root@192.0.2.10
          Problem    Store for guests (firn-store.service): exit status 1: running `lvm
                     vgchange --activate y firn`: exit status: 5: Volume group "firn"
                     not found
          Problem    settings: mistakes: problem a\\nb
                     `firn status` says all of it

        "#);
        let many: Vec<String> = (0..8).map(|n| format!("part {n}")).collect();
        let text = problems_text(&many);
        assert!(text.contains("part 3\n  Problem    and 4 more\n"), "{text}");
    }

    /// The words after `KEY=` in a unit of this host, in their order.
    fn unit(file: &str, key: &str) -> Vec<String> {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../overlay/root/usr/lib/systemd/system"
        );
        let text = std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let values = text.lines().filter_map(|line| line.strip_prefix(key));
        values
            .filter_map(|value| value.strip_prefix('='))
            .map(str::to_owned)
            .collect()
    }

    /// systemd drops the start of a service that is running, and what asks for a look may come after that one has looked.
    #[test]
    fn no_failure_is_lost_while_the_login_screen_is_written() {
        let asks = "firn-look.service";
        for (file, key) in [
            ("service.d/10-firn-failure.conf", "OnFailure"),
            ("firn-issue.path", "Unit"),
        ] {
            assert_eq!(unit(file, key), [asks], "{file}");
        }
        let wanted = unit("firn-look.path", "PathExists").remove(0);
        assert_eq!(
            unit(asks, "ExecStart"),
            [format!("/usr/bin/touch {wanted}")]
        );
        assert_eq!(unit("firn-look.path", "Unit"), ["firn-issue.service"]);
        assert!(unit("multi-user.target.wants/firn-look.path", "PathExists").contains(&wanted));
        // Removed before the look, else it would be lost or never end.
        let before = unit("firn-issue.service", "ExecStartPre");
        assert_eq!(before[0], format!("/usr/bin/rm -f {wanted}"));
        // A burst of failures is no reason to stop asking, and what asks does not ask for itself.
        assert_eq!(unit(asks, "StartLimitIntervalSec"), ["0"]);
        for name in [asks, "firn-issue.service"] {
            let itself = unit(&format!("{name}.d/10-firn-failure.conf"), "OnFailure");
            assert!(itself.is_empty(), "{name}");
        }
    }

    #[test]
    fn before_the_network_is_up_it_says_so() {
        let host = Host {
            addresses: Vec::new(),
            host_key: None,
            password: false,
            ..host()
        };
        insta::assert_snapshot!(banner(&host).replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r"

        Firn VERSION on xen1.example.net

          Addresses  none yet
          Host key   none yet
          Log in     ssh root@ADDRESS with a key (root has no password: not here)

        ");
    }

    #[test]
    fn fingerprints_are_read_with_and_without_comment() {
        let expected = Some(("SHA256:x".to_owned(), "ED25519".to_owned()));
        assert_eq!(fingerprint("256 SHA256:x root@host (ED25519)"), expected);
        assert_eq!(fingerprint("256 SHA256:x no comment (ED25519)"), expected);
        assert_eq!(fingerprint("no"), None);
    }

    #[test]
    fn only_a_hash_is_a_password() {
        assert!(has_password("daemon:*:1::\nroot:$y$j9T$a:1::\n"));
        assert!(!has_password("root:!:1::\n"));
        assert!(!has_password("root:*:1::\n"));
        assert!(!has_password(""));
    }
}
