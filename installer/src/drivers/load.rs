//! Checks a driver and loads it.

use super::find::Candidate;
use super::kept::{self, FOLDER, Loaded};
use super::kernel::{self, Kernel};
use super::module::{self, Module, name_of};
use super::{order, package};
use firn_command::cmd;
use firn_words::{Text, say};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A driver is unpacked here first; in memory, removed afterwards.
const WORK: &str = "/var/tmp/firn-driver";
/// A driver whose file is larger than this is none.
const MOST_BYTES: u64 = 512 << 20;

/// Loads a driver from its stick. The caller then looks at the hardware again.
///
/// # Errors
/// Why it cannot be loaded and what to do, in one sentence or two; nothing stays loaded then.
pub fn load(candidate: &Candidate) -> Result<Loaded, Text> {
    let copy = Path::new(WORK).join("stick");
    clear(Path::new(WORK));
    let from = &candidate.path;
    if candidate.size > MOST_BYTES {
        return Err(say!("driver-too-large", file = name_of(from)));
    }
    // Copied first: the stick may be pulled out while the driver is being loaded.
    let file = candidate.stick.read(|root| {
        fs::create_dir_all(&copy)?;
        let to = copy.join(name_of(from));
        match fs::copy(root.join(from), &to) {
            // It is memory that is full here, not the stick.
            Err(e) if e.kind() == io::ErrorKind::StorageFull => Ok(Err(no_room(&e))),
            copied => copied.map(|_| Ok(to)),
        }
    })??;
    load_file(&file)
}

/// Loads a driver from a file that can be read now.
///
/// # Errors
/// As [`load`].
pub fn load_file(file: &Path) -> Result<Loaded, Text> {
    let work = Path::new(WORK).join("work");
    clear(&work);
    let result = fs::create_dir_all(&work)
        .map_err(|e| no_room(&e))
        .and_then(|()| load_in(file, &work, &kernel::running()));
    clear(Path::new(WORK));
    result
}

fn no_room(error: &io::Error) -> Text {
    say!("driver-no-room", reason = error.to_string())
}

fn clear(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

fn load_in(file: &Path, work: &Path, kernel: &Kernel) -> Result<Loaded, Text> {
    let contents = contents(file, work, kernel)?;
    let plain = work.join("plain");
    fs::create_dir_all(&plain).map_err(|e| no_room(&e))?;
    let mut modules = Vec::new();
    for packed in &contents.modules {
        let module = module::read(&module::unpack(packed, &plain)?)?;
        module.fits(kernel)?;
        modules.push(module);
    }
    let modules = order::order(modules);
    let needs = order::outside(&modules);
    let firmware = match &contents.firmware {
        Some(folder) => keep_firmware(folder)?,
        None => Vec::new(),
    };
    insert_all(&modules, &needs)?;
    if modules.is_empty() {
        ask_again(&firmware);
    }
    crate::probe::settle();
    let loaded = Loaded {
        file: name_of(file),
        devices: modules.iter().map(|m| kernel::devices(&m.name)).sum(),
        modules: modules.iter().map(|m| m.name.clone()).collect(),
        firmware,
        needs,
    };
    keep(&modules, &loaded).map_err(|e| no_room(&e))?;
    Ok(loaded)
}

/// What the file brings: a package is unpacked for that.
fn contents(file: &Path, work: &Path, kernel: &Kernel) -> Result<package::Contents, Text> {
    let name = name_of(file).to_ascii_lowercase();
    if !file.is_file() || !super::find::is_driver(&name) {
        return Err(say!("driver-no-module", file = name_of(file)));
    }
    if name.ends_with(".deb") {
        return package::open(file, &work.join("package"), &kernel.release);
    }
    Ok(package::Contents {
        modules: vec![file.to_owned()],
        firmware: None,
    })
}

/// Loads all of them, or none.
fn insert_all(modules: &[Module], needs: &[String]) -> Result<(), Text> {
    for need in needs {
        // What is missing, the driver says itself: an unknown symbol.
        let _ = cmd("modprobe", ["--quiet", need]).run();
    }
    let mut inserted: Vec<&Module> = Vec::new();
    for module in modules {
        match insert(module) {
            Ok(true) => inserted.push(module),
            Ok(false) => {}
            Err(text) => {
                for module in inserted.iter().rev() {
                    let _ = cmd("rmmod", [&module.name]).run();
                }
                return Err(text);
            }
        }
    }
    Ok(())
}

/// Whether it was loaded now; another build of the same module makes room for it.
fn insert(module: &Module) -> Result<bool, Text> {
    let file = name_of(&module.file);
    if kernel::has(&module.name) {
        if is_loaded(module) {
            return Ok(false);
        }
        if cmd("rmmod", [&module.name]).run().is_err() {
            return Err(say!("driver-in-use", file = file, module = &module.name));
        }
    }
    let before = kernel::log();
    match cmd("insmod", [&module.file]).run() {
        Ok(()) => Ok(true),
        Err(error) => {
            let after = kernel::log();
            let lines = kernel::new_lines(&before, &after);
            Err(refusal(&file, &error.last_words(), &lines))
        }
    }
}

fn is_loaded(module: &Module) -> bool {
    let bytes = fs::read(&module.file).unwrap_or_default();
    kernel::build(&module.name).is(module.source_version.as_deref(), &bytes)
}

/// Why the kernel refused a module, from what `insmod` says and what the kernel's log says meanwhile.
pub(super) fn refusal(file: &str, error: &str, log: &[&str]) -> Text {
    if error.contains("Key was rejected") || error.contains("Required key not available") {
        return say!("driver-unsigned", file = file);
    }
    if let Some((_, firmware)) = kernel::missing_firmware(log).first() {
        return say!("driver-lacks-firmware", file = file, firmware = *firmware);
    }
    if error.contains("No such device") {
        return say!("driver-no-device", file = file);
    }
    let unknown = log
        .iter()
        .find_map(|line| line.split_once("Unknown symbol "));
    if let Some((_, symbol)) = unknown {
        let symbol = symbol.split(' ').next().unwrap_or_default();
        return say!("driver-lacks-module", file = file, symbol = symbol);
    }
    let reason = match log.last() {
        Some(line) => (*line).to_owned(),
        None => error.rsplit(": ").next().unwrap_or(error).trim().to_owned(),
    };
    say!("driver-refused", file = file, reason = reason)
}

/// Copies firmware to where the kernel now looks first; gives the paths.
fn keep_firmware(folder: &Path) -> Result<Vec<String>, Text> {
    let to = Path::new(FOLDER).join("firmware");
    let keeping = |e: io::Error| no_room(&e);
    let mut files = Vec::new();
    tree(folder, folder, &mut files);
    for file in &files {
        let target = to.join(file);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(keeping)?;
        }
        fs::copy(folder.join(file), target).map_err(keeping)?;
    }
    kernel::look_for_firmware_in(&to).map_err(keeping)?;
    let mut names: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
    names.sort();
    Ok(names)
}

/// The files below `root`; a link to a file (firmware has many) counts as one, a link out of it does not.
pub(super) fn tree(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let inside = fs::canonicalize(&path)
            .is_ok_and(|real| fs::canonicalize(root).is_ok_and(|root| real.starts_with(root)));
        if !inside {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            tree(root, &path, files);
        } else if path.is_file() {
            files.extend(path.strip_prefix(root).map(Path::to_owned));
        }
    }
}

/// Devices whose driver gave up for lack of firmware that is there now get their driver once more.
fn ask_again(firmware: &[String]) {
    let log = kernel::log();
    let lines: Vec<&str> = log.lines().collect();
    for (device, wanted) in kernel::missing_firmware(&lines) {
        let there =
            |f: &String| f == wanted || f.strip_prefix(wanted).is_some_and(|e| e.starts_with('.'));
        if firmware.iter().any(there) {
            let _ = fs::write("/sys/bus/pci/drivers_probe", device);
        }
    }
}

fn keep(modules: &[Module], loaded: &Loaded) -> io::Result<()> {
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder.join("modules"))?;
    for module in modules {
        fs::copy(&module.file, kept::module_file(folder, &module.name))?;
    }
    kept::add(folder, loaded)
}
