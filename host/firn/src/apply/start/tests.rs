use super::*;
use firn_image::state::ROOT_HASH;
use proptest::prelude::*;
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;

const SETTINGS: &str = "version = 1\n[host]\nname = \"xen1\"\n[network]\n\
    nics = [{ name = \"nic0\", mac = \"52:54:00:00:00:01\" }]\nuplink = \"nic0\"\n";

fn put(root: &TempDir, path: &str, text: &str) {
    let path = below(root.path(), path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn text(root: &TempDir, path: &str) -> Option<String> {
    fs::read_to_string(below(root.path(), path)).ok()
}

/// An image with a user of this name, and more files.
fn image(user: &str, files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    put(
        &root,
        "/etc/passwd",
        &format!("root:x:0:0::/root:/bin/bash\n{user}:x:5:5::/:\n"),
    );
    put(&root, "/etc/group", &format!("root:x:0:\n{user}:x:5:\n"));
    put(
        &root,
        SHADOW,
        &format!("root:*:19000::::::\n{user}:!:19000::::::\n"),
    );
    let path = below(root.path(), SHADOW);
    fs::set_permissions(path, fs::Permissions::from_mode(0o640)).unwrap();
    files.iter().for_each(|(path, text)| put(&root, path, text));
    root
}

/// A host as the installer leaves it, root's hash being this.
fn installed(image: &TempDir, settings: &str, hash: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for path in ACCOUNTS {
        if let Some(file) = text(image, path) {
            put(&root, path, &file);
        }
    }
    put(
        &root,
        SHADOW,
        &shadow::with_root(&text(image, SHADOW).unwrap(), hash),
    );
    let path = below(root.path(), SHADOW);
    fs::set_permissions(path, fs::Permissions::from_mode(0o640)).unwrap();
    put(&root, settings::PATH, settings);
    if let Ok(settings) = firn_config::Settings::parse(settings) {
        for file in firn_config::render(&settings).unwrap() {
            let change = Change {
                path: file.path.clone(),
                kind: Kind::New,
                old: None,
                file: Some(file),
            };
            super::super::write(root.path(), &change).unwrap();
        }
    }
    root
}

fn begin(root: &TempDir, from: &TempDir, id: &str) -> Vec<String> {
    let changes = start(root.path(), &Image::at(from.path(), id)).unwrap();
    changes.into_iter().map(|change| change.path).collect()
}

fn passwd(root: &TempDir, hash: &str) {
    let old = text(root, SHADOW).unwrap();
    put(root, SHADOW, &shadow::with_root(&old, hash));
}

#[test]
fn the_first_start_after_the_installation_changes_nothing() {
    let a = image("_chrony", &[]);
    let root = installed(&a, SETTINGS, "$y$1");
    assert_eq!(begin(&root, &a, "aa"), [""; 0]);
    assert_eq!(Record::read(root.path()).image, "aa");
    assert_eq!(text(&root, ROOT_HASH).unwrap(), "$y$1\n");
    // Somebody changes a file: that is as it was until another image comes.
    put(&root, "/etc/nftables.conf", "mine\n");
    assert_eq!(begin(&root, &a, "aa"), [""; 0]);
    assert_eq!(text(&root, "/etc/nftables.conf").unwrap(), "mine\n");
}

#[test]
fn another_image_brings_its_users_and_its_files() {
    let a = image("_chrony", &[]);
    let root = installed(&a, SETTINGS, "$y$1");
    // What only the first image renders; of one of these the other has a file of its own.
    begin(&root, &a, "aa");
    let mut record = Record::read(root.path());
    for path in [
        "/etc/old/gone.conf",
        "/etc/old/kept.conf",
        "/etc/old/mine.conf",
    ] {
        put(&root, path, "rendered\n");
        record.set(&File {
            path: path.into(),
            mode: 0o644,
            content: "rendered\n".into(),
            link: None,
        });
    }
    record.keep(root.path()).unwrap();
    put(&root, "/etc/old/mine.conf", "by hand\n");
    put(&root, "/etc/hosts", "by hand\n");
    passwd(&root, "$y$2");

    let b = image("_other", &[("/etc/old/kept.conf", "the image's\n")]);
    let changed = [
        "/etc/group",
        "/etc/hosts",
        "/etc/old/gone.conf",
        "/etc/old/kept.conf",
        "/etc/old/mine.conf",
        "/etc/passwd",
        SHADOW,
    ];
    let mut found = begin(&root, &b, "bb");
    found.sort();
    assert_eq!(found, changed);
    assert_eq!(text(&root, "/etc/passwd"), text(&b, "/etc/passwd"));
    assert_eq!(
        text(&root, SHADOW).unwrap(),
        "root:$y$2:19000::::::\n_other:!:19000::::::\n"
    );
    assert_eq!(text(&root, ROOT_HASH).unwrap(), "$y$2\n");
    assert_eq!(text(&root, "/etc/old/gone.conf"), None);
    assert_eq!(text(&root, "/etc/old/kept.conf").unwrap(), "the image's\n");
    assert_eq!(text(&root, "/etc/old/mine.conf"), None);
    assert!(text(&root, "/etc/hosts").unwrap().contains("xen1"));
    // What was changed by hand is not lost, and what was not leaves nothing.
    let aside = |path: &str| text(&root, &format!("{ASIDE}{path}"));
    assert_eq!(aside("/etc/old/mine.conf").unwrap(), "by hand\n");
    assert_eq!(aside("/etc/hosts").unwrap(), "by hand\n");
    for path in ["/etc/old/gone.conf", "/etc/passwd", SHADOW] {
        assert_eq!(aside(path), None, "{path}");
    }
    assert_eq!(begin(&root, &b, "bb"), [""; 0]);
}

#[test]
fn users_made_by_hand_are_put_aside() {
    let a = image("_chrony", &[]);
    let root = installed(&a, SETTINGS, "*");
    begin(&root, &a, "aa");
    let mine = text(&root, "/etc/passwd").unwrap() + "me:x:1000:1000::/home/me:/bin/bash\n";
    put(&root, "/etc/passwd", &mine);
    assert_eq!(begin(&root, &a, "bb"), ["/etc/passwd"]);
    assert_eq!(text(&root, &format!("{ASIDE}/etc/passwd")), Some(mine));
}

#[test]
fn a_cut_in_the_middle_is_gone_on_with_by_either_image() {
    let a = image("_chrony", &[]);
    let root = installed(&a, SETTINGS, "*");
    begin(&root, &a, "aa");
    let b = image("_other", &[]);
    // A folder that stands in a file's place stops the other one half-way.
    fs::remove_file(below(root.path(), "/etc/nftables.conf")).unwrap();
    put(&root, "/etc/nftables.conf/x", "");
    assert!(start(root.path(), &Image::at(b.path(), "bb")).is_err());
    assert_eq!(text(&root, "/etc/passwd"), text(&b, "/etc/passwd"));
    fs::remove_dir_all(below(root.path(), "/etc/nftables.conf")).unwrap();
    for (from, id) in [(&a, "aa"), (&b, "bb")] {
        assert!(begin(&root, from, id).contains(&"/etc/passwd".to_owned()));
        assert_eq!(text(&root, "/etc/passwd"), text(from, "/etc/passwd"));
        assert!(text(&root, "/etc/nftables.conf").is_some());
        assert_eq!(text(&root, &format!("{ASIDE}/etc/passwd")), None);
    }
}

#[test]
fn a_network_that_is_not_understood_keeps_its_files() {
    let a = image("_chrony", &[]);
    let root = installed(&a, SETTINGS, "*");
    begin(&root, &a, "aa");
    let newer = SETTINGS
        .replace("version = 1", "version = 2")
        .replace("uplink = \"nic0\"", "uplink = \"nic0\"\nwireless = true")
        .replace("xen1", "xen2");
    put(&root, settings::PATH, &newer);
    put(
        &root,
        "/etc/systemd/network/20-new.network",
        "of the newer Firn\n",
    );
    let changed = begin(&root, &a, "bb");
    assert!(changed.contains(&"/etc/hostname".to_owned()), "{changed:?}");
    assert!(
        changed.iter().all(|path| !path.starts_with(NETWORK)),
        "{changed:?}"
    );
    assert!(text(&root, "/etc/systemd/network/20-new.network").is_some());
    assert_eq!(Record::read(root.path()).image, "bb");
}

#[test]
fn without_settings_the_files_of_before_stay_and_users_are_seen_to() {
    let a = image("_chrony", &[]);
    let root = installed(&a, SETTINGS, "$y$1");
    begin(&root, &a, "aa");
    put(&root, settings::PATH, "version = 1\n[host]\nname = 7\n");
    let (before, b) = (text(&root, "/etc/hosts"), image("_other", &[]));
    let image = Image::at(b.path(), "bb");
    for _ in 0..2 {
        let error = start(root.path(), &image).unwrap_err().to_string();
        assert!(
            error.starts_with("the files of the image before are kept: /etc/firn/host.toml has mistakes; mend them, then run firn apply:\n  problem host.name: "),
            "{error}"
        );
        assert_eq!(text(&root, "/etc/hosts"), before);
        assert_eq!(text(&root, "/etc/passwd"), text(&b, "/etc/passwd"));
        assert!(text(&root, SHADOW).unwrap().starts_with("root:$y$1:"));
    }
    // Users are seen to once, so one made since then stays until the next image.
    let mine = text(&root, "/etc/passwd").unwrap() + "me:x:1000:1000::/home/me:/bin/bash\n";
    put(&root, "/etc/passwd", &mine);
    assert!(start(root.path(), &image).is_err());
    put(&root, settings::PATH, &SETTINGS.replace("xen1", "xen3"));
    assert!(begin(&root, &b, "bb").contains(&"/etc/hosts".to_owned()));
    assert_eq!(text(&root, "/etc/passwd"), Some(mine));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// However often images change and passwords are set: the last password counts, the users are the running image's, and nothing is left over.
    #[test]
    fn forwards_and_back(steps in prop::collection::vec((any::<bool>(), prop::option::of(0_u8..9)), 1..8)) {
        let images = [image("_a", &[("/etc/x.conf", "a\n")]), image("_b", &[])];
        let root = installed(&images[0], SETTINGS, "$y$first");
        begin(&root, &images[0], "aa");
        let mut last = "$y$first".to_owned();
        let rendered = text(&root, "/etc/hosts");
        for (second, set) in steps {
            let from = &images[usize::from(second)];
            begin(&root, from, if second { "bb" } else { "aa" });
            prop_assert_eq!(text(&root, "/etc/passwd"), text(from, "/etc/passwd"));
            prop_assert_eq!(text(&root, "/etc/group"), text(from, "/etc/group"));
            let expected = shadow::with_root(&text(from, SHADOW).unwrap(), &last);
            prop_assert_eq!(text(&root, SHADOW), Some(expected));
            prop_assert_eq!(text(&root, ROOT_HASH), Some(format!("{last}\n")));
            prop_assert_eq!(&text(&root, "/etc/hosts"), &rendered);
            if let Some(number) = set {
                last = format!("$y${number}");
                passwd(&root, &last);
            }
        }
        prop_assert!(!below(root.path(), ASIDE).exists());
    }
}
