//! That a server was asked and has no answers for this machine: the wizards, each a process of its own, say so on their first page.

use firn_image::run::NO_ANSWERS;
use std::fs;

/// Leaves word for the wizards.
pub fn leave(url: &str) {
    // Without it a page lacks a sentence that the serial line had.
    let _ = fs::write(NO_ANSWERS, url);
}

/// The URL that was asked.
pub fn read() -> Option<String> {
    firn_words::read_text(NO_ANSWERS).ok()
}
