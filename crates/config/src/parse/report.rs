//! `[report]`: whom the installation reports to.

use super::answers::section;
use super::reader::{Fields, Reader};
use super::tree::Node;
use super::whole;
use crate::answers::Report;
use crate::check::{check_certificates, check_pin, check_url};
use crate::values::Secret;
use firn_words::{Text, say};

pub(super) fn read(r: &mut Reader, top: &Fields) -> Option<Report> {
    let fields = section(r, top, "report")?;
    let (ca, pin, token) = (fields.get("ca"), fields.get("pin"), fields.get("token"));
    let ca = ca.and_then(|f| r.checked(&f, check_certificates));
    let pin = pin.and_then(|f| r.checked(&f, check_pin));
    let token = token.and_then(|f| r.secret(&f, check_token)).map(Secret);
    let Some(field) = fields.get("url") else {
        if ca.is_some() || pin.is_some() || token.is_some() {
            r.missing(
                "report.url",
                "the reports have no address; add url = \"https://…\" under [report]",
            );
        }
        return None;
    };
    let url = r.checked(&field, check_url)?;
    if url.starts_with("http://") && (ca.is_some() || pin.is_some()) {
        r.wrong(
            &field,
            "\"ca\" and \"pin\" need a URL that begins with https://",
        );
    }
    Some(Report {
        url,
        ca,
        pin,
        token,
    })
}

/// It becomes a line of HTTP.
fn check_token(token: &str) -> Result<(), Text> {
    if !token.is_empty() && token.chars().all(|c| c.is_ascii_graphic()) {
        return Ok(());
    }
    Err(say!("value-token"))
}

/// The table alone, where it has no mistake.
pub(super) fn alone(root: &Node) -> Option<Report> {
    let mut r = Reader::new("", false);
    let top = r.table(&whole(root), &["report"])?;
    // What is said so far is about other keys.
    let mut r = Reader::new("", false);
    read(&mut r, &top).filter(|_| r.is_clean())
}
