//! The state: the upper layer of the host's /etc, and root's keys. What is not written here, the first start copies
//! from the image.

use super::context::{Context, Result};
use super::event::Event;
use super::failure::Said;
use super::{lvm, password};
use anyhow::Context as _;
use firn_command::cmd;
use firn_image::shadow::with_root;
use firn_plan::PartitionKind;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};

/// The one key that sshd has, below /etc.
const HOST_KEY: &str = "ssh/ssh_host_ed25519_key";

/// Makes everything that the host has of its own.
pub fn fill(context: &mut Context<'_>) -> Result<()> {
    let files = firn_config::render(&context.plan.settings)?;
    let devices = lvm::devices_file(context)?;
    let state = context.mount(lvm::STATE, "state")?;
    let upper = state.join("etc/upper");
    make_dir(&upper, 0o755)?;
    make_dir(&state.join("etc/work"), 0o755)?;
    for file in &files {
        let path = host_path(&upper, &file.path)?;
        match &file.link {
            Some(target) => link(&path, target)?,
            None => write(&path, file.content.as_bytes(), file.mode)?,
        }
    }
    context.progress(1, 3);
    write(
        &upper.join("machine-id"),
        format!("{}\n", context.ids.host.simple()).as_bytes(),
        0o444,
    )?;
    write(
        &upper.join("firn/host.toml"),
        context.plan.settings.to_toml().as_bytes(),
        0o644,
    )?;
    write(
        &upper.join("lvm/devices/system.devices"),
        devices.as_bytes(),
        0o600,
    )?;
    shadow(context, &upper)?;
    host_key(context, &upper)?;
    keys(&state, &context.plan.ssh_keys)?;
    context.progress(2, 3);
    give_drivers(context, &state)?;
    context.unmount_last()?;
    lvm::deactivate(context)
}

/// The host's SSH key is made here, so that whoever installs can know it before the first login.
fn host_key(context: &mut Context<'_>, upper: &Path) -> Result<()> {
    let path = upper.join(HOST_KEY);
    if let Some(folder) = path.parent() {
        make_dir(folder, 0o755)?;
    }
    cmd(
        "ssh-keygen",
        ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"],
    )
    .arg(&path)
    .run()?;
    let shown = cmd("ssh-keygen", ["-l", "-f"]).arg(&path).read()?;
    context.emit(Event::Host {
        id: context.ids.host.simple().to_string(),
        fingerprints: shown
            .split_whitespace()
            .nth(1)
            .map(str::to_owned)
            .into_iter()
            .collect(),
    });
    Ok(())
}

/// Drivers that were loaded for this installation go along: the host's disk or NIC may need them.
fn give_drivers(context: &mut Context<'_>, state: &Path) -> Result<()> {
    if !(context.drivers.any)() {
        return Ok(());
    }
    let device = context.device(PartitionKind::SlotA)?;
    let slot = context.mount(&device, "slot")?;
    let given = (context.drivers.give)(&slot, state).map_err(Said)?;
    context.log(format!("the host gets the drivers {}", given.join(", ")));
    context.unmount_last()
}

/// `/etc/hostname` lies in the upper layer as `hostname`; nothing else than /etc can be rendered.
pub fn host_path(upper: &Path, path: &str) -> Result<PathBuf> {
    let inside = path
        .strip_prefix("/etc/")
        .with_context(|| format!("{path} is not below /etc"))?;
    Ok(upper.join(inside))
}

fn shadow(context: &Context<'_>, upper: &Path) -> Result<()> {
    let source = Path::new("/etc/shadow");
    let text = fs::read_to_string(source).context("reading /etc/shadow")?;
    let target = upper.join("shadow");
    let hash = password::hash(context.secrets)?;
    write(&target, with_root(&text, &hash).as_bytes(), 0o640)?;
    let owner = fs::metadata(source).context("reading /etc/shadow")?;
    chown(&target, Some(owner.uid()), Some(owner.gid())).context("writing the host's /etc/shadow")
}

/// root's home with the skeleton that the image has, plus the keys. Without keys the first start makes it.
fn keys(state: &Path, keys: &[String]) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let home = state.join("root");
    make_dir(&home, 0o700)?;
    cmd("cp", ["--archive", "/root/."]).arg(&home).run()?;
    let _ = fs::remove_file(home.join(".bash_history"));
    make_dir(&home.join(".ssh"), 0o700)?;
    write(
        &home.join(".ssh/authorized_keys"),
        format!("{}\n", keys.join("\n")).as_bytes(),
        0o600,
    )
}

fn make_dir(path: &Path, mode: u32) -> Result<()> {
    let making = || format!("making {}", path.display());
    fs::create_dir_all(path).with_context(making)?;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).with_context(making)
}

fn write(path: &Path, content: &[u8], mode: u32) -> Result<()> {
    let writing = || format!("writing {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(writing)?;
    }
    fs::write(path, content).with_context(writing)?;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).with_context(writing)
}

fn link(path: &Path, target: &str) -> Result<()> {
    let writing = || format!("writing {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(writing)?;
    }
    symlink(target, path).with_context(writing)
}
