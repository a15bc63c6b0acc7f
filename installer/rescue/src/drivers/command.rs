//! `firn-installer drivers …`: the same for a shell. Lines, not coloured; the exit status says whether it worked.

use super::{find, list, load, load_file};
use firn_words::{say, visible};
use std::path::Path;

/// Lists what there is; 1 when there is nothing.
pub fn list_on_terminal() -> u8 {
    let (loaded, found) = (list(), find());
    for driver in &loaded {
        println!("loaded  {}", driver.text());
    }
    for candidate in &found.candidates {
        println!(
            "found   {} ({} KB)",
            visible(&candidate.name()),
            candidate.size.div_ceil(1000)
        );
    }
    for problem in &found.problems {
        println!("problem {problem}");
    }
    u8::from(loaded.is_empty() && found.candidates.is_empty())
}

/// Loads one, by its path or its name on a stick; 1 when that fails.
pub fn load_on_terminal(file: &str) -> u8 {
    let found = find()
        .candidates
        .into_iter()
        .find(|candidate| candidate.name() == file);
    let result = match found {
        Some(candidate) => load(&candidate),
        None if !Path::new(file).exists() => Err(say!("driver-not-there", file = file)),
        None => load_file(Path::new(file)),
    };
    match result {
        Ok(driver) => {
            println!("loaded  {}", driver.text());
            0
        }
        Err(problem) => {
            println!("problem {problem}");
            1
        }
    }
}
