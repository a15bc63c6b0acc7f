//! A request as curl's configuration.

use super::{Request, Server};
use std::path::Path;

/// Seconds to get through to a server.
const CONNECT: u64 = 10;

/// The configuration; `authorities` is a file of certificates in place of the system's.
pub fn text(request: &Request, authorities: Option<&Path>) -> String {
    let mut lines = limits(request);
    lines.extend(trust(&request.server, authorities));
    if let Some(body) = &request.body {
        lines.push(pair("header", "Content-Type: application/json"));
        lines.push(pair("data-raw", body));
    }
    if let Some(token) = &request.token {
        lines.push(pair(
            "header",
            &format!("Authorization: Bearer {}", token.0),
        ));
    }
    lines.push(pair("url", &request.url));
    lines.join("\n") + "\n"
}

/// What it may do at most. An encrypted connection never leads on to a plain one.
fn limits(request: &Request) -> Vec<String> {
    let next = if request.url.starts_with("https://") {
        "=https"
    } else {
        "=http,https"
    };
    let words = ["silent", "show-error", "location", "globoff"].map(String::from);
    let pairs = [
        ("proto", "=http,https".to_owned()),
        ("proto-redir", next.into()),
        ("max-redirs", "5".into()),
        (
            "connect-timeout",
            CONNECT.min(request.patience.as_secs()).to_string(),
        ),
        ("max-time", request.patience.as_secs().to_string()),
        ("max-filesize", request.most.to_string()),
        ("noproxy", "*".into()),
        (
            "user-agent",
            concat!("firn-installer/", env!("CARGO_PKG_VERSION")).into(),
        ),
        ("write-out", "\n%header{retry-after} %{http_code}".into()),
    ];
    let pairs = pairs.into_iter().map(|(key, value)| pair(key, &value));
    words.into_iter().chain(pairs).collect()
}

fn trust(server: &Server, authorities: Option<&Path>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(path) = authorities {
        lines.push(pair("cacert", &path.display().to_string()));
    }
    if !server.pins.is_empty() {
        lines.push(pair("pinnedpubkey", &server.pins.join(";")));
        // The pin is then the whole of the trust; curl compares it all the same.
        if authorities.is_none() {
            lines.push("insecure".into());
        }
    }
    lines
}

/// Values stand in quotes, with curl's escapes.
fn pair(key: &str, value: &str) -> String {
    let value = value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
        .replace('\t', "\\t");
    format!("{key} = \"{value}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::Secret;

    #[test]
    fn everything_that_can_be_asked_for() {
        let server = Server {
            ca: Some("PEM".into()),
            pins: vec!["sha256//A=".into(), "sha256//B=".into()],
        };
        let mut request = Request::get("https://example.net/[a]?b=\"c\"", &server);
        request.token = Some(Secret("s3cret".into()));
        let request = request.with_body("{\"a\":\"b\\\\c\"}\n");
        insta::assert_snapshot!(text(&request, Some(Path::new("/tmp/x"))), @r#"
        silent
        show-error
        location
        globoff
        proto = "=http,https"
        proto-redir = "=https"
        max-redirs = "5"
        connect-timeout = "10"
        max-time = "30"
        max-filesize = "1048576"
        noproxy = "*"
        user-agent = "firn-installer/0.1.0"
        write-out = "\n%header{retry-after} %{http_code}"
        cacert = "/tmp/x"
        pinnedpubkey = "sha256//A=;sha256//B="
        header = "Content-Type: application/json"
        data-raw = "{\"a\":\"b\\\\c\"}\n"
        header = "Authorization: Bearer s3cret"
        url = "https://example.net/[a]?b=\"c\""
        "#);
    }

    #[test]
    fn the_least() {
        let request = Request::get("http://192.0.2.1/x", &Server::default());
        insta::assert_snapshot!(text(&request, None), @r#"
        silent
        show-error
        location
        globoff
        proto = "=http,https"
        proto-redir = "=http,https"
        max-redirs = "5"
        connect-timeout = "10"
        max-time = "30"
        max-filesize = "1048576"
        noproxy = "*"
        user-agent = "firn-installer/0.1.0"
        write-out = "\n%header{retry-after} %{http_code}"
        url = "http://192.0.2.1/x"
        "#);
    }

    #[test]
    fn with_pins_alone_the_pin_is_the_trust() {
        let server = Server {
            ca: None,
            pins: vec!["sha256//A=".into()],
        };
        assert_eq!(
            trust(&server, None),
            ["pinnedpubkey = \"sha256//A=\"", "insecure"]
        );
        assert_eq!(
            trust(&server, Some(Path::new("/a"))),
            ["cacert = \"/a\"", "pinnedpubkey = \"sha256//A=\""]
        );
    }
}
