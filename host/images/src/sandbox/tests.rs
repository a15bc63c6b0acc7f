//! The machinery around a program, with programs that every system has; and the line that systemd is given.

use super::*;
use line::words;
use std::io::{Seek, Write};

fn go() -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn job(program: &'static str, args: &[&str]) -> Job {
    Job {
        program,
        args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        ..Job::default()
    }
}

#[test]
fn output_and_last_words_arrive() {
    let mut said: Vec<u8> = Vec::new();
    let job = job("sh", &["-c", "cat; echo one >&2; echo two >&2; exit 3"]);
    let mut input = tempfile::tempfile().unwrap();
    input.write_all(b"hello").unwrap();
    input.rewind().unwrap();
    let job = Job {
        input: Some(input),
        ..job
    };
    let mut take = |bytes: &[u8]| {
        said.extend(bytes);
        go()
    };
    let outcome = run(&job, &mut take, &mut go).unwrap();
    assert_eq!(
        (outcome.code, outcome.last_words.as_str()),
        (Some(3), "two")
    );
    assert!(!outcome.success());
    assert_eq!(said, b"hello");
}

#[test]
fn a_program_that_says_nothing_is_ended_when_asked() {
    let begun = std::time::Instant::now();
    let error = run(&job("sleep", &["100"]), &mut |_| go(), &mut || {
        if begun.elapsed().as_millis() > 300 {
            ControlFlow::Break(())
        } else {
            go()
        }
    });
    assert_eq!(error.unwrap_err(), Error::Cancelled);
    assert!(begun.elapsed().as_secs() < 20);
}

#[test]
fn a_program_without_an_end_is_ended_when_there_is_enough() {
    let mut count = 0;
    let mut take = |bytes: &[u8]| {
        count += bytes.len();
        if count > 1 << 20 {
            ControlFlow::Break(())
        } else {
            go()
        }
    };
    assert!(run(&job("yes", &[]), &mut take, &mut go).is_ok());
}

#[test]
fn a_missing_program_is_named() {
    let error = run(&job("no-such-program", &[]), &mut |_| go(), &mut go).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no-such-program has failed: prlimit: failed to execute no-such-program: No such file or directory"
    );
}

#[test]
fn the_output_is_written_through_its_descriptor() {
    let output = tempfile::tempfile().unwrap();
    let job = Job {
        output: Some(output.try_clone().unwrap()),
        ..job("sh", &["-c", "echo text > <output>"])
    };
    assert!(run(&job, &mut |_| go(), &mut go).unwrap().success());
    assert_eq!(output.metadata().unwrap().len(), 5);
}

#[test]
fn a_unit_has_descriptors_and_nothing_else() {
    let disk = tempfile::NamedTempFile::new().unwrap();
    let job = Job {
        output: Some(tempfile::tempfile().unwrap()),
        disk: Some(disk.path().to_owned()),
        ..job("qemu-img", &["convert", INPUT, OUTPUT, DISK])
    };
    let line = words(Place::Unit, &job, "firn-image-1-0.service").unwrap();
    let begin = [
        "systemd-run",
        "--quiet",
        "--wait",
        "--pipe",
        "--collect",
        "--service-type=exec",
        "--unit=firn-image-1-0.service",
    ];
    assert_eq!(line[..begin.len()], begin);
    let end = [
        "--",
        "/usr/bin/qemu-img",
        "convert",
        "/proc/self/fd/0",
        "/proc/self/fd/3",
        "/disk",
    ];
    assert_eq!(line[line.len() - end.len()..], end);
    for property in [
        "DynamicUser=yes",
        "PrivateNetwork=yes",
        &format!("RootDirectory={}", line::ROOT),
        "CapabilityBoundingSet=",
        "MemoryMax=384M",
    ] {
        assert!(
            line.contains(&format!("--property={property}")),
            "{property}"
        );
    }
    // Of the file system it sees /usr and the disk; it is handed one file to write to, and no device.
    let binds: Vec<_> = line.iter().filter(|word| word.contains("Bind")).collect();
    let shown = format!(
        "--property=BindReadOnlyPaths={}:/disk",
        disk.path().canonicalize().unwrap().display()
    );
    assert_eq!(binds.len(), 5);
    assert_eq!(*binds[4], shown);
    assert_eq!(
        line.iter()
            .filter(|word| word.contains("OpenFile=/proc/"))
            .count(),
        1
    );
    assert!(!line.iter().any(|word| word.contains("DeviceAllow")));
}

#[test]
fn a_unit_with_network_sees_names_and_certificates_only() {
    let job = Job {
        network: true,
        ..job("curl", &["--url", "https://example.net/"])
    };
    let line = words(Place::Unit, &job, "firn-image-1-0.service").unwrap();
    let has = |word: &str| line.iter().any(|w| w.contains(word));
    assert!(has("DynamicUser=yes") && has("AF_INET6") && has("CapabilityBoundingSet="));
    assert!(!has("PrivateNetwork") && !has("disk") && !has("OpenFile") && !has("DeviceAllow"));
    let etc = line.iter().filter(|word| word.contains("=-/etc/"));
    assert_eq!(etc.count(), 5);
}

#[test]
fn without_systemd_there_are_limits() {
    let line = words(Place::Direct, &job("qemu-img", &["check"]), "x").unwrap();
    assert_eq!(
        line.join(" "),
        "prlimit --as=4294967296 --cpu=14400 --core=0 --nofile=64 -- qemu-img check"
    );
}

#[test]
fn a_unit_that_was_not_started_is_the_hosts_fault() {
    let words =
        "Failed to connect to system scope bus via local transport: No such file or directory";
    assert!(line::never_ran(1, words) && line::never_ran(203, "") && line::never_ran(127, ""));
    assert!(!line::never_ran(1, "qemu-img: Could not open it") && !line::never_ran(0, words));
}
