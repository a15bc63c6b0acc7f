//! Why there was no reply.

use firn_command::Error;
use firn_words::{Text, say};
use jiff::Timestamp;

/// What stood in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server's name has no address.
    Name,
    /// Nothing takes connections there, or no way leads there.
    Refused,
    /// No answer in time.
    Timeout,
    /// Nobody who is trusted has signed the certificate.
    Authority,
    /// The certificate is for another name.
    OtherName,
    /// The certificate is too old.
    Expired,
    /// The certificate is not valid yet.
    NotYet,
    /// The server has another key than the pins allow.
    Pin,
    /// No encrypted connection for another reason.
    Tls(String),
    /// The reply is larger than it may be.
    Large,
    /// Anything else, in curl's words.
    Other(String),
}

impl Trouble {
    /// What curl's end means.
    pub fn of(error: &Error) -> Self {
        let reason = reason(error);
        match error.exit_code() {
            Some(6) => Self::Name,
            Some(7) => Self::Refused,
            Some(28) => Self::Timeout,
            Some(60) => certificate(reason),
            Some(90) => Self::Pin,
            Some(35 | 51 | 58 | 59 | 66 | 77 | 80 | 82 | 83 | 91) => Self::Tls(reason),
            Some(63) => Self::Large,
            _ => Self::Other(reason),
        }
    }

    /// Whether it may be gone in a while.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Name | Self::Refused | Self::Timeout | Self::Other(_)
        )
    }

    /// In words.
    pub fn text(&self, url: &str) -> Text {
        let host = host(url);
        match self {
            Self::Name => say!("web-name", host = name(host)),
            Self::Refused => say!("web-refused", host = host),
            Self::Timeout => say!("web-timeout", host = host),
            Self::Authority => say!("web-authority", host = host),
            Self::OtherName => say!("web-other-name", host = host),
            Self::Expired => say!("web-expired", host = host, now = now()),
            Self::NotYet => say!("web-not-yet", host = host, now = now()),
            Self::Pin => say!("web-pin", host = host),
            Self::Tls(reason) => say!("web-tls", host = host, reason = reason),
            Self::Large => say!("web-large"),
            Self::Other(reason) => reason.into(),
        }
    }
}

fn certificate(reason: String) -> Trouble {
    let says = |part: &str| reason.contains(part);
    if says("has expired") {
        Trouble::Expired
    } else if says("not yet valid") {
        Trouble::NotYet
    } else if says("subject name") {
        Trouble::OtherName
    } else if says("self") || says("issuer") || says("chain") {
        Trouble::Authority
    } else {
        Trouble::Tls(reason)
    }
}

/// What stands behind `curl: (60) `; more lines may follow.
fn reason(error: &Error) -> String {
    let line = error.tail().lines().find_map(|line| {
        let rest = line.trim().strip_prefix("curl: (")?;
        Some(rest.split_once(") ")?.1.to_owned())
    });
    line.unwrap_or_else(|| error.last_words())
}

/// Name or address of the server in a URL, with its port.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Without the port.
fn name(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(name, _)| name)
}

/// What this machine takes the time for.
fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(code: i32, tail: &str) -> Trouble {
        Trouble::of(&Error::Status {
            line: "curl --disable --config -".into(),
            status: format!("exit status: {code}"),
            code: Some(code),
            tail: tail.into(),
        })
    }

    #[test]
    fn what_curl_says_about_certificates() {
        let table = [
            (
                "SSL certificate problem: certificate has expired",
                Trouble::Expired,
            ),
            (
                "SSL certificate problem: certificate is not yet valid",
                Trouble::NotYet,
            ),
            (
                "SSL certificate problem: self-signed certificate",
                Trouble::Authority,
            ),
            (
                "SSL certificate problem: unable to get local issuer certificate",
                Trouble::Authority,
            ),
            (
                "SSL: no alternative certificate subject name matches target host name 'a'",
                Trouble::OtherName,
            ),
        ];
        for (said, trouble) in table {
            let tail = format!(
                "curl: (60) {said}\nMore details here: https://curl.se/docs/sslcerts.html\n"
            );
            assert_eq!(ended(60, &tail), trouble, "{said}");
        }
        assert_eq!(ended(60, "curl: (60) odd"), Trouble::Tls("odd".into()));
        assert_eq!(
            ended(52, "curl: (52) Empty reply from server"),
            Trouble::Other("Empty reply from server".into())
        );
    }

    #[test]
    fn hosts_of_urls() {
        assert_eq!(host("https://a.example.net:8443/x?y"), "a.example.net:8443");
        assert_eq!(host("http://[::1]:80"), "[::1]:80");
    }

    #[test]
    fn every_trouble_has_its_sentence() {
        let other = || "something".to_owned();
        let all = [
            Trouble::Name,
            Trouble::Refused,
            Trouble::Timeout,
            Trouble::Authority,
            Trouble::OtherName,
            Trouble::Pin,
            Trouble::Tls(other()),
            Trouble::Large,
            Trouble::Other(other()),
        ];
        let lines = all.map(|t| t.text("https://a.example.net/x").to_string());
        insta::assert_snapshot!(lines.join("\n"), @r"
        the name a.example.net has no address here; see whether it is spelled right, and whether DHCP names a DNS server that knows it
        nothing takes connections at a.example.net; see whether the server runs there, and whether this network has a way to it
        a.example.net did not answer in time
        nobody who is trusted here has signed the certificate of a.example.net; make the medium with --ca and the authority's certificate, or with --pin
        the certificate of a.example.net is for another name
        a.example.net has another key than the pin allows; it is another server, or it has a new key and the medium needs a new --pin
        there is no encrypted connection to a.example.net: something
        what comes is larger than 1 MiB, which no answer file is
        something
        ");
        for trouble in [Trouble::Expired, Trouble::NotYet] {
            let text = trouble.text("https://a.example.net/x").to_string();
            assert!(
                text.contains(&format!("this machine's clock says {}", &now()[..10])),
                "{text}"
            );
        }
    }
}
