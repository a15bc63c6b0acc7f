//! The command `firn` on a host, and ways into its guests.

use crate::bench::Bench;
use crate::host::Host;
use anyhow::{Context, Result, bail, ensure};
use firn_lab::qemu::Output;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// From the start of a guest to its sshd: emulation inside of which a hypervisor runs a guest.
pub const GUEST: Duration = Duration::from_secs(20 * 60);
/// What is uploaded and converted by an emulated host.
const COMMAND: Duration = Duration::from_secs(20 * 60);
const COPY: Duration = Duration::from_secs(15 * 60);
/// From firnd's end to its first answer, and between two looks.
const FIRND: Duration = Duration::from_secs(180);
const LOOK: Duration = Duration::from_secs(3);

/// Where an administrator's files are on the host.
pub const FOLDER: &str = "/root/guests";
/// The cloud image.
pub const CLOUD: &str = "/root/guests/cloud.qcow2";
/// The key that guests let in; its public half is beside it.
pub const KEY: &str = "/root/guests/id_ed25519";

/// What is asked for when something has failed.
const WHY: &str = "systemctl status firnd --no-pager --lines=0; firn guest list; firn task list; xl list; \
    lvs -o lv_name,lv_size,data_percent,lv_tags firn; xl dmesg | tail -n 40; \
    journalctl --boot --unit firnd --no-pager --lines=150 --output=short-monotonic";

/// A host whose firnd is asked.
pub struct Firn<'h> {
    /// The host.
    pub host: &'h Host,
}

impl<'h> Firn<'h> {
    /// Waits for firnd, and gives the administrator files: image and key.
    pub fn new(bench: &Bench, host: &'h Host) -> Result<Self> {
        let (guests, keys) = (bench.guests()?, &bench.shared.hosts);
        let files = [
            guests.join("cloud.qcow2"),
            keys.join("id_ed25519"),
            keys.join("id_ed25519.pub"),
        ];
        host.ssh.run(&format!("mkdir -p {FOLDER}"))?;
        let firn = Self { host };
        firn.give(&files)?;
        host.ssh.run(&format!("chmod 600 {KEY}"))?;
        firn.explained(|| firn.answers())?;
        Ok(firn)
    }

    /// Gives the administrator more files.
    pub fn give(&self, files: &[PathBuf]) -> Result<()> {
        let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        self.host.ssh.copy(&files, FOLDER, COPY)
    }

    /// Does something; if it fails, the error has what firnd's log, its lists and Xen say.
    pub fn explained(&self, what: impl FnOnce() -> Result<()>) -> Result<()> {
        what().map_err(|error| {
            let said = self.host.ssh.output(WHY, Duration::from_secs(300));
            let said = said.map_or_else(|error| format!("{error:#}"), |said| said.text);
            anyhow::anyhow!("{error:#}\n{said}")
        })
    }

    /// Runs `firn` with these words, which must succeed; what it said.
    pub fn run(&self, words: &str) -> Result<String> {
        let Output { status, text } = self.ended(words)?;
        ensure!(status == 0, "`firn {words}` ended with {status}: {text}");
        Ok(text)
    }

    /// The same, and it must say this.
    pub fn says(&self, words: &str, text: &str) -> Result<()> {
        let said = self.run(words)?;
        ensure!(
            said.contains(text),
            "`firn {words}` does not say {text:?} but {said:?}"
        );
        Ok(())
    }

    /// Runs `firn` with these words, which must end with this status and say this.
    pub fn refused(&self, words: &str, status: i32, sentence: &str) -> Result<()> {
        let ended = self.ended(words)?;
        ensure!(
            ended.status == status && ended.text.contains(sentence),
            "`firn {words}` should end with {status} and say {sentence:?}, but ended with {}: {}",
            ended.status,
            ended.text
        );
        Ok(())
    }

    fn ended(&self, words: &str) -> Result<Output> {
        // Without a standard input nothing can be asked back.
        let command = format!("firn {words} </dev/null");
        self.host.ssh.output(&command, COMMAND)
    }

    /// What a list is in JSON.
    pub fn json(&self, words: &str) -> Result<Vec<Value>> {
        let text = self.run(&format!("{words} --json"))?;
        serde_json::from_str(&text)
            .with_context(|| format!("`firn {words} --json` is no array: {text}"))
    }

    /// One guest of the list.
    pub fn guest(&self, name: &str) -> Result<Value> {
        let guests = self.json("guest list")?;
        let found = guests.iter().find(|guest| guest["name"] == name);
        found
            .cloned()
            .with_context(|| format!("`firn guest list` lacks {name}: {guests:?}"))
    }

    /// The id of a guest, which is its domain's name.
    pub fn id(&self, name: &str) -> Result<String> {
        let guest = self.guest(name)?;
        let id = guest["id"].as_str().map(str::to_owned);
        id.with_context(|| format!("{guest} has no id"))
    }

    /// The number of a guest's domain.
    pub fn domain(&self, name: &str) -> Result<String> {
        let id = self.id(name)?;
        let number = self.host.ssh.run(&format!("xl domid {id}"))?;
        Ok(number.trim().to_owned())
    }

    /// Waits until a guest is in a state.
    pub fn state(&self, name: &str, state: &str, patience: Duration) -> Result<()> {
        self.one_of(name, &[state], patience).map(drop)
    }

    /// Waits until a guest is in one of these states; the guest as it is then.
    pub fn one_of(&self, name: &str, states: &[&str], patience: Duration) -> Result<Value> {
        until(patience, || {
            let guest = self.guest(name)?;
            let state = guest["state"].as_str().unwrap_or_default();
            ensure!(
                states.contains(&state),
                "{name} should be {}, but is {guest}",
                states.join(" or ")
            );
            Ok(guest)
        })
    }

    /// Runs a command in a guest, as the image's own user; waits until it lets us in.
    pub fn inside(&self, name: &str, command: &str) -> Result<String> {
        until(GUEST, || {
            let output = self.try_inside(name, command)?;
            let (status, text) = (output.status, output.text);
            ensure!(
                status == 0,
                "in {name}, `{command}` ended with {status}: {text}"
            );
            Ok(text)
        })
    }

    /// The same once, whatever becomes of it.
    pub fn try_inside(&self, name: &str, command: &str) -> Result<Output> {
        let guest = self.guest(name)?;
        let addresses = guest["addresses"].as_array();
        let mut v4 = addresses
            .into_iter()
            .flatten()
            .filter_map(|found| found["address"].as_str())
            .filter(|address| !address.contains(':'));
        let Some(address) = v4.next() else {
            bail!("firnd knows no IPv4 address of {name}: {guest}");
        };
        let ssh = format!(
            "ssh -i {KEY} -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
             -o LogLevel=ERROR -o ConnectTimeout=60 debian@{address} '{command}' </dev/null"
        );
        self.host.ssh.output(&ssh, Duration::from_secs(300))
    }

    /// What is another one after each start of the guest's kernel.
    pub fn boot(&self, name: &str) -> Result<String> {
        let id = self.inside(name, "cat /proc/sys/kernel/random/boot_id")?;
        Ok(id.trim().to_owned())
    }

    /// Waits until the guest's kernel is another one than at this boot.
    pub fn other_boot(&self, name: &str, boot: &str) -> Result<()> {
        until(GUEST, || {
            let now = self.boot(name)?;
            ensure!(now != boot, "{name} has not restarted");
            Ok(())
        })
    }

    /// Waits for a text on a guest's console.
    pub fn console(&self, bench: &Bench, name: &str, text: &str) -> Result<()> {
        let log = bench.path(&format!("guest-{name}.log"));
        let command = format!("xl console -t pv {}", self.id(name)?);
        let terminal = self.host.ssh.terminal(&command, &log)?;
        let seen = terminal.console.wait_for(text, GUEST);
        seen.map(drop).with_context(|| format!("the guest {name}"))
    }

    /// The volumes of the group, by their names.
    pub fn volumes(&self) -> Result<Vec<String>> {
        let names = self.host.ssh.run("lvs --noheadings -o lv_name firn")?;
        let names = names.lines().map(|line| line.trim().to_owned());
        // The library is made with the first file that comes, and stays.
        let mut names: Vec<_> = names.filter(|name| name != "library").collect();
        names.sort();
        Ok(names)
    }

    /// Kills firnd, and waits until systemd has started another one that answers.
    pub fn kill_firnd(&self) -> Result<()> {
        const PID: &str = "systemctl show --property=MainPID --value firnd";
        let before = self.host.ssh.run(PID)?;
        self.host.ssh.run("systemctl kill --signal=KILL firnd")?;
        until(FIRND, || {
            let now = self.host.ssh.run(PID)?;
            ensure!(
                now != before && now.trim() != "0",
                "firnd was not started again"
            );
            Ok(())
        })?;
        self.answers()
    }

    /// Waits until firnd answers.
    pub fn answers(&self) -> Result<()> {
        until(FIRND, || self.json("guest list").map(drop))
    }
}

/// Tries until it succeeds, or with its last error until the time is over.
pub fn until<T>(patience: Duration, what: impl Fn() -> Result<T>) -> Result<T> {
    let end = Instant::now() + patience;
    loop {
        match what() {
            Err(_) if Instant::now() < end => std::thread::sleep(LOOK),
            ended => return ended.with_context(|| format!("waited {} s", patience.as_secs())),
        }
    }
}
