//! What the build host must have: cargo, mmdebstrap and uidmap, for the tests also curl and iproute2; the rest runs from the tools root.

use anyhow::{Context, Result, bail};
use firn_command::cmd;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Programs and the Debian packages that bring them.
type Programs = &'static [(&'static str, &'static str)];

/// For building.
pub const BUILD: Programs = &[
    ("mmdebstrap", "mmdebstrap"),
    ("newuidmap", "uidmap"),
    ("unshare", "util-linux"),
    ("tar", "tar"),
];

/// For testing: the installer's curl speaks to servers of the unit tests, and networks of our own are made with ip.
pub const TEST: Programs = &[("curl", "curl"), ("ip", "iproute2")];

/// Sees to it that every program is there; installs what is missing where that is allowed.
///
/// # Errors
/// When something is missing and was not installed: the message has the exact command.
pub fn require(programs: Programs, yes: bool) -> Result<()> {
    let missing: Vec<&str> = programs
        .iter()
        .filter(|(program, _)| !found(program))
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !found("apt-get") {
        bail!(
            "this machine lacks programs that Firn's builder and tests need; install those that Debian packages as: {list} \
             (mmdebstrap also needs Debian's archive keys in /usr/share/keyrings)"
        );
    }
    let command = format!("apt-get install -y --no-install-recommends {list}");
    if !firn_tree::is_root() || !(yes || agreed(&command)?) {
        bail!("the packages {list} are missing; as root, run: {command}");
    }
    eprintln!("installing {list}");
    cmd("apt-get", ["update", "-q"])
        .run()
        .context("updating APT's lists")?;
    cmd(
        "apt-get",
        ["install", "-y", "-q", "--no-install-recommends"],
    )
    .args(&missing)
    .env("DEBIAN_FRONTEND", "noninteractive")
    .run()
    .context("installing what the builder needs")
}

fn found(program: &str) -> bool {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':')
        .chain(["/usr/sbin", "/sbin"])
        .any(|dir| Path::new(dir).join(program).is_file())
}

fn agreed(command: &str) -> Result<bool> {
    if std::env::var("CI").is_ok_and(|ci| ci == "true") {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    eprint!("May I run `{command}`? [Y/n] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(
        answer.trim().to_lowercase().as_str(),
        "" | "y" | "yes"
    ))
}
