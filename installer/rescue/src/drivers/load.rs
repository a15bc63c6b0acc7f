//! Checks a driver and loads it.

use super::find::Candidate;
use super::firmware::{self, Firmware};
use super::kept::{self, FOLDER, Loaded};
use super::kernel::{self, Kernel};
use super::module::{self, Module, name_of};
use super::{insert, order, package};
use firn_words::{Text, say};
use std::fs;
use std::io;
use std::path::Path;

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
    // Both are taken back when they go, so that nothing stays where a later step fails.
    let firmware = match &contents.firmware {
        Some(folder) => copy_firmware(folder).map_err(|e| no_room(&e))?,
        None => Firmware::default(),
    };
    let inserted = insert::all(&modules, &needs)?;
    if modules.is_empty() {
        ask_again(&firmware.names());
    }
    firn_machine::probe::settle();
    let loaded = Loaded {
        file: name_of(file),
        devices: modules.iter().map(|m| kernel::devices(&m.name)).sum(),
        modules: modules.iter().map(|m| m.name.clone()).collect(),
        firmware: firmware.names(),
        needs,
    };
    keep(&modules, &loaded).map_err(|e| no_room(&e))?;
    inserted.stay();
    firmware.stay();
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

/// To where the kernel now looks first.
fn copy_firmware(folder: &Path) -> io::Result<Firmware> {
    let to = firmware::folder();
    let firmware = Firmware::copy(folder, &to)?;
    kernel::look_for_firmware_in(&to)?;
    Ok(firmware)
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
