//! The choice itself: from what is there, can be fetched, or stands in the mirror's index.

use super::fetch::Lacking;
use crate::lock::changes::changes;
use crate::lock::{self, Deb, Lock};
use anyhow::{Context, Result, bail};

/// Packages that a message names; the rest is a number.
const NAMED: usize = 5;

/// What one tree is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub lock: Lock,
    /// How that differs from the lock in `recipes/lock`; nothing when it does not.
    pub note: Option<String>,
}

impl Choice {
    /// What a tree is made of, compared with the lock that there is for it.
    pub fn new(tree: &str, lock: Lock, locked: Option<&Lock>) -> Self {
        let note = match locked {
            None => Some(format!(
                "The tree {tree} is not locked: {} is missing, or was made for another recipe. `cargo xtask lock --refresh` writes it.",
                lock::path(tree).display()
            )),
            Some(locked) if locked.key() == lock.key() => None,
            Some(locked) => Some(differs(tree, &changes(locked, &lock))),
        };
        Self { lock, note }
    }

    /// Whether the packages are exactly those of the lock.
    pub fn is_locked(&self) -> bool {
        self.note.is_none()
    }
}

fn differs(tree: &str, lines: &[String]) -> String {
    let packages = match lines.len() {
        1 => format!("1 package of the tree {tree} differs"),
        many => format!("{many} packages of the tree {tree} differ"),
    };
    format!(
        "{packages} from {}: {}. `cargo xtask lock --refresh` takes what the mirror has into the lock.",
        lock::path(tree).display(),
        some(lines)
    )
}

/// The first of many, and how many more there are.
fn some(names: &[String]) -> String {
    let first = names.iter().take(NAMED).cloned().collect::<Vec<_>>();
    let more = names.len().saturating_sub(NAMED);
    match more {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

fn named(debs: &[Deb]) -> String {
    let name = |deb: &Deb| format!("{} {}", deb.name, deb.version);
    some(&debs.iter().map(name).collect::<Vec<_>>())
}

/// How a choice finds out what there is.
pub struct Ways<'a> {
    /// Whether the tree of these packages is there already.
    pub made: &'a dyn Fn(&Lock) -> Result<bool>,
    /// Fetches packages; gives those that are nowhere to be had.
    pub fetch: &'a dyn Fn(&Lock) -> Result<Lacking>,
    /// What the tree consists of by the mirror's index of today.
    pub today: &'a dyn Fn() -> Result<Lock>,
    /// Tells the person who builds.
    pub say: &'a dyn Fn(&str),
}

/// Takes `first` if all of it can be had, else what the mirror's index has today. That is always taken as a whole: packages of one
/// source need each other in the same version.
pub fn choose(tree: &str, first: Option<Lock>, ways: &Ways<'_>) -> Result<Lock> {
    let mut lacking = Lacking::default();
    if let Some(first) = &first {
        lacking = lacks(first, ways)?;
        if lacking.debs.is_empty() {
            return Ok(first.clone());
        }
    }
    let today = (ways.today)().with_context(|| unresolved(tree, &lacking))?;
    let absent = lacks(&today, ways)?;
    if !absent.debs.is_empty() {
        bail!(
            "fetching the packages of the tree {tree}: the mirror's index names {}, but nothing serves what it names; try again \
             later, or name another mirror with `--mirror URL`\n{}",
            named(&absent.debs),
            absent.reason
        );
    }
    if first.is_some_and(|first| first.key() != today.key()) {
        (ways.say)(&format!(
            "{tree}: {} can no longer be had; the tree is made of what the mirror's index has today",
            named(&lacking.debs)
        ));
    }
    Ok(today)
}

fn lacks(lock: &Lock, ways: &Ways<'_>) -> Result<Lacking> {
    match (ways.made)(lock)? {
        true => Ok(Lacking::default()),
        false => (ways.fetch)(lock),
    }
}

fn unresolved(tree: &str, lacking: &Lacking) -> String {
    match lacking.debs.as_slice() {
        [] => format!("looking for the packages of the tree {tree}"),
        debs => format!(
            "looking for packages in the place of {}, which the tree {tree} is made of and which can no longer be had ({})",
            named(debs),
            lacking.reason
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::tests::lock;
    use anyhow::anyhow;
    use std::cell::RefCell;

    /// A mirror that serves these packages, and has these in its index.
    fn chosen(
        first: Option<&Lock>,
        served: &[&str],
        index: Result<Lock>,
    ) -> (Result<Lock>, Vec<String>) {
        let (said, index) = (RefCell::new(Vec::new()), RefCell::new(Some(index)));
        let has = |deb: &Deb| served.contains(&format!("{} {}", deb.name, deb.version).as_str());
        let ways = Ways {
            made: &|_| Ok(false),
            fetch: &|lock| {
                let debs: Vec<Deb> = lock.debs.iter().filter(|d| !has(d)).cloned().collect();
                let reason = if debs.is_empty() { "" } else { "404" };
                Ok(Lacking {
                    debs,
                    reason: reason.into(),
                })
            },
            today: &|| index.take().unwrap_or_else(|| Err(anyhow!("asked twice"))),
            say: &|text| said.borrow_mut().push(text.to_owned()),
        };
        let lock = choose("dom0-base", first.cloned(), &ways);
        (lock, said.into_inner())
    }

    fn error(result: Result<Lock>) -> String {
        format!("{:#}", result.unwrap_err())
    }

    #[test]
    fn what_is_locked_is_taken_whatever_is_newer() {
        let locked = lock(&["bash 5.2-1", "openssl 3.5.4"]);
        let served = ["bash 5.2-1", "openssl 3.5.4", "openssl 3.5.9"];
        let index = Err(anyhow!("nobody asks for the index"));
        let (taken, said) = chosen(Some(&locked), &served, index);
        let choice = Choice::new("dom0-base", taken.unwrap(), Some(&locked));
        assert_eq!((choice.lock.clone(), choice.is_locked()), (locked, true));
        assert!(said.is_empty());
    }

    #[test]
    fn a_tree_that_is_there_needs_no_packages() {
        let locked = lock(&["bash 5.2-1"]);
        let ways = Ways {
            made: &|_| Ok(true),
            fetch: &|_| Err(anyhow!("nothing is fetched")),
            today: &|| Err(anyhow!("nothing is asked")),
            say: &|_| {},
        };
        let taken = choose("dom0-base", Some(locked.clone()), &ways).unwrap();
        assert_eq!(taken, locked);
    }

    #[test]
    fn a_package_that_has_vanished_is_replaced_and_that_is_said() {
        let locked = lock(&["bash 5.2-1", "libssl3t64 3.5.4", "openssl 3.5.4"]);
        let today = lock(&["bash 5.2-1", "libssl3t64 3.5.9", "openssl 3.5.9"]);
        let served = [
            "bash 5.2-1",
            "libssl3t64 3.5.4",
            "libssl3t64 3.5.9",
            "openssl 3.5.9",
        ];
        let (taken, said) = chosen(Some(&locked), &served, Ok(today.clone()));
        assert_eq!(
            said,
            [
                "dom0-base: openssl 3.5.4 can no longer be had; the tree is made of what the mirror's index has today"
            ]
        );
        let choice = Choice::new("dom0-base", taken.unwrap(), Some(&locked));
        assert!(choice.lock == today && !choice.is_locked());
        assert_eq!(
            choice.note.unwrap(),
            "2 packages of the tree dom0-base differ from recipes/lock/dom0-base.lock: libssl3t64 3.5.4 becomes 3.5.9, openssl 3.5.4 \
             becomes 3.5.9. `cargo xtask lock --refresh` takes what the mirror has into the lock."
        );
    }

    #[test]
    fn of_many_that_differ_the_first_are_named() {
        let names = ["a 1", "b 1", "c 1", "d 1", "e 1", "f 1", "g 1"];
        let note = Choice::new("tools-root", lock(&[]), Some(&lock(&names))).note;
        assert_eq!(
            note.unwrap(),
            "7 packages of the tree tools-root differ from recipes/lock/tools-root.lock: a 1 goes, b 1 goes, c 1 goes, d 1 goes, e 1 \
             goes and 2 more. `cargo xtask lock --refresh` takes what the mirror has into the lock."
        );
    }

    #[test]
    fn a_lock_of_another_recipe_does_not_stop_the_build() {
        let today = lock(&["bash 5.2-1"]);
        let (taken, said) = chosen(None, &["bash 5.2-1"], Ok(today.clone()));
        let choice = Choice::new("dom0-base", taken.unwrap(), None);
        assert!(choice.lock == today && !choice.is_locked() && said.is_empty());
        assert_eq!(
            choice.note.unwrap(),
            "The tree dom0-base is not locked: recipes/lock/dom0-base.lock is missing, or was made for another recipe. `cargo xtask \
             lock --refresh` writes it."
        );
    }

    #[test]
    fn a_mirror_that_failed_once_makes_nothing_unlocked() {
        let locked = lock(&["bash 5.2-1"]);
        let tries = RefCell::new(0);
        let ways = Ways {
            made: &|_| Ok(false),
            fetch: &|lock| {
                *tries.borrow_mut() += 1;
                let first = *tries.borrow() == 1;
                let debs = if first { lock.debs.clone() } else { Vec::new() };
                Ok(Lacking {
                    debs,
                    reason: "503".into(),
                })
            },
            today: &|| Ok(lock(&["bash 5.2-1"])),
            say: &|text| panic!("{text}"),
        };
        let taken = choose("dom0-base", Some(locked.clone()), &ways).unwrap();
        assert!(Choice::new("dom0-base", taken, Some(&locked)).is_locked());
    }

    #[test]
    fn what_is_nowhere_ends_the_build_with_the_reason() {
        let locked = lock(&["bash 5.2-1"]);
        let (taken, _) = chosen(Some(&locked), &[], Err(anyhow!("no network")));
        assert_eq!(
            error(taken),
            "looking for packages in the place of bash 5.2-1, which the tree dom0-base is made of and which can no longer be had \
             (404): no network"
        );
        let (taken, _) = chosen(None, &[], Err(anyhow!("no network")));
        assert_eq!(
            error(taken),
            "looking for the packages of the tree dom0-base: no network"
        );
        let (taken, _) = chosen(Some(&locked), &[], Ok(lock(&["bash 5.2-2"])));
        assert_eq!(
            error(taken),
            "fetching the packages of the tree dom0-base: the mirror's index names bash 5.2-2, but nothing serves what it names; try \
             again later, or name another mirror with `--mirror URL`\n404"
        );
    }
}
