use super::{Host, unfit};
use firn_image::{Entry, Manifest, Needs, SettingsVersions, file};
use firn_words::{Language, Text};
use proptest::prelude::*;

fn image() -> Manifest {
    let entry = |size| Entry {
        size,
        ..Entry::default()
    };
    let files = (1..)
        .zip(file::ALL)
        .map(|(size, name)| (name.to_owned(), entry(size)));
    Manifest {
        version: "0.3.1".into(),
        release: 2026120101,
        kernel: "6.12.57".into(),
        settings: SettingsVersions {
            reads: vec![1, 2],
            writes: 2,
        },
        needs: Needs {
            grub: 1,
            from: 2026110100,
        },
        files: files.collect(),
        ..Manifest::default()
    }
}

fn host() -> Host {
    Host {
        release: 2026112000,
        settings: 1,
        grub: 1,
        room: 1 << 30,
        drivers: None,
        older: false,
    }
}

fn said(manifest: &Manifest, host: &Host) -> Vec<String> {
    unfit(manifest, host).iter().map(Text::to_string).collect()
}

#[test]
fn what_fits_has_no_reason_against_it() {
    assert_eq!(said(&image(), &host()), [""; 0]);
    let drivers = Some("6.12.57".to_owned());
    assert_eq!(said(&image(), &Host { drivers, ..host() }), [""; 0]);
}

#[test]
fn all_reasons_are_said_at_once() {
    let mut manifest = image();
    manifest.needs.from = 2026120100;
    manifest.needs.grub = 2;
    manifest.files.insert(
        "root.squashfs".into(),
        Entry {
            size: 2_000_000_000,
            ..Entry::default()
        },
    );
    let host = Host {
        settings: 3,
        drivers: Some("6.12.48".into()),
        ..host()
    };
    assert_eq!(
        said(&manifest, &host),
        [
            "Firn 0.3.1 can follow on the release 2026120100 or newer ones, and this host has 2026112000. Update to a release in between first.",
            "Firn 0.3.1 needs a start menu of generation 2, and this host's is of generation 1. Start the medium of the new version and choose Repair; then update.",
            "Firn 0.3.1 reads settings of the versions 1, 2, and this host's have the version 3. Take another release.",
            "Firn 0.3.1 takes 2 GB, and a slot of this host has room for 1.1 GB. Take another release, or install the host anew.",
            "Firn 0.3.1 has the kernel 6.12.57, and the drivers added on this host were built for 6.12.48. Get drivers for 6.12.57 first.",
        ]
    );
}

#[test]
fn an_older_release_is_refused_but_for_the_owner() {
    let at = |release, older| {
        said(
            &image(),
            &Host {
                release,
                older,
                ..host()
            },
        )
    };
    assert_eq!(
        at(2026120101, false),
        ["Firn 0.3.1 (release 2026120101) is what this host already has had."]
    );
    assert_eq!(
        at(2026120102, false),
        [
            "Firn 0.3.1 (release 2026120101) is older than the release 2026120102, which this host has had. Add --older to go back all the same; holes that were mended since are then open again."
        ]
    );
    assert_eq!(at(2026120102, true), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Each condition alone decides, whatever the others say, and is said in both languages.
    #[test]
    fn an_image_fits_exactly_where_every_condition_holds(
        (release, from, had) in (0_u64..6, 0_u64..6, 0_u64..6),
        (needed, has) in (0_u32..3, 0_u32..3),
        (reads, settings) in (prop::collection::vec(0_u32..4, 0..4), 0_u32..4),
        room in 0_u64..30,
        drivers in prop::option::of("a|b"),
        older in any::<bool>(),
    ) {
        let mut manifest = image();
        (manifest.release, manifest.needs.from, manifest.needs.grub) = (release, from, needed);
        manifest.settings.reads.clone_from(&reads);
        manifest.kernel = "a".into();
        let host = Host { release: had, settings, grub: has, room, drivers: drivers.clone(), older };
        let holds = [
            older || release > had,
            had >= from,
            has >= needed,
            reads.contains(&settings),
            manifest.size() <= room,
            drivers.is_none_or(|kernel| kernel == "a"),
        ];
        let texts = unfit(&manifest, &host);
        prop_assert_eq!(texts.len(), holds.iter().filter(|holds| !**holds).count());
        prop_assert!(texts.iter().all(|text| text.in_language(Language::De).contains("Firn 0.3.1")));
    }
}
