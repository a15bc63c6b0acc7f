//! The state of a host, mounted for the time of a repair.

use super::parts::Parts;
use anyhow::{Context, Result, ensure};
use firn_command::{Error as CommandError, cmd};
use firn_config::{Problem, Settings};
use firn_execute::failure::Said;
use firn_image::run::REPAIR as FOLDER;
use firn_words::say;
use std::fs;
use std::path::{Path, PathBuf};

/// The device of `firn/state`; LVM's own name for it, without waiting for udev.
const DEVICE: &str = "/dev/mapper/firn-state";
/// How blkid ends where it finds nothing that it knows.
const NOTHING: i32 = 2;

/// Whether anything is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Not even the journal is replayed.
    Read,
    /// Checked before.
    Write,
}

/// Something mounted; goes with its value.
pub struct Mounted {
    /// Where.
    pub folder: PathBuf,
    open: bool,
}

impl Mounted {
    /// Mounts a device.
    pub fn new(device: &str, kind: &str, options: &str) -> Result<Self> {
        let name = device.rsplit('/').next().unwrap_or("device");
        let folder = Path::new(FOLDER).join(name);
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        cmd("mount", ["-t", kind, "-o", options, device])
            .arg(&folder)
            .run()?;
        Ok(Self { folder, open: true })
    }

    /// An ext4 file system.
    pub fn ext4(device: &str, access: Access) -> Result<Self> {
        let options = match access {
            Access::Read => "ro,noload,nosuid,nodev",
            Access::Write => "noatime,nosuid,nodev",
        };
        Self::new(device, "ext4", options)
    }

    /// Unmounts; everything is on the disk afterwards.
    pub fn close(mut self) -> Result<()> {
        self.open = false;
        Ok(cmd("umount", [&self.folder]).run()?)
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if self.open {
            // Only after another error, which is the one to tell.
            let _ = cmd("umount", [&self.folder]).run();
        }
    }
}

/// The state of one host. Only its volume is active, and only until the value goes.
pub struct State {
    mounted: Option<Mounted>,
    lvm: String,
}

impl State {
    /// Activates and mounts it.
    pub fn open(parts: &Parts, access: Access) -> Result<Self> {
        ensure!(
            !Path::new(DEVICE).exists(),
            Said(say!("repair-state-in-use", device = DEVICE))
        );
        // From here on the value's end undoes it.
        let mut state = Self {
            mounted: None,
            lvm: parts.lvm.clone(),
        };
        state
            .lvchange("y")
            .context(Said(say!("repair-state-not-active", device = &parts.lvm)))?;
        if access == Access::Write {
            check(DEVICE)?;
        }
        state.mounted = Some(Mounted::ext4(DEVICE, access)?);
        Ok(state)
    }

    /// Activates or deactivates; LVM sees this one partition and no other group of the same name.
    fn lvchange(&self, active: &str) -> Result<(), CommandError> {
        let args = ["lvchange", "--activate", active, "--devices", &self.lvm];
        cmd("lvm", args).arg("firn/state").run()
    }

    /// Where it is mounted.
    pub fn folder(&self) -> &Path {
        self.mounted
            .as_ref()
            .map_or(Path::new(FOLDER), |mounted| &mounted.folder)
    }

    /// A file of the host's /etc.
    pub fn etc(&self, path: &str) -> PathBuf {
        self.folder().join("etc/upper").join(path)
    }

    /// The host's settings, as far as this Firn understands them; a newer one may have written them.
    pub fn settings(&self) -> Result<Settings> {
        self.read(|text| Ok(Settings::read(text)?.settings))
    }

    /// The host's settings for whoever is going to write them: all of them are understood.
    pub fn whole_settings(&self) -> Result<Settings> {
        self.read(Settings::parse)
    }

    fn read(&self, parse: impl Fn(&str) -> Result<Settings, Vec<Problem>>) -> Result<Settings> {
        let path = self.etc("firn/host.toml");
        let bytes = fs::read(&path).context("reading /etc/firn/host.toml")?;
        let text = firn_config::decode(&bytes).map_err(|problem| vec![problem]);
        let problems = match text.and_then(parse) {
            Ok(settings) => return Ok(settings),
            Err(problems) => problems,
        };
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Err(anyhow::Error::new(Said(say!(
            "repair-settings-unreadable",
            problems = list.join("; ")
        ))))
    }

    /// UUID of its file system.
    pub fn uuid(&self) -> Result<String> {
        file_system_uuid(DEVICE)
    }

    /// Unmounts and deactivates; everything is on the disk afterwards.
    pub fn close(mut self) -> Result<()> {
        if let Some(mounted) = self.mounted.take() {
            mounted.close()?;
        }
        firn_execute::settle();
        Ok(self.lvchange("n")?)
    }
}

impl Drop for State {
    fn drop(&mut self) {
        drop(self.mounted.take());
        if Path::new(DEVICE).exists() {
            // Only after another error, which is the one to tell.
            firn_execute::settle();
            let _ = self.lvchange("n");
        }
    }
}

/// UUID of the file system on a device.
pub fn file_system_uuid(device: &str) -> Result<String> {
    find_file_system(device)?.with_context(|| format!("there is no file system on {device}"))
}

/// The same where there may be none.
///
/// # Errors
/// When the device cannot be read.
pub fn find_file_system(device: &str) -> Result<Option<String>> {
    let args = [
        "--probe",
        "--match-tag",
        "UUID",
        "--output",
        "value",
        device,
    ];
    match cmd("blkid", args).read() {
        Ok(uuid) => Ok(Some(uuid)),
        Err(error) if error.exit_code() == Some(NOTHING) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Repairs what can be repaired without asking: the power may have gone before.
fn check(device: &str) -> Result<()> {
    match cmd("e2fsck", ["-p", device]).run() {
        // 1 and 2: there were errors, they are gone.
        Err(CommandError::Status { status, .. })
            if ["exit status: 1", "exit status: 2"].contains(&status.as_str()) =>
        {
            Ok(())
        }
        other => Ok(other?),
    }
}
