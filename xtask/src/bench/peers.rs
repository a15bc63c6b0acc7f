//! Other builders of images, making a Debian 13 image of dom0's packages on this machine, from the same mirror.
//!
//! They run as root in a Debian tree of their own, so the host needs neither. Each builds twice: with nothing cached, and again
//! with what it has kept.

mod live_build;
mod mkosi;
mod tree;

use super::site::Bench;
use super::step;
use crate::cache::Cache;
use crate::debian::Mirror;
use crate::recipe::Recipes;
use crate::run::iso_args;
use anyhow::{Context, Result, ensure};
use firn_tree::is_root;
use std::path::Path;
use std::time::{Duration, Instant};

/// One builder.
#[derive(Debug)]
pub struct Peer {
    /// The program.
    pub name: &'static str,
    /// What it makes.
    pub result: &'static str,
    /// Where the result lies in its folder.
    file: &'static str,
    /// Writes its configuration into the folder that it works in.
    configure: fn(&Path, &Order) -> Result<()>,
    /// Shell text that builds there: the first time, and again.
    cold: &'static str,
    again: &'static str,
}

/// All of them.
pub const ALL: [&Peer; 2] = [&mkosi::PEER, &live_build::PEER];

/// What an image is to be made of.
pub struct Order {
    /// Debian's release.
    pub suite: String,
    /// Components of the archive.
    pub components: Vec<String>,
    /// dom0's packages.
    pub packages: Vec<String>,
    /// Where they come from.
    pub mirror: Mirror,
}

/// What came out.
pub struct Built {
    /// With nothing cached.
    pub cold: Duration,
    /// The same once more, with what the builder keeps.
    pub again: Duration,
    /// Size of the result on the disk.
    pub bytes: u64,
}

/// Has a peer build.
///
/// # Errors
/// When it cannot be run here, or fails.
pub fn build(bench: &Bench, peer: &Peer) -> Result<Built> {
    ensure!(
        is_root(),
        "it is run as root only: call `cargo xtask bench` as root"
    );
    let recipes = Recipes::read(&crate::workspace())?;
    let args = iso_args();
    let order = Order {
        suite: recipes.roots.suite,
        components: recipes.roots.components,
        packages: recipes.dom0.packages,
        mirror: Mirror::find(args.mirror, args.security_mirror)?,
    };
    step(&format!("the tree that {} runs in", peer.name));
    let root = tree::get(&order)?;
    let folder = bench.path(peer.name);
    Cache::open()?.remove(&folder)?;
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    (peer.configure)(&folder, &order)?;
    let run = |title: &str, script: &str| -> Result<Duration> {
        step(&format!("building with {}: {title}", peer.name));
        let log = bench.path(&format!("{}-{title}.log", peer.name));
        std::fs::write(&log, "").with_context(|| format!("writing {}", log.display()))?;
        let start = Instant::now();
        tree::run(&root, &folder, script)
            .log_to(&log)
            .run()
            .with_context(|| format!("building (its whole log: {})", log.display()))?;
        Ok(start.elapsed())
    };
    let cold = run("cold", peer.cold)?;
    let bytes = on_disk(&folder.join(peer.file))?;
    let again = run("again", peer.again)?;
    Ok(Built { cold, again, bytes })
}

/// The blocks that a file takes: an image of a disk has holes.
fn on_disk(path: &Path) -> Result<u64> {
    use std::os::unix::fs::MetadataExt;
    let meta = path
        .metadata()
        .with_context(|| format!("reading the result {}", path.display()))?;
    Ok(meta.blocks() * 512)
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}
