//! The answer file, section by section.

use super::network;
use super::reader::{Field, Fields, Reader};
use super::tree::{Data, Node};
use super::{disks, names, report, whole};
use crate::CHECK_NAMES;
use crate::answers::{Answers, Checks, Console, Finish, FinishAction, Host, Ntp, Serial, Time};
use crate::check::{
    check_host_name, check_keyboard, check_ntp_server, check_once, check_password,
    check_password_hash, check_timezone, check_ways_in, quoted, read_ssh_key, zone_today,
};
use crate::schema;
use crate::suggest::did_you_mean;
use crate::values::Secret;
use firn_words::Language;

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
        disk: disks::disk(r, &top),
        guests: disks::guests(r, &top),
        checks: checks(r, &top),
        finish: action_in(r, &top),
        report: report::read(r, &top),
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
    let name = r.checked(&top.get("timezone")?, check_timezone)?;
    // The host's tzdata has the names of today only.
    Some(zone_today(&name).unwrap_or("UTC").to_owned())
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
    let ssh_keys = keys.as_ref().and_then(|f| ssh_keys(r, f));
    if let (None, None, Some(field), Some(lines)) = (&password, &hash, &keys, &ssh_keys)
        && let Err(problem) = check_ways_in(lines)
    {
        r.wrong(field, problem);
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
        ssh_keys: ssh_keys.unwrap_or_default(),
    }
}

fn ssh_keys(r: &mut Reader, field: &Field) -> Option<Vec<String>> {
    r.list(field, |r, f| {
        let text = r.text(f)?;
        let read = read_ssh_key(&text).map_err(|problem| r.wrong(f, problem));
        Some(read.ok()?.line)
    })
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
    if let Err(twice) = check_once(&servers) {
        r.wrong(field, twice);
        return None;
    }
    if servers.is_empty() {
        r.wrong(
            field,
            "the list of servers is empty; write \"none\" if there are none",
        );
        return None;
    }
    Some(Ntp::Servers(servers))
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
