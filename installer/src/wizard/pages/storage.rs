//! How guests' disks are kept, and further disks for them.

use crate::machine::Disk;
use crate::plan::{Against, against_further};
use crate::wizard::ask::watch_disks;
use crate::wizard::behaviour::{About, Behaviour, Errors, Event, Item, Sheet};
use crate::wizard::control::Control;
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::pages::disk;
use firn_config::{Size, Store};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::Span;

/// LVM thin or files.
pub const STORE: Control = Control::choice("store", 2);
/// List of further disks.
pub const FURTHER: Control = Control::ticks("further");

/// The page.
#[derive(Debug, Default)]
pub struct Storage;

impl Behaviour for Storage {
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-storage-title"),
            short: Some(say!("page-storage-short")),
            intro: Some(say!("page-storage-intro")),
            help: vec![
                say!("page-storage-help-kind"),
                say!("page-storage-help-further"),
            ],
        }
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if others(model).is_empty() {
            vec![STORE]
        } else {
            vec![STORE, FURTHER]
        }
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        others(model).len()
    }

    /// A disk that is gone or is the host's own now is no further one.
    fn reprobed(&mut self, model: &mut Model, _before: &Model) {
        let last = others(model).len().saturating_sub(1);
        let at = model.form.cursor(FURTHER).min(last);
        model.form.cursors.insert(FURTHER, at);
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::Second => Some(watch_disks(model)),
            Event::Tick => {
                Self::tick(model);
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn commit(&self, model: &mut Model) -> Errors {
        model.answers.guests.store = if model.form.choice(STORE) == 0 {
            Store::LvmThin
        } else {
            Store::Files
        };
        let further = further(model);
        let rules = further
            .iter()
            .map(|disk| disk::rule(&model.machine, disk))
            .collect();
        let wipe = disk::wipe(model.disk().into_iter().chain(further));
        model.answers.disk.wipe = wipe;
        model.answers.guests.disks = rules;
        Errors::new()
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        let options = ["LVM thin".into(), say!("page-storage-files")];
        sheet.choice(STORE, say!("page-storage-kind"), &options);
        let what = if model.form.choice(STORE) == 0 {
            say!("page-storage-thin-what")
        } else {
            say!("page-storage-files-what")
        };
        sheet.indented(18, what, Style::new());
        sheet.blank();
        let others = others(model);
        if others.is_empty() {
            return sheet.text(say!("page-storage-no-other"), Style::new());
        }
        sheet.text(say!("page-storage-further"), theme::title());
        let item = |disk: &&Disk| item(sheet, disk);
        let items: Vec<_> = others.iter().map(item).collect();
        let marked = others.get(model.form.cursor(FURTHER));
        let below = sheet.measure(|sheet| details(sheet, marked.copied()));
        let lines = sheet.left(below, 3);
        sheet.list(FURTHER, &items, lines);
        details(sheet, marked.copied());
    }
}

impl Storage {
    fn tick(model: &mut Model) {
        let Some(disk) = others(model)
            .get(model.form.cursor(FURTHER))
            .copied()
            .cloned()
        else {
            return;
        };
        let ticked = model.form.ticked.entry(FURTHER).or_default();
        if !ticked.remove(&disk.path) && unfit(model, &disk).is_none() {
            let ticked = model.form.ticked.entry(FURTHER).or_default();
            ticked.insert(disk.path);
        }
    }
}

/// All disks but the host's own.
fn others(model: &Model) -> Vec<&Disk> {
    let own = model.disk().map(|disk| &disk.path);
    let other = |disk: &&Disk| Some(&disk.path) != own;
    model.machine.disks.iter().filter(other).collect()
}

/// The disks that are ticked and can be taken.
pub fn further(model: &Model) -> Vec<&Disk> {
    let taken =
        |disk: &&Disk| model.form.is_ticked(FURTHER, &disk.path) && unfit(model, disk).is_none();
    others(model).into_iter().filter(taken).collect()
}

/// Why a disk cannot be added to the store.
fn unfit(model: &Model, disk: &Disk) -> Option<Text> {
    let target = model.disk()?;
    match against_further(&model.machine, disk, Some(target)) {
        Some(Against::Never(never)) => return Some(never.text()),
        _ if disk.firn.is_some() => return Some(say!("page-storage-holds-firn")),
        Some(Against::Small(least)) => return Some(say!("page-disk-small", least = Size(least))),
        Some(Against::Blocks(has)) => {
            let wants = target.logical_block_size;
            return Some(say!("page-storage-blocks", has = has, wants = wants));
        }
        Some(Against::Unread(_)) | None => {}
    }
    // The answer file can name one host to overwrite, and then nothing else that holds something.
    if let Some(host) = &disk.store_of {
        let same = target.owner().is_some_and(|owner| owner.id == host.id);
        let other = !same && disk::holds_something(target);
        return other.then(|| say!("page-storage-holds-guests", name = &host.name));
    }
    if target.owner().is_some() && disk::holds_something(disk) {
        return Some(say!("page-storage-only-empty"));
    }
    None
}

fn item(sheet: &Sheet, disk: &Disk) -> Item {
    let ticked = sheet.model.form.is_ticked(FURTHER, &disk.path);
    let reason = unfit(sheet.model, disk);
    let tick = match (&reason, ticked) {
        (Some(_), _) => "    ",
        (None, true) => "[x] ",
        (None, false) => "[ ] ",
    };
    let mut item = disk::line(sheet, disk, reason, 4);
    item.spans.insert(0, Span::raw(tick));
    item
}

/// What is on the marked disk.
fn details(sheet: &mut Sheet, disk: Option<&Disk>) {
    let Some(disk) = disk else {
        return;
    };
    sheet.blank();
    let model = sheet.model;
    let written: Vec<&Disk> = model.disk().into_iter().chain(further(model)).collect();
    disk::details(
        sheet,
        disk,
        unfit(model, disk),
        &[&written[..], &[disk]].concat(),
    );
}
