//! Xen's programs on a host: each is there with its libraries, and starts.

use crate::host::Host;
use anyhow::{Result, ensure};
use std::time::Duration;

/// Emulated, all of them together take a minute.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Those that act at once whatever their arguments are: a watchdog, tests that need a machine of their own, dom0's own set-up.
const NOT_RUN: &str = "*/xenwatchdogd|*/test-*|*/xen-init-dom0|*/xendomains|*/xen-hvmcrash|*/xen-mceinj|*/xen-lowmemd|*/xenpmd|*/xenbaked";
/// As many as there are at least: a list that is empty by mistake shows nothing.
const LEAST: usize = 35;

/// Looks at each with `ldd`, and runs it with `--help`.
pub fn check(host: &Host) -> Result<()> {
    let each = format!(
        "cd /; for program in $(cat /usr/share/firn/xen-programs); do [ -x \"$program\" ] || continue; \
         {{ echo there; ldd \"/$program\" | grep 'not found'; case $program in {NOT_RUN}) continue;; esac; \
         timeout 20 \"/$program\" --help </dev/null | grep -a 'error while loading'; }} 2>&1 | sed \"s,^,$program: ,\"; done; true"
    );
    let said = host.ssh.output(&each, PATIENCE)?.text;
    let (there, wrong): (Vec<&str>, Vec<&str>) = said
        .lines()
        .filter(|line| {
            line.ends_with(": there")
                || line.contains("not found")
                || line.contains("error while loading")
        })
        .partition(|line| line.ends_with(": there"));
    ensure!(
        wrong.is_empty(),
        "programs of Xen's lack libraries:\n{}",
        wrong.join("\n")
    );
    ensure!(
        there.len() >= LEAST,
        "only {} programs of Xen's are there: {said}",
        there.len()
    );
    let top = host.ssh.run("TERM=linux xentop --batch --iterations=1")?;
    ensure!(top.contains("Domain-0"), "xentop shows no Domain-0: {top}");
    Ok(())
}
