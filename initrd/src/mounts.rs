//! The mounts that are the same however the image was found.

use crate::{loopdev, modules, slow};
use anyhow::{Context, Result};
use firn_image::file::ROOT;
use rustix::mount::{MountFlags, mount_bind, mount_remount};
use std::ffi::CString;
use std::fs;

/// Mounts what every program expects: proc, sys, dev, run.
pub fn kernel_file_systems() -> Result<()> {
    let plain = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    mount("proc", "/proc", "proc", plain, "")?;
    mount("sysfs", "/sys", "sysfs", plain, "")?;
    mount(
        "devtmpfs",
        "/dev",
        "devtmpfs",
        MountFlags::NOSUID,
        "mode=0755",
    )?;
    mount(
        "tmpfs",
        "/run",
        "tmpfs",
        MountFlags::NOSUID | MountFlags::NODEV,
        "mode=0755,size=20%",
    )
}

/// Mounts `source` on `target`, which is made if it is missing.
pub fn mount(source: &str, target: &str, kind: &str, flags: MountFlags, data: &str) -> Result<()> {
    make_folder(target)?;
    let data = CString::new(data).with_context(|| format!("mounting {target} with {data:?}"))?;
    let what = format!("mounting {source} ({kind}) on {target}");
    slow::tell(&what, || {
        rustix::mount::mount(source, target, kind, flags, data.as_c_str())
    })
    .context(what)
}

/// Shows the folder `source` also at `target`, which must exist.
pub fn bind(source: &str, target: &str) -> Result<()> {
    mount_bind(source, target).with_context(|| format!("binding {source} to {target}"))
}

/// Like [`bind`], and read-only.
pub fn bind_read_only(source: &str, target: &str) -> Result<()> {
    bind(source, target)?;
    mount_remount(target, MountFlags::BIND | MountFlags::RDONLY, "")
        .with_context(|| format!("making {target} read-only"))
}

/// An overlay at `root/name`: below it what the image brings, above it what was changed.
/// `upper` and `work` are made if missing and must lie in one file system.
pub fn overlay(root: &str, name: &str, upper: &str, work: &str) -> Result<()> {
    let target = format!("{root}/{name}");
    copy_owner(&target, upper)?;
    make_folder(work)?;
    let data = format!("lowerdir={target},upperdir={upper},workdir={work}");
    mount("overlay", &target, "overlay", MountFlags::empty(), &data)
}

/// The upper folder decides the mode and owner that the overlay's own folder shows (`/root` is 0700).
fn copy_owner(from: &str, to: &str) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    if fs::exists(to).unwrap_or(false) {
        return Ok(());
    }
    make_folder(to)?;
    let like = fs::metadata(from).with_context(|| format!("looking at {from}"))?;
    std::os::unix::fs::chown(to, Some(like.uid()), Some(like.gid()))
        .with_context(|| format!("setting the owner of {to}"))?;
    fs::set_permissions(to, like.permissions()).with_context(|| format!("setting the mode of {to}"))
}

/// Mounts the root image that lies in `folder` at `sysroot`, and shows the folder at `sysroot/firn`.
pub fn image(folder: &str, sysroot: &str) -> Result<()> {
    let file = format!("{folder}/{}", ROOT);
    modules::load(&["loop", "squashfs", "overlay"]);
    let attached = loopdev::attach(&file)?;
    mount(
        &attached.device,
        sysroot,
        "squashfs",
        MountFlags::RDONLY,
        "",
    )?;
    bind_read_only(folder, &format!("{sysroot}/firn"))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &str) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("making the folder {path}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn an_upper_folder_takes_the_mode_of_the_lower_one() {
        let folder = tempfile::tempdir().unwrap();
        let (lower, upper) = (folder.path().join("root"), folder.path().join("state/root"));
        fs::create_dir(&lower).unwrap();
        fs::set_permissions(&lower, PermissionsExt::from_mode(0o700)).unwrap();
        copy_owner(lower.to_str().unwrap(), upper.to_str().unwrap()).unwrap();
        assert_eq!(
            fs::metadata(&upper).unwrap().permissions().mode() & 0o777,
            0o700
        );
    }
}
