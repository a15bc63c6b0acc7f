//! `--key`, `--ca`, `--pin`, `--strict`: whom installers trust with answers from the network.

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use firn_config::{Trust, check_certificates, check_pin, signing_key};
use std::path::{Path, PathBuf};

/// Options of everything that makes a medium.
#[derive(Debug, Args, Clone, Default)]
pub struct TrustArgs {
    /// Take answers from the network only when this key of minisign has signed them; may be given several times
    #[arg(long, value_name = "minisign.pub")]
    pub key: Vec<PathBuf>,
    /// Trust this certificate authority besides the system's; may be given several times
    #[arg(long, value_name = "CA.pem")]
    pub ca: Vec<PathBuf>,
    /// Take answers only from a server with this key, as curl's --pinnedpubkey has it; may be given several times
    #[arg(long, value_name = "sha256//BASE64")]
    pub pin: Vec<String>,
    /// Refuse answers over plain HTTP that nothing vouches for, instead of only warning
    #[arg(long)]
    pub strict: bool,
}

impl TrustArgs {
    /// The text of `trust.toml`; nothing when nothing was asked for.
    ///
    /// # Errors
    /// As [`TrustArgs::read`].
    pub fn file(&self) -> Result<Option<String>> {
        let trust = self.read()?;
        Ok((!trust.is_empty()).then(|| trust.to_toml()))
    }

    /// Reads the files.
    ///
    /// # Errors
    /// A file cannot be read or holds something else, or a pin is none.
    pub fn read(&self) -> Result<Trust> {
        for pin in &self.pin {
            check_pin(pin).map_err(|text| anyhow!("--pin: {text}"))?;
        }
        let keys = self.key.iter().map(|path| key(path));
        let ca = self.ca.iter().map(|path| certificates(path));
        let ca = ca.collect::<Result<Vec<_>>>()?.concat();
        Ok(Trust {
            strict: self.strict,
            keys: keys.collect::<Result<_>>()?,
            ca: (!ca.is_empty()).then_some(ca),
            pins: self.pin.clone(),
        })
    }
}

fn key(path: &Path) -> Result<String> {
    signing_key(&text(path)?).map_err(|text| anyhow!("{}: {text}", path.display()))
}

/// The certificates of one file, with a line's end after the last, so that others can follow.
fn certificates(path: &Path) -> Result<String> {
    let text = text(path)?;
    if let Err(wrong) = check_certificates(&text) {
        bail!("{}: {wrong}", path.display());
    }
    Ok(format!("{}\n", text.trim()))
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// What a medium trusts, in one line.
pub fn summary(trust: &Trust) -> String {
    let some = |count: usize, one: &str| (count > 0).then(|| format!("{count} {one}"));
    let authorities = trust.ca.as_deref().unwrap_or_default();
    let parts = [
        some(trust.keys.len(), "signing key(s)"),
        some(
            authorities.matches("BEGIN CERTIFICATE").count(),
            "own certificate(s)",
        ),
        some(trust.pins.len(), "pin(s)"),
        trust.strict.then(|| "strict".into()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return "answers from the network: by the system's certificate authorities".into();
    }
    format!("answers from the network: {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    const PIN: &str = "sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=";
    const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----";

    #[test]
    fn files_become_trust() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let mut args = TrustArgs {
            key: vec![file(
                "minisign.pub",
                &format!("untrusted comment: x\n{KEY}\n"),
            )],
            ca: vec![file("a.pem", CERTIFICATE), file("b.pem", CERTIFICATE)],
            pin: vec![PIN.into()],
            strict: true,
        };
        let trust = args.read().unwrap();
        assert_eq!(trust.keys, [KEY]);
        assert_eq!(
            trust.ca.as_deref(),
            Some(format!("{CERTIFICATE}\n{CERTIFICATE}\n").as_str())
        );
        insta::assert_snapshot!(summary(&trust), @"answers from the network: 1 signing key(s), 2 own certificate(s), 1 pin(s), strict");
        assert_eq!(Trust::parse(&trust.to_toml()), Ok(trust));
        args.pin.push("sha256//x".into());
        insta::assert_snapshot!(args.read().unwrap_err(), @r#"--pin: "sha256//x" is no pin; it is "sha256//" and 44 characters of base64, as curl's --pinnedpubkey takes it"#);
        args.pin.pop();
        args.ca.push(file("c.pem", "x"));
        let text = args.read().unwrap_err().to_string();
        assert!(
            text.ends_with("and ends with \"-----END CERTIFICATE-----\""),
            "{text}"
        );
    }

    #[test]
    fn nothing_given_is_nothing_written() {
        let trust = TrustArgs::default().read().unwrap();
        assert!(trust.is_empty());
        insta::assert_snapshot!(summary(&trust), @"answers from the network: by the system's certificate authorities");
    }
}
