//! What bash proposes while somebody types: clap's words, and names that firnd knows.

use clap_complete::CompletionCandidate;
use clap_complete::env::{Bash, EnvCompleter};
use firn_client::{Ask, Client, Named, Place, ask};
use serde::de::DeserializeOwned;
use std::ffi::OsStr;
use std::io;
use std::time::Duration;

/// The variable in which bash says that it wants proposals.
const VARIABLE: &str = "COMPLETE";
/// Nobody waits longer for a proposal.
const PATIENCE: Duration = Duration::from_secs(1);

/// What bash needs; it runs this program for each proposal.
pub fn bash() -> io::Result<()> {
    Bash.write_registration(VARIABLE, "firn", "firn", "firn", &mut io::stdout())
}

/// Names of guests that begin so.
pub fn guests(begin: &OsStr) -> Vec<CompletionCandidate> {
    names(begin, &ask::guests())
}

/// Names of deleted guests that begin so.
pub fn trashed(begin: &OsStr) -> Vec<CompletionCandidate> {
    names(begin, &ask::trash())
}

/// Ids of templates that begin so.
pub fn templates(begin: &OsStr) -> Vec<CompletionCandidate> {
    names(begin, &ask::templates())
}

fn names<N: Named + DeserializeOwned>(
    begin: &OsStr,
    ask: &Ask<Vec<N>>,
) -> Vec<CompletionCandidate> {
    let socket = std::env::var_os("FIRN_SOCKET").unwrap_or_else(|| firn_api::SOCKET.into());
    let Ok(client) = Client::new(Place::Socket(socket.into())) else {
        return Vec::new();
    };
    // Without firnd there is nothing to propose.
    let known = client.with_patience(PATIENCE).send(ask).unwrap_or_default();
    let typed = known.iter().map(|one| typed(one.name()));
    let begin = begin.to_string_lossy();
    let fitting = typed.filter(|name| name.starts_with(&*begin));
    fitting.map(CompletionCandidate::new).collect()
}

/// A name as it is typed in bash, where a blank and others have a meaning.
fn typed(name: &str) -> String {
    let plain = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "-_.+".contains(c);
    let mut typed = String::new();
    for c in name.chars() {
        if !plain(c) {
            typed.push('\\');
        }
        typed.push(c);
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_proposed_as_bash_takes_it() {
        assert_eq!(typed("web-1.example"), "web-1.example");
        assert_eq!(typed("Anna's Büro"), "Anna\\'s\\ Büro");
    }
}
