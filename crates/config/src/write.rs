//! Writing answers and settings as TOML, in the order of the schema.

use crate::answers::{
    Answers, BondMode, DiskRule, FinishAction, Host, Ipv4, Ipv6, NicRule, Ntp, Port, Report,
    Serial, Store, Time, Wipe,
};
use crate::settings::{Settings, SettingsNetwork, Uplink};
use crate::trust::Trust;
use crate::values::{Pattern, Secret};
use firn_words::Language;
use std::fmt::{Display, Write};

impl Answers {
    /// The answers as an answer file, secrets included; [`crate::parse`] gives them back.
    pub fn to_toml(&self) -> String {
        let mut page = Page::default();
        page.pair("version", self.version);
        page.text("language", language(self.language));
        page.text("keyboard", &self.keyboard);
        page.text("timezone", &self.timezone);
        page.section("console");
        page.text("serial", serial(self.console.serial));
        host(&mut page, &self.host);
        time(&mut page, &self.time);
        page.section("network");
        let network = &self.network;
        match &network.port {
            Port::Auto => {}
            Port::Interface(rule) => page.pair("interface", nic_rule(rule)),
            Port::Bond(bond) => {
                let members = list(bond.members.iter().map(nic_rule));
                page.pair("bond", bond_table(bond.mode, &members));
            }
        }
        if let Some(vlan) = network.vlan {
            page.pair("vlan", vlan);
        }
        if let Some(mtu) = network.mtu {
            page.pair("mtu", mtu);
        }
        addresses(&mut page, network.ipv4, network.ipv6);
        page.texts("dns", &network.dns);
        page.texts("search", &network.search);
        page.section("disk");
        page.pair("target", disk_rule(&self.disk.target));
        page.text("wipe", &wipe(&self.disk.wipe));
        guests(&mut page, self.guests.store);
        if !self.guests.disks.is_empty() {
            page.pair("disks", list(self.guests.disks.iter().map(disk_rule)));
        }
        page.section("checks");
        page.texts("skip", &self.checks.skip);
        page.section("finish");
        page.text("action", action(self.finish.action));
        if let Some(told) = &self.report {
            report(&mut page, told);
        }
        page.0
    }
}

/// The settings as `host.toml`.
pub(crate) fn settings(settings: &Settings) -> String {
    let mut page = Page::default();
    page.0
        .push_str("# The settings of this host. After a change: `firn apply`.\n");
    page.pair("version", settings.version);
    page.text("language", language(settings.language));
    page.text("keyboard", &settings.keyboard);
    page.text("timezone", &settings.timezone);
    page.section("host");
    page.text("name", &settings.host.name);
    page.pair("password-login", settings.host.password_login);
    page.section("console");
    page.text("serial", serial(settings.console.serial));
    time(&mut page, &settings.time);
    network(&mut page, &settings.network);
    guests(&mut page, settings.guests.store);
    page.0
}

/// Trust as `trust.toml`.
pub(crate) fn trust(trust: &Trust) -> String {
    let mut page = Page::default();
    page.0
        .push_str("# Whom the installer trusts with answers from the network.\n");
    page.pair("strict", trust.strict);
    page.texts("keys", &trust.keys);
    page.texts("pins", &trust.pins);
    if let Some(ca) = &trust.ca {
        page.text("ca", ca);
    }
    page.0
}

fn network(page: &mut Page, network: &SettingsNetwork) {
    page.section("network");
    let nics = network.nics.iter();
    let nics = nics.map(|n| {
        let pci = n.pci.as_ref().map(|pci| pair("pci", pci));
        table(
            [pair("name", &n.name), pair("mac", &n.mac)]
                .into_iter()
                .chain(pci),
        )
    });
    page.pair("nics", list(nics));
    match &network.uplink {
        Uplink::Nic(name) => page.text("uplink", name),
        Uplink::Bond { mode, members } => {
            let members = list(members.iter().map(|m| quoted(m)));
            page.pair("uplink", bond_table(*mode, &members));
        }
    }
    if let Some(vlan) = network.vlan {
        page.pair("vlan", vlan);
    }
    if let Some(mtu) = network.mtu {
        page.pair("mtu", mtu);
    }
    addresses(page, network.ipv4, network.ipv6);
    page.texts("dns", &network.dns);
    page.texts("search", &network.search);
}

/// A file in the making.
#[derive(Default)]
struct Page(String);

impl Page {
    fn section(&mut self, name: &str) {
        // Writing into a String cannot fail.
        let _ = write!(self.0, "\n[{name}]\n");
    }

    fn pair(&mut self, key: &str, value: impl Display) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn text(&mut self, key: &str, value: &str) {
        self.pair(key, quoted(value));
    }

    fn texts(&mut self, key: &str, values: &[impl ToString]) {
        if !values.is_empty() {
            let values = values.iter().map(|v| quoted(&v.to_string()));
            self.pair(key, list(values));
        }
    }
}

/// Text in quotes, with escapes where they are needed.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn pair(key: &str, text: &str) -> String {
    format!("{key} = {}", quoted(text))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn table(pairs: impl IntoIterator<Item = String>) -> String {
    let pairs: Vec<String> = pairs.into_iter().collect();
    if pairs.is_empty() {
        return "{}".into();
    }
    format!("{{ {} }}", pairs.join(", "))
}

fn host(page: &mut Page, host: &Host) {
    page.section("host");
    if !host.name.is_empty() {
        page.text("name", &host.name);
    }
    if let Some(Secret(password)) = &host.root_password {
        page.text("root-password", password);
    }
    if let Some(Secret(hash)) = &host.root_password_hash {
        page.text("root-password-hash", hash);
    }
    page.texts("ssh-keys", &host.ssh_keys);
}

fn time(page: &mut Page, time: &Time) {
    page.section("time");
    match &time.ntp {
        Ntp::Dhcp => page.text("ntp", "dhcp"),
        Ntp::None => page.text("ntp", "none"),
        Ntp::Servers(servers) => page.texts("ntp", servers),
    }
}

fn guests(page: &mut Page, place: Store) {
    page.section("guests");
    page.text("store", store(place));
}

fn report(page: &mut Page, report: &Report) {
    page.section("report");
    page.text("url", &report.url);
    if let Some(ca) = &report.ca {
        page.text("ca", ca);
    }
    if let Some(pin) = &report.pin {
        page.text("pin", pin);
    }
    if let Some(Secret(token)) = &report.token {
        page.text("token", token);
    }
}

fn addresses(page: &mut Page, ipv4: Ipv4, ipv6: Ipv6) {
    match ipv4 {
        Ipv4::Dhcp => page.text("ipv4", "dhcp"),
        Ipv4::Off => page.text("ipv4", "off"),
        Ipv4::Static { address, gateway } => page.pair("ipv4", fixed(&address, gateway.as_ref())),
    }
    match ipv6 {
        Ipv6::Auto => page.text("ipv6", "auto"),
        Ipv6::Off => page.text("ipv6", "off"),
        Ipv6::Static { address, gateway } => page.pair("ipv6", fixed(&address, gateway.as_ref())),
    }
}

fn fixed(address: &impl ToString, gateway: Option<&impl ToString>) -> String {
    let address = pair("address", &address.to_string());
    let gateway = gateway.map(|g| pair("gateway", &g.to_string()));
    table(std::iter::once(address).chain(gateway))
}

fn bond_table(mode: BondMode, members: &str) -> String {
    let mode = match mode {
        BondMode::Lacp => "802.3ad",
        BondMode::ActiveBackup => "active-backup",
    };
    table([pair("mode", mode), format!("members = {members}")])
}

fn pattern(key: &str, pattern: &Option<Pattern>) -> Option<String> {
    pattern.as_ref().map(|p| pair(key, &p.0))
}

fn nic_rule(rule: &NicRule) -> String {
    let pairs = [
        pattern("name", &rule.name),
        pattern("mac", &rule.mac),
        pattern("pci", &rule.pci),
        pattern("driver", &rule.driver),
        rule.link.map(|link| format!("link = {link}")),
    ];
    table(pairs.into_iter().flatten())
}

fn disk_rule(rule: &DiskRule) -> String {
    let pairs = [
        pattern("path", &rule.path),
        pattern("serial", &rule.serial),
        pattern("wwn", &rule.wwn),
        pattern("model", &rule.model),
        rule.bus.map(|bus| pair("bus", bus.word())),
        rule.min_size.map(|s| pair("min-size", &s.to_answer())),
        rule.max_size.map(|s| pair("max-size", &s.to_answer())),
    ];
    table(pairs.into_iter().flatten())
}

fn language(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::De => "de",
    }
}

fn serial(serial: Serial) -> &'static str {
    match serial {
        Serial::Auto => "auto",
        Serial::Com1 => "com1",
        Serial::Com2 => "com2",
        Serial::Off => "off",
    }
}

fn wipe(wipe: &Wipe) -> String {
    match wipe {
        Wipe::Empty => "empty".into(),
        Wipe::Any => "any".into(),
        Wipe::Host(id) => id.clone(),
        Wipe::Token(Secret(token)) => format!("token:{token}"),
    }
}

fn store(store: Store) -> &'static str {
    match store {
        Store::LvmThin => "lvm-thin",
        Store::Files => "files",
    }
}

fn action(action: FinishAction) -> &'static str {
    match action {
        FinishAction::Reboot => "reboot",
        FinishAction::Poweroff => "poweroff",
        FinishAction::Shell => "shell",
    }
}
