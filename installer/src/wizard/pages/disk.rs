//! The disk that Firn takes, and what is on it now.

use crate::machine::{self, Machine};
use crate::plan::{Against, against_target, torn};
use crate::wizard::ask::watch_disks;
use crate::wizard::behaviour::{About, Behaviour, Errors, Event, Item, Sheet};
use crate::wizard::control::{Button, Control};
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use firn_config::{DiskRule, Pattern, Size, Wipe};
use firn_tui::text::fit;
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::text::Span;

/// List of disks.
pub const DISK: Control = Control::list("disk");

/// The page.
#[derive(Debug, Default)]
pub struct Disk;

impl Behaviour for Disk {
    fn about(&self, _model: &Model) -> About {
        About {
            title: say!("page-disk-title"),
            intro: Some(say!("page-disk-intro")),
            help: vec![
                say!("page-disk-help-grey"),
                say!("page-disk-help-contents"),
                say!("page-disk-help-size"),
            ],
            ..About::default()
        }
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        vec![DISK]
    }

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::LookAgain, Button::Back, Button::Next]
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        model.machine.disks.len()
    }

    /// Marks the first disk that can be chosen; better an empty one.
    fn preselect(&self, model: &mut Model) {
        let disks = &model.machine.disks;
        let fit = |disk: &machine::Disk| model.unfit(disk).is_none();
        let empty = |disk: &machine::Disk| fit(disk) && !holds_something(disk);
        let at = disks.iter().position(empty);
        let at = at.or_else(|| disks.iter().position(fit)).unwrap_or(0);
        model.form.cursors.insert(DISK, at);
    }

    /// The mark stays on its disk. One that was taken out is named.
    fn reprobed(&mut self, model: &mut Model, before: &Model) {
        let same = |new: &machine::Disk| {
            let old = before.disk();
            old.is_some_and(|old| is_same(old, new))
        };
        match model.machine.disks.iter().position(same) {
            Some(at) => drop(model.form.cursors.insert(DISK, at)),
            None => {
                let gone = before.disk().map(|disk| &disk.name);
                model.notice = gone.map(|name| say!("wizard-gone", name = name));
                self.preselect(model);
            }
        }
    }

    fn handle(&mut self, model: &mut Model, event: Event) -> Option<Vec<Effect>> {
        match event {
            Event::Arrive => Some(self.arrive(model)),
            Event::Second => Some(watch_disks(model)),
            _ => None,
        }
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let Some(disk) = model.disk().cloned() else {
            let text = match &model.machine.unlisted {
                Some(reason) => say!("page-disk-unlisted", reason = reason),
                None => say!("page-disk-none-to-choose"),
            };
            return vec![(DISK, text)];
        };
        if let Some(reason) = model.unfit(&disk) {
            let text = say!("page-disk-unfit", disk = &disk.path, reason = reason);
            return vec![(DISK, text)];
        }
        model.answers.disk.target = rule(&model.machine, &disk);
        model.answers.disk.wipe = wipe([&disk]);
        Errors::new()
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        let item = |disk| item(sheet, disk);
        let items: Vec<_> = model.machine.disks.iter().map(item).collect();
        if items.is_empty() {
            let plain = ratatui::style::Style::new();
            if let Some(reason) = &model.machine.unlisted {
                sheet.text(say!("page-disk-unlisted", reason = reason), theme::bad());
                return sheet.text(say!("page-disk-unlisted-why"), plain);
            }
            sheet.text(say!("page-disk-none"), theme::bad());
            return sheet.text(say!("page-disk-none-why"), plain);
        }
        let marked = model.disk();
        let below = sheet.measure(|sheet| marked_disk(sheet, marked));
        let lines = sheet.left(below.min(8), 3);
        sheet.list(DISK, &items, lines);
        marked_disk(sheet, marked);
    }
}

impl Disk {
    /// A check that was passed over may have made a disk fit since its mark was placed.
    fn arrive(&self, model: &mut Model) -> Vec<Effect> {
        if model.disk().is_none_or(|disk| model.unfit(disk).is_some()) {
            self.preselect(model);
        }
        watch_disks(model)
    }
}

impl Model {
    /// The marked disk.
    pub fn disk(&self) -> Option<&machine::Disk> {
        self.machine.disks.get(self.form.cursor(DISK))
    }

    /// Why a disk cannot be chosen. What only a check stands against can be, once that check was passed over.
    pub fn unfit(&self, disk: &machine::Disk) -> Option<Text> {
        let against = against_target(&self.machine, disk, &self.answers.checks.skip)?;
        Some(match against {
            Against::Never(never) => never.text(),
            Against::Unread(_) => say!("page-disk-unread"),
            Against::Small(least) => say!("page-disk-small", least = Size(least)),
            Against::Blocks(_) => say!("page-disk-blocks"),
        })
    }
}

/// Whether the disk is still the one of this name: another may have come in its place, and few say who they are.
fn is_same(old: &machine::Disk, new: &machine::Disk) -> bool {
    let says = |disk: &machine::Disk| {
        let names = [&disk.serial, &disk.wwn, &disk.model].map(Clone::clone);
        (
            disk.name.clone(),
            names,
            disk.size,
            disk.place().map(str::to_owned),
        )
    };
    says(old) == says(new)
}

/// Whether something would be lost on a disk.
pub fn holds_something(disk: &machine::Disk) -> bool {
    !disk.contents.is_empty() || disk.owner().is_some() || disk.unread.is_some()
}

/// What has to be allowed so that these disks may be written. Where one of them is a host's, that host is named.
pub fn wipe<'d>(disks: impl IntoIterator<Item = &'d machine::Disk> + Clone) -> Wipe {
    let owner = disks.clone().into_iter().find_map(machine::Disk::owner);
    match owner {
        Some(firn) => Wipe::Host(firn.short_id().to_lowercase()),
        None if disks.into_iter().any(holds_something) => Wipe::Any,
        None => Wipe::Empty,
    }
}

/// Names exactly this disk of the machine: by its serial number where no other disk has that, because the answers may be used again and
/// `/dev/sda` is another disk after the next start. A serial number with an asterisk would be a pattern, and a placeholder may be on
/// the next disk as well, so both are left out; then the place where the disk is attached names it.
pub fn rule(machine: &Machine, disk: &machine::Disk) -> DiskRule {
    let plain = |text: &&str| !text.contains('*');
    let serial = disk.real_serial().filter(plain);
    let serial = serial.map(|text| Pattern(text.to_owned()));
    let alone = serial.as_ref().is_some_and(|wish| {
        let same = |other: &&machine::Disk| other.serial.as_ref().is_some_and(|s| wish.matches(s));
        machine.disks.iter().filter(same).count() == 1
    });
    DiskRule {
        path: (!alone).then(|| place(disk)),
        serial,
        ..DiskRule::default()
    }
}

/// Where the disk is attached, as a pattern that fits nothing else.
fn place(disk: &machine::Disk) -> Pattern {
    let plain = |text: &&str| !text.contains('*');
    let place = disk.place().filter(plain).unwrap_or(&disk.path);
    Pattern(place.to_owned())
}

fn item(sheet: &Sheet, disk: &machine::Disk) -> Item {
    line(sheet, disk, sheet.model.unfit(disk), 0)
}

/// A disk's line: name, size, bus, model, and what is on it or why it cannot be chosen; so many columns are taken already.
pub fn line(sheet: &Sheet, disk: &machine::Disk, reason: Option<Text>, taken: usize) -> Item {
    let state = match (&reason, &disk.firn) {
        (Some(reason), _) => reason.clone(),
        (None, Some(firn)) => say!("page-disk-firn", name = &firn.name),
        (None, None) if disk.contents.is_empty() => say!("page-disk-empty"),
        (None, None) => say!("page-disk-used"),
    };
    let bus = disk.bus.map_or(String::new(), |bus| bus.to_string());
    let name = model_name(disk);
    let columns = taken + 2 + 9 + 10 + 7 + 24 + 2;
    let room = sheet.width.saturating_sub(columns);
    let style = if holds_something(disk) {
        theme::warn()
    } else {
        theme::good()
    };
    let spans = vec![
        Span::raw(fit(&disk.name, 9)),
        Span::raw(format!("{:>8}  ", sheet.say(Size(disk.size).text()))),
        Span::raw(fit(&bus, 7)),
        Span::raw(format!(
            "{} ",
            fit(&sheet.say(name), room.saturating_sub(1))
        )),
        Span::styled(fit(&sheet.say(state), 24), style),
    ];
    Item {
        spans,
        faint: reason.is_some(),
    }
}

fn model_name(disk: &machine::Disk) -> Text {
    match &disk.model {
        Some(name) => name.into(),
        None => say!("page-no-name"),
    }
}

fn marked_disk(sheet: &mut Sheet, disk: Option<&machine::Disk>) {
    if let Some(disk) = disk {
        sheet.blank();
        details(sheet, disk, sheet.model.unfit(disk), &[disk]);
    }
}

/// What a disk is and what is on it, and why it cannot be chosen; or what becomes of others when `written` are.
pub fn details(
    sheet: &mut Sheet,
    disk: &machine::Disk,
    reason: Option<Text>,
    written: &[&machine::Disk],
) {
    let (path, model) = (&disk.path, model_name(disk));
    let title = match &disk.serial {
        Some(serial) => say!(
            "page-disk-details-serial",
            path = path,
            size = Size(disk.size),
            model = model,
            serial = serial
        ),
        None => say!(
            "page-disk-details",
            path = path,
            size = Size(disk.size),
            model = model
        ),
    };
    sheet.text(title, theme::title());
    let may_be_written = reason.is_none();
    if let Some(reason) = reason {
        sheet.sentence(say!("page-disk-not-usable", reason = reason), theme::warn());
    } else if !holds_something(disk) {
        return sheet.text(say!("page-disk-nothing-on-it"), theme::good());
    }
    if let Some(firn) = &disk.firn {
        let text = say!(
            "page-disk-firn-details",
            name = &firn.name,
            version = &firn.version,
            id = firn.short_id()
        );
        sheet.text(text, theme::bad());
    }
    if may_be_written {
        for text in torn(&sheet.model.machine, disk, written) {
            sheet.text(text, theme::warn());
        }
    }
    let lines = sheet.left(0, 1);
    let (shown, more) = match disk.contents.len() {
        count if count <= lines => (count, 0),
        count => (lines.saturating_sub(1), count + 1 - lines),
    };
    for content in disk.contents.iter().take(shown) {
        let what = sheet.say(content.what.text());
        let text = format!("  {}: {what}", content.device);
        sheet.line(fit(&text, sheet.width));
    }
    if more > 0 {
        sheet.indented(2, say!("page-disk-more", count = more), theme::dim());
    }
}
