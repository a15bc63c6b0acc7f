//! Puts modules into the running kernel: all of them, or none.

use super::kept::{self, FOLDER};
use super::kernel;
use super::load::refusal;
use super::module::{Module, name_of};
use firn_command::cmd;
use firn_words::{Text, say};
use std::fs;
use std::path::{Path, PathBuf};

/// What was done to the kernel. It is taken back when the value goes: without its old driver a NIC would be gone
/// until the next start.
#[derive(Debug, Default)]
pub struct Inserted {
    removed: Vec<String>,
    inserted: Vec<String>,
}

/// Puts modules in, in this order, after what they need of the image; other builds of them make room.
///
/// # Errors
/// Why one cannot be put in; then all is as before.
pub fn all(modules: &[Module], needs: &[String]) -> Result<Inserted, Text> {
    for need in needs {
        // What is missing, the driver says itself: an unknown symbol.
        let _ = cmd("modprobe", ["--quiet", need]).run();
    }
    let new: Vec<&Module> = modules.iter().filter(|module| !is_loaded(module)).collect();
    let mut done = Inserted::default();
    // Those that use others go first: what is used cannot go.
    for module in new.iter().rev().filter(|m| kernel::has(&m.name)) {
        done.remove(module)?;
    }
    for module in new {
        done.insert(module)?;
    }
    Ok(done)
}

/// Whether this very build is there.
fn is_loaded(module: &Module) -> bool {
    let bytes = || fs::read(&module.file).unwrap_or_default();
    let source = module.source_version.as_deref();
    kernel::has(&module.name) && kernel::build(&module.name).is(source, &bytes())
}

impl Inserted {
    /// Nothing is taken back any more.
    pub fn stay(mut self) {
        self.removed.clear();
        self.inserted.clear();
    }

    fn remove(&mut self, module: &Module) -> Result<(), Text> {
        if cmd("rmmod", [&module.name]).run().is_err() {
            let file = name_of(&module.file);
            return Err(say!("driver-in-use", file = file, module = &module.name));
        }
        self.removed.push(module.name.clone());
        Ok(())
    }

    fn insert(&mut self, module: &Module) -> Result<(), Text> {
        let before = kernel::log();
        if let Err(error) = cmd("insmod", [&module.file]).run() {
            let after = kernel::log();
            let lines = kernel::new_lines(&before, &after);
            let file = name_of(&module.file);
            return Err(refusal(&file, &error.last_words(), &lines));
        }
        self.inserted.push(module.name.clone());
        Ok(())
    }

    /// The commands that take it back, the last step first. What was there before is the image's own module, unless a driver
    /// that was loaded earlier is kept.
    pub(super) fn way_back(&self, kept: impl Fn(&str) -> Option<PathBuf>) -> Vec<(&str, PathBuf)> {
        let out = self.inserted.iter().rev();
        let out = out.map(|name| ("rmmod", PathBuf::from(name)));
        let again = self.removed.iter().rev().map(|name| match kept(name) {
            Some(file) => ("insmod", file),
            None => ("modprobe", PathBuf::from(name)),
        });
        out.chain(again).collect()
    }
}

impl Drop for Inserted {
    fn drop(&mut self) {
        let kept = |name: &str| {
            let file = kept::module_file(Path::new(FOLDER), name);
            file.exists().then_some(file)
        };
        let steps = self.way_back(kept);
        for (program, module) in &steps {
            let _ = cmd(program, [module]).run();
        }
        if !steps.is_empty() {
            // The devices come back as they went: with names, and before anybody looks for them.
            firn_machine::probe::settle();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_made_room_comes_back_once_the_new_is_out() {
        let done = Inserted {
            removed: vec!["card".into(), "core".into(), "bus".into()],
            inserted: vec!["bus".into(), "core".into()],
        };
        let kept = |name: &str| (name == "core").then(|| PathBuf::from("/kept/core.ko"));
        let expected = [
            ("rmmod", "core"),
            ("rmmod", "bus"),
            ("modprobe", "bus"),
            ("insmod", "/kept/core.ko"),
            ("modprobe", "card"),
        ];
        let expected = expected.map(|(program, module)| (program, PathBuf::from(module)));
        assert_eq!(done.way_back(kept), expected);
        // Its end here must not touch the kernel that runs the tests.
        done.stay();
        assert!(Inserted::default().way_back(kept).is_empty());
    }
}
