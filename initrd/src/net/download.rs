//! The image's files, from the server into memory: counted, checked, and gone on with when the server comes back.

use super::backoff::Backoff;
use super::curl::{Server, Trouble};
use crate::console;
use anyhow::{Context, Result, bail, ensure};
use firn_image::{Entry, Manifest};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Seek, Write};
use std::time::Duration;

/// How often a file may come with another checksum, and how often the server may say that it has none.
const TRIES: u32 = 2;
/// How often a file is begun anew, because the connection broke and the server cannot go on in the middle.
const BEGINNINGS: u32 = 5;
/// Steps of the progress that is said, in percent.
const STEP: u64 = 10;

/// Fetches every file that the manifest names into `folder`.
pub fn all(server: &Server, manifest: &Manifest, folder: &str, patience: Duration) -> Result<()> {
    let mut progress = Progress::new(manifest.size());
    for (name, entry) in &manifest.files {
        let path = format!("{folder}/{name}");
        let file = File::create_new(&path).with_context(|| format!("making {path}"))?;
        Download::new(server, (name, entry), file, patience).finish(&mut progress)?;
    }
    Ok(())
}

/// One file on its way.
struct Download<'a> {
    server: &'a Server<'a>,
    name: &'a str,
    entry: &'a Entry,
    file: File,
    /// How much is here, and its checksum up to there.
    received: u64,
    hash: Sha256,
    patience: Duration,
    /// Begins anew with every byte that comes.
    pauses: Backoff,
    refused: u32,
    wrong: u32,
    begun_anew: u32,
}

impl<'a> Download<'a> {
    fn new(
        server: &'a Server<'a>,
        (name, entry): (&'a str, &'a Entry),
        file: File,
        patience: Duration,
    ) -> Self {
        Self {
            server,
            name,
            entry,
            file,
            received: 0,
            hash: Sha256::new(),
            patience,
            pauses: Backoff::new(patience),
            refused: 0,
            wrong: 0,
            begun_anew: 0,
        }
    }

    /// Goes on until the file is whole, or nothing more has come for as long as the patience lasts.
    fn finish(&mut self, progress: &mut Progress) -> Result<()> {
        loop {
            let before = self.received;
            let end = self.go_on(progress);
            if self.received > before {
                self.pauses = Backoff::new(self.patience);
            }
            match end.map(|()| self.check()) {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(sentence)) => {
                    self.count_wrong(sentence)?;
                    self.begin_again(progress)?;
                }
                Err(trouble) if trouble.wants_beginning() => {
                    self.count_beginning(&trouble.words)?;
                    self.begin_again(progress)?;
                    self.pause(&trouble, progress.percent())?;
                }
                Err(trouble) => self.pause(&trouble, progress.percent())?,
            }
        }
    }

    /// A file that was damaged on the way comes whole the next time; another file does not.
    fn count_wrong(&mut self, sentence: String) -> Result<()> {
        self.wrong += 1;
        ensure!(self.wrong < TRIES, "{sentence}");
        console::say(&format!("Firn: {sentence}. Fetching it once more"));
        Ok(())
    }

    /// Each beginning brings bytes and with them new patience, so that it is their number which must end. The server has answered:
    /// patience with its silence begins anew.
    fn count_beginning(&mut self, words: &str) -> Result<()> {
        self.begun_anew += 1;
        self.pauses = Backoff::new(self.patience);
        ensure!(
            self.begun_anew <= BEGINNINGS,
            "fetching {}: the connection broke, and after {BEGINNINGS} new beginnings again: {}. Use a web server that can send parts of a file (ranges)",
            self.server.url(self.name),
            words.trim_end_matches('.')
        );
        Ok(())
    }

    fn pause(&mut self, trouble: &Trouble, percent: u64) -> Result<()> {
        self.refused += u32::from(trouble.is_refusal());
        let what = format!("fetching {}: {}", self.server.url(self.name), trouble.words);
        let Some(pause) = self.pauses.next().filter(|_| self.refused < TRIES) else {
            bail!("{what}");
        };
        console::say(&format!(
            "Firn: {what}. Trying again in {} s, from {percent} % on",
            pause.as_secs()
        ));
        std::thread::sleep(pause);
        Ok(())
    }

    fn go_on(&mut self, progress: &mut Progress) -> Result<(), Trouble> {
        let Self {
            file,
            received,
            hash,
            ..
        } = self;
        self.server.stream(self.name, *received, |piece| {
            file.write_all(piece)?;
            hash.update(piece);
            *received += piece.len() as u64;
            progress.add(piece.len() as u64);
            Ok(())
        })
    }

    fn begin_again(&mut self, progress: &mut Progress) -> Result<()> {
        self.file.set_len(0).context("emptying a file in memory")?;
        self.file.rewind().context("emptying a file in memory")?;
        progress.take_back(self.received);
        self.received = 0;
        self.hash = Sha256::new();
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        let sum = hex::encode(self.hash.clone().finalize());
        if sum == self.entry.sha256 {
            return Ok(());
        }
        Err(format!(
            "{} has {} bytes with the sha256 {sum}; this netboot.img needs {} bytes with {}: serve all files of one folder that \
             `cargo xtask netboot bundle` has made",
            self.server.url(self.name),
            self.received,
            self.entry.size,
            self.entry.sha256
        ))
    }
}

/// How much of all files is here, said on every console from time to time.
struct Progress {
    whole: u64,
    done: u64,
    said: u64,
}

impl Progress {
    fn new(whole: u64) -> Self {
        Self {
            whole: whole.max(1),
            done: 0,
            said: 0,
        }
    }

    fn percent(&self) -> u64 {
        (self.done * 100 / self.whole).min(100)
    }

    fn add(&mut self, bytes: u64) {
        self.done += bytes;
        if let Some(percent) = self.due() {
            console::say(&format!(
                "Firn: fetching the image: {percent} % of {} MB",
                self.whole / 1_000_000
            ));
        }
    }

    fn take_back(&mut self, bytes: u64) {
        self.done -= bytes;
        self.said = self.said.min(self.percent());
    }

    /// The percentage to be said now, if any.
    fn due(&mut self) -> Option<u64> {
        let percent = self.percent();
        let due = percent / STEP > self.said / STEP;
        if due {
            self.said = percent;
        }
        due.then_some(percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_said_in_steps_and_again_after_a_new_beginning() {
        let mut progress = Progress::new(200);
        let mut said = Vec::new();
        for bytes in [10, 10, 30, 150] {
            progress.done += bytes;
            said.extend(progress.due());
        }
        assert_eq!(said, [10, 25, 100]);
        progress.take_back(150);
        progress.done += 20;
        assert_eq!((progress.due(), progress.percent()), (Some(35), 35));
    }

    const SERVER: Server = Server {
        base: "http://192.0.2.1/firn",
        interface: "eth0",
    };

    /// Of "abc".
    fn entry() -> Entry {
        Entry {
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into(),
            size: 3,
            fsverity: None,
        }
    }

    fn download(entry: &Entry) -> Download<'_> {
        let file = tempfile::tempfile().unwrap();
        Download::new(&SERVER, ("vmlinuz", entry), file, Duration::ZERO)
    }

    #[test]
    fn beginnings_come_to_an_end() {
        let entry = entry();
        let mut download = download(&entry);
        let words = "HTTP server does not seem to support byte ranges. Cannot resume.";
        let mut count = || download.count_beginning(words);
        for _ in 0..BEGINNINGS {
            count().unwrap();
        }
        assert_eq!(
            count().unwrap_err().to_string(),
            "fetching http://192.0.2.1/firn/vmlinuz: the connection broke, and after 5 new beginnings again: \
             HTTP server does not seem to support byte ranges. Cannot resume. \
             Use a web server that can send parts of a file (ranges)"
        );
    }

    #[test]
    fn another_checksum_is_a_sentence_with_both() {
        let entry = entry();
        let mut download = download(&entry);
        download.hash.update(b"abc");
        assert_eq!(download.check(), Ok(()));
        download.hash.update(b"d");
        download.received = 4;
        let sentence = download.check().unwrap_err();
        assert!(
            sentence
                .starts_with("http://192.0.2.1/firn/vmlinuz has 4 bytes with the sha256 88d4266f")
                && sentence.contains("needs 3 bytes with ba7816bf"),
            "{sentence}"
        );
    }
}
