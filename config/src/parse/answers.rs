//! The answer file, section by section.

use super::network;
use super::reader::{Field, Fields, Reader};
use super::tree::{Data, Node};
use super::{names, whole};
use firn_words::{Language, Text};

use crate::CHECK_NAMES;
use crate::answers::{
    Answers, Bus, Checks, Console, Disk, DiskRule, Finish, FinishAction, Guests, Host, Ntp, Serial,
    Store, Time, Wipe,
};
use crate::check::{
    check_host_name, check_keyboard, check_ntp_server, check_password, check_password_hash,
    check_ssh_key, check_timezone, quoted,
};
use crate::schema;
use crate::suggest::did_you_mean;
use crate::values::{Pattern, Secret, Size};

pub(super) const LANGUAGES: &[(&str, Language)] = &[("en", Language::En), ("de", Language::De)];
pub(super) const ACTIONS: &[(&str, FinishAction)] = &[
    ("reboot", FinishAction::Reboot),
    ("poweroff", FinishAction::Poweroff),
    ("shell", FinishAction::Shell),
];
const SERIALS: &[(&str, Serial)] = &[
    ("auto", Serial::Auto),
    ("com1", Serial::Com1),
    ("com2", Serial::Com2),
    ("off", Serial::Off),
];
const BUSES: &[(&str, Bus)] = &[
    ("nvme", Bus::Nvme),
    ("sata", Bus::Sata),
    ("sas", Bus::Sas),
    ("scsi", Bus::Scsi),
    ("usb", Bus::Usb),
    ("virtio", Bus::Virtio),
];
const STORES: &[(&str, Store)] = &[("lvm-thin", Store::LvmThin), ("files", Store::Files)];

/// Reads everything.
pub(super) fn read(r: &mut Reader, root: &Node) -> Option<Answers> {
    let top = r.table(&whole(root), &names(schema::ROOT))?;
    let defaults = Answers::default();
    let answers = Answers {
        version: version(r, &top),
        language: language(r, &top),
        keyboard: keyboard(r, &top).unwrap_or(defaults.keyboard),
        timezone: timezone(r, &top).unwrap_or(defaults.timezone),
        console: console(r, &top),
        host: host(r, &top),
        time: time(r, &top),
        network: network::read(r, &top),
        disk: disk(r, &top),
        guests: guests(r, &top),
        checks: checks(r, &top),
        finish: action_in(r, &top),
    };
    Some(answers)
}

/// The table `name`, if it is there and is one.
pub(super) fn section<'n>(r: &mut Reader, top: &Fields<'n>, name: &str) -> Option<Fields<'n>> {
    let field = top.get(name)?;
    let keys = schema::find(name)
        .map(|k| k.kind.keys())
        .unwrap_or_default();
    r.table(&field, &names(keys))
}

pub(super) fn version(r: &mut Reader, top: &Fields) -> u32 {
    match top.get("version") {
        Some(field) => {
            let number = r.number(&field, i64::MIN, i64::MAX);
            if number.is_some_and(|n| n != i64::from(crate::VERSION)) {
                let number = number.unwrap_or_default();
                r.wrong(
                    &field,
                    format!("version {number} is not known to this Firn, which reads version 1"),
                );
            }
        }
        None => r.missing(
            "version",
            "the file does not say its version; begin it with version = 1",
        ),
    }
    crate::VERSION
}

pub(super) fn language(r: &mut Reader, top: &Fields) -> Language {
    let field = top.get("language");
    field
        .and_then(|f| r.word(&f, LANGUAGES))
        .unwrap_or_default()
}

pub(super) fn keyboard(r: &mut Reader, top: &Fields) -> Option<String> {
    r.checked(&top.get("keyboard")?, check_keyboard)
}

pub(super) fn timezone(r: &mut Reader, top: &Fields) -> Option<String> {
    r.checked(&top.get("timezone")?, check_timezone)
}

pub(super) fn console(r: &mut Reader, top: &Fields) -> Console {
    let field = section(r, top, "console").and_then(|s| s.get("serial"));
    Console {
        serial: field.and_then(|f| r.word(&f, SERIALS)).unwrap_or_default(),
    }
}

fn host(r: &mut Reader, top: &Fields) -> Host {
    let Some(fields) = section(r, top, "host") else {
        if top.get("host").is_none() {
            missing_name(r);
            missing_login(r);
        }
        return Host::default();
    };
    let name = fields.get("name");
    let password = fields.get("root-password");
    let hash = fields.get("root-password-hash");
    let keys = fields.get("ssh-keys");
    if name.is_none() {
        missing_name(r);
    }
    let no_keys = keys.as_ref().is_none_or(is_empty_list);
    if password.is_none() && hash.is_none() && no_keys {
        missing_login(r);
    }
    if let (Some(_), Some(hash)) = (&password, &hash) {
        r.wrong(
            hash,
            "\"root-password\" and \"root-password-hash\" are both given; keep one",
        );
    }
    Host {
        name: name
            .and_then(|f| r.checked(&f, check_host_name))
            .unwrap_or_default(),
        root_password: password
            .and_then(|f| r.secret(&f, check_password))
            .map(Secret),
        root_password_hash: hash
            .and_then(|f| r.secret(&f, check_password_hash))
            .map(Secret),
        ssh_keys: keys.and_then(|f| ssh_keys(r, &f)).unwrap_or_default(),
    }
}

fn ssh_keys(r: &mut Reader, field: &Field) -> Option<Vec<String>> {
    let key = |r: &mut Reader, f: &Field| r.checked(f, check_ssh_key);
    let keys = r.list(field, key)?;
    Some(keys.iter().map(|k| k.trim().to_owned()).collect())
}

fn is_empty_list(field: &Field) -> bool {
    matches!(&field.node.data, Data::List(items) if items.is_empty())
}

fn missing_name(r: &mut Reader) {
    r.missing(
        "host.name",
        "the host has no name; add name = \"xen1.example.net\" under [host]",
    );
}

fn missing_login(r: &mut Reader) {
    let ways = [
        "host.root-password",
        "host.root-password-hash",
        "host.ssh-keys",
    ];
    if ways.iter().any(|way| r.was_meant(way)) {
        return;
    }
    r.missing("host.ssh-keys", "nobody could log in; give \"ssh-keys\", \"root-password-hash\" or \"root-password\" under [host]");
}

pub(super) fn time(r: &mut Reader, top: &Fields) -> Time {
    let field = section(r, top, "time").and_then(|s| s.get("ntp"));
    Time {
        ntp: field.and_then(|f| ntp(r, &f)).unwrap_or_default(),
    }
}

fn ntp(r: &mut Reader, field: &Field) -> Option<Ntp> {
    let word = match &field.node.data {
        Data::Text(text) | Data::Loose(text) => text.as_str(),
        _ => "",
    };
    match (word, &field.node.data) {
        ("dhcp", _) => return Some(Ntp::Dhcp),
        ("none", _) => return Some(Ntp::None),
        (text, Data::Text(_)) => {
            let hint = did_you_mean(text, ["dhcp", "none"]);
            let hint = if hint.is_empty() {
                format!("; write a server as [{}]", quoted(text)).into()
            } else {
                hint
            };
            r.wrong(
                field,
                format!("{} is not \"dhcp\", \"none\" or a list{hint}", quoted(text)),
            );
            return None;
        }
        _ => {}
    }
    let servers = r.list(field, |r, f| r.checked(f, check_ntp_server))?;
    if servers.is_empty() {
        r.wrong(
            field,
            "the list of servers is empty; write \"none\" if there are none",
        );
        return None;
    }
    Some(Ntp::Servers(servers))
}

fn disk(r: &mut Reader, top: &Fields) -> Disk {
    let Some(fields) = section(r, top, "disk") else {
        return Disk::default();
    };
    let target = fields.get("target");
    let mirror = fields.get("mirror");
    let wipe_field = fields.get("wipe");
    Disk {
        target: target.and_then(|f| disk_rule(r, &f)).unwrap_or_default(),
        mirror: mirror.and_then(|f| r.boolean(&f)).unwrap_or_default(),
        wipe: wipe_field.and_then(|f| wipe(r, &f)).unwrap_or_default(),
    }
}

fn disk_rule(r: &mut Reader, field: &Field) -> Option<DiskRule> {
    let keys = schema::find("disk.target")
        .map(|k| k.kind.keys())
        .unwrap_or_default();
    if let Data::Text(text) = &field.node.data {
        let text = quoted(text);
        r.wrong(
            field,
            format!("{text} is text; this takes a rule: {{ path = {text} }}"),
        );
        return None;
    }
    let fields = r.table(field, &names(keys))?;
    let rule = DiskRule {
        path: pattern(r, &fields, "path", device_path),
        serial: pattern(r, &fields, "serial", |_| Ok(())),
        wwn: pattern(r, &fields, "wwn", |_| Ok(())),
        model: pattern(r, &fields, "model", |_| Ok(())),
        bus: fields.get("bus").and_then(|f| r.word(&f, BUSES)),
        min_size: fields.get("min-size").and_then(|f| size(r, &f)),
        max_size: fields.get("max-size").and_then(|f| size(r, &f)),
    };
    if let (Some(least), Some(most), Some(field)) =
        (rule.min_size, rule.max_size, fields.get("max-size"))
        && least > most
    {
        r.wrong(
            &field,
            format!("\"max-size\" ({most}) is smaller than \"min-size\" ({least})"),
        );
    }
    Some(rule)
}

fn device_path(path: &str) -> Result<(), Text> {
    if path.starts_with("/dev/") || path.starts_with('*') {
        return Ok(());
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let example = quoted(&format!("/dev/{name}"));
    Err(format!("{} is no device; write it as {example}", quoted(path)).into())
}

/// A pattern that is not empty and keeps a rule.
pub(super) fn pattern(
    r: &mut Reader,
    fields: &Fields,
    key: &str,
    check: impl Fn(&str) -> Result<(), Text>,
) -> Option<Pattern> {
    let field = fields.get(key)?;
    let text = r.checked(&field, |text| {
        if text.trim().is_empty() {
            let wrong = format!(
                "{} matches nothing; leave {key:?} out, or write \"*\"",
                quoted(text)
            );
            return Err(wrong.into());
        }
        check(text)
    })?;
    Some(Pattern(text))
}

fn size(r: &mut Reader, field: &Field) -> Option<Size> {
    match field.node.data {
        Data::Number(bytes) if bytes >= 0 => Some(Size(bytes.unsigned_abs())),
        Data::Number(bytes) => {
            r.wrong(
                field,
                format!("{bytes} is no size; write it as \"16G\" or \"16GiB\""),
            );
            None
        }
        _ => r.parsed(field),
    }
}

fn wipe(r: &mut Reader, field: &Field) -> Option<Wipe> {
    let text = r.text(field)?;
    match text.as_str() {
        "empty" => return Some(Wipe::Empty),
        "any" => return Some(Wipe::Any),
        _ => {}
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(Wipe::Host(text.to_ascii_lowercase()));
    }
    let hint = did_you_mean(&text, ["empty", "any"]);
    r.wrong(
        field,
        format!(
            "{} is not \"empty\", \"any\" or the first 8 digits of an installed host's id{hint}",
            quoted(&text)
        ),
    );
    None
}

fn guests(r: &mut Reader, top: &Fields) -> Guests {
    let fields = section(r, top, "guests");
    let disks = fields.as_ref().and_then(|fields| fields.get("disks"));
    Guests {
        store: fields.and_then(|f| store(r, &f)).unwrap_or_default(),
        disks: disks.and_then(|f| store_disks(r, &f)).unwrap_or_default(),
    }
}

/// Where guests' disks are; answers and settings have it.
pub(super) fn store(r: &mut Reader, guests: &Fields) -> Option<Store> {
    r.word(&guests.get("store")?, STORES)
}

fn store_disks(r: &mut Reader, field: &Field) -> Option<Vec<DiskRule>> {
    if matches!(field.node.data, Data::Table(_)) {
        r.wrong(
            field,
            "here is a single rule; put it into a list: [{ … }, { … }]",
        );
        return None;
    }
    let rules = r.list(field, store_disk)?;
    // No machine has more, and comparing all with all would take long.
    let twice = |(at, rule): (usize, &DiskRule)| rules[..at.min(256)].contains(rule);
    if rules.iter().enumerate().any(twice) {
        r.wrong(
            field,
            "two disks have the same rule; each must choose another disk",
        );
    }
    Some(rules)
}

/// No disk is ever taken because nothing was said.
fn store_disk(r: &mut Reader, field: &Field) -> Option<DiskRule> {
    let rule = disk_rule(r, field)?;
    if matches!(&field.node.data, Data::Table(entries) if entries.is_empty()) {
        r.wrong(
            field,
            "an empty rule would choose any disk; write { serial = \"…\" }",
        );
        return None;
    }
    Some(rule)
}

fn checks(r: &mut Reader, top: &Fields) -> Checks {
    let field = section(r, top, "checks").and_then(|s| s.get("skip"));
    let known: Vec<(&str, &str)> = CHECK_NAMES.iter().map(|n| (*n, *n)).collect();
    let name = |r: &mut Reader, f: &Field| r.word(f, &known).map(str::to_owned);
    Checks {
        skip: field.and_then(|f| r.list(&f, name)).unwrap_or_default(),
    }
}

fn action_in(r: &mut Reader, top: &Fields) -> Finish {
    let field = section(r, top, "finish").and_then(|s| s.get("action"));
    Finish {
        action: field.and_then(|f| r.word(&f, ACTIONS)).unwrap_or_default(),
    }
}

/// `finish.action` alone.
pub(super) fn action(root: &Node) -> Option<FinishAction> {
    let mut r = Reader::new("", false);
    let top = r.table(&whole(root), &[])?;
    let field = r.table(&top.get("finish")?, &[])?.get("action")?;
    r.word(&field, ACTIONS)
}
