//! What machine and scripts say in numbers.

use crate::bench::shell::Shell;
use anyhow::{Context, Result};
use std::time::Duration;

const SHORT: Duration = Duration::from_secs(3 * 60);
const SECTOR: u64 = 512;

/// Bytes that the kernel has written to the disk so far.
///
/// # Errors
/// When the shell does not answer.
pub fn written(shell: &Shell<'_>) -> Result<u64> {
    let said = shell.run("cat /sys/block/vda/stat", SHORT)?;
    sectors_written(&said)
        .map(|sectors| sectors * SECTOR)
        .with_context(|| format!("reading the disk's counters in {said:?}"))
}

/// The seventh number of `/sys/block/*/stat`.
fn sectors_written(stat: &str) -> Option<u64> {
    stat.split_whitespace().nth(6)?.parse().ok()
}

/// The last line of what a script has said: its time in nanoseconds.
///
/// # Errors
/// When it is no number.
pub fn nanoseconds(said: &str) -> Result<Duration> {
    let last = said.lines().last().unwrap_or_default();
    let number = last
        .trim()
        .parse()
        .with_context(|| format!("reading the time in {said:?}"))?;
    Ok(Duration::from_nanos(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_and_times() {
        let stat = " 1 2 3 4 5 6 7000 8 9 10 11 0 0 0 0 0 0\n";
        assert_eq!(sectors_written(stat), Some(7000));
        assert_eq!(sectors_written(""), None);
        let said = "205+1 records in\n2500000000";
        assert_eq!(nanoseconds(said).unwrap(), Duration::from_millis(2500));
        assert!(nanoseconds("no").is_err());
    }
}
