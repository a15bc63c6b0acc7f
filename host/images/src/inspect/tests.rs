//! Whole files: OVAs, and what is no image at all.

use super::*;
use proptest::prelude::*;
use std::io::Write;
use std::ops::ControlFlow;
use tar::{Builder, EntryType, Header};

const LARGEST: u64 = 1 << 40;

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn inspected(bytes: &[u8]) -> Result<Found, Error> {
    inspect(&file(bytes), LARGEST, &|_, _| ControlFlow::Continue(()))
}

fn refused(bytes: &[u8]) -> String {
    match inspected(bytes) {
        Err(Error::Refused(text)) => text.to_string(),
        other => panic!("{other:?}"),
    }
}

fn qcow2() -> Vec<u8> {
    let mut bytes = vec![0; 3000];
    bytes[..8].copy_from_slice(b"QFI\xfb\0\0\0\x03");
    bytes[24..32].copy_from_slice(&(1u64 << 30).to_be_bytes());
    bytes
}

/// A member whose name is written as it stands, whatever it is.
fn member(archive: &mut Builder<Vec<u8>>, name: &str, kind: EntryType, bytes: &[u8]) {
    let mut header = Header::new_ustar();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_entry_type(kind);
    header.set_cksum();
    archive.append(&header, bytes).unwrap();
}

fn ova(members: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
    let mut archive = Builder::new(Vec::new());
    for (name, kind, bytes) in members {
        member(&mut archive, name, *kind, bytes);
    }
    archive.into_inner().unwrap()
}

const FILE: EntryType = EntryType::Regular;
const OVF: (&str, EntryType, &[u8]) = ("a.ovf", FILE, b"<Envelope/>");

#[test]
fn an_ova_is_read_where_its_disk_lies() {
    let disk = qcow2();
    let bytes = ova(&[OVF, ("a.mf", FILE, b"SHA256"), ("whatever", FILE, &disk)]);
    let found = inspected(&bytes).unwrap();
    assert_eq!(
        (found.format, found.packing, found.size),
        (Format::Qcow2, Some(Packing::Ova), 1 << 30)
    );
    assert_eq!(
        &bytes[found.part.0 as usize..][..found.part.1 as usize],
        disk
    );
    assert_eq!(found.stored, bytes.len() as u64);
}

#[test]
fn an_ova_that_means_harm_is_refused() {
    let disk = qcow2();
    for name in ["../../etc/shadow", "/etc/shadow", "a/../../b", "..\\b"] {
        assert_eq!(
            refused(&ova(&[OVF, (name, FILE, &disk)])),
            format!(
                "The archive has a member with a path in its name ({name}), which no OVA has. It may be an attack."
            )
        );
    }
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Block,
        EntryType::GNUSparse,
        EntryType::Directory,
    ] {
        assert_eq!(
            refused(&ova(&[OVF, ("disk", kind, b"")])),
            "The archive has a member that is no file (disk), which no OVA has. It may be an attack."
        );
    }
}

#[test]
fn an_ova_has_a_description_and_one_disk() {
    let disk = qcow2();
    assert_eq!(
        refused(&ova(&[("disk", FILE, &disk)])),
        "The archive is no OVA: it has no .ovf file in it. Unpack it, and give the disk image."
    );
    assert_eq!(
        refused(&ova(&[OVF, ("a", FILE, b"text")])),
        "The OVA has no disk in it that Firn can read."
    );
    assert_eq!(
        refused(&ova(&[OVF, ("a", FILE, &disk), ("b", FILE, &disk)])),
        "The OVA has 2 disks, and Firn takes one. Unpack it, and give each disk as an image of its own."
    );
    let many = vec![OVF; 65];
    assert_eq!(
        refused(&ova(&many)),
        "The archive has more than 64 members, which no OVA has."
    );
}

#[test]
fn an_ova_that_is_cut_off_is_refused() {
    let bytes = ova(&[OVF, ("a.vmdk", FILE, &qcow2())]);
    let cut_off = "The file ends in the middle of the image. Copy or download it again.";
    for len in [1100, 2000, 4000] {
        assert_eq!(refused(&bytes[..len]), cut_off, "{len}");
    }
}

#[test]
fn what_is_no_image_is_refused() {
    assert_eq!(refused(b""), "The file is empty.");
    assert!(refused(b"hello").starts_with("The file is no disk image:"));
}

proptest! {
    #[test]
    fn any_archive_is_judged(places in proptest::collection::vec((0usize..4096, any::<u8>()), 0..30), len in 600usize..5000) {
        let mut bytes = ova(&[OVF, ("a.vmdk", FILE, &qcow2())]);
        for (at, byte) in places {
            bytes[at] = byte;
        }
        bytes.truncate(len);
        // Damaged magic bytes of packed files would start a program.
        prop_assume!(packed::packing(&bytes)?.is_none());
        if let Ok(found) = inspected(&bytes) {
            prop_assert!(found.part.0 + found.part.1 <= bytes.len() as u64);
        }
    }
}
