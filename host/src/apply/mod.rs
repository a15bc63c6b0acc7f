//! `firn apply`: makes the system follow its settings. Run twice, the second time changes nothing.

mod change;
mod reload;

use anyhow::{Context, Result};
use change::{Change, Kind};
use std::path::Path;

/// Renders the settings, writes what differs and reloads what it concerns.
/// With a `root` other than `/` (tests, images) nothing is reloaded.
pub fn apply(root: Option<&Path>, dry_run: bool) -> Result<()> {
    let folder = root.unwrap_or(Path::new("/"));
    let settings = crate::settings::read(folder).context("nothing was changed")?;
    let files = firn_config::render(&settings)?;
    let changes = change::find(folder, &files)?;
    if changes.is_empty() {
        println!("nothing changed");
        return Ok(());
    }
    // What to reload is found before the old files are gone.
    let actions = reload::actions(&changes);
    for change in &changes {
        if !dry_run {
            write(folder, change)?;
        }
        println!("{}", line(change, dry_run));
    }
    if root.is_none() && !dry_run {
        reload::run(&actions)?;
    }
    Ok(())
}

fn write(root: &Path, change: &Change) -> Result<()> {
    let path = change::below(root, &change.path);
    match (&change.kind, &change.file) {
        (Kind::Removed, _) | (_, None) => {
            std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))
        }
        (_, Some(file)) => match &file.link {
            Some(target) => crate::files::link(&path, target),
            None => crate::files::write(&path, &file.content, file.mode),
        },
    }
}

fn line(change: &Change, dry_run: bool) -> String {
    let word = match (&change.kind, dry_run) {
        (Kind::New, false) => "new",
        (Kind::Changed, false) => "changed",
        (Kind::Removed, false) => "removed",
        (Kind::New, true) => "would be new",
        (Kind::Changed, true) => "would change",
        (Kind::Removed, true) => "would be removed",
    };
    format!("{word}: {}", change.path)
}
