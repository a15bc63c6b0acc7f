//! What curl's exit statuses mean to whoever wants a file.

use super::Remote;
use crate::Error;
use crate::sandbox::Outcome;
use firn_words::{Text, say};

/// Whether curl has fetched all.
///
/// # Errors
/// Why it has not, in a sentence that says what to do.
pub(super) fn well(remote: &Remote, outcome: &Outcome) -> Result<(), Error> {
    if outcome.success() {
        return Ok(());
    }
    let said = outcome.last_words.as_str();
    let text = outcome.code.and_then(|code| told(remote, code, said));
    let other = || {
        say!(
            "image-fetch-failed",
            url = &remote.url,
            reason = reason(said)
        )
    };
    Err(Error::Refused(text.unwrap_or_else(other)))
}

/// The numbers are those of curl(1), "Exit codes".
fn told(remote: &Remote, code: i32, said: &str) -> Option<Text> {
    let url = remote.url.as_str();
    Some(match code {
        6 => say!("image-fetch-unknown", url = url),
        7 => say!("image-fetch-unreachable", url = url),
        // The server ends too early, or breaks off.
        18 | 52 | 56 | 92 => say!("image-fetch-cut", url = url),
        22 => say!("image-fetch-status", url = url, status = status(said)),
        28 => say!("image-fetch-slow", url = url),
        60 => say!("image-fetch-certificate", url = url),
        63 => {
            return super::fits(remote, u64::MAX)
                .err()
                .map(|error| error.text());
        }
        _ => return None,
    })
}

/// `curl: (22) The requested URL returned error: 404`, in newer ones with words behind the number.
fn status(said: &str) -> &str {
    let (_, status) = said.rsplit_once(": ").unwrap_or(("", said));
    status.split(' ').next().unwrap_or(status)
}

/// `curl: (1) Protocol "ftp" not supported`, without what only programs want to know.
fn reason(said: &str) -> &str {
    let told = said.strip_prefix("curl: (");
    told.and_then(|told| told.split_once(") "))
        .map_or(said, |(_, reason)| reason)
}
