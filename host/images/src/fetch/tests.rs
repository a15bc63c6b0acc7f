//! What is asked of curl and what its answers mean; firnd's tests fetch from a server.

use super::*;
use crate::sandbox::Outcome;
use proptest::prelude::*;

fn remote(url: &str, checked: bool) -> Remote {
    Remote {
        url: url.into(),
        most: 5_000_000_000,
        checked,
    }
}

#[test]
fn addresses_of_the_web_and_no_others() {
    for good in [
        "https://example.net/a.qcow2",
        "http://127.0.0.1:8080/",
        "https://[2001:db8::1]/x[1].img?a=b@c",
    ] {
        assert_eq!(check_address(good), Ok(()), "{good}");
    }
    for bad in [
        "",
        "file:///etc/shadow",
        "ftp://example.net/a",
        "https://",
        "http:///a",
        "https://:80/a",
        "https://example.net/a b",
        "https://example.net/\n",
        "-o/etc/passwd",
    ] {
        // What people read has no line of its own in it.
        let shown = bad.replace('\n', "\\n");
        let told = check_address(bad).unwrap_err().to_string();
        assert_eq!(
            told,
            format!(
                "\"{shown}\" is no address of a file: give one that begins with https:// or http://."
            )
        );
    }
    assert_eq!(
        check_address("https://anna:secret@example.net/a")
            .unwrap_err()
            .to_string(),
        "The address has a login in it, which every user of the host would see: download the file, and give its name."
    );
}

#[test]
fn curl_is_bound_to_the_web_and_to_the_size() {
    let safe = |url, checked| {
        let words = remote(url, checked).job(&["--max-filesize", "9"]).args;
        let at = words.iter().position(|w| w == "--proto-redir").unwrap();
        assert_eq!(words[0], "--disable");
        assert_eq!(words[words.len() - 2..], ["--url".to_owned(), url.into()]);
        assert!(words.join(" ").contains("--proto =http,https "));
        words[at + 1].clone()
    };
    assert_eq!(safe("https://example.net/a", false), "=https");
    assert_eq!(safe("https://example.net/a", true), "=http,https");
    assert_eq!(safe("http://example.net/a", false), "=http,https");
}

#[test]
fn what_curl_says_becomes_a_sentence() {
    let told = |code, said: &str| {
        let outcome = Outcome {
            code: Some(code),
            last_words: said.into(),
        };
        let ended = ended::well(&remote("https://example.net/a", false), &outcome);
        ended.map_err(|error| error.to_string())
    };
    assert_eq!(told(0, ""), Ok(()));
    let texts: Vec<_> = [
        (6, "curl: (6) Could not resolve host: example.net"),
        (7, ""),
        (18, ""),
        (22, "curl: (22) The requested URL returned error: 404"),
        (22, "curl: (22) The requested URL returned error: 503 Busy"),
        (28, ""),
        (60, ""),
        (63, ""),
        (47, "curl: (47) Maximum (10) redirects followed"),
    ]
    .into_iter()
    .map(|(code, said)| told(code, said).unwrap_err())
    .collect();
    insta::assert_snapshot!(texts.join("\n"));
}

proptest! {
    #[test]
    fn any_text_is_judged(url in "\\PC{0,40}", said in "\\PC{0,40}", code in 0..256) {
        let _ = check_address(&url);
        let outcome = Outcome { code: Some(code), last_words: said };
        prop_assert_eq!(ended::well(&remote(&url, false), &outcome).is_ok(), code == 0);
    }
}
