//! Asking the kernel for the partitions of a disk once more.
//!
//! It reads a table when the disk appears, and never again by itself: where that one reading failed (a disk that was not ready yet, an
//! answer that got lost), the disk stays without partitions though its table is whole.

use rustix::fs::{Mode, OFlags};
use rustix::io;
use rustix::ioctl::{self, IntegerSetter};
use std::time::{Duration, Instant};

/// linux/fs.h
const BLKRRPART: ioctl::Opcode = 0x125F;
/// The kernel gets so much time to show the partitions, at first and after each time of asking.
const PAUSE: Duration = Duration::from_secs(3);

/// When to ask.
pub struct Reread {
    last: Instant,
}

impl Reread {
    /// From now on.
    pub fn begin() -> Reread {
        Reread {
            last: Instant::now(),
        }
    }

    /// Asks for the partitions of a disk, if it is time. The disk is as it was: only the kernel's list is made anew, and not while one
    /// of the partitions is in use.
    pub fn ask(&mut self, disk: &str) {
        if self.is_due(Instant::now()) {
            // Where it cannot be done, the partitions are still missing, and that is said.
            let _ = ask(disk);
        }
    }

    fn is_due(&mut self, now: Instant) -> bool {
        let due = now.duration_since(self.last) >= PAUSE;
        if due {
            self.last = now;
        }
        due
    }
}

fn ask(disk: &str) -> io::Result<()> {
    let disk = rustix::fs::open(disk, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
    // SAFETY: it takes no argument and writes no memory.
    #[allow(unsafe_code)]
    unsafe {
        ioctl::ioctl(&disk, IntegerSetter::<BLKRRPART>::new_usize(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_is_asked_from_time_to_time() {
        let mut reread = Reread::begin();
        let start = reread.last;
        let seconds = [0, 2, 3, 4, 5, 6, 20];
        let due = seconds.map(|s| reread.is_due(start + Duration::from_secs(s)));
        assert_eq!(due, [false, false, true, false, false, true, true]);
    }

    #[test]
    fn what_is_no_disk_is_no_fault() {
        assert!(ask("/no/such/disk").is_err());
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(ask(file.path().to_str().unwrap()).is_err());
    }
}
