//! What the kernel command line says about where answers are and how to get them. Pure.

use super::label;
use super::url::is_url;
use firn_config::Problem;
use firn_image::cmdline::{key, last_value, words};
use firn_words::say;
use std::time::Duration;

/// For the network, without `firn.wait=`: a switch may try out its ports, and a DHCP server may come up with the same power.
const NETWORK_WAIT: Duration = Duration::from_secs(180);

/// Everything that it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// `firn.answers=`
    pub answers: Option<Place>,
    /// `firn.answers-sha256=`, in lower case
    pub sha256: Option<String>,
    /// `firn.answers-post`: the server is told about this machine.
    pub post: bool,
    /// `firn.vlan=`
    pub vlan: Option<u16>,
    /// `firn.wait=`, for an address
    pub wait: Duration,
    /// `BOOTIF=`, the NIC that the loader used
    pub bootif: Option<String>,
}

/// Where answers are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a server; with variables.
    Url(String),
    /// In a file on a file system with this label.
    Label {
        /// The label.
        label: String,
        /// The file.
        path: String,
    },
}

impl Wishes {
    /// Reads the command line.
    ///
    /// # Errors
    /// Every word that cannot be meant so.
    pub fn of(cmdline: &str) -> Result<Self, Vec<Problem>> {
        let words = words(cmdline);
        let value = |name: &str| last_value(&words, name);
        let mut problems = Vec::new();
        let mut keep = |problem: Problem| problems.push(problem);
        let answers = value(key::ANSWERS).map(place).transpose();
        let sha256 = value(key::ANSWERS_SHA256).map(sha256).transpose();
        let vlan = value(key::VLAN).map(vlan).transpose();
        let wait = value(key::WAIT).map(wait).transpose();
        let wishes = Self {
            answers: answers.map_err(&mut keep).unwrap_or_default(),
            sha256: sha256.map_err(&mut keep).unwrap_or_default(),
            post: words
                .iter()
                .any(|word| word.name == key::ANSWERS_POST && word.value.is_none()),
            vlan: vlan.map_err(&mut keep).unwrap_or_default(),
            wait: wait
                .map_err(&mut keep)
                .unwrap_or_default()
                .unwrap_or(NETWORK_WAIT),
            bootif: value(key::BOOTIF).map(str::to_owned),
        };
        if problems.is_empty() {
            Ok(wishes)
        } else {
            Err(problems)
        }
    }
}

/// Whether this machine was started over the network.
pub fn netbooted(cmdline: &str) -> bool {
    last_value(&words(cmdline), key::ROOT) == Some(key::ROOT_NET)
}

fn place(value: &str) -> Result<Place, Problem> {
    if is_url(value) {
        return Ok(Place::Url(value.into()));
    }
    let named = value.strip_prefix("label:");
    let named = named.map(|rest| rest.split_once('/').unwrap_or((rest, label::FILE)));
    match named {
        Some((label, path)) if !label.is_empty() && !path.is_empty() => Ok(Place::Label {
            label: label.into(),
            path: path.into(),
        }),
        _ => Err(Problem::new(
            key::ANSWERS,
            say!("answers-place", value = value),
        )),
    }
}

fn sha256(value: &str) -> Result<String, Problem> {
    if value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(value.to_ascii_lowercase());
    }
    Err(Problem::new(
        key::ANSWERS_SHA256,
        say!("answers-sha256", value = value),
    ))
}

fn vlan(value: &str) -> Result<u16, Problem> {
    let number = value.parse().ok().filter(|vlan| (1..=4094).contains(vlan));
    number.ok_or_else(|| Problem::new(key::VLAN, say!("answers-vlan", value = value)))
}

fn wait(value: &str) -> Result<Duration, Problem> {
    let seconds = value.parse().map(Duration::from_secs);
    seconds.map_err(|_| Problem::new(key::WAIT, say!("answers-wait", value = value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(cmdline: &str) -> Wishes {
        Wishes::of(cmdline).unwrap()
    }

    #[test]
    fn where_answers_are() {
        let label = |label: &str, path: &str| {
            Some(Place::Label {
                label: label.into(),
                path: path.into(),
            })
        };
        let table = [
            (
                "quiet firn.answers=label:SITE/hosts/xen1.toml",
                label("SITE", "hosts/xen1.toml"),
            ),
            ("firn.answers=label:SITE", label("SITE", "answers.toml")),
            (
                "\"firn.answers=label:MY STICK/a.toml\" quiet",
                label("MY STICK", "a.toml"),
            ),
            (
                "firn.answers=\"label:MY STICK\" quiet",
                label("MY STICK", "answers.toml"),
            ),
            // What `netboot serve --cmdline` appends wins over what is there.
            (
                "firn.answers=label:SITE quiet firn.answers=https://example.net/",
                Some(Place::Url("https://example.net/".into())),
            ),
            ("quiet firn.answers-post", None),
            (
                "\"firn.answers=https://example.net/${mac}.toml\" quiet",
                Some(Place::Url("https://example.net/${mac}.toml".into())),
            ),
        ];
        for (cmdline, answers) in table {
            assert_eq!(wishes(cmdline).answers, answers, "{cmdline}");
        }
    }

    #[test]
    fn everything_else() {
        let cmdline = "BOOTIF=01-52-54-00-12-34-56 firn.root=net firn.vlan=42 firn.wait=5 firn.answers-post firn.answers-sha256=";
        let hash = "ABCDEF".repeat(11)[..64].to_owned();
        let cmdline = format!("{cmdline}{hash}");
        let wishes = wishes(&cmdline);
        assert_eq!(wishes.bootif.as_deref(), Some("01-52-54-00-12-34-56"));
        assert_eq!(
            (wishes.vlan, wishes.wait),
            (Some(42), Duration::from_secs(5))
        );
        assert_eq!(
            (wishes.post, wishes.sha256),
            (true, Some(hash.to_lowercase()))
        );
        assert!(netbooted(&cmdline));
        assert!(!netbooted("firn.root=/dev/sda firn.network=net"));
        assert!(!netbooted("firn.root=net firn.root=medium"));
    }

    #[test]
    fn all_mistakes_at_once() {
        let cmdline = "firn.answers=/a.toml firn.answers-sha256=abc firn.vlan=4095 firn.wait=long";
        let problems = Wishes::of(cmdline).unwrap_err();
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        problem firn.answers: firn.answers=/a.toml is neither a URL that begins with http:// or https:// nor label:NAME/path
        problem firn.answers-sha256: firn.answers-sha256=abc is no hash; it has 64 hexadecimal digits
        problem firn.vlan: firn.vlan=4095 is no number between 1 and 4094
        problem firn.wait: firn.wait=long is no number of seconds
        ");
        assert!(Wishes::of("firn.answers=label:/x").is_err());
    }
}
