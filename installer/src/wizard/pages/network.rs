//! The NIC or the bond through which the host is reached, and its VLAN.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::page::Page;
use super::super::task::Ability;
use super::super::view::{Item, Sheet};
use super::{Behaviour, Errors, note};
use crate::machine::Nic;
use firn_config::{Bond, BondMode, NicRule, Pattern, Port};
use firn_tui::keys::Key;
use firn_tui::text::{fit, width};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::Span;

/// One NIC or a bond.
pub const PORT: Control = Control::choice("port", 2);
/// List of NICs.
pub const NICS: Control = Control::list("nics");
/// The same list while several are to be ticked.
pub const MEMBERS: Control = Control::ticks("members");
/// LACP or active-backup.
pub const BOND_MODE: Control = Control::choice("bond-mode", 2);
/// VLAN number.
pub const VLAN: Control = Control::text("vlan");

/// Seconds between two looks at the links.
const LOOK_EVERY: u64 = 2;

/// The page.
pub struct Network;

impl Behaviour for Network {
    fn title(&self) -> Text {
        say!("page-network-title")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-network-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![
            say!("page-network-help-link"),
            say!("page-network-help-blink"),
            say!("page-network-help-bond"),
            say!("page-network-help-vlan"),
        ]
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        if model.bonds() {
            vec![PORT, MEMBERS, BOND_MODE, VLAN]
        } else {
            vec![PORT, NICS, VLAN]
        }
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::LookAgain, Button::Back, Button::Next];
        if model.can(Ability::Blink) && model.nic().is_some() {
            list.insert(0, Button::Blink);
        }
        list
    }

    fn push(&self, model: &mut Model, button: Button) -> Option<Vec<Effect>> {
        (button == Button::Blink).then(|| blink(model))
    }

    /// In a list letters are free.
    fn key(&self, model: &mut Model, key: Key) -> Option<Vec<Effect>> {
        let on_list = matches!(model.form.focus, Some(NICS | MEMBERS));
        let meant = on_list && model.can(Ability::Blink) && matches!(key, Key::Char('b' | 'B'));
        meant.then(|| blink(model))
    }

    fn hints(&self, model: &Model) -> Option<Text> {
        match model.form.focus? {
            _ if !model.can(Ability::Blink) => None,
            NICS => Some(say!("keys-nics")),
            MEMBERS => Some(say!("keys-members")),
            _ => None,
        }
    }

    fn list_len(&self, model: &Model, _control: Control) -> usize {
        model.machine.nics.len()
    }

    /// Marks the first NIC with a link.
    fn preselect(&self, model: &mut Model) {
        let linked = |nic: &Nic| nic.link == Some(true);
        let at = model.machine.nics.iter().position(linked).unwrap_or(0);
        mark(model, at);
    }

    fn reprobed(&self, model: &mut Model, before: &Model) {
        let nics = std::mem::replace(&mut model.machine.nics, before.machine.nics.clone());
        take_nics(model, nics);
    }

    fn arrive(&self, _model: &mut Model) -> Vec<Effect> {
        vec![Effect::BringUp, Effect::Nics]
    }

    fn second(&self, model: &mut Model) -> Vec<Effect> {
        if model.busy.is_none() && model.now.as_secs().is_multiple_of(LOOK_EVERY) {
            vec![Effect::Nics]
        } else {
            Vec::new()
        }
    }

    /// Both lists show the same NICs, so they have one mark.
    fn after_key(&self, model: &mut Model) -> Vec<Effect> {
        if let Some(list @ (MEMBERS | NICS)) = model.form.focus {
            mark(model, model.form.cursor(list));
        }
        Vec::new()
    }

    fn tick(&self, model: &mut Model, _control: Control) {
        let Some(id) = model.nic().map(Nic::id) else {
            return;
        };
        let ticked = model.form.ticked.entry(MEMBERS).or_default();
        if !ticked.remove(&id) {
            ticked.insert(id);
        }
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        let port = if model.bonds() {
            bond(model, &mut errors)
        } else {
            match model.nic() {
                Some(nic) => Port::Interface(rule(model, nic)),
                None => {
                    errors.push((NICS, say!("page-network-none-to-choose")));
                    Port::Auto
                }
            }
        };
        let vlan = note(&mut errors, VLAN, vlan(model.form.text(VLAN)));
        if errors.is_empty() {
            model.answers.network.port = port;
            model.answers.network.vlan = vlan.flatten();
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        let options = [say!("page-network-one"), say!("page-network-bond")];
        sheet.choice(PORT, say!("page-network-port"), &options);
        sheet.blank();
        let item = |nic: &Nic| {
            let ticked = model.form.is_ticked(MEMBERS, &nic.id());
            item(sheet, nic, model.bonds().then_some(ticked))
        };
        let items: Vec<_> = model.machine.nics.iter().map(item).collect();
        let list = list(model);
        if items.is_empty() {
            sheet.text(say!("page-network-none"), theme::bad());
        }
        let errors = if model.form.errors.contains_key(&list) {
            2
        } else {
            0
        };
        let below = if model.bonds() { 6 } else { 5 };
        let lines = sheet.left(below + errors, 3);
        sheet.list(list, &items, lines);
        sheet.blank();
        if model.bonds() {
            let modes = ["LACP (802.3ad)".into(), "active-backup".into()];
            sheet.choice(BOND_MODE, say!("page-network-mode"), &modes);
        }
        let none = Some(say!("page-network-vlan-none"));
        sheet.field(VLAN, "VLAN".into(), none);
        if let (Some(nic), true) = (model.nic(), sheet.height > 11) {
            sheet.blank();
            details(sheet, nic);
        }
    }
}

impl Model {
    /// The marked NIC.
    pub fn nic(&self) -> Option<&Nic> {
        self.machine.nics.get(self.form.cursor(NICS))
    }

    /// Whether a bond is to be made.
    pub fn bonds(&self) -> bool {
        self.form.choice(PORT) == 1
    }

    /// The NICs that carry the management network: the marked one, or those that are ticked.
    pub fn port(&self) -> Vec<&Nic> {
        let ticked = |nic: &&Nic| self.form.is_ticked(MEMBERS, &nic.id());
        if self.bonds() {
            self.machine.nics.iter().filter(ticked).collect()
        } else {
            self.nic().into_iter().collect()
        }
    }
}

/// Makes the lights of the marked NIC blink, so that it is found at the back of the machine.
fn blink(model: &mut Model) -> Vec<Effect> {
    let list = list(model);
    model.form.errors.remove(&list);
    let Some(name) = model.nic().map(|nic| nic.name.clone()) else {
        return Vec::new();
    };
    let begun = model.blinking.insert(name.clone());
    begun.then_some(Effect::Blink(name)).into_iter().collect()
}

/// The lights of a NIC have stopped blinking, or never did.
pub fn blinked(model: &mut Model, nic: &str, result: Result<(), Text>) {
    model.blinking.remove(nic);
    if let (Page::Network, Err(text)) = (model.page, result) {
        let list = list(model);
        model.form.errors.insert(list, text);
    }
}

/// The list that is shown.
fn list(model: &Model) -> Control {
    if model.bonds() { MEMBERS } else { NICS }
}

fn mark(model: &mut Model, at: usize) {
    model.form.cursors.insert(NICS, at);
    model.form.cursors.insert(MEMBERS, at);
}

/// Takes the NICs as they are now; marks and ticks stay on theirs.
pub fn take_nics(model: &mut Model, nics: Vec<Nic>) {
    let id = model.nic().map(Nic::id);
    let unknown = model.machine.nics.iter().all(|nic| nic.link.is_none());
    model.machine.nics = nics;
    let nics = &model.machine.nics;
    if let Some(ticked) = model.form.ticked.get_mut(&MEMBERS) {
        ticked.retain(|member| nics.iter().any(|nic| nic.id() == *member));
    }
    let same = nics.iter().position(|nic| Some(nic.id()) == id);
    let moved = model.form.moved.contains(&NICS) || model.form.moved.contains(&MEMBERS);
    match same {
        // Before the first links were known the mark was nobody's choice.
        Some(at) if !unknown || moved => mark(model, at),
        _ => Network.preselect(model),
    }
}

/// Names exactly this NIC; where another has its MAC address, by its place as well.
fn rule(model: &Model, nic: &Nic) -> NicRule {
    let shared = model.machine.shares_mac(nic);
    NicRule {
        mac: Some(Pattern(nic.mac.clone())),
        pci: nic.pci.clone().filter(|_| shared).map(Pattern),
        ..NicRule::default()
    }
}

fn bond(model: &Model, errors: &mut Errors) -> Port {
    let members = model.port();
    if members.len() < 2 {
        errors.push((MEMBERS, say!("page-network-two")));
    }
    let mode = if model.form.choice(BOND_MODE) == 0 {
        BondMode::Lacp
    } else {
        BondMode::ActiveBackup
    };
    let members = members.into_iter().map(|nic| rule(model, nic)).collect();
    Port::Bond(Bond { mode, members })
}

fn vlan(text: &str) -> Result<Option<u16>, Text> {
    match text.parse() {
        _ if text.is_empty() => Ok(None),
        Ok(number @ 1..=4094) => Ok(Some(number)),
        _ => Err(say!("page-network-no-vlan", text = text)),
    }
}

fn link(nic: &Nic) -> (Text, Style) {
    match (nic.link, nic.speed_mbit) {
        (Some(true), Some(speed)) if speed >= 1000 && speed % 100 == 0 => {
            let speed = format!("{} Gbit/s", f64::from(speed) / 1000.0);
            (say!("page-network-link-at", speed = speed), theme::good())
        }
        (Some(true), Some(speed)) => {
            let speed = format!("{speed} Mbit/s");
            (say!("page-network-link-at", speed = speed), theme::good())
        }
        (Some(true), None) => (say!("page-network-link"), theme::good()),
        (Some(false), _) => (say!("page-network-no-link"), theme::warn()),
        (None, _) => (say!("page-network-looking"), theme::dim()),
    }
}

/// A NIC's line; a tick where it can be ticked.
pub fn item(sheet: &Sheet, nic: &Nic, ticked: Option<bool>) -> Item {
    let tick = match ticked {
        None => "",
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
    };
    let (link, style) = link(nic);
    let driver = match &nic.driver {
        Some(driver) => driver.into(),
        None => say!("page-network-no-driver"),
    };
    let others = 2 + width(tick) + 19 + 22 + 12 + 2;
    let room = sheet.width.saturating_sub(others).max(8);
    let spans = vec![
        Span::raw(format!("{tick}{}", fit(&nic.name, room))),
        Span::raw(fit(&nic.mac, 19)),
        Span::raw(fit(&sheet.say(driver), 12)),
        Span::styled(fit(&sheet.say(link), 22), style),
    ];
    Item {
        spans,
        faint: false,
    }
}

/// What the marked NIC is, or that its lights blink now.
fn details(sheet: &mut Sheet, nic: &Nic) {
    if sheet.model.blinking.contains(&nic.name) {
        let text = say!("page-network-blinking", nic = &nic.name);
        return sheet.text(text, theme::accent());
    }
    let model = match &nic.model {
        Some(model) => model.into(),
        None => say!("page-no-name"),
    };
    let mut parts = vec![sheet.say(model)];
    parts.extend(nic.pci.as_deref().map(|pci| format!("PCI {pci}")));
    let text = format!("{}: {}", nic.name, parts.join(", "));
    sheet.text(text, Style::new());
}
