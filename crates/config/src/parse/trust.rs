//! `trust.toml`.

use super::reader::{Field, Reader};
use super::tree::Node;
use super::whole;
use crate::check::{check_certificates, check_pin, check_signing_key};
use crate::trust::Trust;

pub(super) fn read(r: &mut Reader, root: &Node) -> Option<Trust> {
    let top = r.table(&whole(root), &["strict", "keys", "ca", "pins"])?;
    let key = |r: &mut Reader, f: &Field| r.checked(f, check_signing_key);
    let pin = |r: &mut Reader, f: &Field| r.checked(f, check_pin);
    let strict = top.get("strict").and_then(|f| r.boolean(&f));
    let keys = top.get("keys").and_then(|f| r.list(&f, key));
    let ca = top.get("ca");
    let ca = ca.and_then(|f| r.checked(&f, check_certificates));
    let pins = top.get("pins").and_then(|f| r.list(&f, pin));
    Some(Trust {
        strict: strict.unwrap_or_default(),
        keys: keys.unwrap_or_default(),
        ca,
        pins: pins.unwrap_or_default(),
    })
}
