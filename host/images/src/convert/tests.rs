//! What surrounds the programs: targets, checksums, cancelling.

use super::*;
use std::io::Write;

fn source(bytes: &[u8]) -> (File, Found) {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let stored = bytes.len() as u64;
    (
        file,
        inspect::found(Format::Raw, 1 << 20, None, stored, (0, stored)),
    )
}

#[test]
fn the_target_must_have_room() {
    let target = tempfile::NamedTempFile::new().unwrap();
    let (file, found) = source(b"x");
    let source = Source {
        file: &file,
        found: &found,
        checksum: None,
        scratch: Path::new("/"),
    };
    let error = convert(&source, target.path(), &|_, _| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The image is a disk of 1 MB, and the guest's disk has 0 MB."
    );
}

#[test]
fn checksums_are_compared() {
    let (file, _) = source(b"abc");
    let sum = |expected: Option<&str>| {
        let expected = expected.map(|text| Checksum::parse(text).unwrap());
        Hashing::start(&file, expected)?.finish(&mut || ControlFlow::Continue(()))
    };
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sum(None), Ok(abc.into()));
    assert_eq!(sum(Some(abc)), Ok(abc.into()));
    let long = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
                2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
    assert_eq!(sum(Some(long)), Ok(abc.into()));
    let other = "0".repeat(64);
    assert_eq!(
        sum(Some(&other)).unwrap_err().to_string(),
        format!(
            "The file is not the one that was meant: its checksum is sha256:{abc}, and it should be sha256:{other}. Download \
             it again."
        )
    );
}

#[test]
fn progress_is_a_part_of_the_file() {
    assert_eq!(
        (
            of(1 << 40, 0),
            of(1 << 40, 5_000),
            of(7, 10_000),
            of(u64::MAX, 99_999)
        ),
        (0, 1 << 39, 7, u64::MAX)
    );
}
