//! The time, as the API says it.

/// Now, in UTC, to the second (RFC 3339).
pub fn now() -> String {
    jiff::Timestamp::now()
        .round(jiff::Unit::Second)
        .unwrap_or_default()
        .to_string()
}
