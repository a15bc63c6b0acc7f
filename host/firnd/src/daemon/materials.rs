//! What a new guest is made from.

use crate::daemon::Daemon;
use firn_guests::{BootFile, Failed, Machine, Materials, Source, Told};
use firn_images::{Boots, Found};
use firn_words::{Text, say};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::thread;
use std::time::{Duration, Instant};

/// Between two looks at how far a conversion is.
const LOOK: Duration = Duration::from_millis(200);

/// Between two looks at how full the store is: each asks LVM.
const STORE_LOOK: Duration = Duration::from_secs(2);

/// Uploads, opened and looked at, and the seed. The uploads are removed when the task is over.
pub struct Made {
    /// Whose uploads they are.
    pub daemon: Arc<Daemon>,
    /// The disk image, and what was found in it.
    pub image: Option<(File, Found)>,
    /// What cloud-init is told, ready to be written.
    pub seed: Option<Vec<u8>>,
    /// The kernel.
    pub kernel: Option<PathBuf>,
    /// The initrd.
    pub ramdisk: Option<PathBuf>,
    /// The uploads that all this came from.
    pub uploads: Vec<String>,
    /// Whether what is on the image's disk says how the guest starts.
    pub judged: bool,
    /// Whether the work has begun; a request that was refused leaves its uploads for another one.
    begun: bool,
}

impl Materials for Made {
    fn fill(&mut self, from: Source, target: &Path, told: &Told<'_>) -> firn_guests::Result<()> {
        self.begun = true;
        match from {
            Source::Image => self.convert(target, told),
            Source::Seed => {
                let seed = self.seed.as_deref().ok_or_else(missing)?;
                let mut file = OpenOptions::new().write(true).open(target)?;
                file.write_all(seed)?;
                Ok(file.sync_all()?)
            }
            // No request asks for one yet.
            Source::Cd => Err(missing()),
        }
    }

    fn machine(&mut self, disk: &Path) -> Option<Machine> {
        if !self.judged {
            return None;
        }
        match firn_images::boots(disk) {
            Boots::Pvh => Some(Machine::Pvh),
            Boots::Hvm(why) => {
                tracing::info!("{}: {why}", disk.display());
                Some(Machine::Hvm {
                    uefi: false,
                    viridian: false,
                })
            }
        }
    }

    fn open(&mut self, file: BootFile) -> firn_guests::Result<Box<dyn Read>> {
        self.begun = true;
        let path = match file {
            BootFile::Kernel => self.kernel.as_deref(),
            BootFile::Ramdisk => self.ramdisk.as_deref(),
        };
        Ok(Box::new(File::open(path.ok_or_else(missing)?)?))
    }
}

impl Made {
    /// Nothing yet.
    pub fn new(daemon: Arc<Daemon>) -> Self {
        Self {
            daemon,
            image: None,
            seed: None,
            kernel: None,
            ramdisk: None,
            uploads: Vec::new(),
            judged: false,
            begun: false,
        }
    }

    /// The uploads are of no more use.
    pub fn use_up(&mut self) {
        self.begun = true;
    }

    fn convert(&self, target: &Path, told: &Told<'_>) -> firn_guests::Result<()> {
        let (file, found) = self.image.as_ref().ok_or_else(missing)?;
        let scratch = self.daemon.library();
        let source = firn_images::Source {
            file,
            found,
            checksum: None,
            scratch,
        };
        let (done, of, stop) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
        let progress = |now: u64, all: u64| {
            done.store(now, Relaxed);
            of.store(all, Relaxed);
            match stop.load(Relaxed) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        // The converter tells its progress from a thread of its own; whoever follows the task is told from this one.
        thread::scope(|scope| {
            let converts = scope.spawn(|| firn_images::convert(&source, target, &progress));
            let (mut full, mut seen) = (None, Instant::now());
            while !converts.is_finished() {
                thread::sleep(LOOK);
                if full.is_none() && seen.elapsed() >= STORE_LOOK {
                    (full, seen) = (self.full(), Instant::now());
                }
                if full.is_some() || told(done.load(Relaxed), of.load(Relaxed)).is_break() {
                    stop.store(true, Relaxed);
                }
            }
            match (converts.join(), full) {
                (Ok(Err(firn_images::Error::Cancelled)), Some(full)) => Err(Failed(full)),
                (Ok(converted), _) => converted.map(drop).map_err(|error| Failed(error.text())),
                (Err(_), _) => Err(Failed(say!("firnd-converter"))),
            }
        })
    }

    /// Why nothing more may be written, where the store has become full: what running guests still write must have a place.
    fn full(&self) -> Option<Text> {
        let facts = self.daemon.store.facts().ok()?;
        facts.has_room().err().map(|error| error.text())
    }
}

fn missing() -> Failed {
    Failed(say!("guests-no-material"))
}

impl Drop for Made {
    fn drop(&mut self) {
        for id in self.uploads.iter().filter(|_| self.begun) {
            if let Err(error) = self.daemon.uploads().and_then(|uploads| uploads.remove(id)) {
                tracing::warn!("{error:#}");
            }
        }
    }
}
