//! Whether anybody can log in to the host when it is there: what its keys say of themselves, against the clock.

use firn_config::{Answers, Problem, SshKey, read_ssh_key};
use firn_machine::{Clock, Machine};
use firn_words::say;
use jiff::Timestamp;

/// Without a password there must be a key that sshd still takes.
pub fn check(machine: &Machine, answers: &Answers) -> Option<Problem> {
    let host = &answers.host;
    if host.root_password.is_some() || host.root_password_hash.is_some() {
        return None;
    }
    let now = time(machine.clock)?;
    let compared = now.strftime("%Y%m%d%H%M%S").to_string();
    let keys = host
        .ssh_keys
        .iter()
        .filter_map(|key| read_ssh_key(key).ok());
    let mut useful = keys.filter(|key| key.gives_shell).peekable();
    useful.peek()?;
    let lasts = |key: SshKey| key.expires.is_none_or(|end| end > compared);
    if useful.any(lasts) {
        return None;
    }
    let now = now.strftime("%Y-%m-%d %H:%M").to_string();
    Some(Problem::new(
        "host.ssh-keys",
        say!("plan-keys-expired", now = now),
    ))
}

/// A clock that says a time before the image was made is wrong.
fn time(clock: Clock) -> Option<Timestamp> {
    let seconds = clock.now.max(clock.image)?;
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::Secret;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin";

    fn machine(now: u64) -> Machine {
        let mut machine = Machine::default();
        machine.clock.now = Some(now);
        machine
    }

    fn with(keys: &[&str]) -> Answers {
        let mut answers = Answers::default();
        let line = |options: &&str| format!("{options}{KEY}");
        answers.host.ssh_keys = keys.iter().map(line).collect();
        answers
    }

    #[test]
    fn keys_that_have_all_expired_let_nobody_in() {
        let today = machine(1_796_000_000);
        let expired = with(&[
            "expiry-time=\"20200101\" ",
            "expiry-time=\"202611010000Z\" ",
        ]);
        insta::assert_snapshot!(check(&today, &expired).unwrap(), @r#"problem host.ssh-keys: by this machine's clock (2026-11-30 00:53 UTC) every SSH key has expired, and there is no password, so nobody could log in; give a key without "expiry-time=", or set the clock"#);
        assert_eq!(check(&machine(0), &expired), None);
        assert_eq!(check(&Machine::default(), &expired), None);
        let mut wrong_clock = machine(0);
        wrong_clock.clock.image = Some(1_796_000_000);
        assert!(check(&wrong_clock, &expired).is_some());
        for good in [
            &["expiry-time=\"20200101\" ", ""][..],
            &["expiry-time=\"20991231\" "],
            &[],
        ] {
            assert_eq!(check(&today, &with(good)), None, "{good:?}");
        }
        let only_a_command = with(&["expiry-time=\"20200101\" ", "command=\"backup\" "]);
        assert!(check(&today, &only_a_command).is_some());
        let mut password = expired;
        password.host.root_password = Some(Secret("geheim".into()));
        assert_eq!(check(&today, &password), None);
    }
}
