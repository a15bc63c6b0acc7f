//! What Xen's tools say when they fail. Pure.

/// So many reasons are enough.
const MOST: usize = 3;
/// What only says that it has failed.
const EMPTY: [&str; 2] = ["libxenlight failed to create new domain", "failed. (rc="];

/// A guest without a driver that could be asked.
const NO_DRIVER: &str = "PV control interface not available";

/// The reasons in what `xl` wrote to standard error, without the places in its source; its last line where there are none.
pub(super) fn reason(said: &str, last: &str) -> String {
    let mut found: Vec<&str> = Vec::new();
    for text in said.lines().filter_map(error) {
        let says_nothing = EMPTY.iter().any(|empty| text.contains(empty));
        if !says_nothing && !found.contains(&text) {
            found.push(text);
        }
    }
    match found.len() {
        0 => last.to_owned(),
        _ => found[..found.len().min(MOST)].join("; "),
    }
}

/// Whether it says that a guest does not hear what it is asked for: it has no driver, or the driver does not answer within a minute.
pub(super) fn is_deaf(reason: &str) -> bool {
    reason.contains("didn't acknowledge") || reason.contains(NO_DRIVER)
}

/// The text of `libxl: error: libxl_create.c:1234:function:Domain 5:text`, or of `xc: error: text: Internal error`.
fn error(line: &str) -> Option<&str> {
    if line.starts_with(NO_DRIVER) {
        return Some(line.trim());
    }
    let (_, text) = line.split_once("error: ")?;
    let text = match text.split_once(".c:") {
        Some((_, rest)) => rest.splitn(3, ':').nth(2)?,
        None => text,
    };
    let text = text.trim().trim_end_matches(": Internal error");
    Some(
        match text
            .strip_prefix("Domain ")
            .and_then(|rest| rest.split_once(':'))
        {
            Some((number, rest)) if number.parse::<u32>().is_ok() => rest.trim(),
            _ => text,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reasons_without_places() {
        let said = "xc: error: panic: xg_dom_boot.c:119: xc_dom_boot_mem_init: can't allocate low memory for domain: Out of memory\n\
                    libxl: error: libxl_dom.c:581:libxl__build_dom: xc_dom_boot_mem_init failed: Operation not supported\n\
                    libxl: error: libxl_create.c:1709:domcreate_rebuild_done: Domain 5:cannot (re-)build domain: -3\n\
                    libxl: error: libxl_create.c:1709:domcreate_rebuild_done: Domain 5:cannot (re-)build domain: -3\n\
                    libxenlight failed to create new domain\n";
        assert_eq!(
            reason(said, "last"),
            "can't allocate low memory for domain: Out of memory; \
             xc_dom_boot_mem_init failed: Operation not supported; cannot (re-)build domain: -3"
        );
        let unheard = "Shutting down domain 3\nlibxl: error: libxl_domain.c:850:pvcontrol_cb: guest didn't acknowledge control \
                       request: -9\nshutdown failed (rc=-9)\n";
        assert!(is_deaf(&reason(unheard, "shutdown failed (rc=-9)")));
        let no_driver = "PV control interface not available: external graceful reboot not possible.\n\
                         Use \"-F\" to fallback to ACPI reset event.\nreboot failed (rc=-13)\n";
        assert!(is_deaf(&reason(no_driver, "reboot failed (rc=-13)")));
        assert_eq!(reason("no such guest\n", "no such guest"), "no such guest");
    }

    proptest! {
        #[test]
        fn any_text_is_read(said in "((libxl|xc)?:? ?error: |[a-z]\\.c:[0-9]{0,3}:|Domain [0-9]{0,3}:|\\PC|\n){0,20}") {
            let reason = reason(&said, "last");
            prop_assert!(reason == "last" || reason.split("; ").all(|part| said.contains(part)));
        }
    }
}
