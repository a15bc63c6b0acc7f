//! Ending the machine, also when the medium is gone.
//!
//! The orderly way is systemd's. firn-guard (firn-init's copy in memory) does it where systemd cannot.

use firn_command::cmd;
use firn_image::run::GUARD;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::mpsc;
use std::thread::sleep;
use std::time::Duration;

/// So long the orderly way may take; with the guard's own last writes the machine is off within a minute.
const ORDERLY: u8 = 45;
/// What was written to disks is out before systemd is asked, but a disk that is gone may never answer.
const WRITES: Duration = Duration::from_secs(10);

/// How a machine ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    PowerOff,
    Restart,
    /// What was loaded is started at once.
    Kexec,
}

impl End {
    /// The verb of systemctl, and of firn-init.
    fn verb(self) -> &'static str {
        match self {
            End::PowerOff => "poweroff",
            End::Restart => "reboot",
            End::Kexec => "kexec",
        }
    }
}

/// Has this process in memory as a whole, and the machine switched off should it die: from now on nobody stands before it.
pub fn unattended(at_death: Option<End>) {
    // Without it a medium that is gone may end this process; the guard then acts for it.
    let _ = rustix::mm::mlockall(rustix::mm::MlockAllFlags::CURRENT);
    if let Some(end) = at_death {
        tell(&format!("heir {} {}\n", end.verb(), std::process::id()));
    }
}

/// Ends the machine.
pub fn end(end: End) -> ! {
    order(end, ORDERLY);
    write_out();
    let asked = cmd("systemctl", ["--no-block", end.verb()]).run();
    if asked.is_err() {
        order(end, 0);
    }
    // Ending now would only have this service started or its failure shown while the machine goes down.
    loop {
        sleep(Duration::from_secs(60));
    }
}

fn order(end: End, seconds: u8) {
    tell(&format!("end {} {seconds}\n", end.verb()));
}

/// Where there is no guard (a host that lacks /run/initramfs), systemd's way is the only one.
fn tell(line: &str) {
    // A FIFO without a reader must not hold this up.
    let without_waiting = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let fifo = OpenOptions::new()
        .write(true)
        .custom_flags(without_waiting)
        .open(GUARD);
    let _ = fifo.and_then(|mut fifo| fifo.write_all(line.as_bytes()));
}

fn write_out() {
    let (done, waits) = mpsc::channel();
    let sync = move || {
        rustix::fs::sync();
        let _ = done.send(());
    };
    if std::thread::Builder::new().spawn(sync).is_ok() {
        let _ = waits.recv_timeout(WRITES);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_has_the_verb_of_systemctl() {
        let verbs = [End::PowerOff, End::Restart, End::Kexec].map(End::verb);
        assert_eq!(verbs, ["poweroff", "reboot", "kexec"]);
    }
}
