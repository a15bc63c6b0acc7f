//! Tables of good and bad answer files.

mod bad;
mod good;
mod round_trip;

use crate::problem::Problem;

/// A key that is whole.
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin";

/// The least that an answer file must say, and `more`.
fn with(more: &str) -> String {
    format!("version = 1\nhost = {{ name = \"xen1\", root-password = \"geheim\" }}\n{more}")
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}
