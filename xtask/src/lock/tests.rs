use super::*;
use proptest::prelude::*;

/// A package of a tree, with a sum that its name and version give.
pub fn deb(name: &str, version: &str) -> Deb {
    Deb {
        name: name.into(),
        version: version.into(),
        architecture: "amd64".into(),
        size: 3,
        sha256: hash::text(&format!("{name} {version}")),
        archive: Archive::Main,
        path: format!("pool/main/{name}_{version}_amd64.deb"),
    }
}

/// A lock of these packages: `openssl 3.5.4-1`.
pub fn lock(debs: &[&str]) -> Lock {
    let deb = |text: &&str| {
        let (name, version) = text.split_once(' ').unwrap();
        deb(name, version)
    };
    Lock {
        wish: "0123456789abcdef".into(),
        as_of: "20261129T125314Z".into(),
        debs: debs.iter().map(deb).collect(),
    }
}

fn said(text: &str) -> String {
    format!("{:#}", Lock::parse(text).unwrap_err())
}

#[test]
fn a_package_is_a_line() {
    let mut lock = lock(&["bash 5.2.37-2+b5", "openssl 1:3.5.4-1~deb13u2"]);
    lock.debs[1].archive = Archive::Security;
    for deb in &mut lock.debs {
        deb.sha256 = "0f".repeat(32);
    }
    insta::assert_snapshot!(lock.text(), @r"
    # Written by `cargo xtask lock --refresh`, never by hand: what a tree is made of. Name, version, architecture, bytes, sha256, archive, path there.
    wish 0123456789abcdef
    as-of 20261129T125314Z
    bash 5.2.37-2+b5 amd64 3 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f debian pool/main/bash_5.2.37-2+b5_amd64.deb
    openssl 1:3.5.4-1~deb13u2 amd64 3 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f debian-security pool/main/openssl_1:3.5.4-1~deb13u2_amd64.deb
    ");
    assert_eq!(Lock::parse(&lock.text()).unwrap(), lock);
}

#[test]
fn a_line_that_is_none_is_named_and_how_to_mend_it() {
    let good = deb("bash", "5.2").line();
    let sum = deb("bash", "5.2").sha256;
    let text = |from: &str, to: &str| said(&format!("# x\n{}\n", good.replace(from, to)));
    let start =
        "line 2 is none of a lock; write it anew with `cargo xtask lock --refresh`: ".to_owned();
    assert_eq!(
        said("wish a\n<<<<<<< HEAD\n"),
        start.clone() + "a package has 7 words, and here are 2"
    );
    for (from, to, end) in [
        ("bash 5.2 ", "--x 5.2 ", r#""--x" is no package's name"#),
        (" 5.2 ", " -5 ", r#""-5" is no version"#),
        (
            " amd64 ",
            " i386 ",
            r#""i386" is no architecture of the trees"#,
        ),
        (
            " 3 ",
            " many ",
            r#""many" is no size: invalid digit found in string"#,
        ),
        (&sum, "0F", r#""0F" is no sha256"#),
        (" debian ", " sid ", r#""sid" is no archive"#),
        (
            "pool/main",
            "pool/..",
            r#""pool/../bash_5.2_amd64.deb" is no path in an archive"#,
        ),
        (
            "pool/main",
            "/pool",
            r#""/pool/bash_5.2_amd64.deb" is no path in an archive"#,
        ),
    ] {
        assert_eq!(text(from, to), start.clone() + end);
    }
    assert_eq!(
        said("#\nas-of yesterday"),
        start.clone() + r#""yesterday" is no time like 20261201T120000Z"#
    );
    let twice = format!("{good}\n{good}\n");
    assert_eq!(
        said(&twice),
        start + "bash is not where it belongs by its name"
    );
}

#[test]
fn a_tree_depends_on_the_packages_and_not_on_where_they_are() {
    let one = lock(&["bash 5.2"]);
    let mut other = one.clone();
    other.as_of = "20261231T125314Z".into();
    other.debs[0].archive = Archive::Security;
    assert_eq!(one.key(), other.key());
    assert_ne!(one.key(), lock(&["bash 5.3"]).key());
    assert_ne!(one.key(), lock(&["bash 5.2", "dash 1"]).key());
}

#[test]
fn another_list_of_packages_is_another_wish() {
    let roots = Roots {
        suite: "trixie".into(),
        components: vec!["main".into()],
        build: Default::default(),
        tools: Default::default(),
        guest: Default::default(),
    };
    let one = wish(&roots, &["bash".into()]);
    assert_eq!(one.len(), 16);
    assert_eq!(one, wish(&roots, &["bash".into()]));
    assert_ne!(one, wish(&roots, &["bash".into(), "dash".into()]));
}

#[test]
fn the_shipped_locks_are_for_the_shipped_recipes() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let recipes = crate::recipe::Recipes::read(&workspace).unwrap();
    for (tree, packages) in recipes.trees() {
        let lock = Lock::read(&workspace.join(path(tree))).unwrap().unwrap();
        let text = std::fs::read_to_string(workspace.join(path(tree))).unwrap();
        assert_eq!(lock.text(), text, "{tree}");
        assert_eq!(
            lock.wish,
            wish(&recipes.roots, packages),
            "the recipe of {tree} has changed: run `cargo xtask lock --refresh`"
        );
        let has = |name: &String| lock.debs.iter().any(|deb| deb.name == *name);
        for name in packages {
            match name.strip_suffix('-') {
                Some(out) => assert!(!has(&out.to_owned()), "{out} in {tree}"),
                None => assert!(has(name), "{name} in {tree}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(
        debs in prop::collection::btree_map("[a-z0-9][a-z0-9+.-]{0,20}", "[0-9][A-Za-z0-9.+~:-]{0,20}", 0..20),
        size in any::<u64>(),
    ) {
        let debs = debs.iter().map(|(name, version)| Deb { size, ..deb(name, version) });
        let lock = Lock { debs: debs.collect(), ..lock(&[]) };
        prop_assert_eq!(Lock::parse(&lock.text()).unwrap(), lock);
    }

    #[test]
    fn what_is_taken_leads_nowhere_else(text in "([a-z./~ 0-9-]|\n){0,200}", path in "[a-z./~%:-]{0,30}") {
        let _ = Lock::parse(&text);
        let line = deb("bash", "5.2").line();
        let line = format!("{}{path}.deb", line.split_once("pool").unwrap().0);
        if let Ok(lock) = Lock::parse(&line) {
            let path = Path::new(&lock.debs[0].path);
            prop_assert!(path.is_relative());
            prop_assert!(path.components().all(|part| matches!(part, std::path::Component::Normal(_))));
        }
    }
}
