//! What the server must still know after a restart: who is done, and the tokens.

use crate::mac::Mac;
use crate::tokens::Tokens;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

const VERSION: u32 = 1;

/// The state file's content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    version: u32,
    /// When each machine's installation ended well.
    pub done: BTreeMap<Mac, Timestamp>,
    pub tokens: Tokens,
}

impl Default for State {
    fn default() -> Self {
        Self {
            version: VERSION,
            done: BTreeMap::new(),
            tokens: Tokens::default(),
        }
    }
}

impl State {
    /// The file's content; a file that is not there yet is an empty one.
    ///
    /// # Errors
    /// When it cannot be read, or is not this server's.
    pub fn read(path: &Path) -> Result<Self> {
        let text = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            text => text.with_context(|| format!("reading the state file {}", path.display()))?,
        };
        let help = || {
            format!(
                "reading the state file {}: it is damaged; restore it, or remove it: then every machine counts as not installed yet",
                path.display()
            )
        };
        let state: Self = serde_json::from_str(&text).with_context(help)?;
        if state.version != VERSION {
            bail!(
                "the state file {} is of version {}, and this server knows version {VERSION}; use the server that wrote it",
                path.display(),
                state.version
            );
        }
        Ok(state)
    }

    /// Writes it beside its place and renames it, so that it is whole at any moment.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let writing = || format!("writing the state file {}", path.display());
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).with_context(writing)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).with_context(writing)?;
        serde_json::to_writer_pretty(&mut file, self).with_context(writing)?;
        file.write_all(b"\n").with_context(writing)?;
        file.as_file().sync_all().with_context(writing)?;
        // tempfile's own error says everything twice.
        let placed = file.persist(path).map_err(|error| error.error);
        placed.with_context(writing)?;
        // The new name is in the folder, which the disk has to know, too.
        let folder = std::fs::File::open(folder).with_context(writing)?;
        folder.sync_all().with_context(writing)
    }

    /// Lets a machine be installed once more.
    pub fn again(&mut self, mac: Mac) {
        self.done.remove(&mac);
        self.tokens.again(mac);
    }
}

/// Where the state is kept unless somebody says otherwise: below `$XDG_STATE_HOME`, else `~/.local/state`.
///
/// # Errors
/// When there is neither.
pub fn default_path() -> Result<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let base = folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")));
    let base =
        base.context("there is no HOME to keep the state file in; name one with --state FILE")?;
    Ok(base.join("firn/netboot.json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: Mac = Mac([0x52, 0x54, 0, 0, 0, 1]);

    #[test]
    fn what_was_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/netboot.json");
        assert_eq!(State::read(&path).unwrap(), State::default());
        let mut state = State::default();
        state.done.insert(A, Timestamp::UNIX_EPOCH);
        state.tokens.give("one", A, Timestamp::UNIX_EPOCH);
        state.write(&path).unwrap();
        assert_eq!(State::read(&path).unwrap(), state);
        state.again(A);
        assert_eq!(state, State::default());
    }

    #[test]
    fn a_damaged_file_is_not_taken_for_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("netboot.json");
        let wrong = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let error = State::read(&path).unwrap_err().to_string();
            error.replace(folder.path().to_str().unwrap(), "")
        };
        insta::assert_snapshot!(wrong("{"), @"reading the state file /netboot.json: it is damaged; restore it, or remove it: then every machine counts as not installed yet");
        insta::assert_snapshot!(wrong(r#"{"version": 2, "done": {}, "tokens": {}}"#), @"the state file /netboot.json is of version 2, and this server knows version 1; use the server that wrote it");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// A state file that is taken is whole and is written as it was read; a damaged one is refused by its name, never taken for an empty one.
        #[test]
        fn a_damaged_file_is_refused_by_its_name(changes in prop::collection::vec((any::<prop::sample::Index>(), "[ -~\\n]"), 0..3), cut in prop::option::of(any::<prop::sample::Index>())) {
            let mut state = State::default();
            state.done.insert(A, Timestamp::UNIX_EPOCH);
            state.tokens.give("one", A, Timestamp::UNIX_EPOCH);
            let mut text = serde_json::to_string(&state).unwrap();
            for (at, letter) in changes {
                let at = at.index(text.len());
                text.replace_range(at..at + 1, &letter);
            }
            text.truncate(cut.map_or(text.len(), |cut| cut.index(text.len())));
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("netboot.json");
            std::fs::write(&path, &text).unwrap();
            match State::read(&path) {
                Ok(read) => {
                    prop_assert_eq!(read.version, VERSION);
                    prop_assert_ne!(&read, &State::default());
                    let again = serde_json::to_string(&read).unwrap();
                    prop_assert_eq!(serde_json::from_str::<State>(&again).unwrap(), read);
                }
                Err(error) => prop_assert!(error.to_string().contains("netboot.json"), "{}", error),
            }
        }
    }
}
