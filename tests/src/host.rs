//! An installed host that runs: started from its disk, reached with ssh, asked how it is.

use crate::bench::Bench;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Machine, Spec, Ssh};
use std::time::{Duration, Instant};

/// From power-on to the login prompt. Beside other load an emulated machine has been seen to take more than ten minutes.
pub const START: Duration = Duration::from_secs(20 * 60);
/// How often it is looked whether the processors still come along.
const LOOK: Duration = Duration::from_secs(3 * 60);
/// From the login prompt to an answer of sshd, which makes its keys at the first start.
pub const SSH: Duration = Duration::from_secs(5 * 60);

/// Bytes of a further disk, with which the pool is larger than the first.
pub const FURTHER_BYTES: u64 = 24_000_000_000;

/// A running host.
pub struct Host {
    /// Its machine.
    pub machine: Machine,
    /// The way in.
    pub ssh: Ssh,
}

/// Starts the machine from its disks and waits for the login prompt and for ssh.
pub fn boot(bench: &Bench, spec: Spec) -> Result<Host> {
    let machine = spec.start(bench.lab(), &bench.folder)?;
    wait(Host::new(bench, machine)?)
}

/// Waits until a host that is being started shows its login prompt and lets us in.
pub fn wait(host: Host) -> Result<Host> {
    if let Err(error) = prompt(&host.machine) {
        // A machine that stands still tells why by its processors only; one that is off, by its log.
        let processors = host.machine.qmp().ask("info registers -a");
        return Err(error.context(format!(
            "starting the installed host, whose processors are at\n{}",
            processors.unwrap_or_default()
        )));
    }
    host.machine.screenshot("login")?;
    host.ssh.wait(SSH)?;
    Ok(host)
}

fn prompt(machine: &Machine) -> Result<()> {
    let begin = Instant::now();
    loop {
        let left = START.saturating_sub(begin.elapsed());
        let patience = LOOK.min(left);
        let asked = Instant::now();
        let Err(error) = machine.serial.wait_for("login:", patience) else {
            return Ok(());
        };
        // A machine that has died or stands still is told of at once.
        if asked.elapsed() < patience {
            return Err(error);
        }
        if left <= LOOK {
            let minutes = START.as_secs() / 60;
            return Err(error.context(format!("no login prompt in {minutes} min")));
        }
        if machine.spins() {
            return Err(error.context("the emulator has lost an interrupt"));
        }
    }
}

impl Host {
    /// A machine from whose disk a host will start.
    pub fn new(bench: &Bench, machine: Machine) -> Result<Host> {
        let ssh = Ssh::new(bench.lab().root(), &bench.shared.key, machine.ssh_port)?;
        Ok(Host { machine, ssh })
    }

    /// Everything that every installed host must answer, as issue and design say it.
    pub fn check(&self, name: &str) -> Result<()> {
        self.check_name(name)?;
        self.check_xen()?;
        self.check_services()?;
        self.check_network()?;
        self.check_storage()?;
        self.check_apply()
    }

    /// Short and whole name.
    pub fn check_name(&self, name: &str) -> Result<()> {
        let short = name.split('.').next().unwrap_or(name);
        self.says("hostname", short)?;
        self.says("hostname -f", name)
    }

    fn check_xen(&self) -> Result<()> {
        let info = self.ssh.run("xl info")?;
        for word in ["xen_version", "hvm"] {
            ensure!(info.contains(word), "`xl info` lacks {word:?}: {info}");
        }
        self.says("xl list", "Domain-0")?;
        // Two copies of one of Xen's libraries: Debian's would have survived beside ours.
        let twice = "find /usr/lib /usr/local /usr/libexec -name 'libxen*.so*' -printf '%f\\n' | sort | uniq -d";
        let twice = self.ssh.run(twice)?;
        ensure!(
            twice.trim().is_empty(),
            "libraries of Xen are there twice: {twice}"
        );
        Ok(())
    }

    fn check_services(&self) -> Result<()> {
        // Services are still starting when ssh already answers.
        let state = self
            .ssh
            .output("systemctl is-system-running --wait", START)?;
        let failed = self
            .ssh
            .run("systemctl --failed --no-legend --plain; systemctl list-jobs --no-legend")?;
        ensure!(
            state.status == 0,
            "systemd says {}: {failed}",
            state.text.trim()
        );
        let processes = self.ssh.run("ps -eo args")?;
        for program in ["xenstored", "xenconsoled", "qemu-system", "chronyd", "sshd"] {
            ensure!(
                processes.contains(program),
                "{program} does not run: {processes}"
            );
        }
        self.says("chronyc -n tracking", "Leap status")?;
        self.says("timedatectl show -p Timezone --value", "Europe/Berlin")
    }

    fn check_network(&self) -> Result<()> {
        self.says("networkctl --no-legend list", "xenbr0")?;
        self.says("networkctl status xenbr0", "routable")?;
        self.says("nft list ruleset", "policy drop")
    }

    fn check_storage(&self) -> Result<()> {
        let volumes = self.ssh.run("lvs --noheadings -o lv_name,lv_attr firn")?;
        for volume in ["state", "guests"] {
            ensure!(volumes.contains(volume), "`lvs` lacks {volume}: {volumes}");
        }
        self.says("findmnt -no FSTYPE,OPTIONS /", "ro")?;
        self.says("findmnt -no SOURCE,OPTIONS /firn", "ro")?;
        self.ssh
            .run("touch /etc/firn-test /var/firn-test /root/firn-test && rm /etc/firn-test /var/firn-test /root/firn-test")?;
        let outside = self.ssh.output("touch /usr/firn-test", START)?;
        ensure!(outside.status != 0, "/usr can be written to");
        Ok(())
    }

    fn check_apply(&self) -> Result<()> {
        self.ssh.run("firn apply")?;
        self.says("firn apply", "nothing changed")
    }

    /// The group has a further disk, both are in the list of what dom0 may use, and the pool is larger than the first.
    pub fn check_further_disk(&self) -> Result<()> {
        self.says("pvs --noheadings -o pv_name", "/dev/vdb1")?;
        let list = "grep -c PVID= /etc/lvm/devices/system.devices";
        let listed = self.ssh.run(list)?;
        ensure!(listed.trim() == "2", "in the devices file: {listed}");
        let size = "lvs --noheadings --nosuffix --units m -o lv_size firn/guests";
        let size = self.ssh.run(size)?;
        let size: f64 = size.trim().parse().context("reading the pool's size")?;
        ensure!(size > 30_000.0, "the pool has only {size} MiB");
        Ok(())
    }

    /// Runs a command, which must succeed and say this.
    pub fn says(&self, command: &str, text: &str) -> Result<()> {
        let said = self.ssh.run(command)?;
        ensure!(
            said.contains(text),
            "`{command}` does not say {text:?} but {said:?}"
        );
        Ok(())
    }

    /// Shuts the host down and waits until the machine is off.
    pub fn off(self) -> Result<()> {
        // Else ssh would be cut off before it can say that the command has succeeded.
        self.ssh
            .output("systemctl --no-block poweroff", Duration::from_secs(120))?;
        self.machine.wait_off(Duration::from_secs(300))
    }
}
