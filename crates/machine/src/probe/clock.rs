//! The clock, and the least that it must say.

use crate::Clock;
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file of the image: all have the time at which it was made.
const IMAGE: &str = "/usr/lib/os-release";

/// The clock on the board, in seconds since 1970.
const HARDWARE: &str = "/sys/class/rtc/rtc0/since_epoch";

/// Reads them.
pub fn probe() -> Clock {
    Clock {
        now: seconds(SystemTime::now()),
        hardware: super::text(HARDWARE).and_then(|text| text.parse().ok()),
        image: fs::metadata(IMAGE)
            .and_then(|m| m.modified())
            .ok()
            .and_then(seconds),
    }
}

fn seconds(time: SystemTime) -> Option<u64> {
    Some(time.duration_since(UNIX_EPOCH).ok()?.as_secs())
}
