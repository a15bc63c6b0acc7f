//! What the kernel command line asks of the initrd.

use anyhow::{Context, Result, bail, ensure};
use firn_image::cmdline::key::{
    BASE, BOOTIF, IMAGE, ROOT, ROOT_MEDIUM, ROOT_NET, ROOT_SLOT, SLOT, STATE, VLAN, WAIT,
};
use firn_image::cmdline::{last_value, words};
use std::time::Duration;

/// How long to wait for the image by default: USB sticks come late and CD drives are slow.
const PATIENCE: Duration = Duration::from_secs(60);
/// The same for the network: a switch may take a minute to forward, and a DHCP server another to answer.
const NET_PATIENCE: Duration = Duration::from_secs(180);
/// The highest number of a VLAN.
const MAX_VLAN: u16 = 4094;

/// Where the image is to be found.
#[derive(Debug, PartialEq)]
pub enum Source {
    /// `firn.root=medium firn.image=ID`: a file system whose `/firn/manifest.json` has this image id.
    Medium { image: String },
    /// `firn.root=slot firn.slot=PARTUUID firn.state=UUID`: a partition, and the state's file system.
    Slot { slot: String, state: String },
    /// `firn.root=net firn.base=URL`: a web server's folder with the image's files.
    Net(Net),
}

/// What the command line says about the network that the machine was booted from.
#[derive(Debug, Default, PartialEq)]
pub struct Net {
    /// Where the image's files are: `http://` or `https://`, without a slash at the end.
    pub base: String,
    /// `firn.vlan=ID`: the boot network is tagged.
    pub vlan: Option<u16>,
    /// `BOOTIF=01-MAC`: the NIC that was booted from, its address in lower case with colons.
    pub mac: Option<String>,
}

/// The parsed kernel command line.
#[derive(Debug, PartialEq)]
pub struct Options {
    pub source: Source,
    /// How long to wait for the image, `firn.wait=SECONDS`.
    pub wait: Duration,
}

impl Options {
    /// Reads the text of `/proc/cmdline`. An error names the word that is missing or wrong.
    pub fn parse(text: &str) -> Result<Options> {
        let words = words(text);
        let needed = |key: &str| {
            let found = last_value(&words, key).filter(|text| !text.is_empty());
            found
                .map(str::to_lowercase)
                .with_context(|| format!("the kernel command line has no {key}="))
        };
        let source = match needed(ROOT)?.as_str() {
            ROOT_MEDIUM => Source::Medium {
                image: needed(IMAGE)?,
            },
            ROOT_SLOT => Source::Slot {
                slot: needed(SLOT)?,
                state: needed(STATE)?,
            },
            ROOT_NET => Source::Net(Net {
                // Paths on a server tell upper from lower case.
                base: base(last_value(&words, BASE).unwrap_or_default())?,
                vlan: last_value(&words, VLAN).map(vlan).transpose()?,
                mac: last_value(&words, BOOTIF).and_then(mac),
            }),
            other => {
                bail!(
                    "{ROOT}={other} on the kernel command line is neither medium nor slot nor net"
                )
            }
        };
        let usual = match source {
            Source::Net(_) => NET_PATIENCE,
            Source::Medium { .. } | Source::Slot { .. } => PATIENCE,
        };
        Ok(Options {
            source,
            wait: wait(last_value(&words, WAIT), usual)?,
        })
    }
}

fn wait(text: Option<&str>, usual: Duration) -> Result<Duration> {
    let Some(text) = text else {
        return Ok(usual);
    };
    let seconds = text
        .parse()
        .with_context(|| format!("{WAIT}={text} on the kernel command line is no number"))?;
    Ok(Duration::from_secs(seconds))
}

fn base(text: &str) -> Result<String> {
    // Not by index: a character of several bytes may lie across it, and a panic is the end of PID 1.
    let begins = |start: &&str| {
        let begin = text.get(..start.len());
        text.len() > start.len() && begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    let known = ["http://", "https://"].iter().any(begins);
    ensure!(
        known,
        "the kernel command line must name a folder on a web server as {BASE}=http://… or https://…, and has {BASE}={text}"
    );
    Ok(text.trim_end_matches('/').to_owned())
}

fn vlan(text: &str) -> Result<u16> {
    let id = text.parse().ok().filter(|id| (1..=MAX_VLAN).contains(id));
    id.with_context(|| {
        format!("{VLAN}={text} on the kernel command line is no VLAN: it must be 1 to {MAX_VLAN}")
    })
}

/// `01-52-54-00-…`: the kind of hardware (1 is Ethernet), then the address. Anything else names no NIC.
fn mac(text: &str) -> Option<String> {
    let mac = text.strip_prefix("01-")?.to_lowercase().replace('-', ":");
    firn_image::mac::parse(&mac).map(|_| mac)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_medium_is_found_by_its_image_id() {
        let options =
            Options::parse("firn.root=medium firn.image=0123456789ABCDEF quiet firn.wait=5")
                .unwrap();
        assert_eq!(
            options.source,
            Source::Medium {
                image: "0123456789abcdef".into()
            }
        );
        assert_eq!(options.wait, Duration::from_secs(5));
    }

    #[test]
    fn a_slot_comes_with_its_state() {
        let options = Options::parse("firn.root=slot firn.slot=AB-1 firn.state=cd-2\n").unwrap();
        assert_eq!(
            options.source,
            Source::Slot {
                slot: "ab-1".into(),
                state: "cd-2".into()
            }
        );
        assert_eq!(options.wait, PATIENCE);
    }

    #[test]
    fn the_network_has_a_server_and_perhaps_a_nic_and_a_vlan() {
        let net = |text: &str| match Options::parse(text).unwrap() {
            Options {
                source: Source::Net(net),
                wait,
            } => {
                assert_eq!(wait, NET_PATIENCE);
                net
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(
            net("firn.root=net firn.base=http://H/Firn/ firn.vlan=42 BOOTIF=01-52-54-00-00-00-0A"),
            Net {
                base: "http://H/Firn".into(),
                vlan: Some(42),
                mac: Some("52:54:00:00:00:0a".into())
            }
        );
        let odd =
            net("firn.root=net firn.base=http://h BOOTIF=01-A\u{10000}\u{e}#0\u{800}0\u{10000}");
        assert_eq!(odd.mac, None);
        let without = net("firn.root=net firn.base=https://h BOOTIF=20-80-00");
        assert_eq!((without.vlan, without.mac), (None, None));
    }

    #[test]
    fn each_mistake_is_named() {
        let cases = [
            ("quiet", "the kernel command line has no firn.root="),
            (
                "firn.root=medium",
                "the kernel command line has no firn.image=",
            ),
            (
                "firn.root=slot firn.slot=1 firn.state=",
                "the kernel command line has no firn.state=",
            ),
            (
                "firn.root=cd",
                "firn.root=cd on the kernel command line is neither medium nor slot nor net",
            ),
            (
                "firn.root=net firn.base=tftp://192.0.2.1/firn",
                "the kernel command line must name a folder on a web server as firn.base=http://… or https://…, \
                 and has firn.base=tftp://192.0.2.1/firn",
            ),
            (
                "firn.root=net firn.base=tftp://ä",
                "the kernel command line must name a folder on a web server as firn.base=http://… or https://…, \
                 and has firn.base=tftp://ä",
            ),
            (
                "firn.root=net firn.base=http://h/firn firn.vlan=4095",
                "firn.vlan=4095 on the kernel command line is no VLAN: it must be 1 to 4094",
            ),
            (
                "firn.root=medium firn.image=1 firn.wait=x",
                "firn.wait=x on the kernel command line is no number",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(Options::parse(text).unwrap_err().to_string(), expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// PID 1 must not fall over what a loader hands it.
        #[test]
        fn any_command_line_is_options_or_an_error(root in "medium|slot|net|.{0,5}", rest in "( ?(firn\\.(base|image|slot|state|vlan|wait)|BOOTIF)=(https?://|01-)?[^ ]{0,12}){0,6}", text in any::<String>()) {
            let _ = Options::parse(&text);
            let options = Options::parse(&format!("firn.root={root} {rest}"));
            if let Ok(Options { source: Source::Net(net), .. }) = options {
                prop_assert!(net.base.to_lowercase().starts_with("http"));
                prop_assert!(net.vlan.is_none_or(|id| (1..4095).contains(&id)));
                prop_assert!(net.mac.is_none_or(|mac| mac.split(':').count() == 6));
            }
        }
    }
}
