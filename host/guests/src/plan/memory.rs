//! Whether there is memory for a guest, with figures.

use super::Ground;
use crate::definition::Definition;
use crate::{Problem, shape};
use firn_config::Size;
use firn_words::say;
use std::path::Path;

/// Bytes of memory that a guest takes from Xen when it starts; `hap` as in [`firn_engine::Host`].
pub fn needed(guest: &Definition, hap: bool) -> u64 {
    let shape = shape::outline(guest, Path::new(""), &|file| file.into());
    firn_engine::need(&shape, hap).xen
}

impl Ground<'_> {
    /// Bytes that are free and that nobody waits for.
    fn free(&self) -> u64 {
        self.host.memory_free.saturating_sub(self.reserved)
    }

    /// What is wrong with starting a guest now.
    pub(super) fn admit(&self, guest: &Definition) -> Option<Problem> {
        self.room(&guest.name, needed(guest, self.host.hap))
    }

    /// What is wrong with giving a running guest so many bytes more.
    pub(super) fn room(&self, name: &str, need: u64) -> Option<Problem> {
        let free = self.free();
        let (need, have) = (Size(need), Size(free));
        let text = || say!("guests-memory", name = name, need = need, free = have);
        (need.0 > free).then(|| Problem::refused("memory", text()))
    }
}
