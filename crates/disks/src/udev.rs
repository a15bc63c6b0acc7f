//! Waiting for what udev makes of devices.

use firn_command::cmd;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Waits until udev has nothing to do: right after the start, and after a change, not every driver has said what it
/// found. Without udev there is nothing to wait for, and where it takes longer, what is missing is told by itself.
pub fn settle(patience: Duration) {
    let timeout = format!("--timeout={}", patience.as_secs());
    let _ = cmd("udevadm", ["settle", &timeout]).run();
}

/// Whether a device's file is there within this time.
pub fn appears(device: &str, patience: Duration) -> bool {
    let end = Instant::now() + patience;
    while !Path::new(device).exists() {
        if Instant::now() > end {
            return false;
        }
        sleep(Duration::from_millis(100));
    }
    true
}
