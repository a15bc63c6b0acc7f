//! Drivers of this host's own: they were loaded from a stick at the installation, and lie in its `initrd-local.img`.
//!
//! They come before those of the image: a driver that was brought along is meant to serve its device.

use crate::{console, run};
use firn_image::file::DRIVERS;
use std::path::Path;

/// The file that names the modules in the order of loading.
const LIST: &str = "load";

/// Loads them, if there are any. One that refuses costs a line, no more: what then lacks says so itself.
pub fn load() {
    let folder = &Path::new("/").join(DRIVERS);
    let Ok(text) = firn_visible::read_text(folder.join(LIST)) else {
        return;
    };
    let names = names(&text);
    console::say(&format!(
        "Firn: loading this host's drivers: {}",
        names.join(", ")
    ));
    for name in names {
        let file = folder.join(name);
        if let Err(error) = run::applet("kmod", "insmod", &[&file.to_string_lossy()])
            && !already_there(&format!("{error:#}"))
        {
            console::say(&format!("Firn: the driver {name} does not load: {error:#}"));
        }
    }
}

/// One file name a line; a path would lead out of the folder.
fn names(text: &str) -> Vec<&str> {
    let names = text.lines().map(str::trim);
    names
        .filter(|name| !name.is_empty() && !name.contains('/'))
        .collect()
}

/// Modules of the image come along as needs of others, and may be loaded or built in.
fn already_there(error: &str) -> bool {
    error.contains("File exists")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_files_are_taken() {
        assert_eq!(names("a.ko\n\n b.ko \n../c.ko\n"), ["a.ko", "b.ko"]);
    }

    #[test]
    fn a_module_that_is_there_is_no_fault() {
        assert!(already_there(
            "running insmod x: exit status: 1: insmod: ERROR: could not insert module x: File exists"
        ));
    }
}
