use super::kernel::{Build, Kernel, missing_firmware, new_lines, signed_only};
use super::module::{Module, parse};
use super::{find, install, kept, load, order, package};
use firn_cpio::Archive;
use std::fs;
use std::path::{Path, PathBuf};

const RELEASE: &str = "6.12.1-amd64";

fn kernel() -> Kernel {
    Kernel {
        release: RELEASE.into(),
        vermagic: format!("{RELEASE} SMP preempt mod_unload modversions"),
        signed_only: false,
    }
}

fn module(name: &str, depends: &[&str]) -> Module {
    Module {
        file: format!("{name}.ko").into(),
        name: name.into(),
        vermagic: kernel().vermagic,
        depends: depends.iter().map(ToString::to_string).collect(),
        ..Module::default()
    }
}

fn id(result: Result<impl std::fmt::Debug, firn_words::Text>) -> &'static str {
    result.unwrap_err().id().unwrap_or_default()
}

#[test]
fn modinfo_is_read() {
    let text = "filename:       /x/snd-ens1370.ko\0name=snd-ens1370\0depends=snd-pcm,snd\0softdep=pre: a-b c post: d\0\
        firmware=x/y.fw\0vermagic=6.12.1-amd64 SMP preempt \0sig_id=PKCS#7\0srcversion=B7\0parm=a:b\0";
    let found = parse(Path::new("/x/snd-ens1370.ko"), text).unwrap();
    assert_eq!(found.name, "snd_ens1370");
    assert_eq!(found.depends, ["snd_pcm", "snd"]);
    assert_eq!(found.wishes, ["a_b", "c"]);
    assert_eq!(found.firmware, ["x/y.fw"]);
    assert_eq!(found.vermagic, "6.12.1-amd64 SMP preempt");
    assert!(found.signed);
    assert_eq!(parse(Path::new("x"), "filename: x\0"), None);
}

#[test]
fn a_driver_must_fit_the_running_kernel() {
    assert_eq!(module("a", &[]).fits(&kernel()), Ok(()));
    let other = |vermagic: &str| Module {
        vermagic: vermagic.into(),
        ..module("a", &[])
    };
    assert_eq!(
        id(other("6.1.0-amd64 SMP").fits(&kernel())),
        "driver-other-kernel"
    );
    assert_eq!(
        id(other("6.12.1-amd64 SMP").fits(&kernel())),
        "driver-other-options"
    );
    let locked = Kernel {
        signed_only: true,
        ..kernel()
    };
    assert_eq!(id(module("a", &[]).fits(&locked)), "driver-unsigned");
    let signed = Module {
        signed: true,
        ..module("a", &[])
    };
    assert_eq!(signed.fits(&locked), Ok(()));
}

#[test]
fn lockdown_demands_signatures() {
    assert!(!signed_only("[none] integrity confidentiality\n", "N\n"));
    assert!(!signed_only("", ""));
    assert!(signed_only("none [integrity] confidentiality\n", "N\n"));
    assert!(signed_only("", "Y\n"));
}

#[test]
fn a_loaded_module_is_told_from_another_build() {
    let loaded = |source: Option<&str>, note: &[u8]| Build {
        source_version: source.map(Into::into),
        note: note.into(),
    };
    let file = b"ELF GNU\0id-one rest";
    let table = [
        // Most modules of Debian's kernel have no source version: that two have none makes them no one build.
        (loaded(None, b""), None, false),
        (loaded(None, b"GNU\0id-one"), None, true),
        (loaded(None, b"GNU\0id-two"), None, false),
        (loaded(Some("A"), b"GNU\0id-one"), None, true),
        (loaded(Some("A"), b""), None, false),
        (loaded(None, b""), Some("A"), false),
        (loaded(Some("A"), b""), Some("A"), true),
        (loaded(Some("A"), b"GNU\0id-one"), Some("B"), false),
    ];
    for (loaded, source, same) in table {
        assert_eq!(loaded.is(source, file), same, "{loaded:?} {source:?}");
    }
}

#[test]
fn each_module_comes_after_what_it_depends_on() {
    let modules = vec![
        module("card", &["pcm", "core"]),
        module("pcm", &["timer", "core"]),
        module("core", &["soundcore"]),
        module("timer", &["core"]),
        module("loop_a", &["loop_b"]),
        module("loop_b", &["loop_a"]),
    ];
    assert_eq!(order::outside(&modules), ["soundcore"]);
    let names: Vec<String> = order::order(modules).into_iter().map(|m| m.name).collect();
    assert_eq!(names, ["core", "timer", "pcm", "card", "loop_a", "loop_b"]);
}

#[test]
fn drivers_are_found_by_their_ending_not_too_deep() {
    let root = tempfile::tempdir().unwrap();
    let make = |path: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    };
    for path in [
        "a.ko",
        "d/B.KO.XZ",
        "d/e/c.deb",
        "d/readme.txt",
        ".ko",
        "1/2/3/4/5/6/deep.ko",
    ] {
        make(path);
    }
    std::os::unix::fs::symlink("a.ko", root.path().join("link.ko")).unwrap();
    let found: Vec<PathBuf> = find::files(root.path())
        .unwrap()
        .into_iter()
        .map(|f| f.0)
        .collect();
    assert_eq!(found, ["a.ko", "d/B.KO.XZ", "d/e/c.deb"].map(PathBuf::from));
    assert!(find::files(&root.path().join("nowhere")).is_err());
}

#[test]
fn what_a_package_brings() {
    let looks = |files: &[&str]| {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let found = package::contents("x.deb", root.path(), RELEASE)?;
        let inside = |p: &Path| p.strip_prefix(root.path()).unwrap().display().to_string();
        let modules: Vec<String> = found.modules.iter().map(|p| inside(p)).collect();
        Ok::<_, firn_words::Text>((modules, found.firmware.map(|f| inside(&f))))
    };
    let own = format!("lib/modules/{RELEASE}/updates/a.ko.xz");
    let other = "lib/modules/6.1.0/updates/a.ko";
    let firmware = "usr/lib/firmware/x/y.fw";
    let found = looks(&[&own, other, firmware]).unwrap();
    assert_eq!(found, (vec![own.clone()], Some("usr/lib/firmware".into())));
    assert_eq!(looks(&[firmware]).unwrap().0, Vec::<String>::new());
    assert_eq!(id(looks(&[other])), "driver-other-kernel");
    assert_eq!(id(looks(&[other, firmware])), "driver-other-kernel");
    assert_eq!(id(looks(&["usr/src/a-1/dkms.conf"])), "driver-dkms");
    assert_eq!(id(looks(&["usr/bin/a"])), "driver-not-inside");
    let many: Vec<String> = (0..65)
        .map(|n| format!("lib/modules/{RELEASE}/{n}.ko"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(id(looks(&many)), "driver-too-many");
}

#[test]
fn the_kernels_refusals_become_sentences() {
    let table: [(&str, &[&str], &str); 6] = [
        (
            "insmod: ERROR: Key was rejected by service",
            &[],
            "driver-unsigned",
        ),
        (
            "insmod: ERROR: No such device",
            &["x 0000:01:00.0: Direct firmware load for x/y.fw failed with error -2"],
            "driver-lacks-firmware",
        ),
        ("insmod: ERROR: No such device", &[], "driver-no-device"),
        (
            "insmod: Unknown symbol in module",
            &["x: Unknown symbol foo (err -2)"],
            "driver-lacks-module",
        ),
        (
            "insmod: Invalid module format",
            &["x: disagrees about version of symbol foo"],
            "driver-refused",
        ),
        (
            "running `insmod x`: exit status: 1: insmod: ERROR: odd",
            &[],
            "driver-refused",
        ),
    ];
    for (error, log, expected) in table {
        assert_eq!(
            load::refusal("x.ko", error, log).id(),
            Some(expected),
            "{error}"
        );
    }
    let text = load::refusal("x.ko", "a: b: odd", &[]).to_string();
    assert!(text.contains("x.ko") && text.contains("odd"), "{text}");
}

#[test]
fn the_kernels_log_from_a_line_on() {
    assert_eq!(new_lines("a\nb", "a\nb\nc\nd"), ["c", "d"]);
    assert_eq!(new_lines("", "a"), ["a"]);
    assert_eq!(new_lines("z", "a\nb"), ["a", "b"]);
    let lines = [
        "ice 0000:01:00.0: Direct firmware load for intel/ice.pkg failed with error -2",
        "b",
    ];
    assert_eq!(
        missing_firmware(&lines),
        [("0000:01:00.0", "intel/ice.pkg")]
    );
}

#[test]
fn what_was_loaded_is_remembered_once() {
    let folder = tempfile::tempdir().unwrap();
    assert!(kept::read(folder.path()).is_empty());
    let loaded = |file: &str, devices| kept::Loaded {
        file: file.into(),
        devices,
        ..kept::Loaded::default()
    };
    for one in [loaded("a.ko", 0), loaded("b.deb", 0), loaded("a.ko", 1)] {
        kept::add(folder.path(), &one).unwrap();
    }
    assert_eq!(
        kept::read(folder.path()),
        [loaded("b.deb", 0), loaded("a.ko", 1)]
    );
    fs::write(folder.path().join("drivers.json"), "{broken").unwrap();
    assert!(kept::read(folder.path()).is_empty());
}

/// Reads an archive back: (path, mode, content).
fn entries(mut bytes: &[u8]) -> Vec<(String, u32, Vec<u8>)> {
    let whole = bytes.len();
    let mut found = Vec::new();
    while !bytes.is_empty() {
        assert_eq!(&bytes[..6], b"070701");
        let field = |n: usize| {
            let text = std::str::from_utf8(&bytes[6 + n * 8..14 + n * 8]).unwrap();
            u32::from_str_radix(text, 16).unwrap()
        };
        let (mode, size, name) = (field(1), field(6) as usize, field(11) as usize);
        let path = std::str::from_utf8(&bytes[110..110 + name - 1])
            .unwrap()
            .to_owned();
        let start = (110 + name).next_multiple_of(4);
        let content = bytes[start..start + size].to_vec();
        bytes = &bytes[(start + size).next_multiple_of(4)..];
        if path == "TRAILER!!!" {
            assert!(bytes.iter().all(|b| *b == 0) && whole.is_multiple_of(512));
            break;
        }
        found.push((path, mode, content));
    }
    found
}

#[test]
fn an_archive_has_each_folder_once_before_its_files() {
    let mut archive = Archive::default();
    archive.file("a/b/one", b"1");
    archive.file("a/two", b"22222");
    let (folder, file) = (0o040_755, 0o100_644);
    let expected = [
        ("a".into(), folder, vec![]),
        ("a/b".into(), folder, vec![]),
        ("a/b/one".into(), file, b"1".to_vec()),
        ("a/two".into(), file, b"22222".to_vec()),
    ];
    assert_eq!(entries(&archive.finish()), expected);
}

#[test]
fn the_slots_own_initrd_comes_first_and_stays() {
    let slot = tempfile::tempdir().unwrap();
    fs::write(slot.path().join("initrd.img"), b"odd length").unwrap();
    let modules = vec![
        ("a.ko".to_owned(), b"A".to_vec()),
        ("b.ko".to_owned(), b"B".to_vec()),
    ];
    let firmware = vec![("x/y.fw".to_owned(), b"F".to_vec())];
    install::to_slot(slot.path(), &modules, &firmware).unwrap();
    let bytes = fs::read(slot.path().join("initrd-local.img")).unwrap();
    assert!(bytes.starts_with(b"odd length\0\0"));
    let found = entries(&bytes[512..]);
    let content = |path: &str| found.iter().find(|e| e.0 == path).map(|e| e.2.clone());
    assert_eq!(content("firn/drivers/load"), Some(b"a.ko\nb.ko\n".to_vec()));
    assert_eq!(content("firn/drivers/b.ko"), Some(b"B".to_vec()));
    assert_eq!(
        content("usr/lib/firmware/updates/x/y.fw"),
        Some(b"F".to_vec())
    );
    assert_eq!(
        fs::read(slot.path().join("initrd.img")).unwrap(),
        b"odd length"
    );
    assert!(!slot.path().join("initrd-local.img.new").exists());
}

#[test]
fn state_gets_the_modules_in_their_order() {
    let state = tempfile::tempdir().unwrap();
    let modules = vec![
        ("b.ko".to_owned(), b"B".to_vec()),
        ("a.ko".to_owned(), b"A".to_vec()),
    ];
    let firmware = vec![("x/y.fw".to_owned(), b"F".to_vec())];
    install::to_state(state.path(), &modules, &firmware).unwrap();
    let read = |path: &str| fs::read(state.path().join(path)).unwrap();
    assert_eq!(read("load"), b"b.ko\na.ko\n");
    assert_eq!(read("modules/a.ko"), b"A");
    assert_eq!(read("firmware/x/y.fw"), b"F");
    assert!(!read("kernel").is_empty());
}

#[test]
fn modprobes_list_is_read() {
    let text = "insmod /lib/modules/6/a.ko.xz \ninsmod /lib/modules/6/b.ko.xz opt=1\nbuiltin c\n";
    assert_eq!(
        install::shown(text),
        ["/lib/modules/6/a.ko.xz", "/lib/modules/6/b.ko.xz"].map(PathBuf::from)
    );
}
