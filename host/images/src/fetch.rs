//! Files from the network, by curl in the sandbox: it sees certificates and name servers, and hands over what comes as its output.

mod address;
mod ended;

pub use address::check_address;

use crate::sandbox::{Job, run};
use crate::{Error, Progress};
use firn_config::Size;
use firn_words::say;
use std::cell::Cell;
use std::ops::ControlFlow;

/// A file in the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Its address, which [`check_address`] takes.
    pub url: String,
    /// Bytes that it may have at most.
    pub most: u64,
    /// Whether its checksum is known from elsewhere: then it matters less who sends it.
    pub checked: bool,
}

/// What every request of curl is: no file of settings, nothing but HTTP, an end when nothing comes for a minute. Brackets in an
/// address are no pattern.
const ALWAYS: &[&str] = &[
    "--disable",
    "--silent",
    "--show-error",
    "--fail",
    "--globoff",
    "--location",
    "--max-redirs",
    "10",
    "--connect-timeout",
    "30",
    "--speed-limit",
    "1",
    "--speed-time",
    "60",
    "--proto",
    "=http,https",
];
/// Asks for the size only, and says it. Servers need not answer that.
const SIZE: &[&str] = &[
    "--head",
    "--max-time",
    "60",
    "--output",
    "/dev/null",
    "--write-out",
    "%header{content-length}",
];
/// So long an answer to [`SIZE`] is read.
const DIGITS: usize = 64;

/// Fetches a file, from which every piece goes to `take`.
///
/// # Errors
/// What `take` says; [`Error::Refused`] where the address, its server or the file's size is the reason, else [`Error::Failed`];
/// [`Error::Cancelled`] where `progress` says so.
pub fn fetch(
    remote: &Remote,
    take: &mut dyn FnMut(&[u8]) -> Result<(), Error>,
    progress: Progress<'_>,
) -> Result<(), Error> {
    check_address(&remote.url)?;
    let of = size(remote, progress)?;
    fits(remote, of)?;
    let (done, mut stopped) = (Cell::new(0), Ok(()));
    let job = remote.job(&["--max-filesize", &remote.most.to_string()]);
    let mut piece = |bytes: &[u8]| {
        done.set(done.get() + bytes.len() as u64);
        // curl looks only at the size that the server has announced.
        stopped = fits(remote, done.get()).and_then(|()| take(bytes));
        match stopped {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    };
    let outcome = run(&job, &mut piece, &mut || progress(done.get(), of))?;
    stopped?;
    ended::well(remote, &outcome)
}

/// The size that the server announces; 0 where it does not.
fn size(remote: &Remote, progress: Progress<'_>) -> Result<u64, Error> {
    let mut said = Vec::new();
    let mut take = |bytes: &[u8]| {
        said.extend_from_slice(bytes);
        match said.len() {
            0..=DIGITS => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    };
    let outcome = run(&remote.job(SIZE), &mut take, &mut || progress(0, 0))?;
    let size = String::from_utf8_lossy(&said).trim().parse();
    Ok(size.ok().filter(|_| outcome.success()).unwrap_or(0))
}

fn fits(remote: &Remote, size: u64) -> Result<(), Error> {
    if size <= remote.most {
        return Ok(());
    }
    let most = Size(remote.most).text();
    Err(Error::Refused(say!(
        "image-fetch-large",
        url = &remote.url,
        most = most
    )))
}

impl Remote {
    fn job(&self, more: &[&str]) -> Job {
        // A server of a safe address must not lead to one that anybody may answer for, unless what comes is compared.
        let safe = self.url.starts_with("https://") && !self.checked;
        let redirects = if safe { "=https" } else { "=http,https" };
        let last = ["--proto-redir", redirects, "--url", &self.url];
        let words = ALWAYS.iter().chain(more).chain(&last);
        Job {
            program: "curl",
            args: words.map(|word| (*word).to_owned()).collect(),
            network: true,
            ..Job::default()
        }
    }
}

#[cfg(test)]
mod tests;
