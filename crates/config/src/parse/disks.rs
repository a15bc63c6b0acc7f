//! `[disk]` and `[guests]`: which disks are written, and what they may hold before.

use super::answers::section;
use super::names;
use super::reader::{Field, Fields, Reader};
use super::tree::Data;
use crate::answers::{Bus, Disk, DiskRule, Guests, Store, Wipe};
use crate::check::quoted;
use crate::schema;
use crate::suggest::did_you_mean;
use crate::values::{Pattern, Secret, Size};
use firn_words::Text;

const BUSES: &[(&str, Bus)] = &[
    ("nvme", Bus::Nvme),
    ("sata", Bus::Sata),
    ("sas", Bus::Sas),
    ("scsi", Bus::Scsi),
    ("usb", Bus::Usb),
    ("virtio", Bus::Virtio),
    ("mmc", Bus::Mmc),
];
const STORES: &[(&str, Store)] = &[("lvm-thin", Store::LvmThin), ("files", Store::Files)];

pub(super) fn disk(r: &mut Reader, top: &Fields) -> Disk {
    let Some(fields) = section(r, top, "disk") else {
        return Disk::default();
    };
    let target = fields.get("target");
    let wipe_field = fields.get("wipe");
    Disk {
        target: target.and_then(|f| disk_rule(r, &f)).unwrap_or_default(),
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
        let (least, most) = (least.to_answer(), most.to_answer());
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

/// No disk is smaller than this many bytes: whoever writes less has left out the unit.
const SMALLEST: u64 = 1_000_000;

fn size(r: &mut Reader, field: &Field) -> Option<Size> {
    let wrong = match field.node.data {
        Data::Number(bytes) if bytes >= 0 => return large(r, field, Size(bytes.unsigned_abs())),
        Data::Number(bytes) => format!("{bytes} is no size; write it as \"16G\" or \"16GiB\""),
        _ => {
            let size = r.parsed(field)?;
            return large(r, field, size);
        }
    };
    r.wrong(field, wrong);
    None
}

fn large(r: &mut Reader, field: &Field, size: Size) -> Option<Size> {
    let bytes = size.0;
    if bytes >= SMALLEST {
        return Some(size);
    }
    r.wrong(
        field,
        format!("{bytes} bytes are no disk's size; write it as \"16G\" or \"16GiB\""),
    );
    None
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
    if let Some(token) = text.strip_prefix("token:") {
        return token_of(r, field, token);
    }
    let hint = did_you_mean(&text, ["empty", "any"]);
    r.wrong(
        field,
        format!(
            "{} is not \"empty\", \"any\", \"token:…\" or the first 8 digits of an installed host's id{hint}",
            quoted(&text)
        ),
    );
    None
}

/// It becomes a part of a URL.
fn token_of(r: &mut Reader, field: &Field, token: &str) -> Option<Wipe> {
    let sound = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    if (8..=128).contains(&token.len()) && token.bytes().all(sound) {
        return Some(Wipe::Token(Secret(token.to_owned())));
    }
    r.wrong(
        field,
        "the token is not whole; it has 8 to 128 letters, digits and \"-._~\" behind \"token:\"",
    );
    None
}

pub(super) fn guests(r: &mut Reader, top: &Fields) -> Guests {
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
