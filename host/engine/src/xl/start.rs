//! Starting a guest.

use super::{Xen, calls, config};
use crate::{Engine, Error, Result, Shape};
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Starts it; the caller has the turn.
pub(super) fn start(xen: &Xen, shape: &Shape) -> Result<u32> {
    if xen.domain(&shape.name)?.is_some() {
        let guest = shape.name.clone();
        return Err(Error::Running { guest });
    }
    let problems = xen.check(shape);
    if !problems.is_empty() {
        return Err(Error::Refused(problems));
    }
    let file = write(
        &xen.paths.configs,
        shape,
        &config::render(shape, &xen.paths),
    );
    let file = file.map_err(|error| Error::failed("xl create", &error))?;
    // What is left of an earlier run is mostly nothing, and then this fails.
    let _ = xen.call(&calls::clear(&shape.name));
    built(xen, shape, &file).inspect_err(|_| {
        // Of a guest that is half built nothing may remain; why it failed is what matters.
        let _ = xen.call(&calls::destroy(&shape.name));
    })
}

fn built(xen: &Xen, shape: &Shape, file: &Path) -> Result<u32> {
    xen.call(&calls::create(&shape.name, file))?;
    if config::first_cpus(shape) != shape.cpus {
        xen.call(&calls::set_cpus(&shape.name, shape.cpus))?;
    }
    let domain = xen.domain(&shape.name)?;
    let domain = domain.ok_or_else(|| xen.not_running(&shape.name))?;
    Ok(domain.number)
}

/// Writes its configuration, which may hold what not everybody is to read.
fn write(folder: &Path, shape: &Shape, text: &str) -> io::Result<PathBuf> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let path = folder.join(format!("{}.cfg", shape.name));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(&path)?.write_all(text.as_bytes())?;
    Ok(path)
}
