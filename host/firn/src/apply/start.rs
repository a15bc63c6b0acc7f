//! `firn apply --start`, at each start and before what reads the files: what another image has rendered is rendered again by the one that runs.
//! It works forwards and back, so nothing of it is ever undone.

use super::access::{self, SHADOW};
use super::change::{self, Change, Kind, NETWORK, below};
use super::image::Image;
use super::record::Record;
use super::reload::{self, Action};
use crate::settings::{self, Found};
use anyhow::{Context, Result, anyhow};
use firn_config::File;
use firn_image::shadow;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::Path;

/// Who there is. The image says so, but for the hash of root's password.
const ACCOUNTS: [&str; 4] = ["/etc/passwd", "/etc/group", "/etc/gshadow", SHADOW];
/// Where files are put aside that somebody has changed by hand, below their paths.
const ASIDE: &str = "/var/lib/firn/aside";

/// Does it on this host.
pub fn run() -> Result<()> {
    let changes = start(Path::new("/"), &Image::running()?)?;
    // The only file that was read before: systemd has given the kernel the name in it.
    if changes.iter().any(|change| change.path == "/etc/hostname") {
        let failed = reload::run(&[Action::HostName]).pop();
        failed.map_or(Ok(()), |(_, why)| Err(why))?;
    }
    Ok(())
}

/// What was changed of the host whose root is `root`. Where the settings make no files, those of before stay, and the users are seen to.
fn start(root: &Path, image: &Image) -> Result<Vec<Change>> {
    let before = Record::read(root);
    let mut record = before.clone();
    let hash = access::follow(root, &mut record)?;
    if record.image == image.id {
        if record != before {
            record.keep(root)?;
        }
        return Ok(Vec::new());
    }
    let rendered = settings::read(root).and_then(render);
    let plan = plan(&record, rendered.as_ref().ok(), image, hash.as_deref())?;
    let changes = carry_out(root, &plan, record, image)?;
    match rendered {
        Ok(_) => Ok(changes),
        Err(error) => Err(anyhow!("the files of the image before are kept: {error:#}")),
    }
}

/// The files of the settings.
struct Rendered {
    files: Vec<File>,
    /// Whether the files of the network do not count, because a part of its settings is not understood: the host can be reached with those of
    /// before, if it could be with any.
    without_network: bool,
}

fn render(found: Found) -> Result<Rendered> {
    if let Some(said) = &found.said {
        println!("{}", firn_visible::visible_lines(said));
    }
    let network = |name: &String| name == "network" || name.starts_with("network.");
    Ok(Rendered {
        files: firn_config::render(&found.settings)?,
        without_network: found.left.iter().any(network),
    })
}

/// How the files are to be.
struct Plan {
    files: Vec<File>,
    /// Rendered by another image, and none of this one's.
    removed: Vec<String>,
    /// Everything that follows from the settings is among them; else this is tried again at the next start.
    whole: bool,
    /// Whether the network's files stay as they are.
    without_network: bool,
}

fn plan(
    record: &Record,
    rendered: Option<&Rendered>,
    image: &Image,
    hash: Option<&str>,
) -> Result<Plan> {
    let mut files = match record.users == image.id {
        true => Vec::new(),
        false => accounts(image, hash)?,
    };
    let mut removed = Vec::new();
    let without_network = rendered.is_none_or(|rendered| rendered.without_network);
    let stays = |path: &str| without_network && path.starts_with(NETWORK);
    if let Some(rendered) = rendered {
        let all = rendered.files.iter();
        files.extend(all.filter(|file| !stays(&file.path)).cloned());
        let gone = record.paths().filter(|path| !stays(path));
        let gone = gone.filter(|path| !ACCOUNTS.contains(path));
        for path in gone.filter(|path| files.iter().all(|file| file.path != **path)) {
            removed.push(path.to_owned());
        }
    }
    // In place of what goes the image may have a file of its own, which removing would hide.
    let mut gone = Vec::new();
    for path in removed {
        match image.file(&path)? {
            Some(file) => files.push(file),
            None => gone.push(path),
        }
    }
    Ok(Plan {
        files,
        removed: gone,
        whole: rendered.is_some(),
        without_network,
    })
}

fn accounts(image: &Image, hash: Option<&str>) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for path in ACCOUNTS {
        let Some(mut file) = image.file(path)? else {
            continue;
        };
        if let (SHADOW, Some(hash)) = (path, hash) {
            file.content = shadow::with_root(&file.content, hash);
        }
        files.push(file);
    }
    Ok(files)
}

fn carry_out(root: &Path, plan: &Plan, record: Record, image: &Image) -> Result<Vec<Change>> {
    let mut changes = change::find(root, &plan.files)?;
    if plan.without_network {
        changes.retain(|change| !change.path.starts_with(NETWORK));
    }
    changes.extend(removals(root, &plan.removed, &changes));
    // Should the power go from here on, the next start begins anew, whichever image it is of.
    let mut unfinished = record.begun(&plan.files);
    unfinished.image.clear();
    unfinished.users.clear();
    unfinished.keep(root)?;
    for change in &changes {
        put_aside(root, change, &record)?;
        write(root, change, image)?;
        println!("{}", super::line(change, false));
    }
    finished(record, plan, image).keep(root)?;
    Ok(changes)
}

fn removals(root: &Path, paths: &[String], known: &[Change]) -> Vec<Change> {
    let there = |path: &&String| {
        fs::symlink_metadata(below(root, path)).is_ok()
            && known.iter().all(|change| change.path != **path)
    };
    let change = |path: &String| Change {
        path: path.clone(),
        kind: Kind::Removed,
        old: None,
        file: None,
    };
    paths.iter().filter(there).map(change).collect()
}

/// What is true afterwards.
fn finished(mut record: Record, plan: &Plan, image: &Image) -> Record {
    plan.files.iter().for_each(|file| record.set(file));
    record.retain(|path| !plan.removed.iter().any(|gone| gone == path));
    record.users = image.id.clone();
    record.image = match plan.whole {
        true => image.id.clone(),
        false => String::new(),
    };
    record
}

/// Keeps a copy of a file that is not as Firn has made it. Shadow's would only be a second place with hashes.
fn put_aside(root: &Path, change: &Change, record: &Record) -> Result<()> {
    let path = &change.path;
    let is_secret = ["/etc/gshadow", SHADOW].contains(&path.as_str());
    if is_secret || change.kind == Kind::New || record.is_ours(root, path) {
        return Ok(());
    }
    let (from, to) = (below(root, path), below(&below(root, ASIDE), path));
    copy(&from, &to).with_context(|| format!("copying {path} to {ASIDE}{path}"))?;
    println!("{path} was changed by hand; it is in {ASIDE}{path} now");
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::remove_file(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    match fs::read_link(from) {
        Ok(target) => symlink(target, to),
        Err(_) => {
            fs::copy(from, to)?;
            fs::File::open(to)?.sync_all()
        }
    }
}

/// The files about users belong to whom they belong to in the image: programs that check passwords read shadow by its group.
fn write(root: &Path, change: &Change, image: &Image) -> Result<()> {
    match &change.file {
        Some(file) if ACCOUNTS.contains(&file.path.as_str()) => {
            let owner = image.owner(&file.path)?;
            crate::files::write_for(&below(root, &file.path), &file.content, file.mode, owner)
        }
        _ => super::write(root, change),
    }
}

#[cfg(test)]
mod tests;
