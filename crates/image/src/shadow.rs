//! root's line in `/etc/shadow`.

/// What stands before the hash.
const ROOT: &str = "root:";
/// What stands behind the hash in a line that is made anew; the day is any in the past.
const REST: &str = ":19000:0:99999:7:::";

/// The hash of root's password in the text of a shadow file, if that has a line for root.
pub fn root(text: &str) -> Option<&str> {
    let line = text
        .split_terminator('\n')
        .find_map(|line| line.strip_prefix(ROOT))?;
    line.split(':').next()
}

/// The text of a shadow file with this hash for root. One that has lost its line for root gets one.
pub fn with_root(text: &str, hash: &str) -> String {
    let line = |line: &str| match line.strip_prefix(ROOT) {
        Some(rest) => {
            let rest = rest.split_once(':').map(|(_, rest)| format!(":{rest}"));
            format!("{ROOT}{hash}{}\n", rest.as_deref().unwrap_or(REST))
        }
        None => format!("{line}\n"),
    };
    let lines: String = text.split_terminator('\n').map(line).collect();
    match root(text) {
        Some(_) => lines,
        None => format!("{ROOT}{hash}{REST}\n{lines}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_roots_hash_is_replaced() {
        let text = "daemon:*:19000:0:99999:7:::\nroot:*:20000:0:99999:7:::\n";
        assert_eq!(root(text), Some("*"));
        assert_eq!(
            with_root(text, "$y$x"),
            "daemon:*:19000:0:99999:7:::\nroot:$y$x:20000:0:99999:7:::\n"
        );
        assert_eq!(root("rooty:$y$x:1:\n"), None);
        assert_eq!(root("root"), None);
    }

    #[test]
    fn root_is_added_where_it_is_missing() {
        assert_eq!(
            with_root("daemon:*:1::::::\n", "$y$x"),
            "root:$y$x:19000:0:99999:7:::\ndaemon:*:1::::::\n"
        );
        assert_eq!(with_root("root:x\n", "y"), "root:y:19000:0:99999:7:::\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the file has: what is put in is found, and putting it in again changes nothing.
        #[test]
        fn what_is_put_in_is_found(text in "([a-z]{0,4}|root)(:[!-9]{0,3}){0,3}\n?(root:[*!x]?:1:\n)?|.{0,40}", hash in "[!*$./0-9a-zA-Z]{0,20}") {
            let with = with_root(&text, &hash);
            prop_assert_eq!(root(&with), Some(hash.as_str()));
            prop_assert_eq!(with_root(&with, &hash), with);
        }
    }
}
