//! `cargo xtask answers merge`: what answers in layers come to, and which layer each value is from.

use super::check::read;
use anyhow::{Context, Result};
use firn_config::{Layer, LayeredValue, decode, merge};
use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Prints the merged answers and everything that is wrong with them; with `out` writes them as a file.
///
/// # Errors
/// When a file cannot be read or written.
pub fn run(files: &[PathBuf], out: Option<&Path>) -> Result<ExitCode> {
    let layers = files
        .iter()
        .map(|path| layer(path))
        .collect::<Result<Vec<_>>>()?;
    let merged = merge(&layers);
    print!("{}", render(&merged.values()));
    let problems = merged.check().err().unwrap_or_default();
    for problem in &problems {
        println!("{problem}");
    }
    if !problems.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    if let Some(out) = out {
        write(out, &merged.to_toml())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn layer(path: &Path) -> Result<Layer> {
    let name = path.display().to_string();
    let bytes = read(path)?;
    let text = decode(&bytes).map_err(|problem| anyhow::anyhow!("{name}: {problem}"))?;
    let text = text.to_owned();
    Ok(Layer { name, text })
}

/// Its owner alone may read it.
const MODE: u32 = 0o600;

/// Secrets are in it, so it is its owner's alone, also where an older file lies that others may read.
fn write(path: &Path, text: &str) -> Result<()> {
    let writing = || format!("writing {}", path.display());
    let mut options = std::fs::OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(MODE);
    let mut file = options.open(path).with_context(writing)?;
    // The mode above counts for a new file only.
    let mode = Permissions::from_mode(MODE);
    file.set_permissions(mode).with_context(writing)?;
    file.write_all(text.as_bytes()).with_context(writing)
}

/// TOML, with the layer and line of each value behind it. Secrets are hidden: a screen is no place for them.
fn render(values: &[LayeredValue]) -> String {
    let mut text = String::new();
    let mut table: &[String] = &[];
    let width = values.iter().map(|value| line(value).chars().count()).max();
    let width = width.unwrap_or_default().min(60);
    for value in values {
        let tables = value
            .path
            .split_last()
            .map_or(&[][..], |(_, tables)| tables);
        if tables != table {
            text += &format!("\n[{}]\n", tables.join("."));
            table = tables;
        }
        text += &format!("{:width$}  # {}:{}\n", line(value), value.layer, value.line);
    }
    text + "\n"
}

fn line(value: &LayeredValue) -> String {
    let key = value.path.last().map(String::as_str).unwrap_or_default();
    match value.secret {
        true => format!("{key} = \"(hidden)\""),
        false => format!("{key} = {}", value.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["new.toml", "old.toml"] {
            let path = folder.path().join(name);
            if name == "old.toml" {
                std::fs::write(&path, "what others may read, and longer\n").unwrap();
                std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
            }
            write(&path, "version = 1\n").unwrap();
            let mode = path.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o7777, MODE, "{name}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "version = 1\n");
        }
    }

    #[test]
    fn each_value_has_its_layer() {
        let layer = |name: &str, text: &str| Layer {
            name: name.into(),
            text: text.into(),
        };
        let merged = merge(&[
            layer(
                "site.toml",
                "version = 1\n[host]\nroot-password = \"geheim12345\"\n[network]\ndns = [\"192.0.2.53\"]\n",
            ),
            layer(
                "host.toml",
                "[network.interface]\nmac = \"52:54:00:12:34:56\"\n[host]\nname = \"xen1\"\n",
            ),
        ]);
        insta::assert_snapshot!(render(&merged.values()), @r#"
        version = 1                 # site.toml:1

        [host]
        root-password = "(hidden)"  # site.toml:3
        name = "xen1"               # host.toml:4

        [network]
        dns = ["192.0.2.53"]        # site.toml:5

        [network.interface]
        mac = "52:54:00:12:34:56"   # host.toml:2
        "#);
    }
}
