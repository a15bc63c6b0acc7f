//! What the server itself puts into the answers that it gives.

use toml::{Table, Value};

/// What `disk.wipe` says to have a one-time token of this server in its place.
pub const NEW_TOKEN: &str = "token:new";

/// Whether the answers ask for a token.
pub fn wants_token(answers: &str) -> bool {
    let table: Option<Table> = answers.parse().ok();
    let wipe = table.as_ref().and_then(|t| t.get("disk")?.get("wipe"));
    wipe.and_then(Value::as_str) == Some(NEW_TOKEN)
}

/// The answers with a token where they ask for one, and with reports to this server where they have none. A machine that has used its
/// token gets `"empty"`.
pub fn fill(answers: &str, token: Option<&str>, report_url: &str) -> String {
    let Ok(mut table) = answers.parse::<Table>() else {
        // It is not TOML; the machine will say so better.
        return answers.to_owned();
    };
    if let Some(wipe) = table.get_mut("disk").and_then(|disk| disk.get_mut("wipe"))
        && wipe.as_str() == Some(NEW_TOKEN)
    {
        let value = token.map_or("empty".into(), |token| format!("token:{token}"));
        *wipe = Value::String(value);
    }
    let report = Table::from_iter([("url".to_owned(), Value::from(report_url))]);
    table.entry("report").or_insert(Value::Table(report));
    table.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://192.0.2.1/v1/report";

    #[test]
    fn a_token_only_where_it_is_asked_for() {
        let asks = "version = 1\n[disk]\nwipe = \"token:new\"\n";
        assert!(wants_token(asks));
        insta::assert_snapshot!(fill(asks, Some("f00d"), URL), @r#"
        version = 1

        [disk]
        wipe = "token:f00d"

        [report]
        url = "http://192.0.2.1/v1/report"
        "#);
        assert!(fill(asks, None, URL).contains("wipe = \"empty\""));
        for other in [
            "[disk]\nwipe = 'any'\n",
            "[disk]\nwipe = 'token:abc'\n",
            "version = 1\n",
            "no toml",
        ] {
            assert!(!wants_token(other), "{other}");
            assert!(!fill(other, Some("f00d"), URL).contains("f00d"), "{other}");
        }
    }

    #[test]
    fn own_reports_win() {
        let own = "[report]\nurl = \"https://inventory.example.net/\"\n";
        assert_eq!(fill(own, None, URL), own);
    }
}
