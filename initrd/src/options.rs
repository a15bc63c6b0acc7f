//! What the kernel command line asks of the initrd.

use crate::cmdline::{value, words};
use anyhow::{Context, Result, bail};
use std::time::Duration;

/// How long to wait for the image by default: USB sticks come late and CD drives are slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the image is to be found.
#[derive(Debug, PartialEq)]
pub enum Source {
    /// `firn.root=medium firn.image=ID`: a file system whose `/firn/manifest.json` has this image id.
    Medium { image: String },
    /// `firn.root=slot firn.slot=PARTUUID firn.state=UUID`: a partition, and the state's file system.
    Slot { slot: String, state: String },
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
            let found = value(&words, key).filter(|text| !text.is_empty());
            found
                .map(str::to_lowercase)
                .with_context(|| format!("the kernel command line has no {key}="))
        };
        let source = match needed("firn.root")?.as_str() {
            "medium" => Source::Medium {
                image: needed("firn.image")?,
            },
            "slot" => Source::Slot {
                slot: needed("firn.slot")?,
                state: needed("firn.state")?,
            },
            other => {
                bail!("firn.root={other} on the kernel command line is neither medium nor slot")
            }
        };
        Ok(Options {
            source,
            wait: wait(value(&words, "firn.wait"))?,
        })
    }
}

fn wait(text: Option<&str>) -> Result<Duration> {
    let Some(text) = text else {
        return Ok(PATIENCE);
    };
    let seconds = text
        .parse()
        .with_context(|| format!("firn.wait={text} on the kernel command line is no number"))?;
    Ok(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

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
                "firn.root=net",
                "firn.root=net on the kernel command line is neither medium nor slot",
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
}
