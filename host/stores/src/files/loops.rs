//! The loop devices through which running guests see their files. They keep the size that a file had when they were made.

use crate::{Error, Result};
use firn_command::limited::Run;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Where the kernel tells about block devices.
pub(super) const BLOCK: &str = "/sys/block";
const LIMIT: Duration = Duration::from_secs(30);

/// Has the devices of a file take over its size.
pub(super) fn resize(run: &dyn Run, block: &Path, file: &Path) -> Result<()> {
    for device in of(block, file).map_err(Error::file(block))? {
        let args = ["--set-capacity".to_owned(), format!("/dev/{device}")];
        let failed = |reason: String| Error::Command {
            program: "losetup".into(),
            reason,
        };
        let output = run.run("losetup", &args, LIMIT);
        let output = output.map_err(|trouble| failed(trouble.to_string()))?;
        if !output.success {
            return Err(failed(output.last_words));
        }
    }
    Ok(())
}

/// The names of a file's devices.
fn of(block: &Path, file: &Path) -> io::Result<Vec<String>> {
    let file = file.canonicalize()?;
    let mut found = Vec::new();
    // Where the kernel does not tell about them, as in a sandbox, nobody runs guests.
    let entries = match fs::read_dir(block) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        // One that shows no file is none, or free.
        let backing = fs::read_to_string(entry.path().join("loop/backing_file"));
        if backing.is_ok_and(|path| Path::new(path.trim_end_matches('\n')) == file) {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(found)
}
