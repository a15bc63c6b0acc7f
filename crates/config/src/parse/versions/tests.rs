use super::*;
use crate::settings::Uplink;
use proptest::prelude::*;

const TODAY: &str = "version = 1\nkeyboard = \"de\"\n[host]\nname = \"xen1.example.net\"\n[network]\n\
    nics = [{ name = \"nic0\", mac = \"52:54:00:00:00:01\" }]\nuplink = \"nic0\"\n";

fn newer(text: &str) -> String {
    text.replace("version = 1", "version = 2")
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn todays_version_is_read_as_it_always_was() {
    let read = Settings::read(TODAY).unwrap();
    assert_eq!((read.version, &read.left), (1, &Vec::new()));
    assert_eq!(Ok(read.settings), Settings::parse(TODAY));
    let wrong = TODAY.replace("\"de\"", "7");
    assert_eq!(Settings::read(&wrong), Err(known(&wrong).unwrap_err()));
    assert_eq!(Settings::version_of(TODAY), Some(1));
    for text in ["", "version = \"1\"", "version = -1", "version = "] {
        assert_eq!(Settings::version_of(text), None, "{text}");
        assert!(Settings::read(text).is_err());
    }
}

#[test]
fn of_a_newer_version_counts_what_is_understood() {
    let text =
        newer(TODAY).replace("\"de\"", "{ layout = \"de\" }") + "[update]\nchannel = \"x\"\n";
    let read = Settings::read(&text).unwrap();
    assert_eq!(read.version, 2);
    assert_eq!(read.settings.version, VERSION);
    assert_eq!(read.settings.keyboard, "us");
    assert_eq!(read.settings.host.name, "xen1.example.net");
    assert_eq!(read.settings.network.uplink, Uplink::Nic("nic0".into()));
    let left = said(&read.left);
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left[0].starts_with("problem keyboard: here is a table; "));
    assert!(left[1].starts_with("problem update: unknown key \"update\" at the top of the file; "));
    // To change the file a program must understand all of it.
    let refused = said(&Settings::parse(&text).unwrap_err()).remove(0);
    assert_eq!(
        refused,
        "problem version: version 2 is not known to this Firn, which reads version 1 (line 1, column 11)"
    );
}

#[test]
fn what_nothing_can_be_made_of_is_no_settings() {
    let text = newer(TODAY).replace("uplink = \"nic0\"", "uplink = 7");
    assert!(said(&Settings::read(&text).unwrap_err())[0].starts_with("problem network.uplink: "));
    let broken = newer(TODAY) + "[host\n";
    assert!(Settings::read(&broken).is_err());
}

/// Writes down which migrations ran.
fn note(root: &mut Node, name: &str) {
    if let Data::Table(entries) = &mut root.data {
        let mut entry = entries[0].clone();
        entry.key = name.into();
        entries.push(entry);
    }
}

#[test]
fn an_older_file_goes_through_the_versions_one_by_one() {
    let chain: [Migration; 3] = [
        |root| note(root, "to-2"),
        |root| note(root, "to-3"),
        |root| note(root, "to-4"),
    ];
    let after = |version: &str| {
        let (mut root, _) = tree::read(&format!("version = {version}"));
        to_today(&mut root, &chain);
        let Data::Table(entries) = &root.data else {
            panic!("no table")
        };
        let keys: Vec<String> = entries.iter().skip(1).map(|e| e.key.clone()).collect();
        (version_in(&root), keys.join(" "))
    };
    for (version, expected, ran) in [
        ("1", Some(4), "to-2 to-3 to-4"),
        ("3", Some(4), "to-4"),
        ("4", Some(4), ""),
        ("9", Some(9), ""),
        ("0", Some(0), ""),
        ("\"1\"", None, ""),
    ] {
        assert_eq!(after(version), (expected, ran.to_owned()), "{version}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a newer Firn has written: nothing ends the program, and what both understand is the same.
    #[test]
    fn any_text_is_read_or_refused(
        version in 0_u32..5,
        key in "[a-z-]{1,12}",
        value in "[0-9]{1,3}|\"[a-z]{0,5}\"|true|\\[1\\]|\\{ a = 1 \\}",
        place in any::<prop::sample::Index>(),
        text in any::<String>(),
    ) {
        let _ = Settings::read(&text);
        let mut lines: Vec<String> = TODAY.replace("version = 1", &format!("version = {version}")).lines().map(str::to_owned).collect();
        let at = 1 + place.index(lines.len());
        lines.insert(at, format!("{key} = {value}"));
        let text = lines.join("\n");
        match Settings::read(&text) {
            Ok(read) => {
                prop_assert!(read.version >= VERSION);
                prop_assert_eq!(read.version, version);
                prop_assert!(read.version > VERSION || read.left.is_empty());
                prop_assert_eq!(&read.settings.host.name, "xen1.example.net");
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }
}
