//! `cargo xtask lock`: writes the locks anew, or says what the mirror has that differs.

use super::changes::changes;
use super::resolve::Index;
use super::{Lock, path};
use crate::debian::Mirror;
use crate::recipe::Recipes;
use anyhow::{Context, Result};
use clap::Args;
use std::process::ExitCode;

/// Write down of which Debian packages the trees are made, or say what has changed since.
///
/// The locks are recipes/lock/*.lock. Commit them: `cargo xtask iso` makes the trees from exactly these packages.
#[derive(Debug, Args)]
pub struct LockArgs {
    /// Take the packages that the mirror has today into the locks
    #[arg(long, required_unless_present = "check")]
    pub refresh: bool,
    /// Write nothing; say which packages of the mirror differ from the locks, and end with status 1 if there are any
    #[arg(long, conflicts_with = "refresh")]
    pub check: bool,
    /// Ask this mirror instead of APT's own
    #[arg(long, env = "FIRN_MIRROR", value_name = "URL")]
    pub mirror: Option<String>,
    /// The same for security updates
    #[arg(long, env = "FIRN_SECURITY_MIRROR", value_name = "URL")]
    pub security_mirror: Option<String>,
}

/// Writes or compares the locks of all trees.
///
/// # Errors
/// When a recipe or a lock cannot be read or written, or the mirror's index cannot be had.
pub fn run(args: &LockArgs) -> Result<ExitCode> {
    let workspace = crate::workspace();
    let recipes = Recipes::read(&workspace)?;
    let mirror = Mirror::find(args.mirror.clone(), args.security_mirror.clone())?;
    let index = Index::fetch(&mirror, &recipes.roots)?;
    let mut same = true;
    for (tree, packages) in recipes.trees() {
        let file = workspace.join(path(tree));
        let today = index
            .lock(packages)
            .with_context(|| format!("resolving the tree {tree}"))?;
        let old = match args.refresh {
            // One that cannot be read, after a merge perhaps, is what this command mends.
            true => Lock::read(&file).ok().flatten(),
            false => Lock::read(&file)?,
        };
        print!("{}", told(tree, old.as_ref(), &today));
        if is_new(old.as_ref(), &today) {
            same = false;
            if args.refresh {
                write(&file, &today)?;
            }
        }
    }
    let failed = args.check && !same;
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Whether a lock says something else than another one. The same packages at a later time are the same.
fn is_new(old: Option<&Lock>, today: &Lock) -> bool {
    old.is_none_or(|old| old.wish != today.wish || old.debs != today.debs)
}

fn write(file: &std::path::Path, lock: &Lock) -> Result<()> {
    let what = || format!("writing {}", file.display());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(what)?;
    }
    std::fs::write(file, lock.text()).with_context(what)
}

/// What a person reads of one tree.
fn told(tree: &str, old: Option<&Lock>, today: &Lock) -> String {
    let all = format!(
        "{} packages, {:.1} MB",
        today.debs.len(),
        today.size() as f64 / 1e6
    );
    let Some(old) = old else {
        return format!("{tree}: there was no lock; today it is {all}\n");
    };
    let lines = changes(old, today);
    let mut text = match lines.len() {
        0 if is_new(Some(old), today) => {
            format!("{tree}: the same {all}, of another recipe or from other places\n")
        }
        0 => format!("{tree}: nothing differs in {all}\n"),
        1 => format!("{tree}: 1 package differs; today it is {all}\n"),
        many => format!("{tree}: {many} packages differ; today it is {all}\n"),
    };
    text.extend(lines.iter().map(|line| format!("  {line}\n")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::tests::lock;

    #[test]
    fn what_a_tree_becomes_is_told() {
        let old = lock(&["bash 5.2-1", "dash 1"]);
        insta::assert_snapshot!(told("dom0-base", None, &old), @"dom0-base: there was no lock; today it is 2 packages, 0.0 MB");
        insta::assert_snapshot!(told("dom0-base", Some(&old), &old), @"dom0-base: nothing differs in 2 packages, 0.0 MB");
        insta::assert_snapshot!(told("dom0-base", Some(&old), &lock(&["bash 5.2-2", "dash 1"])), @r"
        dom0-base: 1 package differs; today it is 2 packages, 0.0 MB
          bash 5.2-1 becomes 5.2-2
        ");
        insta::assert_snapshot!(told("dom0-base", Some(&old), &lock(&["bash 5.2-2"])), @r"
        dom0-base: 2 packages differ; today it is 1 packages, 0.0 MB
          bash 5.2-1 becomes 5.2-2
          dash 1 goes
        ");
        let wish = Lock {
            wish: "f".repeat(16),
            ..old.clone()
        };
        insta::assert_snapshot!(told("dom0-base", Some(&old), &wish), @"dom0-base: the same 2 packages, 0.0 MB, of another recipe or from other places");
    }

    #[test]
    fn the_same_packages_later_are_nothing_new() {
        let old = lock(&["bash 5.2-1"]);
        let later = Lock {
            as_of: "20270101T000000Z".into(),
            ..old.clone()
        };
        assert!(!is_new(Some(&old), &later));
        assert!(is_new(None, &old) && is_new(Some(&old), &lock(&["bash 5.2-2"])));
        assert!(is_new(
            Some(&old),
            &Lock {
                wish: String::new(),
                ..later
            }
        ));
    }
}
