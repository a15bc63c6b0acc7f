//! Tests of [`super`].

use super::*;
use anyhow::{Context, anyhow};
use firn_command::cmd;
use firn_config::Secret;
use firn_words::Language;

fn failed(script: &str) -> anyhow::Error {
    cmd("sh", ["-c", script]).run().unwrap_err().into()
}

#[test]
fn a_command_is_told_apart_into_line_status_and_tail() {
    let error = failed("echo one; echo two >&2; echo three >&2; exit 3");
    let failure = of("slot", &error, &Secrets::default());
    assert_eq!(
        failure.command.as_deref(),
        Some("sh -c \"echo one; echo two >&2; echo three >&2; exit 3\"")
    );
    assert_eq!(failure.status.as_deref(), Some("exit status: 3"));
    assert_eq!(failure.tail, ["two", "three"]);
    assert_eq!(
        failure.text.to_string(),
        "the program sh ended with exit status: 3: three"
    );
    assert_eq!(
        failure.text.in_language(Language::De),
        "das Programm sh endete mit Exit-Status 3: three"
    );
}

/// A program that could not be started.
fn unread(number: i32) -> anyhow::Error {
    let source = io::Error::from_raw_os_error(number);
    let program = "mkfs.ext4".into();
    CommandError::Start { program, source }.into()
}

#[test]
fn causes_are_recognised() {
    let io = |n| anyhow::Error::from(io::Error::from_raw_os_error(n));
    let table = [
        (failed("kill -9 $$"), Cause::Killed),
        (failed("kill -BUS $$"), Cause::Medium),
        (unread(5), Cause::Medium),
        (unread(2), Cause::Other),
        (
            failed("echo 'x: Input/output error' >&2; exit 1"),
            Cause::DiskErrors,
        ),
        (
            failed("echo 'Warning, had trouble writing out superblocks.' >&2; exit 1"),
            Cause::Other,
        ),
        (
            failed("echo 'No space left on device' >&2; exit 1"),
            Cause::Full,
        ),
        (
            io(5).context("writing /run/firn/target/slot/x"),
            Cause::DiskErrors,
        ),
        (
            io(5).context("reading /run/firn/medium/firn/x"),
            Cause::Medium,
        ),
        (io(28).context("writing"), Cause::Full),
        (
            io(16).context(Said(say!("execute-disk-in-use", disk = "/dev/sda"))),
            Cause::Busy,
        ),
        (
            anyhow!(Said(say!("execute-medium-gone", file = "x"))),
            Cause::Medium,
        ),
        (anyhow!("something else"), Cause::Other),
    ];
    for (error, expected) in table {
        assert_eq!(cause(&error), expected, "{error:#}");
    }
}

#[test]
fn sentences_of_steps_come_first_and_keep_the_reason() {
    let error = anyhow::Error::from(io::Error::from_raw_os_error(16))
        .context(Said(say!("execute-disk-in-use", disk = "/dev/sda")));
    let failure = of("prepare", &error, &Secrets::default());
    assert_eq!(
        failure.text.to_string(),
        "/dev/sda cannot be opened for writing alone: Device or resource busy (os error 16)"
    );
    let error: anyhow::Result<()> = Err(failed("exit 1")).context("writing");
    let text = of("esp", &error.unwrap_err(), &Secrets::default()).text;
    assert_eq!(text.to_string(), "the program sh ended with exit status: 1");
}

#[test]
fn no_secret_gets_through() {
    let secrets = Secrets {
        password: Some(Secret("CANARY-password".into())),
        password_hash: Some(Secret("$y$CANARY-hash".into())),
        ..Secrets::default()
    };
    let error = failed("echo 'CANARY-password and $y$CANARY-hash' >&2; exit 1");
    let failure = of("state", &error, &secrets);
    let all = format!("{failure:?} {}", failure.text);
    assert!(!all.contains("CANARY"), "{all}");
    assert!(all.contains("[secret]"));
    let error = anyhow!("cannot use CANARY-password");
    assert_eq!(
        of("state", &error, &secrets).text.to_string(),
        "cannot use [secret]"
    );
}
