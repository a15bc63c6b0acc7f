//! The real server on loopback: what machines ask, and what they get.

mod common;

use common::{Place, Server, bytes, request};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

const A: &str = "52-54-00-00-00-01";
const SITE: &str = "version = 1\n[host]\nroot-password = \"geheim12345\"\n";

fn host(name: &str) -> String {
    format!("[host]\nname = \"{name}\"\n")
}

/// A folder with an answer of every kind.
fn answered() -> Place {
    let place = Place::new();
    place.answers("site.toml", SITE);
    place.answers("many.toml", &host("many"));
    place.answers("default.toml", &host("default-${serial}"));
    place.answers(&format!("by-mac/{A}.toml"), &host("mac"));
    place.answers("by-uuid/4c4c.toml", &host("uuid"));
    place.answers("by-serial/S1.toml", &host("serial"));
    place.answers(
        "rules.toml",
        "base = ['site.toml']\n[[rule]]\nmatch = { product = 'PowerEdge*', min-disks = 2 }\nfiles = ['many.toml']\n",
    );
    place
}

/// The name that answers give.
fn name(text: &str) -> String {
    let table: toml::Table = text.parse().unwrap();
    table["host"]["name"].as_str().unwrap().to_owned()
}

fn report(server: &Server, event: &str, more: Value) {
    let mut report =
        json!({"version": 1, "event": event, "time": "2026-11-25T08:00:00Z", "mac": A});
    report
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    assert_eq!(server.post("v1/report", &report), (204, String::new()));
}

#[test]
fn scripts_lead_from_who_are_you_to_the_kernel() {
    let place = answered();
    let server = place.serve(&["--cmdline", "firn.vlan=42"]);
    let (_, who) = server.get("boot.ipxe");
    assert!(
        who.contains(&server.at("boot.ipxe?mac=${mac:hexhyp}")),
        "{who}"
    );
    let (_, script) = server.get(&format!(
        "boot.ipxe?mac={A}&uuid=4c4c&serial=&product=PowerEdge%20R740"
    ));
    for part in [
        &format!("kernel {}", server.at("firn/vmlinuz")),
        &format!("firn.answers={} firn.answers-post", server.at("v1/answers")),
        "BOOTIF=01-52-54-00-00-00-01",
        "firn.vlan=42",
    ] {
        assert!(script.contains(part), "{part} is not in {script}");
    }
    assert!(
        server
            .get("grub/grub.cfg")
            .1
            .contains("/boot.cfg?mac=$net_default_mac")
    );
    assert!(
        server
            .get(&format!("boot.cfg?mac={A}"))
            .1
            .contains("firn.root=net")
    );
    let machines: Value = serde_json::from_str(&server.get("v1/machines").1).unwrap();
    assert_eq!(machines[0]["model"], "PowerEdge R740");
    assert_eq!(machines[0]["stage"], "asked");
}

#[test]
fn files_come_whole_and_in_parts() {
    let place = Place::new();
    let server = place.serve(&[]);
    server.get(&format!("boot.ipxe?mac={A}"));
    let whole = bytes(&place.path("netboot/firn/root.squashfs"));
    let url = server.at("firn/root.squashfs");
    let part = reqwest::Client::new()
        .get(&url)
        .header("range", "bytes=900000-");
    let (status, text) = request(part);
    assert_eq!((status, text.len()), (206, whole.len() - 900_000));
    server.reaches("probing");
    let (status, text) = server.get("firn/root.squashfs");
    assert_eq!((status, text.as_bytes() == whole), (200, true));
    let beyond = reqwest::Client::new()
        .get(&url)
        .header("range", "bytes=99999999-");
    assert_eq!(request(beyond).0, 416);
    assert_eq!(
        request(reqwest::Client::new().head(&url)),
        (200, String::new())
    );
    assert_eq!(server.get("firn/nothing").0, 404);
}

/// What the server answers to a path that no client has made shorter.
fn raw(server: &Server, path: &str) -> String {
    let address = server.url.strip_prefix("http://").unwrap();
    said(
        server,
        &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
    )
}

/// What the server answers to these bytes.
fn said(server: &Server, request: &str) -> String {
    let address = server.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let place = Place::new();
    place.write("state.json", br#"{"version": 1, "done": {}, "tokens": {}}"#);
    place.write("netboot/inside", b"inside");
    let server = place.serve(&[]);
    assert!(raw(&server, "/firn/%2e%2e/inside").starts_with("HTTP/1.1 404"));
    assert!(raw(&server, "/inside").ends_with("\r\n\r\ninside"));
    let whole = format!("/{}", place.path("state.json").display());
    for path in [
        "/firn/../../state.json",
        "/firn/%2e%2e/%2e%2e/state.json",
        "/firn/..%2f..%2fstate.json",
        "/..%5cstate.json",
        "//etc/passwd",
        &whole,
    ] {
        let answer = raw(&server, path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(
            !answer.contains("tokens") && !answer.contains("root:"),
            "{path}: {answer}"
        );
    }
}

#[test]
fn answers_are_the_most_special_ones() {
    let place = answered();
    let server = place.serve(&[]);
    let asked = |query: &str| name(&server.get(&format!("v1/answers?{query}")).1);
    assert_eq!(asked(&format!("mac={A}&uuid=4c4c&serial=S1")), "mac");
    assert_eq!(asked("mac=52:54:00:00:00:02&uuid=4C4C&serial=S1"), "uuid");
    assert_eq!(asked("mac=52-54-00-00-00-02&uuid=x&serial=S1"), "serial");
    assert_eq!(asked("mac=52-54-00-00-00-02&serial=S%202"), "default-s-2");
    let probed = |disks: Value| json!({"version": 1, "mac": "52-54-00-00-00-03", "serial": "S 3", "product": "PowerEdge R740", "uuid": null, "machine": {"disks": disks}});
    let posted = |body: &Value| name(&server.post("v1/answers", body).1);
    assert_eq!(posted(&probed(json!([{"size": 1}, {"size": 2}]))), "many");
    assert_eq!(
        posted(&probed(
            json!([{"size": 1}, {"size": 2, "unfit": "medium"}])
        )),
        "default-s-3"
    );
    let (_, text) = server.get(&format!("v1/answers?mac={A}"));
    assert!(
        text.contains("root-password"),
        "the site's part is missing: {text}"
    );
    assert!(
        text.contains(&format!("url = \"{}\"", server.at("v1/report"))),
        "{text}"
    );
}

#[test]
fn what_makers_leave_in_the_place_of_names_is_none() {
    let place = answered();
    let server = place.serve(&[]);
    let placeholders =
        "serial=To%20be%20filled%20by%20O.E.M.&uuid=03000200-0400-0500-0006-000700080009";
    let (status, text) = server.get(&format!("v1/answers?mac=52-54-00-00-00-05&{placeholders}"));
    assert_eq!(
        (status, text.as_str()),
        (
            500,
            "default.toml uses ${serial}, but this machine has none of its own: its firmware says \"To be filled by O.E.M.\", as many machines' does; use ${mac}\n"
        )
    );
    let table = server.get("v1/machines").1;
    let rows: Value = serde_json::from_str(&table).unwrap();
    let names = (&rows[0]["uuid"], &rows[0]["serial"]);
    assert_eq!(names, (&Value::Null, &Value::Null));
}

#[test]
fn without_answers_for_a_machine_it_is_told_so() {
    let place = Place::new();
    place.answers(
        &format!("by-mac/{A}.toml"),
        &format!("{SITE}name = \"mac\"\n"),
    );
    let server = place.serve(&[]);
    assert_eq!(server.get("v1/answers?mac=52-54-00-00-00-02").0, 404);
    server.reaches("no answers, wizard");
    assert_eq!(server.get("v1/answers").0, 400);
    place.answers(
        &format!("by-mac/{A}.toml"),
        &format!("{SITE}name = \"mac 1\"\n"),
    );
    let (status, text) = server.get(&format!("v1/answers?mac={A}"));
    assert_eq!(status, 500);
    assert!(
        text.starts_with("problem host.name: \"mac 1\" has ' ' in it"),
        "{text}"
    );
}

#[test]
fn the_servers_own_troubles_are_shown_at_the_machine() {
    let place = answered();
    place.answers(
        "default.toml",
        "[host]\nname = \"x\"\n[disk]\nwipe = \"token:new\"\n",
    );
    let server = place.serve(&[]);
    let ask = || server.get("v1/answers?mac=52-54-00-00-00-02");
    let fails = |sentence: &str| {
        let sentence = sentence.replace("DIR", place.path("").to_str().unwrap());
        assert_eq!(ask(), (500, format!("{sentence}\n")));
        assert_eq!(server.stage(), format!("failed: its answers: {sentence}"));
    };
    let given = ask().1;
    let rules = String::from_utf8(bytes(&place.path("answers/rules.toml"))).unwrap();
    place.answers("rules.toml", "base = [\n");
    fails("DIRanswers/rules.toml: unclosed array, expected `]` (line 1, column 9)");
    place.answers("rules.toml", &rules);
    // A folder in the file's place: not even root can write that.
    let state = bytes(&place.path("state.json"));
    std::fs::remove_file(place.path("state.json")).unwrap();
    std::fs::create_dir(place.path("state.json")).unwrap();
    fails("writing the state file DIRstate.json: Is a directory (os error 21)");
    std::fs::remove_dir(place.path("state.json")).unwrap();
    place.write("state.json", &state);
    let token = given.split("token:").nth(1).unwrap();
    let token = token.split('"').next().unwrap();
    assert_eq!(
        server.post(&format!("v1/tokens/{token}"), &json!({})).0,
        200,
        "the token that could not be kept has not replaced this one"
    );
}

#[test]
fn reports_move_the_table_and_once_ends_it() {
    let place = answered();
    let server = place.serve(&["--once"]);
    report(
        &server,
        "started",
        json!({"uuid": "4c4c", "product": "PowerEdge R740"}),
    );
    server.reaches("installing 0 %");
    report(&server, "progress", json!({"percent": 43, "step": "copy"}));
    server.reaches("installing 43 %");
    report(
        &server,
        "failed",
        json!({"failed-step": "copy", "problems": ["the disk is full"]}),
    );
    server.reaches("failed: copy: the disk is full");
    report(
        &server,
        "failed",
        json!({"failed-step": "\u{1b}[2Jcopy\nb"}),
    );
    server.reaches(r"failed: \x1b[2Jcopy\nb");
    assert!(
        server
            .get(&format!("boot.ipxe?mac={A}"))
            .1
            .contains("kernel")
    );
    report(
        &server,
        "succeeded",
        json!({"hostname": "xen1", "host-id": "0a", "addresses": ["192.0.2.9"]}),
    );
    server.reaches("done");
    drop(server);
    let mut server = place.serve(&["--once"]);
    assert!(
        server
            .get(&format!("boot.ipxe?mac={A}"))
            .1
            .contains("sanboot")
    );
    assert!(
        server
            .get(&format!("boot.cfg?mac={A}"))
            .1
            .contains("chainloader")
    );
    server.reaches("started from its disk");
    server.order(&format!("again {A}"));
    server.reaches("asked");
    assert!(
        server
            .get(&format!("boot.ipxe?mac={A}"))
            .1
            .contains("kernel")
    );
    assert_eq!(server.post("v1/report", &json!({"version": 1})).0, 422);
    assert!(place.log().contains("\"hostname\":\"xen1\""));
}

#[test]
fn a_machine_waits_until_somebody_allows_it() {
    let place = answered();
    let mut server = place.serve(&["--approve"]);
    let url = server.at(&format!("v1/answers?mac={A}"));
    let asking = std::thread::spawn(move || request(reqwest::Client::new().get(url)));
    server.reaches("waiting for approval");
    assert!(!asking.is_finished());
    server.order("all");
    let (status, text) = asking.join().unwrap();
    assert_eq!((status, name(&text).as_str()), (200, "mac"));
    server.get(&format!("boot.ipxe?mac={A}"));
    let impatient = reqwest::Client::new()
        .get(server.at(&format!("v1/answers?mac={A}")))
        .timeout(std::time::Duration::from_secs(60));
    assert_eq!(
        request(impatient).0,
        503,
        "the next start needs a new approval"
    );
}

#[test]
fn a_token_is_good_once_also_after_a_restart() {
    let place = Place::new();
    place.answers(
        "default.toml",
        &format!("{SITE}name = \"xen1\"\n[disk]\nwipe = \"token:new\"\n"),
    );
    let token = |server: &Server| {
        let (_, text) = server.get(&format!("v1/answers?mac={A}"));
        let table: toml::Table = text.parse().unwrap();
        table["disk"]["wipe"].as_str().unwrap().to_owned()
    };
    let server = place.serve(&[]);
    let (old, new) = (token(&server), token(&server));
    let (old, new) = (
        old.strip_prefix("token:").unwrap(),
        new.strip_prefix("token:").unwrap(),
    );
    drop(server);
    let server = place.serve(&[]);
    let back = |token: &str| server.post(&format!("v1/tokens/{token}"), &json!({})).0;
    assert_eq!(back(old), 410, "a newer one was given out");
    assert_eq!(back("0123456789abcdef0123456789abcdef"), 404);
    assert_eq!(back(new), 200);
    assert_eq!(back(new), 410);
    assert_eq!(token(&server), "empty", "it is never wiped a second time");
    for kept in [
        place.log(),
        String::from_utf8(bytes(&place.path("state.json"))).unwrap(),
    ] {
        assert!(!kept.contains(new) && !kept.contains(old), "{kept}");
    }
    assert!(place.log().contains(&new[..4]));
}

#[test]
fn refusals() {
    let place = Place::new();
    place.answers("default.toml", "version = 1\n[host\n");
    place.answers("by-mac/52-54-00-00-00-01.toml", "version = 1\n");
    insta::assert_snapshot!("bad-answers", place.refusal(&[]));
    let taken = std::net::TcpListener::bind("[::]:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let place = Place::new();
    let said = place.refusal(&["--port", &port]).replace(&port, "PORT");
    insta::assert_snapshot!("port", said);
    std::fs::remove_file(place.path("netboot/firn/netboot.img")).unwrap();
    insta::assert_snapshot!("no-netboot-folder", place.refusal(&[]));
}

#[test]
fn fifty_machines_at_once() {
    let place = answered();
    let server = place.serve(&[]);
    // Cargo makes it beside the program, unless it is told to make this test alone.
    let machines = Path::new(env!("CARGO_BIN_EXE_firn-netboot")).with_file_name("examples/fleet");
    let output = std::process::Command::new(machines)
        .args(["--clients", "50", "--server", &server.url, "--folder"])
        .arg(place.path("netboot"))
        .output()
        .expect("cargo build -p firn-netboot --example fleet");
    assert!(output.status.success(), "{output:?}");
    let outcome: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(outcome["errors"], json!([]));
    assert!(outcome["limit-seconds"].as_f64().unwrap() > 0.0);
    let machines: Vec<Value> = serde_json::from_str(&server.get("v1/machines").1).unwrap();
    assert_eq!(machines.len(), 50);
    assert!(machines.iter().all(|machine| machine["stage"] == "done"));
}

#[test]
fn a_loader_that_names_no_good_host_gets_the_address_that_it_reached() {
    let place = answered();
    let server = place.serve(&[]);
    for path in [
        "boot.ipxe",
        &format!("boot.ipxe?mac={A}"),
        "boot.cfg",
        "grub/grub.cfg",
    ] {
        let here = server.at("").replace("http://", "").replace('/', "");
        for host in [
            "",
            "Host: \r\n",
            "Host: ${net0/ip}\r\n",
            "Host: a;reboot\r\n",
            "Host: a b\r\n",
            "Host: x\"}\r\n",
        ] {
            let answer = said(&server, &format!("GET /{path} HTTP/1.0\r\n{host}\r\n"));
            assert!(answer.contains(&here), "{path} {host:?}: {answer}");
            assert!(
                !answer.contains("localhost") && !answer.contains("reboot"),
                "{answer}"
            );
        }
        let named = said(
            &server,
            &format!("GET /{path} HTTP/1.0\r\nHost: boot.example.net\r\n\r\n"),
        );
        let port = here.rsplit(':').next().unwrap();
        assert!(
            named.contains(&format!("boot.example.net:{port}")),
            "{named}"
        );
    }
}

#[test]
fn a_card_whose_address_nobody_can_read_is_asked_five_times_with_pauses() {
    let place = answered();
    let server = place.serve(&[]);
    // InfiniBand's has 20 bytes.
    let (script, evil) = ("80-00-02-08-fe", "\u{1b}[2J");
    let asked = |file: &str, mac: &str, times: &str| {
        server.get(&format!("{file}?mac={mac}&times={times}")).1
    };
    for file in ["boot.ipxe", "boot.cfg"] {
        for (times, next) in [("", "1"), ("1", "2"), ("3", "4"), ("x", "1"), ("-1", "1")] {
            let text = asked(file, script, times);
            let (pause, again) = (
                text.find("sleep 10").unwrap(),
                text.find(&format!("&times={next}")).unwrap(),
            );
            assert!(pause < again, "{text}");
        }
        for times in ["4", "4294967295"] {
            let text = asked(file, script, times);
            assert!(
                text.contains("sleep 30") && text.contains("USB stick"),
                "{text}"
            );
            assert!(
                !text.contains("chain") && !text.contains("configfile"),
                "{text}"
            );
        }
        asked(file, evil, "0");
    }
    let log = place.log();
    assert!(
        log.contains(r#""event":"unreadable","address":"127.0.0.1","mac":"80-00-02-08-fe""#),
        "{log}"
    );
    assert!(!log.contains("\u{1b}") && !log.contains("u001b"), "{log}");
}
