//! What could not be reloaded, for the next `firn apply`: the files differ no more then, and nothing else would tell. In `/run`, because a
//! restart of the host does it all.

use super::reload::Action;
use anyhow::{Context, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

pub use firn_image::run::APPLY_PENDING as PATH;

/// What an earlier run left.
pub fn read(path: &Path) -> Result<Vec<Action>> {
    let reading = || {
        let path = path.display();
        format!("reading {path}; remove it, and restart the host after the next firn apply")
    };
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        text => text.with_context(reading)?,
    };
    serde_json::from_str(&text).with_context(reading)
}

/// Leaves these for the next run; without any the file goes.
pub fn keep(path: &Path, actions: &[Action]) -> Result<()> {
    if !actions.is_empty() {
        return crate::files::write(path, &serde_json::to_string(actions)?, 0o600);
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// What was left and what is new, each once, in the order in which it is done.
pub fn merge(left: &[Action], new: &[Action]) -> Vec<Action> {
    let mut all = [left, new].concat();
    // networkd makes a link anew that it still has a file for, but only when it is told.
    if all.iter().any(|a| matches!(a, Action::DeleteLink(_))) {
        all.push(Action::Network);
    }
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_comes_back_until_it_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("firn/apply.pending");
        assert_eq!(read(&path).unwrap(), []);
        let left = [Action::DeleteLink("bond0".into()), Action::Ssh];
        keep(&path, &left).unwrap();
        assert_eq!(read(&path).unwrap(), left);
        keep(&path, &[]).unwrap();
        keep(&path, &[]).unwrap();
        assert_eq!(read(&path).unwrap(), []);
        assert!(!path.exists());
    }

    #[test]
    fn left_and_new_are_done_once_and_in_order() {
        let left = [Action::Firewall, Action::DeleteLink("bond0".into())];
        let new = [Action::HostName, Action::Firewall];
        assert_eq!(
            merge(&left, &new),
            [
                Action::HostName,
                Action::DeleteLink("bond0".into()),
                Action::Network,
                Action::Firewall
            ]
        );
        assert_eq!(merge(&[], &[]), []);
    }
}
