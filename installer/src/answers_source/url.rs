//! URLs with variables. Pure.

use crate::bootnet::Facts;
use firn_words::{Text, say};

/// Whether this is a URL, and no file.
pub fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The variables that tell one machine from another; a model is many machines'.
const IDENTITIES: [&str; 4] = ["mac", "uuid", "serial", "hostname"];

/// Fills in `${mac}` and its like, encoded so that no value changes what the URL means; one that this machine does not have is
/// empty.
///
/// # Errors
/// A variable that there is not, or one without an end; or none of those that were to tell this machine from others does.
pub fn expand(url: &str, facts: &Facts) -> Result<String, Text> {
    let mut expanded = String::new();
    let mut empty = Vec::new();
    let mut told = false;
    let mut rest = url;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else {
            return Err(say!("answers-url-open", variable = format!("${{{after}")));
        };
        expanded.push_str(before);
        let value = value(name, facts)?;
        expanded.push_str(&encoded(value));
        if IDENTITIES.contains(&name) {
            told |= !value.is_empty();
            empty.push(format!("${{{name}}}"));
        }
        rest = after;
    }
    if !told && !empty.is_empty() {
        return Err(nobody(&empty, facts));
    }
    expanded.push_str(rest);
    firn_config::check_url(&expanded).map(|()| expanded)
}

fn value<'f>(name: &str, facts: &'f Facts) -> Result<&'f str, Text> {
    match name {
        "mac" => Ok(&facts.mac),
        "uuid" => Ok(&facts.uuid),
        "serial" => Ok(&facts.serial),
        "product" => Ok(&facts.product),
        "hostname" => Ok(&facts.hostname),
        _ => Err(say!(
            "answers-url-variable",
            variable = format!("${{{name}}}")
        )),
    }
}

/// None of these variables has a value here: the URL would be the same on every machine like this one.
fn nobody(variables: &[String], facts: &Facts) -> Text {
    let variables = variables.join(", ");
    match facts.made_up.as_slice() {
        [] => say!("answers-url-nameless", variables = variables),
        said => {
            let said: Vec<String> = said.iter().map(|text| format!("{text:?}")).collect();
            let said = said.join(", ");
            say!(
                "answers-url-placeholder",
                variables = variables,
                said = said
            )
        }
    }
}

/// Everything but what RFC 3986 calls unreserved.
fn encoded(value: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(encode).collect()
}

/// Scheme, host and port: where a server's other addresses begin.
pub fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find(['/', '?', '#']);
    end.map_or(url, |end| &url[..host + end])
}

/// Where the signature of what is at `url` is: the file's name gets `.minisig`, what is asked for stays behind it.
pub fn signature(url: &str) -> String {
    let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    format!("{path}.minisig{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_and_encoded() {
        let facts = Facts {
            mac: "52-54-00-12-34-56".into(),
            uuid: "0f0e-1".into(),
            serial: String::new(),
            product: "PowerEdge R650/ä&x=${mac}".into(),
            hostname: "../xen1".into(),
            made_up: Vec::new(),
        };
        let table = [
            ("http://h/${mac}.toml", "http://h/52-54-00-12-34-56.toml"),
            (
                "https://h/a?u=${uuid}&s=${serial}&p=${product}",
                "https://h/a?u=0f0e-1&s=&p=PowerEdge%20R650%2F%C3%A4%26x%3D%24%7Bmac%7D",
            ),
            (
                "http://h/${hostname}${hostname}",
                "http://h/..%2Fxen1..%2Fxen1",
            ),
            ("http://h/$mac", "http://h/$mac"),
        ];
        for (url, expanded) in table {
            assert_eq!(expand(url, &facts).as_deref(), Ok(expanded));
        }
        let wrong = |url: &str| expand(url, &facts).unwrap_err().to_string();
        insta::assert_snapshot!(wrong("http://h/${mca}"), @"there is no variable ${mca}; there are ${mac}, ${uuid}, ${serial}, ${product} and ${hostname}");
        insta::assert_snapshot!(wrong("http://h/${mac.toml"), @"${mac.toml does not end with }");
        insta::assert_snapshot!(wrong("http:///${mac}"), @r#""http:///52-54-00-12-34-56" is no URL; write it as "https://server.example.net/path""#);
    }

    #[test]
    fn a_url_that_would_be_every_machines_is_refused() {
        let facts = Facts {
            mac: "52-54-00-12-34-56".into(),
            product: "B450".into(),
            made_up: vec!["To be filled by O.E.M.".into()],
            ..Facts::default()
        };
        let table = [
            (
                "http://h/${mac}?s=${serial}",
                "http://h/52-54-00-12-34-56?s=",
            ),
            ("http://h/${product}.toml", "http://h/B450.toml"),
            ("http://h/all.toml", "http://h/all.toml"),
        ];
        for (url, expanded) in table {
            assert_eq!(expand(url, &facts).as_deref(), Ok(expanded));
        }
        let wrong = |url: &str, facts: &Facts| expand(url, facts).unwrap_err().to_string();
        insta::assert_snapshot!(wrong("http://h/${serial}.toml", &facts), @r#"this machine has no ${serial} of its own: its firmware says "To be filled by O.E.M.", as many machines' does; use ${mac}"#);
        insta::assert_snapshot!(wrong("http://h/${uuid}/${serial}.toml", &Facts::default()), @"this machine has no ${uuid}, ${serial}; use ${mac}");
    }

    #[test]
    fn parts_of_urls() {
        let table = [
            (
                "https://h.example.net:8443/a/b?x=/y",
                "https://h.example.net:8443",
            ),
            ("http://192.0.2.1", "http://192.0.2.1"),
            ("http://[2001:db8::1]:80?x", "http://[2001:db8::1]:80"),
        ];
        for (url, expected) in table {
            assert_eq!(origin(url), expected);
        }
        assert_eq!(signature("http://h/a.toml"), "http://h/a.toml.minisig");
        assert_eq!(
            signature("http://h/v1/answers?mac=x"),
            "http://h/v1/answers.minisig?mac=x"
        );
    }
}
