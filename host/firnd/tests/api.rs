//! The daemon with simulated guests, over its socket, as any client meets it.

#[path = "api/fetch.rs"]
mod fetch;

use serde_json::{Value, json};
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Host {
    folder: tempfile::TempDir,
    daemon: Child,
}

struct Answer {
    status: u16,
    head: String,
    body: Value,
}

impl Host {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let daemon = start(&folder);
        let host = Self { folder, daemon };
        host.wait();
        host
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("api.sock")
    }

    fn wait(&self) {
        let end = Instant::now() + Duration::from_secs(60);
        while UnixStream::connect(self.socket()).is_err() {
            assert!(Instant::now() < end, "firnd does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// As a power cut does.
    fn kill(&mut self) {
        self.daemon.kill().unwrap();
        self.daemon.wait().unwrap();
        self.daemon = start(&self.folder);
        std::thread::sleep(Duration::from_millis(50));
        self.wait();
    }

    fn ask(&self, method: &str, path: &str, body: &[u8], header: &str) -> Answer {
        let mut line = UnixStream::connect(self.socket()).unwrap();
        let head = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nHost: firn\r\nConnection: close\r\nContent-Length: {}\r\n{header}\r\n",
            body.len()
        );
        line.write_all(head.as_bytes()).unwrap();
        // A refusal may come before all is sent.
        let _ = line.write_all(body);
        let mut text = String::new();
        let _ = line.read_to_string(&mut text);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
        Answer {
            status: status.unwrap_or(0),
            head: head.to_lowercase(),
            body: serde_json::from_str(body).unwrap_or(Value::Null),
        }
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", path, b"", "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, body.to_string().as_bytes(), "")
    }

    /// A request whose task comes to this end.
    fn done(&self, method: &str, path: &str, body: &Value, stage: &str) -> Value {
        let answer = self.ask(method, path, body.to_string().as_bytes(), "");
        assert_eq!(answer.status, 202, "{path}: {}", answer.body);
        let id = answer.body["task"]["id"].as_str().unwrap().to_owned();
        let mut task = answer.body["task"].clone();
        let end = Instant::now() + Duration::from_secs(60);
        while task["ended"].is_null() && Instant::now() < end {
            task = self.get(&format!("/tasks/{id}?wait=10"));
        }
        assert_eq!(task["stage"], stage, "{task}");
        task
    }

    fn create(&self, name: &str) -> String {
        let wanted = json!({"name": name, "template": "other-bios", "disks": [{"size": 1_u64 << 30}], "start": true});
        let task = self.done("POST", "/guests", &wanted, "done");
        task["guest"].as_str().unwrap().to_owned()
    }

    fn texts(answer: &Answer) -> Vec<String> {
        assert!(
            answer
                .head
                .contains("content-type: application/problem+json"),
            "{}",
            answer.head
        );
        let problems = answer.body["problems"].as_array().unwrap();
        let text = |p: &Value| {
            format!(
                "{}: {}",
                p["field"].as_str().unwrap_or("-"),
                p["text"].as_str().unwrap()
            )
        };
        problems.iter().map(text).collect()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

fn start(folder: &tempfile::TempDir) -> Child {
    firnd(folder).stdout(Stdio::null()).spawn().unwrap()
}

fn firnd(folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firnd"));
    command
        .env("no_proxy", "127.0.0.1")
        .arg("--socket")
        .arg(folder.path().join("api.sock"))
        .arg("--simulated")
        .arg(folder.path().join("host"));
    command
}

#[test]
fn a_second_firnd_leaves_the_first_one_alone() {
    let host = Host::new();
    let second = firnd(&host.folder).output().unwrap();
    assert!(!second.status.success());
    let text = format!(
        "error: another firnd works with {}. End it first, or name another socket with --socket.\n",
        host.socket().display()
    );
    assert_eq!(String::from_utf8(second.stderr).unwrap(), text);
    assert_eq!(host.get("/guests"), json!([]));
}

#[test]
fn a_guests_life() {
    let host = Host::new();
    let id = host.create("Web 1");
    let guest = host.get(&format!("/guests/{id}"));
    assert_eq!(
        (&guest["name"], &guest["state"]),
        (&json!("Web 1"), &json!("running"))
    );
    assert_eq!(guest["disks"][0]["size"], 1_u64 << 30);
    assert_eq!(host.get("/guests").as_array().unwrap().len(), 1);

    let again = host.post(&format!("/guests/{id}/start"), &json!({}));
    assert_eq!(again.status, 409);
    assert_eq!(Host::texts(&again).len(), 1);
    host.done("POST", &format!("/guests/{id}/pause"), &json!({}), "done");
    assert_eq!(host.get(&format!("/guests/{id}"))["state"], "paused");
    host.done("POST", &format!("/guests/{id}/unpause"), &json!({}), "done");
    host.done("POST", &format!("/guests/{id}/kill"), &json!({}), "done");
    assert_eq!(host.get(&format!("/guests/{id}"))["state"], "stopped");

    host.done("DELETE", &format!("/guests/{id}"), &json!({}), "done");
    assert_eq!(host.get("/guests"), json!([]));
    assert_eq!(host.get("/trash")[0]["name"], "Web 1");
    host.done(
        "POST",
        &format!("/trash/{id}/restore"),
        &json!({"name": "web2"}),
        "done",
    );
    assert_eq!(host.get("/guests")[0]["name"], "web2");
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let host = Host::new();
    let wanted = json!({"name": "", "template": "none", "cpus": 0, "memory": 1, "disks": [{"size": 1, "store": "nope"}],
        "image": {"upload": "gone"}, "nics": [{"network": "moon"}]});
    let answer = host.post("/guests", &wanted);
    assert_eq!(answer.status, 422);
    let texts = Host::texts(&answer);
    for field in [
        "template: ",
        "image: ",
        "name: ",
        "cpus: ",
        "memory: ",
        "disks[0].store: ",
        "nics[0].network: ",
    ] {
        assert!(
            texts.iter().any(|text| text.starts_with(field)),
            "{field} {texts:#?}"
        );
    }
    let unknown = host.post("/guests", &json!({"name": "a", "colour": "red"}));
    assert_eq!(unknown.status, 400);
    assert!(Host::texts(&unknown)[0].contains("unknown field `colour`"));
    let large = host.ask("POST", "/guests", &vec![b' '; 1 << 20], "");
    assert_eq!(large.status, 413);
    let none = host.ask("GET", "/guests/a1b2c3d4", b"", "");
    assert_eq!(
        (none.status, Host::texts(&none)[0].as_str()),
        (404, "-: There is no guest a1b2c3d4.")
    );
    assert_eq!(host.ask("GET", "/nope", b"", "").status, 404);
    assert_eq!(host.get("/guests"), json!([]));
}

#[test]
fn a_dry_run_changes_nothing() {
    let host = Host::new();
    let wanted = json!({"name": "web1", "template": "other-bios", "disks": [{"size": 1_u64 << 30}], "start": true, "dry_run": true});
    let answer = host.post("/guests", &wanted);
    assert_eq!(answer.status, 200);
    assert!(
        answer.body["steps"].as_array().unwrap().len() >= 3,
        "{}",
        answer.body
    );
    assert_eq!(host.get("/guests"), json!([]));
    assert_eq!(host.get("/tasks"), json!([]));
}

#[test]
fn a_change_on_what_was_not_seen_is_refused() {
    let host = Host::new();
    let id = host.create("web1");
    let path = format!("/guests/{id}");
    let seen = host.ask("GET", &path, b"", "");
    let tag = seen
        .head
        .lines()
        .find_map(|l| l.strip_prefix("etag: "))
        .unwrap()
        .to_owned();
    let header = format!("If-Match: {tag}\r\n");
    let note = |text: &str| json!({"notes": text}).to_string().into_bytes();
    let first = host.ask("PATCH", &path, &note("one"), &header);
    assert_eq!((first.status, &first.body["notes"]), (200, &json!("one")));
    let second = host.ask("PATCH", &path, &note("two"), &header);
    assert_eq!(second.status, 412);
    assert_eq!(host.get(&path)["notes"], "one");
}

#[test]
fn of_two_changes_at_once_on_what_was_seen_one_is_made() {
    let host = Host::new();
    let path = format!("/guests/{}", host.create("web1"));
    for round in 0..5 {
        let seen = host.ask("GET", &path, b"", "").head;
        let tag = seen.lines().find_map(|l| l.strip_prefix("etag: ")).unwrap();
        let header = format!("If-Match: {tag}\r\n");
        let (host, path, header) = (&host, &path, &header);
        let change = move |who: u32| {
            let body = json!({"notes": format!("{round} {who}")}).to_string();
            host.ask("PATCH", &path, body.as_bytes(), &header).status
        };
        let made = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|who| scope.spawn(move || change(who))).collect();
            let all = all.into_iter().map(|one| one.join().unwrap());
            all.filter(|status| *status == 200).count()
        });
        assert_eq!(made, 1);
    }
}

#[test]
fn what_was_made_outlives_a_kill() {
    let mut host = Host::new();
    let id = host.create("web1");
    host.kill();
    let guest = host.get(&format!("/guests/{id}"));
    assert_eq!(
        (&guest["name"], &guest["disks"][0]["size"]),
        (&json!("web1"), &json!(1_u64 << 30))
    );
}

#[test]
fn uploads_are_whole_or_gone() {
    let host = Host::new();
    let sent = host.ask("POST", "/uploads", b"abc", "");
    assert_eq!((sent.status, &sent.body["size"]), (201, &json!(3)));
    assert_eq!(
        sent.body["sha256"],
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    let path = format!("/uploads/{}", sent.body["upload"].as_str().unwrap());
    assert_eq!(host.ask("DELETE", &path, b"", "").status, 204);
    assert_eq!(host.ask("DELETE", &path, b"", "").status, 404);
}

#[test]
fn a_listener_hears_everything_and_then_what_changes() {
    let host = Host::new();
    host.create("web1");
    let mut line = UnixStream::connect(host.socket()).unwrap();
    line.set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    line.write_all(b"GET /api/v1/events HTTP/1.1\r\nHost: firn\r\n\r\n")
        .unwrap();
    let mut text = String::new();
    let mut until = |what: &str| {
        let mut piece = [0; 4096];
        while !text.contains(what) {
            let n = line.read(&mut piece).unwrap();
            assert!(n > 0, "the stream ended: {text}");
            text.push_str(&String::from_utf8_lossy(&piece[..n]));
        }
    };
    until("event: snapshot");
    until("\"web1\"");
    host.create("web2");
    until("event: change");
    until("\"web2\"");
}

#[test]
fn listeners_have_so_many_places_and_give_them_back() {
    let host = Host::new();
    let listen = || {
        let mut line = UnixStream::connect(host.socket()).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        line.write_all(b"GET /api/v1/events HTTP/1.1\r\nHost: firn\r\n\r\n")
            .unwrap();
        let mut head = [0; 12];
        line.read_exact(&mut head).unwrap();
        (head == *b"HTTP/1.1 200").then_some(line)
    };
    let lines: Vec<_> = (0..32).map(|_| listen().unwrap()).collect();
    let full = host.ask("GET", "/events", b"", "");
    assert_eq!(full.status, 429);
    assert!(full.head.contains("retry-after: 5"), "{}", full.head);
    assert_eq!(
        Host::texts(&full),
        ["-: The host does 32 of these at once, and no more: try again in a moment."]
    );
    drop(lines);
    // Whoever leaves is noticed in a moment.
    let end = Instant::now() + Duration::from_secs(60);
    while listen().is_none() {
        assert!(Instant::now() < end, "no place is given back");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn templates_are_listed_shown_and_asked_for_by_their_id() {
    let host = Host::new();
    let all = host.get("/templates");
    assert_eq!(all[0]["id"], "linux");
    let windows = host.get("/templates/windows-server-2022");
    assert_eq!(
        (&windows["viridian"], &windows["local_time"]),
        (&json!(true), &json!(true))
    );
    let none = host.ask("GET", "/templates/debain-13", b"", "");
    assert_eq!(none.status, 404);
    let said = "There is no template debain-13; did you mean debian-13?";
    assert_eq!(Host::texts(&none), [format!("-: {said}")]);
    let slip = host.post("/guests", &json!({"name": "a", "template": "debain-13"}));
    assert_eq!(Host::texts(&slip), [format!("template: {said}")]);
}

#[test]
fn less_memory_than_the_template_needs_is_refused() {
    let host = Host::new();
    let wanted = json!({"name": "a", "template": "rhel-9", "memory": 1_u64 << 30, "disks": [{}]});
    let answer = host.post("/guests", &wanted);
    assert_eq!(answer.status, 422);
    assert_eq!(
        Host::texts(&answer),
        [
            "memory: 1024 MiB of memory are too little for Red Hat Enterprise Linux 9: it needs at least 2048 MiB."
        ]
    );
}

#[test]
fn other_templates_are_planned_without_an_image() {
    let host = Host::new();
    for template in ["other-bios", "other-uefi", "windows-server-2025", "openbsd"] {
        let wanted = json!({"name": "a", "template": template, "disks": [{}], "memory": 2_u64 << 30, "dry_run": true});
        let answer = host.post("/guests", &wanted);
        assert_eq!(answer.status, 200, "{template}: {}", answer.body);
    }
}
