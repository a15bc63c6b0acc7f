//! Files as they lie in a folder.

use super::*;
use crate::contract;
use firn_command::limited::{Output, Trouble};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Keeps what it is to run, and says that it has gone well, or not.
struct Tools(Arc<Mutex<Vec<String>>>, bool);

impl Run for Tools {
    fn run(
        &self,
        program: &str,
        args: &[String],
        _: Duration,
    ) -> std::result::Result<Output, Trouble> {
        let line = format!("{program} {}", args.join(" "));
        self.0.lock().unwrap().push(line);
        Ok(Output {
            success: self.1,
            last_words: "not now".into(),
            ..Output::default()
        })
    }
}

#[test]
fn files_keep_the_contract_of_stores() {
    let folder = tempfile::tempdir().unwrap();
    contract::holds(&Files::open(folder.path()).unwrap().sized(1 << 40));
}

#[test]
fn half_made_files_go_and_strange_ones_stay() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["g-a-0.raw.new", "README", "disk.iso"] {
        fs::write(folder.path().join(name), "x").unwrap();
    }
    let store = Files::open(folder.path()).unwrap();
    assert_eq!(store.volumes().unwrap(), []);
    let left = store.entries().unwrap().len();
    assert_eq!(left, 2);
}

#[test]
fn what_a_file_cannot_do_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    fs::write(&path, "no folder").unwrap();
    let error = Files::open(&path).unwrap_err();
    let expected = format!("{}: File exists (os error 17)", path.display());
    assert_eq!(error.to_string(), expected);
}

#[test]
fn volumes_are_sparse() {
    let folder = tempfile::tempdir().unwrap();
    let store = Files::open(folder.path()).unwrap().sized(1 << 40);
    store.create("g-a-0", 1 << 34, &Owner::default()).unwrap();
    let volumes = store.volumes().unwrap();
    assert!(volumes[0].size == 1 << 34 && volumes[0].used < 1 << 20);
}

#[test]
fn the_devices_of_a_running_guest_grow_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let seen = Arc::default();
    let tools = |success| Box::new(Tools(Arc::clone(&seen), success));
    let mut store = Files::open(at("store")).unwrap().sized(1 << 40);
    (store.run, store.block) = (tools(true), at("block"));
    let path = store.create("g-a-0", 1 << 20, &Owner::default()).unwrap();
    for (device, file) in [("loop0", "/other"), ("loop1", path.to_str().unwrap())] {
        let folder = at("block").join(device).join("loop");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("backing_file"), format!("{file}\n")).unwrap();
    }
    fs::create_dir_all(at("block/sda")).unwrap();
    store.grow("g-a-0", 2 << 20).unwrap();
    let expected = ["losetup --set-capacity /dev/loop1"];
    assert_eq!(*seen.lock().unwrap(), expected);
    store.run = tools(false);
    let error = store.grow("g-a-0", 2 << 20).unwrap_err();
    assert_eq!(error.to_string(), "losetup failed: not now");
}
