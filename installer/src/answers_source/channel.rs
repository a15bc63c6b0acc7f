//! The way that answers came, and what they may hold because of it. Pure.

use super::url;
use crate::web::Server;
use firn_config::{Answers, Problem, Trust, Wipe};
use firn_words::{Text, say};

/// The way that answers came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    /// From something that is in the machine.
    Local,
    /// Over the network.
    Network(Network),
}

/// A server, and what vouches for what it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Where the server's addresses begin: `https://server.example.net:8443`.
    pub origin: String,
    /// Whom it must be.
    pub server: Server,
    /// Whether nobody but the server or the holder of a key can have written the answers.
    pub vouched: bool,
}

impl Channel {
    /// The channel of a URL.
    ///
    /// # Errors
    /// The medium is strict, and nothing vouches for what would come.
    pub fn of(url: &str, hashed: bool, trust: &Trust) -> Result<Self, Text> {
        let vouched = url.starts_with("https://") || hashed || !trust.keys.is_empty();
        if trust.strict && !vouched {
            return Err(say!("answers-strict"));
        }
        Ok(Self::Network(Network {
            origin: url::origin(url).into(),
            server: server(trust),
            vouched,
        }))
    }

    /// What a person should know beforehand.
    pub fn warnings(&self) -> Vec<Text> {
        match self {
            Self::Network(network) if !network.vouched => vec![say!("answers-plain")],
            _ => Vec::new(),
        }
    }

    /// What may not have come this way.
    pub fn problems(&self, answers: &Answers) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |name: &str, text: Text| problems.push(Problem::new(name, text));
        match self {
            Self::Local if matches!(answers.disk.wipe, Wipe::Token(_)) => {
                add("disk.wipe", say!("answers-token-local"));
            }
            Self::Network(network) if !network.vouched => {
                if answers.host.root_password.is_some() {
                    add("host.root-password", say!("answers-plain-password"));
                }
                if answers
                    .report
                    .as_ref()
                    .is_some_and(|report| report.token.is_some())
                {
                    add("report.token", say!("answers-plain-token"));
                }
            }
            _ => {}
        }
        problems
    }
}

/// Whom the servers of this medium must be.
pub fn server(trust: &Trust) -> Server {
    Server {
        ca: trust.ca.clone(),
        pins: trust.pins.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::{Report, Secret};

    fn answers() -> Answers {
        let mut answers = Answers::default();
        answers.host.root_password = Some(Secret("geheim99".into()));
        answers.disk.wipe = Wipe::Token(Secret("12345678".into()));
        answers.report = Some(Report {
            token: Some(Secret("s3cret".into())),
            ..Report::default()
        });
        answers
    }

    fn said(channel: &Channel) -> String {
        let problems = channel.problems(&answers());
        let lines = problems.iter().map(ToString::to_string);
        let warnings = channel
            .warnings()
            .into_iter()
            .map(|text| format!("warning: {text}"));
        lines.chain(warnings).collect::<Vec<_>>().join("\n")
    }

    fn of(url: &str, hashed: bool, trust: &Trust) -> Result<Channel, String> {
        Channel::of(url, hashed, trust).map_err(|text| text.to_string())
    }

    #[test]
    fn what_may_come_which_way() {
        let (open, keys) = (
            Trust::default(),
            Trust {
                keys: vec!["RW".into()],
                ..Trust::default()
            },
        );
        insta::assert_snapshot!(said(&Channel::Local), @r#"problem disk.wipe: a token can only be taken back by the server that the answers came from, and these came from no server; use "any", or the host's id"#);
        insta::assert_snapshot!(said(&of("http://h/a", false, &open).unwrap()), @r#"
        problem host.root-password: a password in clear came over plain http; give its hash as "root-password-hash", or fetch the answers by https
        problem report.token: the token for reports came over plain http; fetch the answers by https, or have them signed
        warning: the answers come over plain http, and neither a hash nor a signature vouches for them; anybody on this network can have changed them
        "#);
        for (url, hashed, trust) in [
            ("https://h/a", false, &open),
            ("http://h/a", true, &open),
            ("http://h/a", false, &keys),
        ] {
            assert_eq!(said(&of(url, hashed, trust).unwrap()), "", "{url}");
        }
    }

    #[test]
    fn a_strict_medium() {
        let strict = Trust {
            strict: true,
            ..Trust::default()
        };
        insta::assert_snapshot!(of("http://h/a", false, &strict).unwrap_err(), @"this medium takes no answers over plain http; use https, have them signed, or give firn.answers-sha256=");
        assert!(of("http://h/a", true, &strict).is_ok());
        assert!(of("https://h/a", false, &strict).is_ok());
        let signed = Trust {
            keys: vec!["RW".into()],
            ..strict
        };
        assert!(of("http://h/a", false, &signed).is_ok());
    }
}
