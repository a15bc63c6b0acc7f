//! One kernel module: what it says of itself, and whether it fits the running kernel.

use super::kernel::Kernel;
use firn_command::{Error, cmd};
use firn_words::{Text, say};
use std::path::{Path, PathBuf};

/// A module file, not compressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// Where it lies.
    pub file: PathBuf,
    /// Its name, with underscores.
    pub name: String,
    /// The kernel that it was built for, and that kernel's options.
    pub vermagic: String,
    /// Modules that must be loaded before.
    pub depends: Vec<String>,
    /// Modules that should be loaded before.
    pub wishes: Vec<String>,
    /// Firmware that it may ask for.
    pub firmware: Vec<String>,
    /// Whether it carries a signature; whose, only the kernel knows.
    pub signed: bool,
    /// Its build.
    pub source_version: Option<String>,
}

/// Asks `modinfo`.
///
/// # Errors
/// When the file is no module.
pub fn read(file: &Path) -> Result<Module, Text> {
    let output = cmd("modinfo", ["-0"]).arg(file).read();
    let module = output.ok().and_then(|text| parse(file, &text));
    module.ok_or_else(|| say!("driver-no-module", file = name_of(file)))
}

/// The output of `modinfo -0`: `key=value`, a zero byte after each.
pub(super) fn parse(file: &Path, text: &str) -> Option<Module> {
    let mut module = Module {
        file: file.to_owned(),
        ..Module::default()
    };
    for (key, value) in text.split('\0').filter_map(|field| field.split_once('=')) {
        let value = value.trim();
        match key {
            "name" => module.name = plain(value),
            "vermagic" => module.vermagic = value.to_owned(),
            "depends" => module.depends = names(value, ','),
            "softdep" => module.wishes.extend(wishes(value)),
            "firmware" => module.firmware.push(value.to_owned()),
            "signer" | "sig_id" => module.signed |= !value.is_empty(),
            "srcversion" => module.source_version = Some(value.to_owned()),
            _ => {}
        }
    }
    (!module.name.is_empty() && !module.vermagic.is_empty()).then_some(module)
}

/// A module's name as the kernel has it: `snd-pcm` is `snd_pcm`.
pub fn plain(name: &str) -> String {
    name.trim().replace('-', "_")
}

fn names(list: &str, between: char) -> Vec<String> {
    let names = list.split(between).map(plain);
    names.filter(|name| !name.is_empty()).collect()
}

/// `pre: a b post: c`: only what comes before.
fn wishes(value: &str) -> Vec<String> {
    let before = value.split_once("pre:").map_or("", |(_, rest)| rest);
    let before = before.split("post:").next().unwrap_or_default();
    names(before, ' ')
}

impl Module {
    /// Whether the running kernel would take it.
    ///
    /// # Errors
    /// Why not, and what to look for instead.
    pub fn fits(&self, kernel: &Kernel) -> Result<(), Text> {
        let file = name_of(&self.file);
        let built_for = self.vermagic.split(' ').next().unwrap_or_default();
        if built_for != kernel.release {
            return Err(say!(
                "driver-other-kernel",
                file = file,
                kernel = built_for,
                running = &kernel.release
            ));
        }
        if !kernel.vermagic.is_empty() && kernel.vermagic != self.vermagic {
            return Err(say!(
                "driver-other-options",
                file = file,
                options = &self.vermagic,
                running = &kernel.vermagic
            ));
        }
        if kernel.signed_only && !self.signed {
            return Err(say!("driver-unsigned", file = file));
        }
        Ok(())
    }
}

/// The last part of a path.
pub fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Copies a module to `folder` as `NAME.ko`, without its compression: the initrd's `insmod` knows fewer kinds.
///
/// # Errors
/// When the file is damaged, or there is no memory left.
pub fn unpack(file: &Path, folder: &Path) -> Result<PathBuf, Text> {
    let whole = name_of(file);
    let stem = whole.split(".ko").next().unwrap_or(&whole);
    let to = folder.join(format!("{}.ko", plain(stem)));
    copy_plain(file, &to)
        .map(|()| to)
        .map_err(|e| say!("driver-damaged", file = whole, reason = e.last_words()))
}

fn copy_plain(file: &Path, to: &Path) -> Result<(), Error> {
    // The shell only joins the program to the file; both names are given as arguments.
    let with = |program: &str| {
        cmd(
            "sh",
            ["-c", &format!("exec {program} \"$1\" >\"$2\""), "unpack"],
        )
        .arg(file)
        .arg(to)
        .run()
    };
    match file
        .extension()
        .and_then(|e| e.to_str())
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        Some("xz") => with("busybox xzcat"),
        Some("zst") => with("zstd -dc --quiet"),
        Some("gz") => with("gzip -dc"),
        _ => with("cat"),
    }
}
