//! What all parts of the running server share.

use crate::answers::Folder;
use crate::event::{Event, What};
use crate::fleet::Fleet;
use crate::journal::Journal;
use crate::mac::Mac;
use crate::machine::Machine;
use crate::state::State;
use crate::tokens::{Verdict, shortened};
use anyhow::Result;
use jiff::Timestamp;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// What was asked of this server.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The netboot folder.
    pub folder: PathBuf,
    pub answers: Option<Folder>,
    /// Whether somebody must allow each installation.
    pub approve: bool,
    /// Whether a machine that is done starts from its disk.
    pub once: bool,
    /// Further words for the kernel.
    pub cmdline: String,
    pub port: u16,
    pub state: PathBuf,
}

/// The running server.
#[derive(Debug)]
pub struct Site {
    pub settings: Settings,
    inner: Mutex<Inner>,
    /// Counts what the table shows anew.
    changes: watch::Sender<u64>,
}

#[derive(Debug)]
struct Inner {
    fleet: Fleet,
    state: State,
    journal: Journal,
    /// What went wrong here, for the line below the table.
    trouble: Option<String>,
}

impl Site {
    /// A server that has seen nobody yet.
    pub fn new(settings: Settings, state: State, journal: Journal) -> Self {
        let inner = Inner {
            fleet: Fleet::default(),
            state,
            journal,
            trouble: None,
        };
        Self {
            settings,
            inner: Mutex::new(inner),
            changes: watch::Sender::new(0),
        }
    }

    /// A part of the server that panicked leaves nothing half-done behind: each change is whole.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an event in: into the log, the state and the table, none of which has a control character then.
    pub fn tell(&self, event: &Event) {
        let event = &event.printable();
        let now = Timestamp::now();
        let mut inner = self.inner();
        let logged = inner.journal.write(event, now);
        let kept = self.keep(&mut inner, event, now);
        let trouble = logged.and(kept).err().map(|error| format!("{error:#}"));
        let shown = inner.fleet.apply(event, now) || trouble.is_some();
        inner.trouble = trouble.or(inner.trouble.take());
        drop(inner);
        if shown {
            self.changes.send_modify(|count| *count += 1);
        }
    }

    /// The part of an event that must outlive the server.
    fn keep(&self, inner: &mut Inner, event: &Event, now: Timestamp) -> Result<()> {
        match event {
            Event::Report(report) if report.what == What::Succeeded => {
                inner.state.done.insert(report.mac, now);
            }
            Event::Again { mac } => inner.state.again(*mac),
            _ => return Ok(()),
        }
        inner.state.write(&self.settings.state)
    }

    /// A new token for a machine; nothing if it has used one.
    ///
    /// # Errors
    /// When the state cannot be written: a token that is not kept is not given.
    pub fn give_token(&self, mac: Mac) -> Result<Option<String>> {
        let value = uuid::Uuid::new_v4().simple().to_string();
        let mut inner = self.inner();
        // On a copy: the machine's earlier token stays good if this one cannot be kept.
        let mut state = inner.state.clone();
        if !state.tokens.give(&value, mac, Timestamp::now()) {
            return Ok(None);
        }
        state.write(&self.settings.state)?;
        inner.state = state;
        drop(inner);
        let token = shortened(&value);
        self.tell(&Event::TokenGiven { mac, token });
        Ok(Some(value))
    }

    /// Takes a token back.
    ///
    /// # Errors
    /// When the state cannot be written: then it is not taken.
    pub fn take_token(&self, value: &str) -> Result<Verdict> {
        let mut inner = self.inner();
        let mut state = inner.state.clone();
        let (verdict, mac) = state.tokens.take(value);
        state.write(&self.settings.state)?;
        inner.state = state;
        drop(inner);
        let token = shortened(value);
        self.tell(&Event::TokenTaken {
            mac,
            token,
            verdict,
        });
        Ok(verdict)
    }

    /// Whether this machine is to start from its disk.
    pub fn starts_from_disk(&self, mac: Mac) -> bool {
        self.settings.once && self.inner().state.done.contains_key(&mac)
    }

    /// Whether this machine's installation must still be allowed.
    pub fn must_wait(&self, mac: Mac) -> bool {
        self.settings.approve && !self.inner().fleet.is_approved(mac)
    }

    /// The machines, as the table has them.
    pub fn machines(&self) -> Vec<Machine> {
        self.inner().fleet.rows().into_iter().cloned().collect()
    }

    /// The machines that wait for somebody.
    pub fn waiting(&self) -> Vec<Mac> {
        self.inner().fleet.waiting()
    }

    /// Who is at this address, as far as it was heard from.
    pub fn machine_at(&self, address: IpAddr) -> Option<Mac> {
        self.inner().fleet.at(address)
    }

    /// What went wrong in the server itself, the last time that something did.
    pub fn trouble(&self) -> Option<String> {
        self.inner().trouble.clone()
    }

    /// Wakes up whenever the table shows something else.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}
