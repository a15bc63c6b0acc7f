//! The store over a made-up LVM, which does what the calls say.

use super::*;
use crate::contract;
use firn_command::limited::{Output, Trouble};
use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard};

const EXTENT: u64 = 4 << 20;

#[derive(Clone, Debug, Default)]
struct Made {
    name: String,
    size: u64,
    active: bool,
    tags: Vec<String>,
}

#[derive(Debug, Default)]
struct Inner {
    volumes: Vec<Made>,
    /// Percent of the pool's data and metadata in use.
    full: (f64, f64),
    seen: Vec<String>,
}

/// An LVM that knows the calls that the store makes, and no others.
#[derive(Clone, Debug, Default)]
struct Fake(Arc<Mutex<Inner>>);

impl Fake {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// The calls that change something.
    fn changes(&self) -> Vec<String> {
        let seen = self.inner().seen.clone();
        seen.into_iter()
            .filter(|line| !line.starts_with("lvs "))
            .collect()
    }
}

impl Inner {
    fn find(&mut self, name: &str) -> Result<&mut Made, String> {
        let name = name.strip_prefix("firn/").unwrap_or(name);
        let missing = format!("Failed to find logical volume \"firn/{name}\"");
        self.volumes
            .iter_mut()
            .find(|volume| volume.name == name)
            .ok_or(missing)
    }

    fn does(&mut self, args: &[&str]) -> Result<String, String> {
        match args {
            ["lvs", .., "firn"] => return Ok(self.lvs()),
            [
                "lvcreate",
                "--yes",
                "--quiet",
                "--wipesignatures=n",
                "--virtualsize",
                size,
                "--name",
                name,
                "--thinpool",
                "firn/guests",
                tags @ ..,
            ] => {
                let tags = tags.iter().filter_map(|tag| tag.strip_prefix("--addtag="));
                self.volumes.push(Made {
                    name: name.to_string(),
                    size: bytes(size),
                    active: true,
                    tags: tags.map(str::to_owned).collect(),
                });
            }
            ["lvremove", "--yes", "--quiet", name] => {
                let name = self.find(name)?.name.clone();
                self.volumes.retain(|volume| volume.name != name);
            }
            ["lvrename", "--quiet", "firn", from, to] => self.find(from)?.name = to.to_string(),
            ["lvextend", "--quiet", "--size", size, name] => {
                let volume = self.find(name)?;
                let same = format!("New size given matches existing size of {}", volume.name);
                match bytes(size) {
                    size if size <= volume.size => return Err(same),
                    size => volume.size = size,
                }
            }
            [
                "lvchange",
                "--quiet",
                "--activate=y",
                "--ignoreactivationskip",
                name,
            ] => {
                self.find(name)?.active = true;
            }
            ["lvchange", "--quiet", tags @ .., name] => {
                let volume = self.find(name)?;
                for tag in tags {
                    match tag.split_once("=").unwrap() {
                        ("--addtag", tag) => volume.tags.push(tag.to_owned()),
                        (_, gone) => volume.tags.retain(|tag| tag != gone),
                    }
                }
            }
            other => panic!("no such call: {other:?}"),
        }
        Ok(String::new())
    }

    fn lvs(&self) -> String {
        let line = |name: &str,
                    size: u64,
                    active: bool,
                    tags: String,
                    pool: &str,
                    full: (String, String)| {
            json!({
                "lv_name": name, "lv_size": size.to_string(), "lv_active": if active { "active" } else { "" },
                "lv_tags": tags, "pool_lv": pool, "data_percent": full.0, "metadata_percent": full.1,
                "vg_extent_size": EXTENT.to_string(),
            })
        };
        let (data, metadata) = self.full;
        let full = (format!("{data:.2}"), format!("{metadata:.2}"));
        let mut lines = vec![line("guests", 1 << 30, true, String::new(), "", full)];
        for v in &self.volumes {
            let used = (String::new(), String::new());
            lines.push(line(
                &v.name,
                v.size,
                v.active,
                v.tags.join(","),
                "guests",
                used,
            ));
        }
        json!({"report": [{"lv": lines}], "log": []}).to_string()
    }
}

/// As LVM rounds a size.
fn bytes(size: &str) -> u64 {
    let size: u64 = size.strip_suffix('b').unwrap().parse().unwrap();
    size.next_multiple_of(EXTENT)
}

impl Run for Fake {
    fn run(&self, program: &str, args: &[String], _: Duration) -> Result<Output, Trouble> {
        assert_eq!(program, "lvm");
        let mut inner = self.inner();
        inner.seen.push(args.join(" "));
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        Ok(match inner.does(&args) {
            Ok(text) => Output {
                success: true,
                text,
                ..Output::default()
            },
            Err(last_words) => Output {
                last_words,
                ..Output::default()
            },
        })
    }
}

type Result<T, E> = std::result::Result<T, E>;

fn store() -> (Fake, Lvm) {
    let fake = Fake::default();
    (fake.clone(), Lvm::with(Box::new(fake), "firn", "guests"))
}

#[test]
fn a_thin_pool_keeps_the_contract_of_stores() {
    let (fake, store) = store();
    contract::holds(&store);
    insta::assert_snapshot!(fake.changes().join("\n"));
    insta::assert_snapshot!(fake.inner().seen[0]);
}

#[test]
fn sizes_are_rounded_up_and_stay_so() {
    let (fake, store) = store();
    let owner = Owner::default();
    store.create("g-a-0", 10_000_000, &owner).unwrap();
    assert_eq!(store.volumes().unwrap()[0].size, 12 << 20);
    store.grow("g-a-0", 10_000_000).unwrap();
    store.create("g-a-0", 10_000_000, &owner).unwrap();
    assert_eq!(fake.changes().len(), 1);
    let error = store.grow("g-a-0", 8 << 20).unwrap_err();
    assert!(matches!(error, Error::Shrink { .. }), "{error}");
}

#[test]
fn a_volume_that_is_not_active_comes_up_when_it_is_needed() {
    let (fake, store) = store();
    store.create("g-a-0", EXTENT, &Owner::default()).unwrap();
    fake.inner().volumes[0].active = false;
    let path = store.path("g-a-0").unwrap();
    assert_eq!(path, std::path::Path::new("/dev/firn/g-a-0"));
    assert!(fake.inner().volumes[0].active);
}

#[test]
fn a_full_pool_takes_no_new_volume_and_keeps_the_old() {
    let (fake, store) = store();
    let owner = Owner::default();
    fake.inner().full = (89.0, 20.5);
    store.create("g-a-0", EXTENT, &owner).unwrap();
    for (full, percent) in [((89.5, 20.0), 90), ((30.0, 95.2), 96), ((100.0, 1.0), 100)] {
        fake.inner().full = full;
        let error = store.create("g-a-1", EXTENT, &owner).unwrap_err();
        let expected = format!(
            "The store is {percent} % full, and new disks are refused from 90 % on. Empty the trash, or delete disks that nobody needs."
        );
        assert_eq!(error.to_string(), expected);
        store.create("g-a-0", EXTENT, &owner).unwrap();
    }
}

#[test]
fn what_lvm_says_is_passed_on() {
    let (_, mut store) = store();
    store.pool = "other".into();
    let error = store.facts().unwrap_err();
    assert_eq!(
        error.to_string(),
        "lvm lvs failed: it does not tell about the thin pool firn/other"
    );
    let error = store.call(&calls::remove("firn/g-a-9")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "lvm lvremove failed: Failed to find logical volume \"firn/g-a-9\""
    );
}

#[test]
fn volumes_beside_the_pool_are_not_touched() {
    let (fake, store) = store();
    store.remove("guests").unwrap();
    assert!(store.rename("guests", "g-a-0").is_err());
    assert_eq!(fake.changes(), [""; 0]);
}
