//! Building the ISO from nothing, unchanged, and after a changed line; mkosi and live-build with the same packages.
//!
//! All four builds run `cargo xtask iso` in a copy of the working tree, with a cache of their own. Cold means: nothing in the
//! cache, and the builder itself not compiled; only cargo's downloaded crates are there.

use super::peers::{self, Peer};
use super::row::{Beside, Figure, Row, Unit};
use super::site::Bench;
use super::{copy, sizes, step};
use crate::cache::Cache;
use anyhow::{Context, Result};
use firn_command::cmd;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A file of the working tree, and the line that is added to it.
type Change = (&'static str, &'static str);

/// A line of text that is on the host, and one that changes the installer's program.
const OVERLAY: Change = ("overlay/root/etc/motd", "bench");
const INSTALLER: Change = ("installer/src/main.rs", "#[used] static BENCH: u8 = b'b';");

/// One after the other, each in the tree that the one before has left: id of the row, text, change.
const BUILDS: [(&str, &str, Option<Change>); 4] = [
    ("build-cold", "ISO, nothing cached", None),
    ("build-unchanged", "ISO, nothing changed", None),
    (
        "build-overlay",
        "ISO, a line of overlay/ changed",
        Some(OVERLAY),
    ),
    (
        "build-installer",
        "ISO, a line of installer/ changed",
        Some(INSTALLER),
    ),
];

const NOTE: &str = "Firn compiles Xen, its own programs and the builder besides; \
    all three fetch packages over the network";

/// The section's rows; each that could not be measured says why.
pub fn rows(bench: &Bench) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut builds = Builds::prepare(bench).map_err(|error| format!("{error:#}"));
    for (id, text, change) in BUILDS {
        let figure = match &builds {
            Ok(builds) => Figure::from(builds.run(id, change)),
            Err(reason) => Figure::Missing(reason.clone()),
        };
        if figure.number().is_none() {
            // The next one would do what this one has not done, and its time would mean nothing.
            builds = Err(format!("{id} has failed"));
        }
        rows.push(Row::new(id, text, Unit::Seconds, figure));
        if id == "build-cold" {
            let size = builds.as_ref().map_err(Clone::clone);
            let size = size.and_then(|b| b.iso_size().map_err(|e| format!("{e:#}")));
            rows.push(Row::new(
                "build-size",
                "what comes out",
                Unit::Megabytes,
                size,
            ));
        }
    }
    for peer in peers::ALL {
        beside(&mut rows, peer, peers::build(bench, peer));
    }
    for row in rows.iter_mut().filter(|row| row.id == "build-cold") {
        row.note = Some(NOTE.into());
    }
    rows
}

/// The peer's times beside the builds, its result beside the ISO.
fn beside(rows: &mut [Row], peer: &Peer, result: Result<peers::Built>) {
    let result = result.map_err(|error| format!("{error:#}"));
    let figure = |pick: fn(&peers::Built) -> f64| -> Figure { result.as_ref().map(pick).into() };
    for row in rows {
        let other = match row.id.as_str() {
            "build-cold" => figure(|built| built.cold.as_secs_f64()),
            "build-unchanged" | "build-overlay" => figure(|built| built.again.as_secs_f64()),
            "build-size" => figure(|built| sizes::mb(built.bytes)),
            _ => continue,
        };
        let name = format!("{}, {}", peer.name, peer.result);
        let figure = other;
        row.beside.push(Beside { name, figure });
    }
}

/// The copy and its cache.
struct Builds {
    tree: PathBuf,
    cache: PathBuf,
    logs: PathBuf,
}

impl Builds {
    fn prepare(bench: &Bench) -> Result<Self> {
        step("copying the working tree");
        let folder = bench.path("build");
        // What an earlier call left would not be cold.
        Cache::open()?.remove(&folder)?;
        let tree = folder.join("tree");
        copy::tree(&crate::workspace(), &tree)?;
        Ok(Self {
            tree,
            cache: folder.join("cache"),
            logs: bench.folder.clone(),
        })
    }

    /// Builds after this change, and returns the seconds.
    fn run(&self, id: &str, change: Option<Change>) -> Result<f64> {
        step(&format!("the ISO: {id}"));
        if let Some((file, line)) = change {
            copy::add_line(&self.tree.join(file), line)?;
        }
        let log = self.logs.join(format!("{id}.log"));
        std::fs::write(&log, "").with_context(|| format!("writing {}", log.display()))?;
        let start = Instant::now();
        cmd("cargo", ["xtask", "iso", "--yes"])
            .dir(&self.tree)
            .env("FIRN_CACHE", &self.cache)
            .env("CARGO_TARGET_DIR", self.tree.join("target"))
            .log_to(&log)
            .run()?;
        Ok(start.elapsed().as_secs_f64())
    }

    fn iso_size(&self) -> Result<f64> {
        let name = format!("firn-{}-x86_64.iso", env!("CARGO_PKG_VERSION"));
        let path: &Path = &self.tree.join("target/firn").join(name);
        Ok(sizes::mb(sizes::bytes(path)?))
    }
}
