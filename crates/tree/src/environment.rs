//! The environment of the programs that the builder runs: chosen here and nowhere else, so that nothing of the caller's (flags of
//! compilers, options of tar and gzip, languages, time zones) gets into what they make.

use std::ffi::OsString;

/// Where programs of a tree are.
pub const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The same for every program.
pub const FIXED: [(&str, &str); 4] = [
    ("HOME", "/root"),
    ("LC_ALL", "C.UTF-8"),
    ("PATH", PATH),
    ("TZ", "UTC"),
];

/// The way to the network is the caller's: what comes over it is checked against known sums and signatures.
const PROXIES: [&str; 5] = [
    "all_proxy",
    "ftp_proxy",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// For programs inside a tree.
pub fn inside() -> Vec<(OsString, OsString)> {
    chosen(std::env::vars_os(), &[])
}

/// For the few programs of the build host itself: they lie where the caller's `PATH` says, and large files where its `TMPDIR` says.
pub fn host() -> Vec<(OsString, OsString)> {
    chosen(std::env::vars_os(), &["HOME", "PATH", "TMPDIR"])
}

/// What is fixed, then of the caller's variables the proxies and those named in `kept`, which win.
fn chosen(
    caller: impl Iterator<Item = (OsString, OsString)>,
    kept: &[&str],
) -> Vec<(OsString, OsString)> {
    let passes = |name: &OsString| {
        name.to_str().is_some_and(|name| {
            kept.contains(&name) || PROXIES.contains(&name.to_lowercase().as_str())
        })
    };
    let mut all: Vec<(OsString, OsString)> = FIXED
        .iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    for (name, value) in caller.filter(|(name, _)| passes(name)) {
        all.retain(|(other, _)| *other != name);
        all.push((name, value));
    }
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(caller: &[(&str, &str)], kept: &[&str]) -> Vec<(String, String)> {
        let caller = caller.iter().map(|(n, v)| (n.into(), v.into()));
        let text = |word: OsString| word.into_string().unwrap();
        let all = chosen(caller, kept).into_iter();
        all.map(|(n, v)| (text(n), text(v))).collect()
    }

    #[test]
    fn nothing_of_the_caller_changes_what_is_made() {
        let hostile = [
            "BASH_ENV",
            "CARGO_BUILD_RUSTFLAGS",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_PROFILE_RELEASE_LTO",
            "CC",
            "CFLAGS",
            "DEBIAN_FRONTEND",
            "ENV",
            "GREP_OPTIONS",
            "GZIP",
            "HOME",
            "LANG",
            "LANGUAGE",
            "LC_ALL",
            "LC_COLLATE",
            "LD_PRELOAD",
            "MAKEFLAGS",
            "PATH",
            "PERL5LIB",
            "PYTHONPATH",
            "RUSTC_WRAPPER",
            "RUSTFLAGS",
            "SOURCE_DATE_EPOCH",
            "TAR_OPTIONS",
            "TMPDIR",
            "TZ",
            "XZ_OPT",
            "ZSTD_CLEVEL",
        ];
        let caller = hostile.map(|name| (name, "tr_TR.UTF-8"));
        assert_eq!(from(&caller, &[]), from(&[], &[]));
        assert_eq!(from(&[], &[]).len(), FIXED.len());
    }

    #[test]
    fn proxies_pass_however_they_are_written() {
        let caller = [("http_proxy", "a"), ("HTTPS_PROXY", "b"), ("No_Proxy", "c")];
        let found = from(&caller, &[]);
        for (name, value) in caller {
            assert!(found.contains(&(name.into(), value.into())), "{name}");
        }
    }

    #[test]
    fn what_is_kept_wins() {
        let caller = [
            ("PATH", "/opt/bin"),
            ("TZ", "Asia/Tokyo"),
            ("TMPDIR", "/large"),
        ];
        let found = from(&caller, &["PATH", "TMPDIR"]);
        let value = |name: &str| {
            let mut all = found.iter().filter(|(n, _)| n == name);
            (all.next().map(|(_, v)| v.as_str()), all.count())
        };
        assert_eq!(value("PATH"), (Some("/opt/bin"), 0));
        assert_eq!(value("TZ"), (Some("UTC"), 0));
        assert_eq!(value("TMPDIR"), (Some("/large"), 0));
    }
}
