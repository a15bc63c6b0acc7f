//! Runs the few programs that the initrd brings along.

use crate::slow;
use anyhow::{Context, Result, bail};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Where the initrd's programs may lie, in the order of looking.
pub const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// Letters of a command line that are shown while it runs.
const SHORT: usize = 60;

/// A command that finds its program in the initrd.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("PATH", PATH);
    command
}

/// Whether the initrd brings `program` along; some are optional.
pub fn exists(program: &str) -> bool {
    PATH.split(':')
        .any(|folder| std::path::Path::new(folder).join(program).exists())
}

/// Runs the applet of a program that looks at the name it was called by, such as busybox or kmod.
pub fn applet(program: &str, name: &str, args: &[&str]) -> Result<()> {
    check(name, args, command(program).arg0(name).args(args))
}

/// Runs a program; an error holds the command line and the last line it wrote to stderr.
pub fn run(program: &str, args: &[&str]) -> Result<()> {
    check(program, args, command(program).args(args))
}

fn check(name: &str, args: &[&str], command: &mut Command) -> Result<()> {
    let line = format!("{name} {}", args.join(" "));
    let output = slow::tell(&format!("running {}", short(&line)), || command.output());
    let output = output.with_context(|| format!("running {line}"))?;
    if output.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let last = stderr
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("it wrote no reason");
    bail!("running {line}: {}: {}", output.status, last.trim())
}

/// The beginning of a command line; modprobe is given what all devices ask for.
fn short(line: &str) -> String {
    match line.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_command_line_is_cut() {
        assert_eq!(short("modprobe -a loop"), "modprobe -a loop");
        let long = short(&"ä".repeat(SHORT + 1));
        assert_eq!(long, "ä".repeat(SHORT) + " …");
    }

    #[test]
    fn an_error_has_the_command_line_and_the_last_line_of_stderr() {
        let error = run("sh", &["-c", "echo one >&2; echo two >&2; exit 3"])
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("running sh -c"), "{error}");
        assert!(error.ends_with("exit status: 3: two"), "{error}");
    }
}
