//! `cargo xtask screenshots`: the shipped ISO's wizard as somebody in front of the screen sees it, in every language.
//!
//! A machine starts the ISO, keys are pressed on its keyboard, and each page is kept when its text is on the screen. Which pages, and
//! which keys lead there, is the table in [`pages`].

mod keys;
mod pages;
mod picture;

use crate::iso;
use crate::run::iso_args;
use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::Args;
use firn_lab::qemu::{
    Bus, Font, Lab, Link, Machine, Medium, NicModel, Screen, Spec, create_disk, fat_image,
};
use firn_tree::Root;
use firn_words::{Language, Text};
use pages::{Disk, SESSIONS, Session, Shot};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Take the pictures of docs/screens from the wizard on a machine in QEMU.
#[derive(Debug, Args, Clone, Default)]
pub struct ScreenshotArgs {
    /// Use this ISO instead of building one
    #[arg(long, value_name = "FILE")]
    iso: Option<PathBuf>,
    /// Only this language: en or de
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Only this session of the table
    #[arg(long, value_name = "NAME")]
    session: Option<String>,
}

/// A page must come up within this time: the first one after the machine's start, the last one after the installation. Emulation is
/// slow.
const PATIENCE: Duration = Duration::from_secs(25 * 60);
/// The screen is quiet when two pictures so far apart are the same.
const QUIET: Duration = Duration::from_millis(700);
/// A page with a clock is never quiet.
const RESTLESS: Duration = Duration::from_secs(6);
/// A page that goes on by itself may be over after a few seconds: it is drawn after so long, and kept then.
const DRAWN: Duration = Duration::from_millis(300);
/// No page has more controls.
const CONTROLS: usize = 25;
/// 100 columns and 37 rows: a small picture that can still be read, and larger than the 80 x 24 that everything fits into.
const SIZE: (u32, u32) = (800, 600);

/// Takes all pictures.
///
/// # Errors
/// When the ISO cannot be built, or a page does not come up; what the screen showed instead is said.
pub fn run(args: &ScreenshotArgs) -> Result<()> {
    let (iso, tools) = match &args.iso {
        Some(iso) => {
            let whole = iso.canonicalize();
            let what = || format!("opening the ISO {}", iso.display());
            (whole.with_context(what)?, iso::tools()?)
        }
        None => {
            let built = iso::build(&iso_args())?;
            (built.iso, built.tools)
        }
    };
    let folder = crate::workspace().join("target/firn/screenshots");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("making the folder {}", folder.display()))?;
    let studio = Studio {
        font: Font::of_tools(&tools)?,
        lab: Lab::new(Root::open(&tools)?.bind(&folder).bind(&iso))?,
        iso,
        folder,
    };
    let chosen: Vec<Language> = Language::ALL
        .into_iter()
        .filter(|language| {
            args.language
                .as_deref()
                .is_none_or(|l| l == code(*language))
        })
        .collect();
    ensure!(!chosen.is_empty(), "--language must be en or de");
    let sessions: Vec<&Session> = SESSIONS
        .iter()
        .filter(|session| args.session.as_deref().is_none_or(|s| s == session.name))
        .collect();
    ensure!(!sessions.is_empty(), "--session must be one of the table's");
    std::thread::scope(|scope| {
        let runs: Vec<_> = chosen
            .iter()
            .map(|language| scope.spawn(|| studio.language(*language, &sessions)))
            .collect();
        runs.into_iter().try_for_each(|run| {
            run.join()
                .map_err(|_| anyhow!("a session ended in a panic"))?
        })
    })?;
    if args.session.is_none() {
        pages::README.iter().try_for_each(|(from, to)| {
            let docs = crate::workspace().join("docs");
            std::fs::copy(docs.join("screens").join(from), docs.join(to))
                .map(drop)
                .with_context(|| format!("copying docs/screens/{from}"))
        })?;
    }
    Ok(())
}

/// Where pictures are taken.
struct Studio {
    lab: Lab,
    font: Font,
    iso: PathBuf,
    folder: PathBuf,
}

/// The two letters of a language.
fn code(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::De => "de",
    }
}

impl Studio {
    /// All sessions of a language; its pictures take the place of the old ones when all of them are there.
    fn language(&self, language: Language, sessions: &[&Session]) -> Result<()> {
        let made = self.folder.join(code(language));
        if made.exists() {
            std::fs::remove_dir_all(&made)?;
        }
        std::fs::create_dir_all(&made)?;
        for session in sessions {
            self.session(language, session, &made)
                .with_context(|| format!("session {} in {}", session.name, language.name()))?;
        }
        let docs = crate::workspace().join("docs/screens").join(code(language));
        if docs.exists() && sessions.len() == SESSIONS.len() {
            std::fs::remove_dir_all(&docs)?;
        }
        std::fs::create_dir_all(&docs)?;
        for entry in made.read_dir()? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default();
            std::fs::copy(&path, docs.join(name))
                .with_context(|| format!("copying {}", path.display()))?;
        }
        Ok(())
    }

    fn session(&self, language: Language, session: &Session, made: &Path) -> Result<()> {
        let name = format!("{}-{}", code(language), session.name);
        let (width, height) = SIZE;
        let spec = Spec::new(&name)
            .memory(3072)
            .medium(Medium::Cd(self.iso.clone()))
            .nic(NicModel::E1000e, Link::User(None))
            .nic(NicModel::E1000e, Link::Nothing)
            .disk_with_serial(self.stick(language)?, Bus::Usb, "STICK")
            .extra(["-global".to_owned(), format!("VGA.xres={width}")])
            .extra(["-global".to_owned(), format!("VGA.yres={height}")]);
        let spec = self.with_disk(spec, language, session.disk)?;
        let machine = spec.start(&self.lab, &self.folder)?;
        for shot in session.shots() {
            self.shot(&machine, language, &shot, made)
                .with_context(|| format!("the page {}", shot.name))?;
            eprintln!("{name}: {}", shot.name);
        }
        Ok(())
    }

    /// A USB stick to save on, for each language its own: QEMU locks what it writes to.
    fn stick(&self, language: Language) -> Result<PathBuf> {
        let stick = self.folder.join(format!("{}-stick.img", code(language)));
        if !stick.exists() {
            fat_image(&stick, "STICK", &[("readme.txt", "A stick.\n")])?;
        }
        Ok(stick)
    }

    /// A disk is called after the language, so that a later session finds what an earlier one has installed.
    fn with_disk(&self, spec: Spec, language: Language, disk: Disk) -> Result<Spec> {
        let path = |what: &str| self.folder.join(format!("{}-{what}.img", code(language)));
        let installed = path("disk");
        match disk {
            Disk::Empty => create_disk(&installed, pages::DISK_BYTES)?,
            Disk::Installed => ensure!(
                installed.exists(),
                "no session has installed on the disk before"
            ),
            Disk::Faulty(sector) => {
                let bad = path("bad");
                create_disk(&bad, pages::DISK_BYTES)?;
                return Ok(spec.bad_disk(&bad, "S4EVNX0R", &[sector]));
            }
        }
        Ok(spec.disk_with_serial(installed, Bus::Nvme, "S4EVNX0R"))
    }

    fn shot(&self, machine: &Machine, language: Language, shot: &Shot, made: &Path) -> Result<()> {
        let text = expected(shot.shows, language);
        let mut keys = keys::parse(shot.keys, language)?.into_iter().peekable();
        while let Some(key) = keys.next() {
            match key.as_str() {
                keys::ON => self.go_on(machine, &text)?,
                key => machine.qmp().press(&[key])?,
            }
            let too_late = shot.moving && keys.peek().is_none();
            // Esc and an arrow in quick succession are one key to a terminal, and a busy machine takes letters only.
            if key.len() > 1 && !too_late {
                self.settle(machine)?;
            }
        }
        let most = if shot.moving { DRAWN } else { RESTLESS };
        let screen = self.wait(machine, &text, most)?;
        if shot.pictured {
            let bytes = picture::png(&screen)?;
            let path = made.join(format!("{}.png", shot.name));
            ensure!(
                bytes.len() <= pages::LIMIT,
                "the picture has {} bytes, more than {}",
                bytes.len(),
                pages::LIMIT
            );
            std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
        }
        Ok(())
    }

    /// Enter leads from control to control and at the last one to the next page: how many there are differs.
    fn go_on(&self, machine: &Machine, text: &str) -> Result<()> {
        for _ in 0..CONTROLS {
            let before = self.settle(machine)?;
            if squeeze(&before.text(&self.font)).contains(text) {
                return Ok(());
            }
            machine.qmp().press(&["ret"])?;
            let end = Instant::now() + RESTLESS;
            while machine.screen()? == before && Instant::now() < end {
                std::thread::sleep(QUIET / 4);
            }
        }
        Ok(())
    }

    /// The screen when it is quiet.
    fn settle(&self, machine: &Machine) -> Result<Screen> {
        let end = Instant::now() + RESTLESS;
        let mut last = machine.screen()?;
        loop {
            std::thread::sleep(QUIET);
            let screen = machine.screen()?;
            if screen == last || Instant::now() > end {
                return Ok(screen);
            }
            last = screen;
        }
    }

    /// Waits until the screen shows this text, and then until it is quiet, but not longer than `most`.
    fn wait(&self, machine: &Machine, text: &str, most: Duration) -> Result<Screen> {
        let end = Instant::now() + PATIENCE;
        let mut since: Option<Instant> = None;
        let mut last: Option<Screen> = None;
        loop {
            let screen = machine.screen()?;
            let shown = screen.text(&self.font);
            if squeeze(&shown).contains(text) {
                let began = *since.get_or_insert_with(Instant::now);
                if last.as_ref() == Some(&screen) || began.elapsed() > most {
                    return Ok(screen);
                }
                last = Some(screen);
            } else {
                (since, last) = (None, None);
            }
            if Instant::now() > end || !machine.running() {
                bail!("{text:?} does not come up; the screen shows\n{shown}");
            }
            std::thread::sleep(QUIET.min(most));
        }
    }
}

/// The first words of a sentence of Firn's, or a text as it is.
fn expected(shows: &'static str, language: Language) -> String {
    let text = match shows.strip_prefix("id:") {
        Some(id) => Text::said(id).in_language(language).to_string(),
        None => shows.to_owned(),
    };
    // What is filled in is not known here, and a long sentence goes on in the next line.
    let certain = text.split('{').next().unwrap_or_default();
    let words: Vec<_> = certain.split_whitespace().take(pages::WORDS).collect();
    squeeze(&words.join(" "))
}

/// Text as it can be compared: the kernel's own font draws a few letters in another way than the font that we read with.
fn squeeze(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let certain = |c: char| c.is_ascii() && !matches!(c, 'f' | 'v');
    words
        .join(" ")
        .chars()
        .map(|c| {
            if certain(c) {
                c
            } else {
                char::REPLACEMENT_CHARACTER
            }
        })
        .collect()
}
