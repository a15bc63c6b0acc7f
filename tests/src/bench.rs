//! What every scenario works with: the ISO, the tools root, a folder of its own.

use anyhow::{Context, Result, bail, ensure};
use firn_lab::qemu::{Key, Lab, Medium, create_disk};
use firn_lab::root::Root;
use std::path::{Path, PathBuf};

/// The smallest disk that Firn takes is 16 GB; these are a little larger.
pub const DISK_BYTES: u64 = 20_000_000_000;

/// What all scenarios of one run share.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Where machines run.
    pub lab: Lab,
    /// The key that the answers put on every host, also on those that are kept.
    pub key: Key,
    /// Hosts that are kept for [`crate::saved`].
    pub hosts: PathBuf,
    /// The ISO, by its whole path.
    pub iso: PathBuf,
    /// Here each scenario makes its folder.
    pub out: PathBuf,
    /// `linux`, `initrd.gz` and `hvm.iso` for guests.
    pub guests: Option<PathBuf>,
    /// What starting over the network takes.
    pub netboot: Netboot,
}

/// The programs of the build host that serve an image over the network.
#[derive(Debug, Clone)]
pub struct Netboot {
    /// Makes netboot folders.
    pub builder: PathBuf,
    /// Serves them.
    pub server: PathBuf,
}

impl Netboot {
    /// By their whole paths.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn open(builder: &Path, server: &Path) -> Result<Netboot> {
        Ok(Netboot {
            builder: whole(builder)?,
            server: whole(server)?,
        })
    }

    /// Makes a netboot folder with these options of `cargo xtask netboot bundle`.
    ///
    /// # Errors
    /// When the builder fails, with what it said.
    pub fn bundle(&self, folder: &Path, options: &[&str]) -> Result<()> {
        let out = std::process::Command::new(&self.builder)
            .args(["netboot", "bundle", "--out"])
            .arg(folder)
            .args(options)
            .output()
            .context("starting the builder")?;
        let said = String::from_utf8_lossy(&out.stderr);
        ensure!(out.status.success(), "bundling: {}", said.trim());
        Ok(())
    }
}

fn whole(path: &Path) -> Result<PathBuf> {
    path.canonicalize()
        .with_context(|| format!("opening {}", path.display()))
}

impl Shared {
    /// Makes the folder `out`, and a key among the kept hosts if there is none.
    ///
    /// # Errors
    /// When one of the paths is wrong.
    pub fn open(
        iso: &Path,
        tools: &Path,
        hosts: &Path,
        out: &Path,
        netboot: Netboot,
    ) -> Result<Shared> {
        std::fs::create_dir_all(out)
            .with_context(|| format!("making the folder {}", out.display()))?;
        let (iso, hosts, out) = (whole(iso)?, whole(hosts)?, whole(out)?);
        let mut root = Root::open(tools)?.bind(&out).bind(&iso).bind(&hosts);
        let guests = std::env::var_os("FIRN_GUEST_DIR").map(PathBuf::from);
        let guests = guests.as_deref().map(whole).transpose()?;
        if let Some(folder) = &guests {
            root = root.bind(folder);
        }
        let key = Key::in_folder(&root, &hosts)?;
        Ok(Shared {
            lab: Lab::new(root)?,
            key,
            hosts,
            iso,
            out,
            guests,
            netboot,
        })
    }
}

/// What one scenario works with.
#[derive(Debug, Clone)]
pub struct Bench {
    /// What all scenarios share.
    pub shared: Shared,
    /// Logs, screenshots and disks go here.
    pub folder: PathBuf,
}

impl Bench {
    /// With a new, empty folder of this name.
    ///
    /// # Errors
    /// When the folder cannot be emptied or made.
    pub fn new(shared: &Shared, name: &str) -> Result<Bench> {
        let folder = shared.out.join(name);
        let what = || format!("making the folder {}", folder.display());
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(what)?;
        }
        std::fs::create_dir_all(&folder).with_context(what)?;
        Ok(Bench {
            shared: shared.clone(),
            folder,
        })
    }

    /// Where machines run.
    pub fn lab(&self) -> &Lab {
        &self.shared.lab
    }

    /// The ISO in a CD drive.
    pub fn cd(&self) -> Medium {
        Medium::Cd(self.shared.iso.clone())
    }

    /// The ISO as it lies on a USB stick.
    pub fn stick(&self) -> Medium {
        Medium::UsbStick(self.shared.iso.clone())
    }

    /// A file in the scenario's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A new empty disk of 20 GB, `NAME.img`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn disk(&self, name: &str) -> Result<PathBuf> {
        self.disk_of(name, DISK_BYTES)
    }

    /// A new empty disk, `NAME.img`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn disk_of(&self, name: &str, bytes: u64) -> Result<PathBuf> {
        let path = self.path(&format!("{name}.img"));
        create_disk(&path, bytes)?;
        Ok(path)
    }

    /// The files for guests.
    ///
    /// # Errors
    /// When nobody has said where they are.
    pub fn guests(&self) -> Result<&Path> {
        match &self.shared.guests {
            Some(folder) => Ok(folder),
            None => bail!(
                "FIRN_GUEST_DIR is not set: it names a folder with linux, initrd.gz, hvm.iso and cloud.qcow2; `cargo xtask test` sets it"
            ),
        }
    }
}

/// Removes the disk images in a scenario's folder.
///
/// # Errors
/// When one cannot be removed.
pub fn drop_disks(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension();
        if ending.is_some_and(|ending| ending == "img" || ending == "qcow2") {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}
