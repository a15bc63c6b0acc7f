//! Whether the root is whole: each program in it finds its libraries and its interpreter. What pruning took too much of, or what no
//! package brings, is found here, and not by whoever starts the program.

use anyhow::{Context, Result, ensure};
use goblin::elf::Elf;
use std::path::{Component, Path, PathBuf};

/// Where the dynamic loader looks besides what a program names itself.
const LIBRARIES: [&str; 3] = ["usr/lib/x86_64-linux-gnu", "usr/lib", "usr/lib64"];
/// Where programs are looked for by name.
const PROGRAMS: [&str; 2] = ["usr/bin", "usr/sbin"];
/// Folders without programs: drivers and firmware have forms of their own.
const WITHOUT: [&str; 4] = [
    "usr/lib/modules",
    "usr/lib/firmware",
    "usr/share/qemu",
    "proc",
];
/// Links that lead to links: more is a circle.
const LINKS: usize = 40;

/// Fails with one line for each program that lacks something.
///
/// # Errors
/// When a program lacks something, or a file cannot be read.
pub fn check(tree: &Path) -> Result<()> {
    let mut missing = Vec::new();
    walk(tree, tree, &mut missing)?;
    missing.sort();
    ensure!(
        missing.is_empty(),
        "looking over the root: add what is missing to `packages` in recipes/dom0.toml, or what needs it to `prune`:\n  {}",
        missing.join("\n  ")
    );
    Ok(())
}

fn walk(tree: &Path, folder: &Path, missing: &mut Vec<String>) -> Result<()> {
    let what = || format!("reading {}", folder.display());
    for entry in folder.read_dir().with_context(what)? {
        let entry = entry.with_context(what)?;
        let path = entry.path();
        let inside = path.strip_prefix(tree).unwrap_or(&path);
        let kind = entry.file_type().with_context(what)?;
        if kind.is_dir() && !WITHOUT.iter().any(|folder| inside == Path::new(folder)) {
            walk(tree, &path, missing)?;
        } else if kind.is_file() {
            missing.extend(lacks(tree, &path, inside)?);
        }
    }
    Ok(())
}

/// What one file lacks.
fn lacks(tree: &Path, path: &Path, inside: &Path) -> Result<Vec<String>> {
    let head = head(path)?;
    let wanted = if head.starts_with(b"\x7fELF") {
        let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        program(tree, inside, &bytes)
    } else if head.starts_with(b"#!") && is_executable(path)? {
        script(tree, &head).into_iter().collect()
    } else {
        Vec::new()
    };
    let line = |wanted| format!("{} needs {wanted}, which is missing", inside.display());
    Ok(wanted.into_iter().map(line).collect())
}

/// The first bytes: enough for an interpreter's name.
fn head(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read;
    let mut head = Vec::new();
    let file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    file.take(256)
        .read_to_end(&mut head)
        .with_context(|| format!("reading {}", path.display()))?;
    Ok(head)
}

fn is_executable(path: &Path) -> Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    let found = path
        .metadata()
        .with_context(|| format!("looking at {}", path.display()))?;
    Ok(found.permissions().mode() & 0o111 != 0)
}

/// Libraries and loader that an ELF file names and nothing in the tree is. What is for another machine (guests' firmware) is no program.
fn program(tree: &Path, inside: &Path, bytes: &[u8]) -> Vec<String> {
    let Ok(elf) = Elf::parse(bytes) else {
        return Vec::new();
    };
    if elf.header.e_machine != goblin::elf::header::EM_X86_64 {
        return Vec::new();
    }
    let origin = inside
        .parent()
        .unwrap_or(Path::new(""))
        .display()
        .to_string();
    let named = elf
        .runpaths
        .iter()
        .chain(&elf.rpaths)
        .flat_map(|paths| paths.split(':'));
    let named = named.map(|path| {
        path.replace("$ORIGIN", &origin)
            .replace("${ORIGIN}", &origin)
    });
    // A library that lies beside another has it loaded by the program that loads both.
    let beside = elf.interpreter.is_none().then(|| origin.clone());
    let folders = named.chain(beside).chain(LIBRARIES.map(str::to_owned));
    let folders: Vec<String> = folders.collect();
    let there = |library: &str| match library.contains('/') {
        true => exists(tree, library),
        false => folders
            .iter()
            .any(|folder| exists(tree, &format!("{folder}/{library}"))),
    };
    let loader = elf.interpreter.into_iter();
    let wanted = elf.libraries.iter().copied().chain(loader);
    wanted
        .filter(|name| !there(name))
        .map(str::to_owned)
        .collect()
}

/// The interpreter of a script, if it is missing; with `env` it is the next word.
fn script(tree: &Path, head: &[u8]) -> Option<String> {
    let line = head.split(|byte| *byte == b'\n').next()?;
    let line = String::from_utf8_lossy(line.strip_prefix(b"#!")?).into_owned();
    let mut words = line.split_whitespace();
    let interpreter = words.next()?;
    if !exists(tree, interpreter) {
        return Some(interpreter.to_owned());
    }
    if !interpreter.ends_with("/env") {
        return None;
    }
    let name = words.find(|word| !word.starts_with('-') && !word.contains('='))?;
    let there = PROGRAMS
        .iter()
        .any(|folder| exists(tree, &format!("{folder}/{name}")));
    (!there).then(|| name.to_owned())
}

/// Whether a path leads to something in the tree; links are followed as they are in the running image, with the tree as `/`.
fn exists(tree: &Path, path: &str) -> bool {
    let mut left: Vec<PathBuf> = parts(Path::new(path));
    let mut at = PathBuf::new();
    let mut links = 0;
    while let Some(part) = left.pop() {
        if part == Path::new("..") {
            at.pop();
            continue;
        }
        let next = at.join(&part);
        let Ok(found) = tree.join(&next).symlink_metadata() else {
            return false;
        };
        if !found.is_symlink() {
            at = next;
            continue;
        }
        let Ok(target) = tree.join(&next).read_link() else {
            return false;
        };
        links += 1;
        if links > LINKS {
            return false;
        }
        if target.is_absolute() {
            at = PathBuf::new();
        }
        left.extend(parts(&target));
    }
    true
}

/// The parts of a path, the last one first.
fn parts(path: &Path) -> Vec<PathBuf> {
    let parts = path.components().rev().filter_map(|part| match part {
        Component::Normal(name) => Some(PathBuf::from(name)),
        Component::ParentDir => Some(PathBuf::from("..")),
        _ => None,
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn tree() -> tempfile::TempDir {
        let tree = tempfile::tempdir().unwrap();
        for folder in [
            "usr/bin",
            "usr/lib/x86_64-linux-gnu",
            "usr/lib64",
            "etc/alternatives",
        ] {
            fs::create_dir_all(tree.path().join(folder)).unwrap();
        }
        symlink("usr/lib64", tree.path().join("lib64")).unwrap();
        symlink("usr/bin", tree.path().join("bin")).unwrap();
        tree
    }

    fn put(tree: &Path, path: &str, content: &[u8], mode: u32) {
        fs::write(tree.join(path), content).unwrap();
        fs::set_permissions(tree.join(path), fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_program_without_its_libraries_is_named_with_each() {
        let tree = tree();
        let root = tree.path();
        // This test itself: a real program of whatever host builds Firn.
        let own = fs::read(std::env::current_exe().unwrap()).unwrap();
        let elf = Elf::parse(&own).unwrap();
        put(root, "usr/bin/own", &own, 0o755);
        let error = check(root).unwrap_err().to_string();
        assert!(elf.libraries.contains(&"libc.so.6"), "{:?}", elf.libraries);
        for library in &elf.libraries {
            let line = format!("usr/bin/own needs {library}, which is missing");
            assert!(error.contains(&line), "{error}");
        }
        let loader = elf.interpreter.unwrap();
        assert!(
            error.contains(&format!("usr/bin/own needs {loader}, ")),
            "{error}"
        );
        for library in &elf.libraries {
            put(
                root,
                &format!("usr/lib/x86_64-linux-gnu/{library}"),
                b"",
                0o644,
            );
        }
        let name = Path::new(loader).file_name().unwrap().to_str().unwrap();
        put(root, &format!("usr/lib64/{name}"), b"", 0o755);
        check(root).unwrap();
    }

    #[test]
    fn a_script_needs_its_interpreter() {
        let tree = tree();
        let root = tree.path();
        put(root, "usr/bin/one", b"#!/bin/sh -e\necho\n", 0o755);
        put(
            root,
            "usr/bin/two",
            b"#! /usr/bin/env -S python3 -s\n",
            0o755,
        );
        put(root, "usr/bin/text", b"#!/usr/bin/perl\n", 0o644);
        assert_eq!(
            check(root).unwrap_err().to_string(),
            "looking over the root: add what is missing to `packages` in recipes/dom0.toml, or what needs it to `prune`:\n  \
             usr/bin/one needs /bin/sh, which is missing\n  usr/bin/two needs /usr/bin/env, which is missing"
        );
        symlink("/etc/alternatives/sh", root.join("usr/bin/sh")).unwrap();
        symlink("../../usr/bin/dash", root.join("etc/alternatives/sh")).unwrap();
        put(root, "usr/bin/dash", b"", 0o755);
        put(root, "usr/bin/env", b"", 0o755);
        let error = check(root).unwrap_err().to_string();
        assert!(
            error.ends_with("\n  usr/bin/two needs python3, which is missing"),
            "{error}"
        );
        assert!(!error.contains("usr/bin/one"), "{error}");
    }

    #[test]
    fn links_in_a_circle_lead_nowhere() {
        let tree = tree();
        symlink("b", tree.path().join("a")).unwrap();
        symlink("a", tree.path().join("b")).unwrap();
        assert!(!exists(tree.path(), "a"));
        assert!(exists(tree.path(), "/bin/../lib64"));
    }
}
