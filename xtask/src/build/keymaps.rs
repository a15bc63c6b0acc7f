//! Console keyboard maps, made from the XKB layouts that people know from every other system.

use crate::step::Job;
use anyhow::{Context, Result};

/// Layouts and variants that get a map: `layout` or `layout:variant`, as the answers name them.
const SCRIPT: &str = r#"cd "$1"
while read -r name; do
    layout=${name%%:*}; variant=; case $name in *:*) variant=${name#*:};; esac
    map=$(echo "$name" | tr : -).map
    ckbcomp -layout "$layout" ${variant:+-variant "$variant"} >"$map" || { echo "no console map can be made of the layout $name" >&2; exit 1; }
    gzip -9n "$map"
done
"#;

/// Makes a folder with `LAYOUT.map.gz` and `LAYOUT-VARIANT.map.gz` for each layout of the list.
///
/// # Errors
/// When a map cannot be compiled.
pub fn build(job: &Job<'_>, layouts: &str) -> Result<()> {
    std::fs::create_dir(job.out).with_context(|| format!("making {}", job.out.display()))?;
    let room = job.room("tools-root")?;
    room.run("sh", ["-euc", SCRIPT, "keymaps"])
        .arg(room.inside(job.out))
        .stdin_bytes(layouts.as_bytes().to_vec())
        .log_to(job.log)
        .run()?;
    Ok(())
}
