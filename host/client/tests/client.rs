//! The client against a server that gives prepared answers.

use firn_api::{Problem, Problems, Set, Stage, Task};
use firn_client::samples::Server;
use firn_client::{Client, Error, Heard, Place, ask};
use firn_words::Language;
use serde_json::{Value, json};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

fn client(socket: &Path) -> Client {
    Client::new(Place::Socket(socket.to_owned())).unwrap()
}

fn served(folder: &tempfile::TempDir) -> (Server, Client) {
    let socket = folder.path().join("api.sock");
    (Server::start(&socket).unwrap(), client(&socket))
}

fn task(stage: Stage, percent: u8) -> Task {
    Task {
        id: "t1".into(),
        operation: "start".into(),
        guest: "aaaaaaaa".into(),
        name: "web1".into(),
        stage,
        step: 1,
        steps: 2,
        doing: None,
        percent,
        begun: "2026-12-01T00:00:00Z".into(),
        ended: None,
        by: "root".into(),
        problems: Vec::new(),
        cancellable: true,
        fetched: None,
    }
}

#[test]
fn answers_come_over_one_connection() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut client) = served(&folder);
    server.on(
        "GET /networks",
        200,
        &json!([{"name": "host", "bridge": "xenbr0"}]),
    );
    server.on(
        "POST /guests/aaaaaaaa/start",
        202,
        &json!({"task": task(Stage::Queued, 0)}),
    );
    assert_eq!(client.send(&ask::networks()).unwrap()[0].bridge, "xenbr0");
    let begun = client.send(&ask::act("aaaaaaaa", "start")).unwrap();
    assert_eq!(begun.task, task(Stage::Queued, 0));
    assert_eq!(
        server.asked(),
        ["GET /api/v1/networks", "POST /api/v1/guests/aaaaaaaa/start"]
    );
}

#[test]
fn a_change_names_the_revision_that_it_is_of() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut client) = served(&folder);
    let guest = json!({
        "id": "aaaaaaaa", "name": "web1", "state": "stopped", "template": "debian-13", "virtualization": "pvh", "cpus": 1,
        "cpus_max": 1, "memory": 1, "memory_max": 1, "addresses": [], "disks": [], "nics": [],
        "autostart": {"enabled": false, "order": 0, "delay": 0}, "protected": false, "notes": "",
        "created": "2026-12-01T00:00:00Z", "pending": [], "revision": 7, "news": "what a newer firnd tells",
    });
    server.on("GET /guests/aaaaaaaa", 200, &guest);
    server.on("PATCH /guests/aaaaaaaa", 200, &guest);
    let guest = client.send(&ask::guest("aaaaaaaa")).unwrap();
    let set = Set {
        cpus: Some(2),
        ..Set::default()
    };
    client.send(&ask::set(&guest, &set)).unwrap();
    let asked = "PATCH /api/v1/guests/aaaaaaaa \"7\" {\"cpus\":2}";
    assert_eq!(server.asked()[1], asked);
}

#[test]
fn all_that_is_wrong_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut client) = served(&folder);
    let problem = |text: &str| Problem {
        text: text.into(),
        ..Problem::default()
    };
    let both = vec![problem("one"), problem("two\u{1b}[2J")];
    server.on("GET /guests", 422, &Problems::new(422, "wrong", both));
    server.on("GET /tasks", 503, &Value::Null);
    let wrong = client.send(&ask::guests()).unwrap_err();
    assert_eq!(wrong.told(Language::De), ["one", "two\\x1b[2J"]);
    let wrong = client.send(&ask::tasks()).unwrap_err();
    assert_eq!(
        wrong.told(Language::En),
        [
            "firnd has refused this with the status 503 (Service Unavailable) and says no more; see journalctl -u firnd"
        ]
    );
}

#[test]
fn a_task_is_followed_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut client) = served(&folder);
    let question = "GET /tasks/t1?wait=20";
    server.on(question, 200, &task(Stage::Running, 40));
    server.on(question, 200, &task(Stage::Done, 100));
    let mut seen = Vec::new();
    let end = client.wait(task(Stage::Queued, 0), &mut |task| seen.push(task.percent));
    assert_eq!(end.unwrap().stage, Stage::Done);
    assert_eq!(seen, [0, 40, 100]);
}

#[test]
fn a_place_to_wait_at_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut client) = served(&folder);
    let question = "GET /tasks/t1?wait=20";
    let full = firn_api::Problems::new(429, "Too Many Requests", Vec::new());
    server.on(question, 429, &full);
    server.on(question, 200, &task(Stage::Done, 100));
    let end = client.wait(task(Stage::Running, 1), &mut |_| {});
    assert_eq!(end.unwrap().percent, 100);
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_restart_of_firnd_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("api.sock");
    let later = socket.clone();
    let restart = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        let server = Server::start(&later).unwrap();
        server.on("GET /tasks/t1?wait=20", 200, &task(Stage::Done, 100));
    });
    let end = client(&socket).wait(task(Stage::Running, 1), &mut |_| {});
    assert_eq!(end.unwrap().percent, 100);
    restart.join().unwrap();
}

#[test]
fn an_upload_is_sent_whole_and_one_that_is_too_short_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut client) = served(&folder);
    server.on(
        "POST /uploads",
        201,
        &json!({"upload": "u1", "size": 300_000, "sha256": "00"}),
    );
    let file = "x".repeat(300_000);
    let mut last = 0;
    let source = Box::new(Cursor::new(file.clone().into_bytes()));
    let stored = client
        .upload(source, 300_000, &mut |sent| last = sent)
        .unwrap();
    assert_eq!((stored.upload.as_str(), last), ("u1", 300_000));
    assert_eq!(server.asked(), [format!("POST /api/v1/uploads {file}")]);
    let short = client.upload(Box::new(Cursor::new(b"abc")), 4, &mut |_| {});
    assert_eq!(
        short.unwrap_err().to_string(),
        "the file could not be sent whole: unexpected end of file; see whether another program changes it, and try again"
    );
}

#[test]
fn events_go_on_after_the_stream_has_broken() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut client) = served(&folder);
    let change = |n: u8| {
        format!(
            "event: change\nid: {n}\ndata: {{\"revision\":{n},\"kind\":\"guest\",\"id\":\"a\",\"object\":null}}\n\n"
        )
    };
    server.streams("GET /events", &change(7));
    server.streams("GET /events", &change(8));
    let mut heard = Vec::new();
    let end = client.events(&mut |event| {
        if let Heard::Change(event) = event {
            heard.push(event.revision);
        }
        if heard.len() == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!((end, heard), (Ok(()), vec![7, 8]));
}

#[test]
fn a_host_without_firnd_says_what_to_do() {
    let wrong = client(Path::new("/run/firn/no.sock")).send(&ask::host());
    assert_eq!(
        wrong.unwrap_err().to_string(),
        "firnd does not run here: nothing listens at /run/firn/no.sock; systemctl status firnd says why, and firn --host root@NAME \
         asks another host"
    );
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for_long() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("api.sock");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let mut client = client(&socket).with_patience(Duration::from_millis(50));
    assert_eq!(client.send(&ask::host()).unwrap_err(), Error::Silent);
}
