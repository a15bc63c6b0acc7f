use super::*;
use crate::bom::{ADVISORIES_TO, Component, Metadata, SOURCE, SOURCE_VERSION};
use std::fs;

const DEBIAN: &str = r#"{
  "openssl": {
    "CVE-2026-0001": {"scope": "remote", "releases": {"trixie": {"status": "resolved", "fixed_version": "3.5.4-1~deb13u2", "urgency": "not yet assigned"}}},
    "CVE-2026-0002": {"releases": {"trixie": {"status": "resolved", "fixed_version": "3.5.4-1~deb13u1", "urgency": "high"}}},
    "CVE-2026-0003": {"releases": {"trixie": {"status": "open", "urgency": "low"}}},
    "CVE-2026-0004": {"releases": {"trixie": {"status": "open", "urgency": "unimportant"}, "sid": {"status": "open", "urgency": "high"}}},
    "CVE-2026-0005": {"releases": {"trixie": {"status": "resolved", "fixed_version": "0", "urgency": "high"}}},
    "CVE-2026-0006": {"releases": {"trixie": {"status": "undetermined", "urgency": "high"}}},
    "CVE-2026-0007": {"releases": {"sid": {"status": "resolved", "fixed_version": "9", "urgency": "high"}}}
  },
  "other": {"CVE-2026-0008": {"releases": {"trixie": {"status": "open", "urgency": "high"}}}}
}"#;

const XSA: &str = r#"[{"xsas": [
  {"xsa": "523", "title": "before", "cve": ["CVE-2026-1"]},
  {"xsa": 524, "title": "guests may read too much", "cve": []},
  {"xsa": "525", "title": "Unused Xen Security Advisory number"},
  {"xsa": "526", "public_time": "2026-12-24 12:00"}
]}]"#;

fn advisory(id: &str, more: &str, versions: &str) -> String {
    format!(
        "```toml\n[advisory]\nid = \"{id}\"\npackage = \"x\"\ndate = \"2026-01-01\"\n{more}\n[versions]\n{versions}\n```\n\n# A title\n"
    )
}

/// A folder with all three kinds of data.
fn data() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("debian.json", DEBIAN);
    write("xsa.json", XSA);
    let file = |id: &str, more: &str, versions: &str| {
        write(
            &format!("advisory-db/crates/tokio/{id}.md"),
            &advisory(id, more, versions),
        );
    };
    file(
        "RUSTSEC-2026-0001",
        "",
        "patched = [\">= 1.2.4\", \"^1.0.9, < 1.1\"]",
    );
    file("RUSTSEC-2026-0002", "", "patched = [\">= 1.2.0\"]");
    file(
        "RUSTSEC-2026-0003",
        "",
        "patched = []\nunaffected = [\"< 1.3\"]",
    );
    file(
        "RUSTSEC-2026-0004",
        "informational = \"unmaintained\"",
        "patched = []",
    );
    file(
        "RUSTSEC-2026-0005",
        "informational = \"unsound\"",
        "patched = []",
    );
    file(
        "RUSTSEC-2026-0006",
        "withdrawn = \"2026-02-01\"",
        "patched = []",
    );
    write(
        "advisory-db/crates/hyper/RUSTSEC-2026-0007.md",
        &advisory("RUSTSEC-2026-0007", "", "patched = []"),
    );
    folder
}

fn bom() -> Bom {
    let deb = |name: &str| {
        let part = Component::package("deb", "debian/", name, "3.5.4-1~deb13u1", "?arch=amd64");
        part.with(SOURCE, "openssl")
            .with(SOURCE_VERSION, "3.5.4-1~deb13u1")
    };
    let firn = Component {
        version: "0.1.0".into(),
        ..Component::default()
    };
    let xen = Component::package("generic", "", "xen", "4.20.4", "").with(ADVISORIES_TO, "523");
    Bom {
        bom_format: "CycloneDX".into(),
        spec_version: "1.6".into(),
        serial_number: String::new(),
        version: 1,
        metadata: Metadata {
            timestamp: String::new(),
            component: firn.with(SUITE, "trixie"),
        },
        components: vec![
            deb("openssl"),
            deb("libssl3t64"),
            Component::package("cargo", "", "tokio", "1.2.3", ""),
            xen,
        ],
    }
}

#[test]
fn what_is_open_is_said_with_what_closes_it() {
    let data = data();
    let findings = findings(&bom(), data.path()).unwrap();
    insta::assert_snapshot!(report(&bom(), &findings), @r"
    open CVE-2026-0001 in openssl 3.5.4-1~deb13u1: fixed in 3.5.4-1~deb13u2; take it in with `cargo xtask iso --refresh`
    open RUSTSEC-2026-0001 in the crate tokio 1.2.3: fixed in >=1.2.4 or ^1.0.9, <1.1; take it in with `cargo update -p tokio`
    open XSA-524 in xen 4.20.4: guests may read too much; build from a newer Xen, by a new pin in recipes/xen.toml
    waiting CVE-2026-0003 in openssl 3.5.4-1~deb13u1: there is no fix yet
    waiting RUSTSEC-2026-0005 in the crate tokio 1.2.3: there is no fix yet
    Firn 0.1.0: 3 open, 2 without a fix yet (packages: 2, crates: 1, Xen)
    ");
}

#[test]
fn missing_or_damaged_data_is_an_error_and_not_a_clean_bill() {
    let said = |spoil: &dyn Fn(&Path)| {
        let data = data();
        spoil(data.path());
        let text = format!("{:#}", findings(&bom(), data.path()).unwrap_err());
        text.replace(&data.path().display().to_string(), "@")
    };
    let remove = |name: &'static str| move |path: &Path| fs::remove_file(path.join(name)).unwrap();
    let write = |name: &'static str, text: &'static str| {
        move |path: &Path| fs::write(path.join(name), text).unwrap()
    };
    insta::assert_snapshot!(said(&remove("debian.json")), @"reading @/debian.json: No such file or directory (os error 2)");
    insta::assert_snapshot!(said(&write("debian.json", "[]")), @"reading @/debian.json: invalid type: sequence, expected a map at line 1 column 0");
    insta::assert_snapshot!(said(&|path| fs::remove_dir_all(path.join("advisory-db")).unwrap()), @"@/advisory-db is no advisory database: it has no folder crates");
    insta::assert_snapshot!(said(&write("advisory-db/crates/tokio/RUSTSEC-2026-0001.md", "# no")), @"@/advisory-db/crates/tokio/RUSTSEC-2026-0001.md does not begin with TOML");
    insta::assert_snapshot!(said(&remove("xsa.json")), @"reading @/xsa.json: No such file or directory (os error 2)");
    insta::assert_snapshot!(said(&write("xsa.json", "[]")), @"@/xsa.json names no advisory");
    insta::assert_snapshot!(said(&write("xsa.json", r#"[{"xsas": [{"xsa": "x", "title": "y"}]}]"#)), @"reading the number x of an advisory: invalid digit found in string");
}

#[test]
fn a_xen_of_which_nobody_knows_what_is_in_it_is_no_clean_one() {
    let data = data();
    let mut bom = bom();
    bom.components[3].properties.clear();
    insta::assert_snapshot!(findings(&bom, data.path()).unwrap_err(), @"nobody says which advisories are in this Xen: it was built from a tarball that no pin in recipes/xen.toml describes");
}

#[test]
fn the_status_says_whether_something_can_be_closed() {
    let data = data();
    let status = |bom: &Bom, unfixed| {
        let sbom = data.path().join("firn.cdx.json");
        fs::write(&sbom, serde_json::to_string(bom).unwrap()).unwrap();
        let args = AuditArgs {
            data: data.path().to_owned(),
            sbom: Some(sbom),
            unfixed,
        };
        format!("{:?}", run(&args).unwrap())
    };
    let (good, bad) = (
        format!("{:?}", ExitCode::SUCCESS),
        format!("{:?}", ExitCode::from(1)),
    );
    assert_eq!(status(&bom(), false), bad);
    let mut newer = bom();
    for part in &mut newer.components[..2] {
        part.properties[1].value = "3.5.4-1~deb13u3".into();
    }
    newer.components[2].version = "1.2.4".into();
    newer.components[3].properties[0].value = "524".into();
    assert_eq!((status(&newer, false), status(&newer, true)), (good, bad));
}
