//! URLs, and what says whom to trust: keys of signatures, certificates, pins.

use super::base64::base64;
use super::quoted;
use firn_words::{Text, say};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
/// What a pin begins with, as curl has it.
const PIN: &str = "sha256//";

/// A URL of a web server.
///
/// # Errors
/// What is wrong with it.
pub fn check_url(url: &str) -> Result<(), Text> {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|s| url.strip_prefix(s));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    if host.is_some_and(|h| h.contains('@')) {
        return Err(say!("value-url-user"));
    }
    let sound = host.is_some_and(|host| !host.is_empty() && !host.starts_with(':'));
    if sound && url.chars().all(|c| c.is_ascii_graphic()) {
        return Ok(());
    }
    Err(say!("value-url", url = quoted(url)))
}

/// A server's key: `sha256//` and the hash of its public key, as curl's `--pinnedpubkey` takes it.
///
/// # Errors
/// What is wrong with it.
pub fn check_pin(pin: &str) -> Result<(), Text> {
    let hash = pin.strip_prefix(PIN).and_then(base64);
    if hash.is_some_and(|hash| hash.len() == 32) {
        return Ok(());
    }
    Err(say!("value-pin", pin = quoted(pin)))
}

/// A public key of minisign, the second line of its file.
///
/// # Errors
/// What is wrong with it.
pub fn check_signing_key(key: &str) -> Result<(), Text> {
    // Two letters for the algorithm, eight bytes that name the key, the key.
    let whole = |bytes: &Vec<u8>| bytes.len() == 42 && bytes.starts_with(b"Ed");
    if base64(key).as_ref().is_some_and(whole) {
        return Ok(());
    }
    Err(say!("value-signing-key", key = quoted(key)))
}

/// Certificates in PEM, one or several after each other.
///
/// # Errors
/// What is wrong with them.
pub fn check_certificates(pem: &str) -> Result<(), Text> {
    if pem.contains("PRIVATE KEY") {
        return Err(say!("value-certificate-private"));
    }
    let mut pieces = pem.split(BEGIN);
    let before = pieces.next().unwrap_or_default();
    let all: Vec<&str> = pieces.collect();
    if !before.contains(END) && !all.is_empty() && all.iter().all(|piece| is_whole(piece)) {
        return Ok(());
    }
    Err(say!("value-certificate"))
}

/// What stands after the first line is base64 of DER, and ends with the last line.
fn is_whole(piece: &str) -> bool {
    let Some((data, _)) = piece.split_once(END) else {
        return false;
    };
    let data: String = data.split_whitespace().collect();
    base64(&data).is_some_and(|der| der.first() == Some(&0x30))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(result: Result<(), Text>) -> String {
        result.err().map_or("fine".into(), |text| text.to_string())
    }

    #[test]
    fn urls() {
        for good in [
            "https://example.net/a.toml?x=${mac}",
            "http://[2001:db8::1]:8080",
            "http://192.0.2.1",
        ] {
            assert_eq!(said(check_url(good)), "fine", "{good}");
        }
        for bad in [
            "",
            "example.net",
            "ftp://x/",
            "https://",
            "https:///x",
            "http://:80/",
            "http://a b/",
        ] {
            let sentence =
                format!("{bad:?} is no URL; write it as \"https://server.example.net/path\"");
            assert_eq!(said(check_url(bad)), sentence);
        }
        insta::assert_snapshot!(said(check_url("https://me:secret@example.net/")), @"a URL must not hold a user's name or password, because it is shown");
    }

    #[test]
    fn pins_and_keys() {
        let pin = "sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=";
        assert_eq!(said(check_pin(pin)), "fine");
        insta::assert_snapshot!(said(check_pin(&pin[..20])), @r#""sha256//YhKJKSzoTt2b" is no pin; it is "sha256//" and 44 characters of base64, as curl's --pinnedpubkey takes it"#);
        insta::assert_snapshot!(said(check_pin("YhKJ")), @r#""YhKJ" is no pin; it is "sha256//" and 44 characters of base64, as curl's --pinnedpubkey takes it"#);
        let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
        assert_eq!(said(check_signing_key(key)), "fine");
        insta::assert_snapshot!(said(check_signing_key(&key[..40])), @r#""RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1C" is no public key of minisign; it is the last line of the file minisign.pub and begins with "RW""#);
        insta::assert_snapshot!(said(check_signing_key("untrusted comment: x")), @r#""untrusted comment: x" is no public key of minisign; it is the last line of the file minisign.pub and begins with "RW""#);
    }

    #[test]
    fn certificates() {
        let one = format!("{BEGIN}\nMAA=\n{END}\n");
        assert_eq!(said(check_certificates(&one)), "fine");
        let two = format!("# the old one\n{one}# the new one\r\n{one}");
        assert_eq!(said(check_certificates(&two)), "fine");
        for bad in ["", "x", BEGIN, &one[..40], &one.replace("MAA=", "?")] {
            insta::allow_duplicates! {
                insta::assert_snapshot!(said(check_certificates(bad)), @r#"this is no certificate in PEM; it begins with "-----BEGIN CERTIFICATE-----" and ends with "-----END CERTIFICATE-----""#);
            }
        }
        let key = format!("{one}-----BEGIN PRIVATE KEY-----");
        insta::assert_snapshot!(said(check_certificates(&key)), @"there is a private key in it; give the certificate alone");
    }
}
