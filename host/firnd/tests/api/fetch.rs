//! Files that firnd fetches, from a small server beside it.

use super::Host;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// Serves until the test's process ends; gives its address.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for line in listener.incoming().flatten() {
            thread::spawn(move || serve(line));
        }
    });
    format!("http://{address}")
}

fn serve(mut line: TcpStream) {
    let mut asked = String::new();
    let mut reader = BufReader::new(line.try_clone().unwrap());
    reader.read_line(&mut asked).unwrap();
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|n| n > 2) {
        header.clear();
    }
    let path = asked.split(' ').nth(1).unwrap_or_default();
    let sums = format!("{ABC}  good.img\n");
    let (status, length, body) = match path {
        "/good.img" => ("200 OK", 3, "abc"),
        "/SHA256SUMS" => ("200 OK", sums.len() as u64, sums.as_str()),
        "/large.img" => ("200 OK", 1 << 50, "abc"),
        "/cut.img" | "/slow.img" => ("200 OK", 1000, "abc"),
        _ => ("404 Not Found", 0, ""),
    };
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let _ = line.write_all(head.as_bytes());
    if !asked.starts_with("HEAD") {
        let _ = line.write_all(body.as_bytes());
        if path == "/slow.img" {
            thread::sleep(Duration::from_secs(60));
        }
    }
}

fn fetch(host: &Host, from: &str, checksum: Option<&str>, stage: &str) -> Value {
    let wanted = json!({"from": from, "checksum": checksum});
    host.done("POST", "/fetches", &wanted, stage)
}

/// Why a file was not taken, and that nothing of it is left.
fn refused(host: &Host, from: &str, checksum: Option<&str>) -> String {
    let task = fetch(host, from, checksum, "failed");
    assert!(task["fetched"].is_null(), "{task}");
    assert_eq!(files(host), 0);
    task["problems"][0]["text"].as_str().unwrap().to_owned()
}

fn files(host: &Host) -> usize {
    let uploads = host.folder.path().join("host/library/uploads");
    std::fs::read_dir(uploads).map_or(0, Iterator::count)
}

#[test]
fn a_file_that_was_fetched_is_an_upload() {
    let (host, server) = (Host::new(), server());
    let sum = format!("sha256:{ABC}");
    let task = fetch(&host, &format!("{server}/good.img"), Some(&sum), "done");
    assert_eq!(
        (&task["name"], &task["percent"]),
        (&json!("good.img"), &json!(100))
    );
    let fetched = &task["fetched"];
    assert_eq!(
        (&fetched["size"], &fetched["sha256"]),
        (&json!(3), &json!(ABC))
    );
    let path = format!("/uploads/{}", fetched["upload"].as_str().unwrap());
    assert_eq!(host.ask("DELETE", &path, b"", "").status, 204);
    assert_eq!(files(&host), 0);
}

#[test]
fn what_is_not_whole_or_not_meant_is_not_taken() {
    let (host, server) = (Host::new(), server());
    let at = |path: &str| format!("{server}/{path}");
    let zeros = "0".repeat(64);
    assert_eq!(
        refused(&host, &at("good.img"), Some(&zeros)),
        format!(
            "The file is not the one that was meant: its checksum is sha256:{ABC}, and it should be sha256:{zeros}. Download it again."
        )
    );
    assert_eq!(
        refused(&host, &at("none.img"), None),
        format!(
            "The server does not give out {server}/none.img: it answers 404. Look for a mistake in the address, or try again later."
        )
    );
    let large = refused(&host, &at("large.img"), None);
    assert!(
        large.starts_with(&format!("{server}/large.img is larger than the ")),
        "{large}"
    );
    assert_eq!(
        refused(&host, &at("cut.img"), None),
        format!("{server}/cut.img has ended too early, and what came was removed. Try again.")
    );
}

#[test]
fn a_fetch_that_is_cancelled_leaves_nothing() {
    let (host, server) = (Host::new(), server());
    let wanted = json!({"from": format!("{server}/slow.img")});
    let begun = host.post("/fetches", &wanted);
    let id = begun.body["task"]["id"].as_str().unwrap().to_owned();
    while files(&host) == 0 {
        thread::sleep(Duration::from_millis(20));
    }
    let path = format!("/tasks/{id}/cancel");
    assert_eq!(host.post(&path, &json!({})).status, 200);
    let mut task = Value::Null;
    while task["ended"].is_null() {
        task = host.get(&format!("/tasks/{id}?wait=10"));
    }
    assert_eq!(
        (&task["stage"], files(&host)),
        (&json!("cancelled"), 0),
        "{task}"
    );
}

#[test]
fn a_known_image_is_compared_with_its_publishers_list() {
    let (host, server) = (Host::new(), server());
    let entry = |id: &str, sums: &str| {
        format!(
            "[[image]]\nid = \"{id}\"\nname = \"Good OS\"\nurl = \"{server}/good.img\"\nchecksums = \"{server}/{sums}\"\n"
        )
    };
    let list = entry("good", "SHA256SUMS") + &entry("alone", "none");
    std::fs::write(host.folder.path().join("host/images.toml"), list).unwrap();
    let told = refused(&host, "alone", None);
    assert!(
        told.starts_with("Good OS was not fetched, because its checksum could not be had: "),
        "{told}"
    );
    let task = fetch(&host, "good", None, "done");
    assert_eq!(
        (&task["steps"], &task["name"]),
        (&json!(2), &json!("Good OS"))
    );
    fetch(&host, "alone", Some(ABC), "done");

    let unknown = host.post("/fetches", &json!({"from": "bad"}));
    assert_eq!(unknown.status, 404);
    assert_eq!(
        Host::texts(&unknown),
        [
            "from: There is no file bad here, and the host knows no image of that name; it knows good, alone. An address begins with https:// or http://."
        ]
    );
    let wrong = host.post(
        "/fetches",
        &json!({"from": "file:///etc/shadow", "checksum": "x"}),
    );
    assert_eq!((wrong.status, Host::texts(&wrong).len()), (422, 2));
}
