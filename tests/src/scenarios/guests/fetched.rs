//! Images that the host fetches by itself, from a web server beside it.

use super::firn::Firn;
use crate::bench::Bench;
use crate::web::Web;
use anyhow::{Context, Result};
use std::time::Duration;

/// An empty disk of 64 MiB.
const SMALL: &str = "small.qcow2";
/// The checksum of nothing that is served.
const WRONG: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
/// From `guest create` to a guest that is off.
const OFF: Duration = Duration::from_secs(60);

/// What is fetched becomes a disk; what is not what was meant, or is not there, is refused.
pub fn fetched(bench: &Bench, firn: &Firn<'_>) -> Result<()> {
    let made = bench
        .lab()
        .root()
        .run("qemu-img", ["create", "-q", "-f", "qcow2"]);
    let made = made.arg(bench.path(SMALL)).arg("64M").run();
    made.with_context(|| format!("making {SMALL}"))?;
    let web = Web::serve(&bench.folder)?;
    let create = |file: &str| {
        format!(
            "guest create fetched --image {}/{file} --memory 512M",
            web.url()
        )
    };
    let wrong = format!("{} --checksum {WRONG}", create(SMALL));
    firn.refused(&wrong, 1, "The file is not the one that was meant")?;
    firn.refused(&create("nothing.qcow2"), 1, "it answers 404")?;
    firn.run(&create(SMALL))?;
    firn.state("fetched", "stopped", OFF)?;
    firn.run("guest delete fetched")?;
    firn.run("trash empty fetched --yes").map(drop)
}
