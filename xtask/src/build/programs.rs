//! Compiles Firn's own programs with the pinned toolchain inside the build root, linked with its gcc and glibc.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use firn_command::cmd;
use firn_lab::root::Root;

use crate::step::Job;

/// Programs for the image: package and binary.
const PROGRAMS: [(&str, &str); 3] = [
    ("firn-installer", "firn-installer"),
    ("firn", "firn"),
    ("firn-init", "firn-init"),
];

/// Makes a folder with one file for each program. `target` is where cargo keeps its own cache.
///
/// # Errors
/// When a crate cannot be fetched or does not compile.
pub fn build(job: &Job<'_>, workspace: &Path, target: &Path) -> Result<()> {
    let sysroot = PathBuf::from(cmd("rustc", ["--print", "sysroot"]).dir(workspace).read()?);
    let home = cargo_home()?;
    cmd("cargo", ["fetch", "--locked"])
        .dir(workspace)
        .log_to(job.log)
        .run()?;
    for folder in [job.out, target] {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    let packages = PROGRAMS.iter().flat_map(|(package, _)| ["-p", package]);
    let remap = format!(
        "--remap-path-prefix={}=/firn --remap-path-prefix={}=/cargo",
        workspace.display(),
        home.display()
    );
    Root::open(job.output("build-root")?)?
        .bind(workspace)
        .bind(&sysroot)
        .bind(&home)
        .bind(target)
        .run(
            sysroot.join("bin/cargo"),
            ["build", "--release", "--locked", "--offline"],
        )
        .args(packages)
        .arg("--manifest-path")
        .arg(workspace.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .env("RUSTC", sysroot.join("bin/rustc"))
        .env("CARGO_HOME", &home)
        .env("RUSTFLAGS", remap)
        .log_to(job.log)
        .run()?;
    for (_, program) in PROGRAMS {
        let from = target.join("release").join(program);
        std::fs::copy(&from, job.out.join(program))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    Ok(())
}

fn cargo_home() -> Result<PathBuf> {
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        return Ok(home.into());
    }
    let home = std::env::home_dir().context("there is no home folder; set CARGO_HOME")?;
    Ok(home.join(".cargo"))
}
