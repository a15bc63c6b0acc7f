//! `firn apply`: makes the system follow its settings. Run twice, the second time changes nothing.

mod access;
mod change;
mod image;
mod pending;
mod record;
mod reload;
pub mod start;

use anyhow::{Context, Result, bail};
use change::{Change, Kind};
use firn_config::File;
use record::Record;
use std::path::Path;

/// Renders the settings, writes what differs and reloads what it concerns.
/// With a `root` other than `/` (tests, images) nothing is reloaded.
pub fn apply(root: Option<&Path>, dry_run: bool) -> Result<()> {
    let folder = root.unwrap_or(Path::new("/"));
    let settings = crate::settings::read_whole(folder).context("nothing was changed")?;
    let files = firn_config::render(&settings)?;
    let changes = change::find(folder, &files)?;
    let kept = Path::new(pending::PATH);
    let left = match root {
        None => pending::read(kept)?,
        Some(_) => Vec::new(),
    };
    if changes.is_empty() && left.is_empty() {
        println!("nothing changed");
        return Ok(());
    }
    if dry_run {
        changes.iter().for_each(|c| println!("{}", line(c, true)));
        if !left.is_empty() {
            println!("would reload what could not be reloaded before");
        }
        return Ok(());
    }
    if root.is_none() {
        // Before the first file is written: a run that is ended in the middle is gone on with, too.
        pending::keep(kept, &pending::merge(&left, &reload::actions(&changes)))?;
    }
    if root.is_some() {
        return write_all(folder, &changes).1;
    }
    let (written, written_all) = write_recorded(folder, &files, &changes)?;
    // What was not written still differs the next time.
    let due = pending::merge(&left, &reload::actions(&changes[..written]));
    if !left.is_empty() {
        println!("reloading what could not be reloaded before");
    }
    let failures = reload::run(&due);
    let failed: Vec<_> = failures.iter().map(|(action, _)| action.clone()).collect();
    pending::keep(kept, &failed)?;
    let words: Vec<String> = failures.iter().map(|(_, why)| why.to_string()).collect();
    end(written_all, &words)
}

/// The same as [`write_all`], and the record says throughout what is Firn's.
fn write_recorded(root: &Path, files: &[File], changes: &[Change]) -> Result<(usize, Result<()>)> {
    let mut record = Record::read(root);
    record.begun(files).keep(root)?;
    let (written, result) = write_all(root, changes);
    if result.is_ok() {
        files.iter().for_each(|file| record.set(file));
        record.keep(root)?;
    }
    Ok((written, result))
}

/// Writes one file after the other, up to the first that cannot be written; how many were.
fn write_all(root: &Path, changes: &[Change]) -> (usize, Result<()>) {
    for (written, change) in changes.iter().enumerate() {
        if let Err(error) = write(root, change) {
            return (written, Err(error));
        }
        println!("{}", line(change, false));
    }
    (changes.len(), Ok(()))
}

/// The error names everything that failed.
fn end(written: Result<()>, failures: &[String]) -> Result<()> {
    let failures = failures.join("; ");
    match written {
        Ok(()) if failures.is_empty() => Ok(()),
        Ok(()) => bail!("the files are written, but {failures}; firn apply tries it again"),
        Err(error) if failures.is_empty() => Err(error),
        Err(error) => bail!("{error:#}; and {failures}; firn apply tries it again"),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str) -> Change {
        let file = File {
            path: path.into(),
            mode: 0o644,
            content: "new\n".into(),
            link: None,
        };
        Change {
            path: path.into(),
            kind: Kind::New,
            old: None,
            file: Some(file),
        }
    }

    #[test]
    fn what_was_written_before_an_error_is_known() {
        let root = tempfile::tempdir().unwrap();
        // A folder in the file's place: not even root can write that.
        std::fs::create_dir_all(root.path().join("etc/hosts/x")).unwrap();
        let changes = ["/etc/hostname", "/etc/hosts", "/etc/timezone"].map(change);
        let (written, result) = write_all(root.path(), &changes);
        assert_eq!(written, 1);
        let error = result.unwrap_err().to_string();
        assert_eq!(
            error,
            format!("writing {}/etc/hosts", root.path().display())
        );
        assert!(!root.path().join("etc/timezone").exists());
    }

    #[test]
    fn the_error_has_all_that_failed() {
        let said = |written, failures: &[&str]| {
            let failures: Vec<String> = failures.iter().map(|&text| text.to_owned()).collect();
            end(written, &failures).map_err(|error| error.to_string())
        };
        let error = || Err(anyhow::anyhow!("writing x"));
        assert_eq!(said(Ok(()), &[]), Ok(()));
        assert_eq!(
            said(Ok(()), &["a", "b"]),
            Err("the files are written, but a; b; firn apply tries it again".into())
        );
        assert_eq!(said(error(), &[]), Err("writing x".into()));
        assert_eq!(
            said(error(), &["a"]),
            Err("writing x; and a; firn apply tries it again".into())
        );
    }
}
