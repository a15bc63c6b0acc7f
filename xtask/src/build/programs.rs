//! Compiles Firn's own programs with the pinned toolchain inside the build root, linked with its gcc and glibc.
//!
//! Cargo sees the sources, the toolchain and the crates at the same places on every build host, and no configuration but which
//! registry stands in for another: flags, profiles and wrappers of the caller's would make other programs.

use crate::sources;
use crate::step::Job;
use anyhow::{Context, Result};
use firn_command::{Cmd, cmd};
use std::path::{Path, PathBuf};

/// Programs for the image: package and binary.
pub(super) const PROGRAMS: [(&str, &str); 4] = [
    ("firn-installer", "firn-installer"),
    ("firn", "firn"),
    ("firnd", "firnd"),
    ("firn-init", "firn-init"),
];

/// Where cargo finds everything, inside.
const SOURCES: &str = "/firn";
const TOOLCHAIN: &str = "/rust";
const CARGO_HOME: &str = "/cargo";
const TARGET: &str = "/target";

/// Separates flags in `CARGO_ENCODED_RUSTFLAGS`, where a flag may have spaces in it.
const SEPARATOR: &str = "\x1f";

/// Makes a folder with one file for each program. `work` is where cargo keeps what survives between builds.
///
/// # Errors
/// When a crate cannot be fetched or does not compile.
pub fn build(job: &Job<'_>, workspace: &Path, work: &Path) -> Result<()> {
    let sysroot = pinned("rustc")
        .args(["--print", "sysroot"])
        .dir(workspace)
        .read()
        .context("asking rustc for its folder")?;
    let std_path = std_path(&pinned("rustc").arg("-vV").dir(workspace).read()?)?;
    let home = cargo_home()?;
    cmd("cargo", ["fetch", "--locked"])
        .dir(workspace)
        .log_to(job.log)
        .run()
        .context("fetching the crates")?;
    let (copy, target) = (work.join("sources"), work.join("target"));
    for folder in [job.out, &target] {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    sources::lay_out(workspace, &copy)?;
    let registry = home.join("registry");
    let config = job.out.with_extension("config");
    std::fs::write(&config, replacements(&home)?)
        .with_context(|| format!("writing {}", config.display()))?;
    let packages = PROGRAMS.iter().flat_map(|(package, _)| ["-p", package]);
    job.room("build-root")?
        .bind_at(&copy, SOURCES)
        .bind_at(&sysroot, TOOLCHAIN)
        .bind_at(&registry, Path::new(CARGO_HOME).join("registry"))
        .bind_at(&config, Path::new(CARGO_HOME).join("config.toml"))
        .bind_at(&target, TARGET)
        .run(
            Path::new(TOOLCHAIN).join("bin/cargo"),
            ["build", "--release", "--locked", "--offline"],
        )
        .args(packages)
        .arg(format!("--manifest-path={SOURCES}/Cargo.toml"))
        .arg(format!("--target-dir={TARGET}"))
        .env("RUSTC", Path::new(TOOLCHAIN).join("bin/rustc"))
        .env("CARGO_HOME", CARGO_HOME)
        .env("CARGO_ENCODED_RUSTFLAGS", flags(&registry, &std_path)?)
        .log_to(job.log)
        .run()?;
    for (_, program) in PROGRAMS {
        let from = target.join("release").join(program);
        std::fs::copy(&from, job.out.join(program))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    std::fs::remove_file(&config).with_context(|| format!("removing {}", config.display()))
}

/// A program of the toolchain that the workspace pins, not of one that the caller has chosen.
pub(super) fn pinned(program: &str) -> Cmd {
    cmd("env", ["-u", "RUSTUP_TOOLCHAIN", program])
}

/// Where panics in the standard library say that its source is. With the component `rust-src` rustc would name its place on
/// this computer instead.
fn std_path(version: &str) -> Result<String> {
    let hash = version
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "));
    let hash = hash.context("reading the commit from the output of `rustc -vV`")?;
    Ok(format!(
        "--remap-path-prefix={TOOLCHAIN}/lib/rustlib/src/rust=/rustc/{hash}"
    ))
}

/// The folder of a registry's crates bears the registry's name, and a mirror has another one than crates.io.
fn flags(registry: &Path, std_path: &str) -> Result<String> {
    let folder = registry.join("src");
    let mut names: Vec<String> = folder
        .read_dir()
        .with_context(|| format!("reading {}", folder.display()))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    names.sort();
    let flag =
        |name: &String| format!("--remap-path-prefix={CARGO_HOME}/registry/src/{name}=/cargo");
    let flags = names.iter().map(flag).chain([std_path.to_owned()]);
    Ok(flags.collect::<Vec<_>>().join(SEPARATOR))
}

/// Of the user's cargo configuration, which registry stands in for another: without it cargo would not find what was fetched.
fn replacements(home: &Path) -> Result<String> {
    let places = ["config.toml", "config"].map(|name| home.join(name));
    let Some(path) = places.iter().find(|path| path.is_file()) else {
        return Ok(String::new());
    };
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    only_replacements(&text).with_context(|| format!("reading {}", path.display()))
}

fn only_replacements(text: &str) -> Result<String> {
    let all: toml::Table = toml::from_str(text)?;
    let kept = all
        .into_iter()
        .filter(|(name, _)| ["source", "registries"].contains(&name.as_str()));
    let mut kept: toml::Table = kept.collect();
    if let Some(toml::Value::Table(registries)) = kept.get_mut("registries") {
        let tables = registries.iter_mut().filter_map(|(_, r)| r.as_table_mut());
        // A token is a secret, and what was fetched needs none.
        tables.for_each(|registry| registry.retain(|key, _| key == "index"));
    }
    Ok(toml::to_string(&kept)?)
}

fn cargo_home() -> Result<PathBuf> {
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        return std::path::absolute(home).context("reading CARGO_HOME");
    }
    let home = std::env::home_dir().context("there is no home folder; set CARGO_HOME")?;
    Ok(home.join(".cargo"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_users_configuration_only_the_registries_count() {
        let text = "[build]\nrustflags = [\"-Ctarget-cpu=native\"]\nrustc-wrapper = \"sccache\"\n[profile.release]\nlto = false\n\
                    [source.crates-io]\nreplace-with = \"near\"\n[source.near]\nregistry = \"sparse+https://near.example.net/\"\n\
                    [registries.own]\nindex = \"sparse+https://own.example.net/\"\ntoken = \"secret\"\n[env]\nCC = \"clang\"\n";
        let kept: toml::Table = toml::from_str(&only_replacements(text).unwrap()).unwrap();
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["registries", "source"]);
        let own = kept["registries"]["own"].as_table().unwrap();
        assert_eq!(own.keys().collect::<Vec<_>>(), ["index"]);
        assert_eq!(
            kept["source"]["crates-io"]["replace-with"].as_str(),
            Some("near")
        );
        assert_eq!(only_replacements("").unwrap(), "");
        assert!(only_replacements("[build").is_err());
    }

    #[test]
    fn every_registry_is_called_the_same() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["src/b registry-1", "src/a-2"] {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        assert_eq!(
            flags(
                folder.path(),
                &std_path("rustc 1\ncommit-hash: 5f\n").unwrap()
            )
            .unwrap(),
            "--remap-path-prefix=/cargo/registry/src/a-2=/cargo\x1f\
             --remap-path-prefix=/cargo/registry/src/b registry-1=/cargo\x1f\
             --remap-path-prefix=/rust/lib/rustlib/src/rust=/rustc/5f"
        );
    }
}
