//! The program itself, against a server that gives prepared answers.

use firn_client::samples::Server;
use serde_json::{Value, json};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A server, and the program that asks it.
struct Bench {
    folder: TempDir,
    server: Server,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(&folder.path().join("api.sock")).unwrap();
        Self { folder, server }
    }

    fn with_guests() -> Self {
        let bench = Self::new();
        bench
            .server
            .on("GET /guests", 200, &json!([guest("stopped")]));
        bench
    }

    fn run(&self, words: &[&str]) -> Ran {
        self.run_in("C", words)
    }

    fn run_in(&self, locale: &str, words: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_firn"));
        command.args(words).env("LC_ALL", locale).env("TZ", "UTC");
        command.env("FIRN_SOCKET", self.folder.path().join("api.sock"));
        command.env_remove("CLICOLOR_FORCE");
        Ran::from(command.current_dir(&self.folder).output().unwrap())
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }
}

/// What a program said, and how it ended.
#[derive(Debug)]
struct Ran {
    status: i32,
    output: String,
    errors: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self {
            status: output.status.code().unwrap_or(-1),
            output: text(&output.stdout),
            errors: text(&output.stderr),
        }
    }
}

fn guest(state: &str) -> Value {
    json!({
        "id": "aaaaaaaa", "name": "web1", "state": state, "template": "debian-13", "virtualization": "pvh", "cpus": 2,
        "cpus_max": 2, "memory": 2_147_483_648_u64, "memory_max": 2_147_483_648_u64,
        "addresses": [{"address": "192.0.2.17", "nic": 0, "source": "neighbour", "age": 3}],
        "disks": [{"target": "xvda", "store": "local", "volume": "g-aaaaaaaa-0", "size": 20_000_000_000_u64}],
        "nics": [{"network": "host", "mac": "00:16:3e:00:00:01"}],
        "autostart": {"enabled": false, "order": 0, "delay": 0}, "protected": false, "notes": "",
        "created": "2026-12-01T00:00:00Z", "pending": [], "revision": 7,
    })
}

fn task(stage: &str) -> Value {
    json!({
        "id": "t1", "operation": "start", "guest": "aaaaaaaa", "name": "web1", "stage": stage, "step": 1, "steps": 2,
        "doing": {"id": "no-such-sentence", "text": "Starting it"}, "percent": 50, "begun": "2026-12-01T00:00:00Z",
        "by": "root", "problems": [], "cancellable": false,
    })
}

fn refusal(status: u16, problems: &[(&str, &str)]) -> Value {
    let problem = |(field, text): &(&str, &str)| {
        let field = Some(field).filter(|field| !field.is_empty());
        json!({"id": "no-such-sentence", "field": field, "text": text})
    };
    let problems: Vec<_> = problems.iter().map(problem).collect();
    json!({"status": status, "title": "refused", "problems": problems})
}

#[test]
fn a_guest_starts_and_each_step_is_a_line_where_there_is_no_terminal() {
    let bench = Bench::with_guests();
    bench.server.on(
        "POST /guests/aaaaaaaa/start",
        202,
        &json!({"task": task("running")}),
    );
    bench.server.on("GET /tasks/t1?wait=20", 200, &task("done"));
    let ran = bench.run(&["guest", "start", "WEB1"]);
    assert_eq!(
        (ran.status, ran.output.as_str()),
        (0, "web1 runs\n"),
        "{ran:?}"
    );
    assert_eq!(ran.errors, "step 1 of 2: Starting it\n");
    let ran = bench.run_in("de_DE.UTF-8", &["guest", "start", "web1", "--no-wait"]);
    assert_eq!(
        ran.output,
        "die Aufgabe t1 erledigt das; firn task wait t1 wartet auf ihr Ende\n"
    );
    let ran = bench.run(&["guest", "start", "web1", "--json"]);
    assert_eq!(
        serde_json::from_str::<Value>(&ran.output).unwrap()["stage"],
        "done"
    );
}

#[test]
fn a_list_in_json_is_an_array_with_bytes() {
    let bench = Bench::with_guests();
    let ran = bench.run(&["guest", "list", "--json"]);
    let list: Value = serde_json::from_str(&ran.output).unwrap();
    assert_eq!(list, json!([guest("stopped")]));
    let ran = bench.run(&["guest", "ls"]);
    assert!(
        !ran.output.contains('\u{1b}') && ran.output.contains("2 GiB"),
        "{ran:?}"
    );
}

#[test]
fn scripts_learn_from_the_status_what_happened() {
    let bench = Bench::with_guests();
    let running = refusal(409, &[("", "web1 runs already")]);
    bench
        .server
        .on("POST /guests/aaaaaaaa/start", 409, &running);
    let small = refusal(422, &[("memory", "too little"), ("cpus", "too many")]);
    bench.server.on("PATCH /guests/aaaaaaaa", 422, &small);
    let status = |words: &[&str]| {
        let ran = bench.run(words);
        (ran.status, ran.errors)
    };
    assert_eq!(
        status(&["guest", "start", "wbe1"]),
        (
            3,
            "error: nothing here is called \"wbe1\"; did you mean \"web1\"?\n".into()
        )
    );
    assert_eq!(
        status(&["guest", "start", "web1"]),
        (4, "error: web1 runs already\n".into())
    );
    assert_eq!(
        status(&["guest", "set", "web1", "--memory", "1M", "--cpus", "99"]),
        (
            2,
            "error: --memory: too little\nerror: --cpus: too many\n".into()
        )
    );
    assert_eq!(status(&["guest", "set", "web1"]).0, 2);
    assert_eq!(status(&["guest", "strat", "web1"]).0, 2);
    assert_eq!(status(&["network", "list"]).0, 1);
}

#[test]
fn a_task_that_fails_says_why_and_undid_what_it_had_begun() {
    let bench = Bench::with_guests();
    let mut failed = task("failed");
    failed["problems"] = json!([{"id": "no-such-sentence", "text": "it has no kernel"}]);
    bench
        .server
        .on("POST /guests/aaaaaaaa/start", 202, &json!({"task": failed}));
    let ran = bench.run(&["guest", "start", "web1"]);
    assert_eq!(
        (ran.status, ran.errors.as_str()),
        (1, "error: it has no kernel\n")
    );
}

#[test]
fn a_guest_is_made_from_a_file_and_the_last_line_is_its_address() {
    let bench = Bench::new();
    bench.file("debian.qcow2", "the image");
    bench.server.on("GET /guests", 200, &json!([]));
    bench.server.on(
        "POST /uploads",
        201,
        &json!({"upload": "u1", "size": 9, "sha256": "00"}),
    );
    bench
        .server
        .on("POST /guests", 202, &json!({"task": task("done")}));
    bench
        .server
        .on("GET /guests/aaaaaaaa", 200, &guest("running"));
    let ran = bench.run(&[
        "guest",
        "create",
        "web1",
        "--image",
        "debian.qcow2",
        "--user",
        "anna",
        "--start",
    ]);
    let last = "web1 runs and answers at 192.0.2.17; log in with: ssh anna@192.0.2.17\n";
    assert_eq!((ran.status, ran.output.as_str()), (0, last), "{ran:?}");
    assert!(ran.errors.contains("nobody can log in"), "{ran:?}");
    let asked = bench.server.asked();
    assert_eq!(asked[1], "POST /api/v1/uploads the image");
    let asked = asked[2].strip_prefix("POST /api/v1/guests ").unwrap();
    let asked: Value = serde_json::from_str(asked).unwrap();
    assert_eq!(
        (&asked["image"], &asked["start"]),
        (&json!({"upload": "u1"}), &json!(true))
    );
}

#[test]
fn an_image_that_is_no_file_here_is_fetched_by_the_host() {
    let bench = Bench::new();
    bench.file("debian.qcow2", "the image");
    bench.server.on("GET /guests", 200, &json!([]));
    let mut fetched = task("done");
    fetched["fetched"] = json!({"upload": "u1", "size": 9, "sha256": "00"});
    bench
        .server
        .on("POST /fetches", 202, &json!({"task": fetched}));
    bench
        .server
        .on("POST /guests", 202, &json!({"task": task("done")}));
    bench
        .server
        .on("GET /guests/aaaaaaaa", 200, &guest("stopped"));
    let create = |image, checksum| {
        let words = ["guest", "create", "web1", "--image", image, "--checksum"];
        bench.run(&[&words[..], &[checksum]].concat())
    };
    let ran = create("debian-13", "sha256:00");
    assert_eq!(ran.status, 0, "{ran:?}");
    let asked = bench.server.asked();
    assert_eq!(
        asked[1],
        "POST /api/v1/fetches {\"from\":\"debian-13\",\"checksum\":\"sha256:00\"}"
    );
    assert!(
        asked[2].contains("\"image\":{\"upload\":\"u1\"}"),
        "{asked:?}"
    );

    let ran = create("debian.qcow2", "sha256:00");
    let said = "error: --checksum is for an image that the host fetches, and debian.qcow2 is a file here: compare it with sha256sum\n";
    assert_eq!((ran.status, ran.errors.as_str()), (2, said));
}

#[test]
fn a_dry_run_says_the_plan_and_leaves_no_upload_behind() {
    let bench = Bench::new();
    bench.file("debian.qcow2", "the image");
    bench.server.on("GET /guests", 200, &json!([]));
    bench.server.on(
        "POST /uploads",
        201,
        &json!({"upload": "u1", "size": 9, "sha256": "00"}),
    );
    let step = |text: &str| json!({"id": "no-such-sentence", "text": text});
    let plan = json!({"steps": [step("Make a volume"), step("Write the image")]});
    bench.server.on("POST /guests", 200, &plan);
    bench.server.on("DELETE /uploads/u1", 200, &Value::Null);
    let ran = bench.run(&[
        "guest",
        "create",
        "web1",
        "--image",
        "debian.qcow2",
        "--dry-run",
    ]);
    assert_eq!(
        ran.output,
        "Making web1 would do this:\n  1. Make a volume\n  2. Write the image\n"
    );
    assert_eq!(bench.server.asked()[3], "DELETE /api/v1/uploads/u1");
}

#[test]
fn nothing_is_sent_for_a_name_that_is_taken() {
    let bench = Bench::with_guests();
    bench.file("debian.qcow2", "the image");
    let ran = bench.run(&["guest", "create", "Web1", "--image", "debian.qcow2"]);
    let said = "error: there already is a guest with the name web1; choose another name\n";
    assert_eq!((ran.status, ran.errors.as_str()), (4, said));
    assert_eq!(bench.server.asked().len(), 1);
}

#[test]
fn without_a_terminal_nothing_is_deleted_for_good_by_mistake() {
    let bench = Bench::new();
    let trashed = json!([{"id": "aaaaaaaa", "name": "web1", "deleted": "2026-12-01T00:00:00Z", "used": 1_000_000_000}]);
    bench.server.on("GET /trash", 200, &trashed);
    bench
        .server
        .on("DELETE /trash", 202, &json!({"task": task("done")}));
    let ran = bench.run(&["trash", "empty"]);
    assert_eq!(
        (ran.status, ran.errors.as_str()),
        (
            2,
            "error: this deletes for good, and there is no terminal to ask on; add --yes\n"
        )
    );
    let ran = bench.run(&["trash", "empty", "--yes"]);
    assert_eq!(
        (ran.status, ran.output.as_str()),
        (0, "deleted for good; 1 GB are free again\n")
    );
}

#[test]
fn a_host_without_firnd_says_what_to_do() {
    let bench = Bench::new();
    let socket = bench.folder.path().join("none");
    let ran = bench.run(&["guest", "list", "--socket", socket.to_str().unwrap()]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.errors
            .starts_with("error: firnd does not run here: nothing listens at "),
        "{ran:?}"
    );
    let ran = bench.run(&["--host", "root@xen1", "status"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.errors,
        "error: this command works without firnd, so it looks after the host that it runs on; run it there: ssh root@xen1 firn …\n"
    );
}

#[test]
fn events_are_a_line_each() {
    let bench = Bench::new();
    let event = |n: u8, object: Value| {
        let event = json!({"revision": n, "kind": "guest", "id": "aaaaaaaa", "object": object});
        format!("event: change\nid: {n}\ndata: {event}\n\n")
    };
    let snapshot = json!({"guests": [guest("stopped")], "tasks": []});
    let stream = format!(
        "event: snapshot\ndata: {snapshot}\n\n{}{}",
        event(8, guest("running")) + &event(8, guest("running")),
        event(9, Value::Null)
    );
    bench.server.streams("GET /events", &stream);
    // Then comes what cannot be read, which ends it.
    bench
        .server
        .streams("GET /events", "event: change\ndata: x\n\n");
    let ran = bench.run(&["events"]);
    let lines: Vec<&str> = ran.output.lines().map(|line| &line[10..]).collect();
    assert_eq!(
        lines,
        [
            "one guest, 0 tasks at work",
            "guest web1: running",
            "guest web1: gone"
        ]
    );
}

#[test]
fn bash_is_proposed_the_names_of_guests() {
    let bench = Bench::with_guests();
    let script = bench.run(&["completion", "bash"]).output;
    assert!(
        script.contains("complete -o nospace -o bashdefault") && script.contains("COMPLETE="),
        "{script}"
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_firn"));
    command
        .env("COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", "3")
        .env("_CLAP_IFS", "\n");
    command.env("FIRN_SOCKET", bench.folder.path().join("api.sock"));
    let ran = Ran::from(
        command
            .args(["--", "firn", "guest", "start", "we"])
            .output()
            .unwrap(),
    );
    assert_eq!(ran.output, "web1");
}

#[test]
fn ssh_joins_this_program_to_firnd_on_another_host() {
    let bench = Bench::with_guests();
    // A program in place of ssh runs `firn connect` as the other host would.
    let ssh = bench.folder.path().join("ssh");
    let firn = env!("CARGO_BIN_EXE_firn");
    let script =
        format!("#!/bin/sh\n[ \"$*\" = '-- root@xen1 firn connect' ] && exec {firn} connect\n");
    std::fs::write(&ssh, script).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&ssh, mode).unwrap();
    let mut command = Command::new(firn);
    command.env(
        "PATH",
        format!("{}:/usr/bin:/bin", bench.folder.path().display()),
    );
    command
        .env("FIRN_SOCKET", bench.folder.path().join("api.sock"))
        .env("LC_ALL", "C");
    let ran = Ran::from(
        command
            .args(["--host", "root@xen1", "guest", "list", "--json"])
            .output()
            .unwrap(),
    );
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(
        serde_json::from_str::<Value>(&ran.output).unwrap(),
        json!([guest("stopped")])
    );
}
