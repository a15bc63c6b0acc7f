//! The running dnsmasq.

use super::config::{Config, Mode};
use super::log::Log;
use crate::boot::{Place, grub_who};
use crate::http::App;
use crate::network::Interface;
use anyhow::{Context, Result, bail};
use firn_tree::Root;
use firn_visible::visible;
use std::collections::VecDeque;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Lines of its log that a failure quotes.
const TAIL: usize = 5;
const CONFIG: &str = "dnsmasq.conf";

/// dnsmasq with its folder; both end with this value.
#[derive(Debug)]
pub struct Dnsmasq {
    child: Child,
    _folder: TempDir,
}

impl Dnsmasq {
    /// Starts it.
    ///
    /// # Errors
    /// When its folder cannot be made, or it does not start.
    pub fn start(tools: &Path, interface: &Interface, mode: Mode, site: &App) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("firn-netboot-").tempdir();
        let folder = folder.context("making a folder for dnsmasq")?;
        fill(folder.path(), interface, site)?;
        let config = Config {
            mode,
            interface: interface.clone(),
            port: site.settings.port,
            tftp: folder.path().join("tftp"),
            leases: folder.path().join("leases"),
            answers: site.settings.answers.is_some(),
        };
        let path = folder.path().join(CONFIG);
        fs::write(&path, config.render()).with_context(|| format!("writing {}", path.display()))?;
        let child = command(tools, folder.path())?
            .spawn()
            .context("starting dnsmasq")?;
        Ok(Self {
            child,
            _folder: folder,
        })
    }

    /// Passes on what its log says about machines, until it ends.
    ///
    /// # Errors
    /// Always, once it has ended: it should not have.
    pub async fn follow(mut self, site: App) -> Result<()> {
        let output = self.child.stderr.take().context("reading dnsmasq's log")?;
        // By bytes: a machine's host name, which dnsmasq repeats, need not be UTF-8.
        let mut lines = BufReader::new(output).split(b'\n');
        let (mut log, mut tail) = (Log::default(), VecDeque::new());
        while let Some(line) = lines
            .next_segment()
            .await
            .context("reading dnsmasq's log")?
        {
            let line = visible(&String::from_utf8_lossy(&line)).into_owned();
            log.events(&line).iter().for_each(|event| site.tell(event));
            tail.truncate(TAIL - 1);
            tail.push_front(line);
        }
        let status = self.child.wait().await.context("waiting for dnsmasq")?;
        let said: Vec<String> = tail.into_iter().rev().collect();
        bail!(
            "dnsmasq has ended ({status}); it said: {}",
            said.join(" | ")
        );
    }
}

/// Everything that dnsmasq serves and writes. It gives up root's rights, so that others must be able to read it.
fn fill(folder: &Path, interface: &Interface, site: &App) -> Result<()> {
    let filling = || format!("filling the folder {}", folder.display());
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).with_context(filling)?;
    let tftp = folder.join("tftp");
    fs::create_dir_all(tftp.join("grub")).with_context(filling)?;
    for entry in site.settings.folder.read_dir().with_context(filling)? {
        let entry = entry.with_context(filling)?;
        if entry.path().is_file() {
            fs::copy(entry.path(), tftp.join(entry.file_name())).with_context(filling)?;
        }
    }
    let settings = &site.settings;
    let place = |host: String| Place::new(&host, settings.port, settings.answers.is_some(), "");
    let places: Vec<Place> = interface.hosts().map(place).collect();
    fs::write(tftp.join("grub/grub.cfg"), grub_who(&places)).with_context(filling)
}

/// Runs dnsmasq and stays: dnsmasq changes its user, and with that it would forget to end when its parent does. The shell does not, and
/// it is the first process of its namespace: when it ends, so does everything in there.
const STAY: &str = r#"dnsmasq "$@"; exit $?"#;

/// In mount and process namespaces of its own, in this computer's network; the kernel ends it with us, however we end.
fn command(tools: &Path, folder: &Path) -> Result<Command> {
    let root = Root::open(tools)?.bind(folder);
    let config = format!("--conf-file={}", folder.join(CONFIG).display());
    let options = [
        "--keep-in-foreground",
        "--log-facility=-",
        "--pid-file=",
        &config,
    ];
    let words = root.words("sh", ["-c", STAY, "dnsmasq"].into_iter().chain(options));
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL"])
        .args(words)
        .env("PATH", firn_tree::PATH)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    Ok(command)
}
