//! What a daemon is made of: with Xen on a host, or simulated in a folder.

use crate::create;
use crate::daemon::{Daemon, STORE};
use crate::neighbours::Neighbours;
use crate::watch;
use anyhow::{Context, Result, anyhow};
use firn_api::{Create, NewDisk};
use firn_engine::Simulated;
use firn_guests::{Folder, Hands, Networks, Outcome, Watcher};
use firn_image::state::GUESTS;
use firn_stores::{Files, Lvm, Store};
use firn_words::Text;
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// Definitions, journals, kernels.
const STATE: &str = "/var/lib/firn";
/// Where the library is mounted.
const LIBRARY: &str = "/var/lib/firn/library";
/// Says that guests have been started since the host's start. It goes with /run.
const STARTED: &str = "/run/firn/guests-started";
/// Sockets of guests' screens.
const SCREENS: &str = "/run/firn/screens";

/// Bytes of the simulated store, however full the disk is that it lies on.
const SIMULATED: u64 = 1 << 40;

/// A daemon of a host with Xen.
///
/// # Errors
/// When the store is not there.
pub fn xen() -> Result<Daemon> {
    let files = firn_command::cmd("mountpoint", ["--quiet", GUESTS])
        .run()
        .is_ok();
    let store: Arc<dyn Store> = if files {
        Arc::new(Files::open(Path::new(GUESTS).join("volumes"))?)
    } else {
        Arc::new(Lvm::default())
    };
    let library = if files {
        Path::new(GUESTS).join(".library")
    } else {
        LIBRARY.into()
    };
    if let Err(error) = firn_images::end_left_over() {
        tracing::warn!("{error}");
    }
    std::fs::create_dir_all(SCREENS).with_context(|| format!("making {SCREENS}"))?;
    let hands = Hands {
        files: Arc::new(Folder::new(STATE)),
        engine: Arc::new(firn_engine::Xen::default()),
        stores: [(STORE.to_owned(), Arc::clone(&store))].into(),
        networks: Networks::default(),
        screens: SCREENS.into(),
    };
    // Guests live without their addresses being known.
    let neighbours = Neighbours::listen().unwrap_or_else(|error| {
        tracing::warn!("{error:#}");
        Arc::default()
    });
    Ok(Daemon::new(
        hands,
        store,
        neighbours,
        library,
        firn_images::LIST.into(),
    ))
}

/// A daemon with simulated guests, all of which is in a folder.
///
/// # Errors
/// When the folder cannot be used.
pub fn simulated(folder: &Path) -> Result<Daemon> {
    let files = Files::open(folder.join("volumes"))?.sized(SIMULATED);
    let store: Arc<dyn Store> = Arc::new(files);
    let hands = Hands {
        files: Arc::new(Folder::new(folder.join("state"))),
        engine: Arc::new(Simulated::default()),
        stores: [(STORE.to_owned(), Arc::clone(&store))].into(),
        networks: Networks::default(),
        screens: folder.join("screens"),
    };
    let neighbours = Arc::new(Neighbours::default());
    let (library, images) = (folder.join("library"), folder.join("images.toml"));
    Ok(Daemon::new(hands, store, neighbours, library, images))
}

/// Finishes or undoes what was interrupted, and begins to watch.
///
/// # Errors
/// When tasks cannot be read, or no thread can be started.
pub fn go(daemon: &Arc<Daemon>, simulated: Option<&Path>) -> Result<()> {
    for (journal, outcome) in firn_guests::recover(&daemon.hands, &Silent)? {
        let (task, guest) = (&journal.task.id, &journal.plan.name);
        tracing::info!(
            "the task {task} on {guest:?} was interrupted: {}",
            told(&outcome)
        );
    }
    let book = daemon.book()?;
    for trouble in &book.troubles {
        tracing::warn!("{}", trouble.text);
    }
    for stray in firn_guests::audit(&daemon.hands, &book)? {
        tracing::warn!("{}", stray.text());
    }
    let own = Arc::clone(daemon);
    let spawn = |name: &str| thread::Builder::new().name(name.to_owned());
    spawn("watch")
        .spawn(move || watch::watch(&own))
        .context("watching guests")?;
    let own = Arc::clone(daemon);
    let mark = simulated.map_or(STARTED.into(), |folder| folder.join("guests-started"));
    let start = move || watch::start_all(&own, &mark);
    spawn("autostart").spawn(start).context("starting guests")?;
    Ok(())
}

/// Makes so many simulated guests, where there are none yet.
///
/// # Errors
/// When one cannot be made.
pub fn populate(daemon: &Arc<Daemon>, guests: u32) -> Result<()> {
    if !daemon.book()?.guests.is_empty() {
        return Ok(());
    }
    for number in 1..=guests {
        let wanted = Create {
            name: format!("guest{number}"),
            template: Some("other-bios".into()),
            memory: Some(64 << 20),
            disks: vec![NewDisk {
                size: Some(1 << 30),
                store: None,
            }],
            start: number % 2 == 1,
            ..Create::default()
        };
        let made = create::guest(daemon, "firnd", &wanted);
        made.map_err(|refusal| anyhow!("{refusal}"))?;
    }
    Ok(())
}

fn told(outcome: &Outcome) -> String {
    let texts = |texts: &[Text]| {
        texts
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    match outcome {
        Outcome::Done(problems) => format!("finished. {}", texts(problems)),
        Outcome::Undone(why) => format!("undone. {}", texts(why)),
        Outcome::Cancelled => "undone.".to_owned(),
        Outcome::Unfinished(why) => format!("neither finished nor undone. {}", texts(why)),
    }
}

/// Nobody waits for what was interrupted.
struct Silent;

impl Watcher for Silent {
    fn begins(&self, _: Text, _: usize, _: usize, _: bool) {}
    fn reached(&self, _: u8) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}
