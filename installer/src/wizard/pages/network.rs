//! The NIC or the bond through which the host is reached, and its VLAN.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::text::{fit, width};
use super::super::theme;
use super::super::view::{Item, Sheet};
use super::{Behaviour, Errors, note};
use crate::machine::Nic;
use firn_config::{Bond, BondMode, NicRule, Pattern, Port};
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

    fn buttons(&self, _model: &Model) -> Vec<Button> {
        vec![Button::LookAgain, Button::Back, Button::Next]
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
        if let Some(list @ (MEMBERS | NICS)) = model.focus {
            mark(model, model.cursor(list));
        }
        Vec::new()
    }

    fn tick(&self, model: &mut Model, _control: Control) {
        let Some(mac) = model.nic().map(|nic| nic.mac.clone()) else {
            return;
        };
        let ticked = model.ticked.entry(MEMBERS).or_default();
        if !ticked.remove(&mac) {
            ticked.insert(mac);
        }
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        let port = if model.bonds() {
            bond(model, &mut errors)
        } else {
            match model.nic() {
                Some(nic) => Port::Interface(rule(nic)),
                None => {
                    errors.push((NICS, say!("page-network-none-to-choose")));
                    Port::Auto
                }
            }
        };
        let vlan = note(&mut errors, VLAN, vlan(model.text(VLAN)));
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
        let item = |nic| item(sheet, nic);
        let items: Vec<_> = model.machine.nics.iter().map(item).collect();
        let list = if model.bonds() { MEMBERS } else { NICS };
        if items.is_empty() {
            sheet.text(say!("page-network-none"), theme::bad());
        }
        let lines = sheet.left(if model.bonds() { 6 } else { 5 }, 3);
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
        self.machine.nics.get(self.cursor(NICS))
    }

    /// Whether a bond is to be made.
    pub fn bonds(&self) -> bool {
        self.choice(PORT) == 1
    }

    /// The NICs that carry the management network: the marked one, or those that are ticked.
    pub fn port(&self) -> Vec<&Nic> {
        let ticked = |nic: &&Nic| self.is_ticked(MEMBERS, &nic.mac);
        if self.bonds() {
            self.machine.nics.iter().filter(ticked).collect()
        } else {
            self.nic().into_iter().collect()
        }
    }
}

fn mark(model: &mut Model, at: usize) {
    model.cursors.insert(NICS, at);
    model.cursors.insert(MEMBERS, at);
}

/// Takes the NICs as they are now; marks and ticks stay on theirs.
pub fn take_nics(model: &mut Model, nics: Vec<Nic>) {
    let mac = model.nic().map(|nic| nic.mac.clone());
    let unknown = model.machine.nics.iter().all(|nic| nic.link.is_none());
    model.machine.nics = nics;
    let nics = &model.machine.nics;
    if let Some(ticked) = model.ticked.get_mut(&MEMBERS) {
        ticked.retain(|member| nics.iter().any(|nic| nic.mac == *member));
    }
    let same = nics.iter().position(|nic| Some(&nic.mac) == mac.as_ref());
    let moved = model.moved.contains(&NICS) || model.moved.contains(&MEMBERS);
    match same {
        // Before the first links were known the mark was nobody's choice.
        Some(at) if !unknown || moved => mark(model, at),
        _ => Network.preselect(model),
    }
}

fn rule(nic: &Nic) -> NicRule {
    NicRule {
        mac: Some(Pattern(nic.mac.clone())),
        ..NicRule::default()
    }
}

fn bond(model: &Model, errors: &mut Errors) -> Port {
    let members = model.port();
    if members.len() < 2 {
        errors.push((MEMBERS, say!("page-network-two")));
    }
    let mode = if model.choice(BOND_MODE) == 0 {
        BondMode::Lacp
    } else {
        BondMode::ActiveBackup
    };
    let members = members.into_iter().map(rule).collect();
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

fn item(sheet: &Sheet, nic: &Nic) -> Item {
    let model = sheet.model;
    let tick = match (model.bonds(), model.is_ticked(MEMBERS, &nic.mac)) {
        (false, _) => "",
        (true, true) => "[x] ",
        (true, false) => "[ ] ",
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

fn details(sheet: &mut Sheet, nic: &Nic) {
    let model = match &nic.model {
        Some(model) => model.into(),
        None => say!("page-no-name"),
    };
    let mut parts = vec![sheet.say(model)];
    parts.extend(nic.pci.as_deref().map(|pci| format!("PCI {pci}")));
    let text = format!("{}: {}", nic.name, parts.join(", "));
    sheet.text(text, theme::dim());
}
