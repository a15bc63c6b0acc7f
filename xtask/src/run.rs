//! `cargo xtask run`: the ISO, or an installed disk, in QEMU to play with.

use crate::iso::{self, Built};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use firn_lab::qemu::{
    Accel, Bus, Display, Firmware, Lab, Link, Medium, NicModel, Serial, Spec, accel, create_disk,
    fat_image,
};
use firn_tree::Root;
use std::path::{Path, PathBuf};

/// Start the ISO, or what it has installed, in QEMU.
///
/// The disk stays at target/firn/run/disk.img: install, then start it with --installed.
#[derive(Debug, Args, Clone, Default)]
pub struct RunArgs {
    /// Start with UEFI firmware instead of BIOS
    #[arg(long)]
    pub uefi: bool,
    /// No screen: the first serial port is this terminal (Ctrl-A X ends QEMU)
    #[arg(long)]
    pub serial: bool,
    /// Begin with a new, empty disk of this size: 20G, 16GiB
    #[arg(long, value_name = "SIZE", value_parser = size, conflicts_with = "installed")]
    pub disk: Option<u64>,
    /// Give this answer file to the installer, on a stick FIRNANSWERS
    #[arg(long, value_name = "FILE", conflicts_with = "installed")]
    pub answers: Option<PathBuf>,
    /// Start the disk, without the ISO
    #[arg(long)]
    pub installed: bool,
    /// Memory of the machine in MiB
    #[arg(long, value_name = "MIB", default_value_t = 4096)]
    pub memory: u32,
}

const DISK_BYTES: u64 = 20_000_000_000;

/// Starts QEMU and waits until it ends.
///
/// # Errors
/// When the ISO cannot be built, a file is missing, or QEMU fails.
pub fn run(args: RunArgs) -> Result<()> {
    let built = iso::build(&iso_args())?;
    let folder = crate::workspace().join("target/firn/run");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("making the folder {}", folder.display()))?;
    let mut root = Root::open(&built.tools)?.bind(&folder).bind(&built.iso);
    let display = display(&args, built.tools.as_path());
    if display == Display::Window {
        for path in window_paths() {
            root = root.bind(path);
        }
    }
    let spec = spec(&args, &built, &folder, display)?;
    start(&Lab::new(root)?, &spec, &folder)
}

/// The builder's options, as far as the environment gives them.
pub fn iso_args() -> iso::IsoArgs {
    iso::IsoArgs {
        mirror: std::env::var("FIRN_MIRROR").ok(),
        security_mirror: std::env::var("FIRN_SECURITY_MIRROR").ok(),
        keys: std::env::var_os("FIRN_KEYS").map(PathBuf::from),
        debs: std::env::var_os("FIRN_DEBS").map(PathBuf::from),
        snapshot: std::env::var("FIRN_SNAPSHOT").ok(),
        ..Default::default()
    }
}

fn spec(args: &RunArgs, built: &Built, folder: &Path, display: Display) -> Result<Spec> {
    let disk = folder.join("disk.img");
    prepare_disk(args, &disk)?;
    let firmware = if args.uefi {
        Firmware::Uefi
    } else {
        Firmware::Bios
    };
    let serial = if args.serial {
        Serial::Terminal
    } else {
        Serial::Log
    };
    let mut spec = Spec::new("run")
        .firmware(firmware)
        .memory(args.memory)
        .display(display)
        .serial(serial)
        .disk_with_serial(&disk, Bus::Virtio, "RUN")
        .nic(NicModel::Virtio, Link::User(None));
    if !args.installed {
        spec = spec.medium(Medium::Cd(built.iso.clone()));
    }
    if let Some(file) = &args.answers {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("reading the answers {}", file.display()))?;
        let stick = folder.join("answers.img");
        fat_image(
            &stick,
            firn_config::ANSWERS_LABEL,
            &[("answers.toml", &text)],
        )?;
        spec = spec.disk_with_serial(stick, Bus::Usb, "ANSWERS");
    }
    Ok(spec)
}

fn prepare_disk(args: &RunArgs, disk: &Path) -> Result<()> {
    if args.installed {
        ensure!(
            disk.is_file(),
            "there is no installed disk {} yet: install first, with `cargo xtask run`",
            disk.display()
        );
    } else if args.disk.is_some() || !disk.exists() {
        create_disk(disk, args.disk.unwrap_or(DISK_BYTES))?;
    } else {
        eprintln!(
            "using the disk {} as it is; --disk 20G begins with an empty one",
            disk.display()
        );
    }
    Ok(())
}

/// A window where there is a display and the tools root's QEMU can draw one, else VNC.
fn display(args: &RunArgs, tools: &Path) -> Display {
    if args.serial {
        return Display::None;
    }
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    let window = tools
        .join("usr/lib/x86_64-linux-gnu/qemu/ui-gtk.so")
        .exists();
    if screen && window {
        Display::Window
    } else {
        Display::Vnc(free_vnc())
    }
}

/// What a program needs to find the display, as variables of the environment.
const WINDOW: [&str; 4] = [
    "DISPLAY",
    "XAUTHORITY",
    "WAYLAND_DISPLAY",
    "XDG_RUNTIME_DIR",
];

/// Where the display's sockets and keys are.
fn window_paths() -> Vec<PathBuf> {
    let named = ["XAUTHORITY", "XDG_RUNTIME_DIR"]
        .iter()
        .filter_map(std::env::var_os)
        .map(PathBuf::from);
    let all = named.chain([PathBuf::from("/tmp/.X11-unix")]);
    all.filter(|path| path.exists()).collect()
}

/// The first VNC display that nobody listens on.
fn free_vnc() -> u16 {
    let free = |n: &u16| std::net::TcpListener::bind(("127.0.0.1", 5900 + n)).is_ok();
    (0..100).find(free).unwrap_or_default()
}

fn start(lab: &Lab, spec: &Spec, folder: &Path) -> Result<()> {
    let (words, port) = spec.alone(lab, folder)?;
    match accel() {
        Accel::Kvm => eprintln!("with KVM"),
        Accel::Tcg => eprintln!(
            "with TCG: this processor shows neither vmx nor svm, so everything is emulated and slow"
        ),
    }
    match spec.display {
        Display::Vnc(number) => eprintln!("the screen: VNC at 127.0.0.1:{}", 5900 + number),
        Display::Window => eprintln!("the screen: a window"),
        Display::None => eprintln!("this terminal is the serial port; Ctrl-A X ends QEMU"),
    }
    if spec.serial == Serial::Log {
        eprintln!(
            "the serial port: {}",
            folder.join("run-serial.log").display()
        );
    }
    eprintln!("ssh into what was installed: ssh -p {port} root@127.0.0.1");
    let mut command = lab.root().cmd("qemu-system-x86_64", words);
    for name in WINDOW {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    let status = command.status().context("starting QEMU")?;
    if !status.success() {
        bail!("QEMU has ended with {status}");
    }
    Ok(())
}

/// Bytes in "20G" (10^9), "16GiB" (2^30), or a plain number.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match &text[digits.len()..] {
        "" | "B" => 1,
        "M" | "MB" => 1_000_000,
        "G" | "GB" => 1_000_000_000,
        "T" | "TB" => 1_000_000_000_000,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        "TiB" => 1 << 40,
        other => return Err(format!("{other:?} is no unit; write 20G or 16GiB")),
    };
    let number: u64 = digits
        .parse()
        .map_err(|_| format!("{text:?} is no size; write 20G or 16GiB"))?;
    number
        .checked_mul(unit)
        .ok_or_else(|| format!("{text:?} is too large"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size("20G"), Ok(20_000_000_000));
        assert_eq!(size("16GiB"), Ok(16 << 30));
        assert_eq!(size("4096"), Ok(4096));
        assert!(size("20X").is_err() && size("G").is_err() && size("99999999999T").is_err());
    }
}
