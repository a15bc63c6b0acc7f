//! Whom the installer trusts with answers from the network: `firn/trust.toml` on the medium.

use crate::check::check_signing_key;
use crate::problem::Problem;
use firn_words::Text;

/// What is on the medium beside the image when it was made with trust of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Whether answers over plain HTTP without a hash or a signature are refused.
    pub strict: bool,
    /// Public keys of minisign; where there are any, one of them must have signed the answers.
    pub keys: Vec<String>,
    /// Certificates in PEM of authorities that are trusted besides the system's.
    pub ca: Option<String>,
    /// Keys of servers, `sha256//…`; where there are any, a server must have one of them.
    pub pins: Vec<String>,
}

impl Trust {
    /// The file's name, beside the image.
    pub const FILE: &str = firn_image::file::TRUST;

    /// Reads `trust.toml`.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        crate::parse::trust(text)
    }

    /// As `trust.toml`; [`Trust::parse`] gives it back.
    pub fn to_toml(&self) -> String {
        crate::write::trust(self)
    }

    /// Whether it says nothing, so that the file can be left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The key in a file that `minisign -G` made: `minisign.pub` has a comment in its first line, the key in its second.
///
/// # Errors
/// There is no key in it.
pub fn signing_key(file: &str) -> Result<String, Text> {
    let mut lines = file.lines().map(str::trim).filter(|line| !line.is_empty());
    let key = lines.next_back().unwrap_or_default();
    check_signing_key(key).map(|()| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    #[test]
    fn what_is_written_is_read_again() {
        let trust = Trust {
            strict: true,
            keys: vec![KEY.into()],
            ca: Some("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".into()),
            pins: vec!["sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=".into()],
        };
        insta::assert_snapshot!(trust.to_toml(), @r#"
        # Whom the installer trusts with answers from the network.
        strict = true
        keys = ["RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"]
        pins = ["sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE="]
        ca = """
        -----BEGIN CERTIFICATE-----
        MAA=
        -----END CERTIFICATE-----
        """
        "#);
        for trust in [trust, Trust::default()] {
            assert_eq!(Trust::parse(&trust.to_toml()), Ok(trust));
        }
        assert_eq!(Trust::parse(""), Ok(Trust::default()));
    }

    #[test]
    fn all_problems_at_once() {
        let text =
            "strickt = true\nkeys = \"RWQ\"\nca = \"x\"\npins = [\"sha256//\", 5]\nstrict = 1\n";
        let problems = Trust::parse(text).unwrap_err();
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        problem strickt: unknown key "strickt" at the top of the file; did you mean "strict"? (line 1, column 1)
        problem keys: "RWQ" is text; this takes a list: ["…", "…"] (line 2, column 8)
        problem ca: this is no certificate in PEM; it begins with "-----BEGIN CERTIFICATE-----" and ends with "-----END CERTIFICATE-----" (line 3, column 6)
        problem pins: "sha256//" is no pin; it is "sha256//" and 44 characters of base64, as curl's --pinnedpubkey takes it (line 4, column 9)
        problem pins: 5 is a number; this takes text in quotes: pins = "5" (line 4, column 21)
        problem strict: 1 is a number; this takes true or false, without quotes (line 5, column 10)
        "#);
    }

    #[test]
    fn the_key_in_a_file_of_minisign() {
        let file = format!("untrusted comment: minisign public key 53E7\n{KEY}\n\n");
        assert_eq!(signing_key(&file), Ok(KEY.to_owned()));
        assert_eq!(signing_key(KEY), Ok(KEY.to_owned()));
        insta::assert_snapshot!(signing_key("").unwrap_err(), @r#""" is no public key of minisign; it is the last line of the file minisign.pub and begins with "RW""#);
    }
}
