//! Starting a [`Spec`], and the running machine.

use super::args::{self, Accel, Sockets};
use super::console::Console;
use super::process::Process;
use super::qmp::Qmp;
use super::screen::Screen;
use super::spec::{Serial, Spec};
use crate::net::Network;
use crate::root::Root;
use anyhow::{Context, Result, bail, ensure};
use std::net::TcpListener;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// For QEMU to end when it is asked to.
const END: Duration = Duration::from_secs(60);

/// The tools root and a short folder for sockets: where machines run.
#[derive(Debug, Clone)]
pub struct Lab {
    root: Root,
    sockets: Arc<TempDir>,
}

impl Lab {
    /// Machines see what `root` binds; images, media and output folders must be among that.
    ///
    /// # Errors
    /// When no temporary folder can be made.
    pub fn new(root: Root) -> Result<Lab> {
        // Paths of sockets may have 107 bytes at most, so they do not lie beside the logs.
        let sockets = tempfile::Builder::new()
            .prefix("firn-lab-")
            .tempdir()
            .context("making a folder for sockets")?;
        Ok(Lab {
            root: root.bind(sockets.path()),
            sockets: Arc::new(sockets),
        })
    }

    /// The same, for machines on a network of our own.
    #[must_use]
    pub fn in_network(&self, network: &Network) -> Lab {
        Lab {
            root: self.root.clone().in_network(network.namespace().words()),
            sockets: Arc::clone(&self.sockets),
        }
    }

    /// The tools root.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// A new folder for sockets, visible in the tools root; it goes with its value.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn socket_folder(&self) -> Result<TempDir> {
        TempDir::with_prefix_in("", self.sockets.path()).context("making a folder for sockets")
    }
}

/// A running machine. It ends with its value.
pub struct Machine {
    /// The first serial port.
    pub serial: Console,
    /// TCP port on the loopback address that leads to the guest's port 22.
    pub ssh_port: u16,
    name: String,
    folder: PathBuf,
    qmp: Mutex<Qmp>,
    process: Mutex<Process>,
    _sockets: TempDir,
}

impl Spec {
    /// Starts the machine; logs and pictures go into `folder`, named `NAME-…`.
    ///
    /// # Errors
    /// When QEMU ends at once, with what it said.
    pub fn start(&self, lab: &Lab, folder: impl AsRef<Path>) -> Result<Machine> {
        self.try_start(lab, folder.as_ref())
            .with_context(|| format!("starting the machine {}", self.name))
    }

    /// The words after `qemu-system-x86_64` for a machine without a harness; its files go into `folder`.
    ///
    /// # Errors
    /// When OVMF's variables cannot be copied.
    pub fn alone(&self, lab: &Lab, folder: &Path) -> Result<(Vec<String>, u16)> {
        let sockets = self.prepare(lab, folder, None)?;
        let port = sockets.ssh_port;
        Ok((args::args(self, args::accel(), &sockets), port))
    }

    /// QEMU's words for it without where it will run: equal for two machines of which one can go on where the other was saved.
    pub fn command_line(&self) -> Vec<String> {
        let nowhere = Sockets {
            serial: PathBuf::new(),
            qmp: None,
            ssh_port: 0,
            uefi_vars: PathBuf::new(),
            sercon_port: PathBuf::new(),
            serial_log: PathBuf::new(),
        };
        args::args(self, args::accel(), &nowhere)
    }

    fn try_start(&self, lab: &Lab, folder: &Path) -> Result<Machine> {
        ensure!(
            !matches!(self.serial, Serial::Terminal | Serial::Log),
            "its serial port leads elsewhere"
        );
        let run = lab.socket_folder()?;
        let sockets = self.prepare(lab, folder, Some(run.path()))?;
        let serial = listen(&sockets.serial)?;
        let qmp = listen(&run.path().join("qmp"))?;
        let mut args = args::args(self, args::accel(), &sockets);
        // A machine that starts anew by itself says nothing on its serial line; here it leaves where its processors were.
        args.extend(["-d", "cpu_reset"].map(String::from));
        let log = folder.join(format!("{}-qemu.log", self.name));
        let mut process = Process::start(&lab.root, "qemu-system-x86_64", &args, &log)?;
        let serial = accept(&serial, &mut process)?;
        let serial_log = folder.join(format!("{}-serial.log", self.name));
        let serial = Console::new(serial.try_clone()?, serial, &serial_log)?;
        // Only the emulation loses interrupts, and without it a machine that waits takes hardly any time.
        if args::accel() == Accel::Tcg {
            serial.watch(process.id());
        }
        let qmp = Qmp::new(accept(&qmp, &mut process)?)?;
        Ok(Machine {
            serial,
            ssh_port: sockets.ssh_port,
            name: self.name.clone(),
            folder: folder.into(),
            qmp: Mutex::new(qmp),
            process: Mutex::new(process),
            _sockets: run,
        })
    }

    fn prepare(&self, lab: &Lab, folder: &Path, run: Option<&Path>) -> Result<Sockets> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("making the folder {}", folder.display()))?;
        let beside = |ending: &str| folder.join(format!("{}-{ending}", self.name));
        let sockets = Sockets {
            serial: run.unwrap_or(folder).join("serial"),
            qmp: run.map(|run| run.join("qmp")),
            ssh_port: free_port()?,
            uefi_vars: beside("uefi-vars.fd"),
            sercon_port: beside("sercon-port"),
            serial_log: beside("serial.log"),
        };
        if let Some((_, vars)) = self.firmware.ovmf()
            && !sockets.uefi_vars.exists()
        {
            let from = lab.root.path().join("usr/share/OVMF").join(vars);
            std::fs::copy(&from, &sockets.uefi_vars)
                .with_context(|| format!("copying {}", from.display()))?;
        }
        if self.firmware_on_serial {
            std::fs::write(&sockets.sercon_port, 0x3f8_u16.to_le_bytes())
                .with_context(|| format!("writing {}", sockets.sercon_port.display()))?;
        }
        Ok(sockets)
    }
}

impl Machine {
    /// QEMU's control socket.
    pub fn qmp(&self) -> MutexGuard<'_, Qmp> {
        self.qmp.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the screen as `NAME-TITLE.png`.
    ///
    /// # Errors
    /// When QEMU has ended or cannot write.
    pub fn screenshot(&self, title: &str) -> Result<()> {
        let path = self.folder.join(format!("{}-{title}.png", self.name));
        self.qmp().screendump(&path)
    }

    /// The screen as it is now.
    ///
    /// # Errors
    /// When QEMU has ended or cannot write.
    pub fn screen(&self) -> Result<Screen> {
        let path = self.folder.join(format!("{}-screen.ppm", self.name));
        let arguments = serde_json::json!({ "filename": path, "format": "ppm" });
        self.qmp().execute("screendump", arguments)?;
        let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        Screen::parse(&bytes)
    }

    /// Whether QEMU still runs.
    pub fn running(&self) -> bool {
        self.process().running()
    }

    /// Waits until the machine has switched itself off.
    ///
    /// # Errors
    /// When it has not after `timeout`; the error ends with the last lines of the serial line.
    pub fn wait_off(&self, timeout: Duration) -> Result<()> {
        let end = Instant::now() + timeout;
        while self.running() {
            let why = if self.serial.stands_still() {
                "stands still".to_owned()
            } else if Instant::now() > end {
                format!("still runs after {} s", timeout.as_secs())
            } else {
                sleep(Duration::from_millis(200));
                continue;
            };
            bail!(
                "the machine {why}; the last lines:\n{}",
                self.serial.tail(10)
            );
        }
        Ok(())
    }

    /// Keeps the running machine in its disks, by this name for [`Spec::saved`], and ends it.
    ///
    /// # Errors
    /// When it cannot be kept, or QEMU does not end.
    pub fn save(self, name: &str) -> Result<()> {
        let mut qmp = self.qmp();
        qmp.save(name)?;
        // A QEMU that is killed may not have written all that belongs to its images.
        qmp.execute("quit", serde_json::json!({}))?;
        drop(qmp);
        self.wait_off(END)
    }

    /// Pulls the plug.
    pub fn kill(self) {
        self.process().kill();
    }

    fn process(&self) -> MutexGuard<'_, Process> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if self.running() {
            // A picture of the last moment helps where a test failed; without one it fails just the same.
            let _ = self.screenshot("last");
        }
    }
}

/// A TCP port of the loopback address that nobody uses now.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("looking for a free port")?;
    Ok(listener.local_addr()?.port())
}

fn listen(path: &Path) -> Result<UnixListener> {
    let listener = UnixListener::bind(path)
        .with_context(|| format!("making the socket {}", path.display()))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn accept(listener: &UnixListener, process: &mut Process) -> Result<UnixStream> {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false)?;
                return Ok(stream);
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error).context("waiting for QEMU"),
        }
        if !process.running() {
            bail!("QEMU has ended at once: {}", process.said().trim());
        }
        ensure!(
            Instant::now() < end,
            "QEMU does not connect: {}",
            process.said().trim()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}
