//! The client against a made-up xenstored.

use super::*;
use std::collections::BTreeMap;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::thread;

/// Answers one connection out of a table of paths; a watch fires at once, and again when the path `/fire` is read.
fn serve(mut stream: UnixStream, table: BTreeMap<String, String>) {
    let mut head = [0; HEAD];
    while stream.read_exact(&mut head).is_ok() {
        let length = u32::from_le_bytes(head[12..].try_into().unwrap());
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).unwrap();
        let text = String::from_utf8(payload).unwrap();
        let path = text.split('\0').next().unwrap();
        let kind = Kind(head[0].into());
        let fires = kind == Kind::WATCH || path == "/fire";
        let answer = match kind {
            Kind::READ => table.get(path).cloned(),
            Kind::DIRECTORY => below(&table, path),
            _ => Some("OK\0".into()),
        };
        let (kind, text) = answer.map_or((Kind::ERROR, "ENOENT\0".into()), |text| (kind, text));
        let mut bytes = Message {
            kind,
            payload: text.into(),
        }
        .bytes();
        if fires {
            bytes.extend(Message::request(Kind::WATCH_EVENT, &[path, "firn"]).bytes());
        }
        // In pieces, as a socket may give them.
        for piece in bytes.chunks(7) {
            stream.write_all(piece).unwrap();
        }
    }
}

fn below(table: &BTreeMap<String, String>, path: &str) -> Option<String> {
    let names = table
        .keys()
        .filter_map(|key| key.strip_prefix(path)?.strip_prefix('/'));
    let mut names: Vec<&str> = names.filter_map(|rest| rest.split('/').next()).collect();
    names.dedup();
    (!names.is_empty()).then(|| names.join("\0"))
}

/// A socket behind which a xenstore with these entries answers.
pub(crate) fn xenstored(folder: &Path, table: &[(&str, &str)]) -> PathBuf {
    let socket = folder.join("xenstored");
    let listener = UnixListener::bind(&socket).unwrap();
    let table = table.iter().map(|(k, v)| (k.to_string(), v.to_string()));
    let table: BTreeMap<_, _> = table.collect();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let table = table.clone();
            thread::spawn(move || serve(stream.unwrap(), table));
        }
    });
    socket
}

#[test]
fn what_xenstore_has_of_a_guest() {
    let folder = tempfile::tempdir().unwrap();
    let table = [
        ("/libxl/7/device/vbd/51712/params", ""),
        ("/libxl/7/device/vif/0/mac", "00:16:3E:00:00:01"),
        ("/libxl/7/type", "hvm"),
        ("/local/domain/0/name", "a1b2c3d4"),
        ("/local/domain/7/attr/vif/0/ipv4/0", "192.0.2.9"),
        ("/local/domain/7/attr/vif/0/ipv4/1", "\u{1b}[2J"),
        ("/local/domain/7/attr/vif/0/ipv6/0", "fe80::1"),
        ("/local/domain/7/attr/vif/x/ipv4/0", "192.0.2.10"),
        ("/local/domain/7/console/tty", "/dev/pts/3"),
        ("/local/domain/7/name", "a1b2c3d4"),
    ];
    let mut store = Xenstore::connect(&xenstored(folder.path(), &table)).unwrap();
    assert_eq!(store.number("a1b2c3d4").unwrap(), Some(7));
    assert_eq!(store.number("b1b2c3d4").unwrap(), None);
    assert!(store.is_hvm(7).unwrap() && !store.is_hvm(8).unwrap());
    assert_eq!(store.console(7).unwrap(), Some("/dev/pts/3".into()));
    assert_eq!(store.console(8).unwrap(), None);
    assert_eq!(Vec::from_iter(store.disks(7).unwrap()), [51712]);
    assert_eq!(
        Vec::from_iter(store.macs(7).unwrap()),
        ["00:16:3e:00:00:01"]
    );
    let found = store.addresses(7).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|a| (a.nic, a.address.to_string()))
        .collect();
    assert_eq!(found, [(0, "192.0.2.9".into()), (0, "fe80::1".into())]);
}

#[test]
fn a_watch_fires_once_for_all_that_has_happened() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Xenstore::connect(&xenstored(folder.path(), &[])).unwrap();
    store.watch("@introduceDomain").unwrap();
    store.watch("@releaseDomain").unwrap();
    let (short, long) = (Duration::from_millis(20), Duration::from_secs(10));
    assert!(store.wait(long).unwrap());
    thread::sleep(short);
    store.wait(short).unwrap();
    assert!(!store.wait(short).unwrap());
    assert_eq!(store.read("/fire").unwrap(), None);
    assert!(store.wait(long).unwrap());
}
