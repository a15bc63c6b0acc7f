//! What is seen of what comes out, without a program that unpacks it.

use super::*;

fn seen(chunks: &[&[u8]], largest: u64) -> (Seen, bool) {
    let mut seen = Seen {
        largest,
        ..Seen::default()
    };
    let ended = chunks.iter().any(|chunk| seen.take(chunk).is_break());
    (seen, ended)
}

fn refused(chunk: &[u8]) -> String {
    seen(&[chunk], 1 << 30).0.format().unwrap_err().to_string()
}

#[test]
fn a_raw_disk_is_counted_to_its_end() {
    let mut disk = vec![0; 1 << 20];
    disk[510..512].copy_from_slice(b"\x55\xaa");
    let (found, ended) = seen(&[&disk, &disk, &disk[..77]], 1 << 30);
    assert!(!ended);
    assert_eq!(
        (found.format(), found.count),
        (Ok(Format::Raw), (2 << 20) + 77)
    );
    assert!(found.head.len() == TELLING);
}

#[test]
fn a_bomb_ends_where_the_limit_is() {
    let mut disk = vec![0; 1 << 20];
    disk[510..512].copy_from_slice(b"\x55\xaa");
    let (found, ended) = seen(&[&disk, &disk, &disk, &disk], 2 << 20);
    assert!(ended);
    assert_eq!(found.count, 3 << 20);
}

#[test]
fn the_beginning_of_another_format_is_enough() {
    let mut image = vec![0; 1 << 20];
    image[..8].copy_from_slice(b"QFI\xfb\0\0\0\x03");
    let (found, ended) = seen(&[&image[..100], &image[100..]], 1 << 30);
    assert!(ended && found.format() == Ok(Format::Qcow2));
}

#[test]
fn what_is_packed_twice_is_refused() {
    let twice = "What is packed in the file is packed, too. Unpack it once, and give the result.";
    assert_eq!(refused(b"\x1f\x8b\x08"), twice);
    let mut archive = vec![0; 512];
    archive[257..262].copy_from_slice(b"ustar");
    assert_eq!(refused(&archive), twice);
    assert_eq!(
        refused(b"vhdxfile"),
        "What is packed in the file is VMDK or VHDX; only raw and qcow2 images are taken packed. Unpack it first."
    );
    assert!(refused(b"").starts_with("The file is no disk image:"));
}

#[test]
fn three_packers_are_known() {
    let packing = |bytes: &[u8]| packing(&bytes.to_vec()).unwrap();
    assert_eq!(packing(b"\x1f\x8b\x08\0"), Some(Packing::Gzip));
    assert_eq!(packing(b"\xfd7zXZ\0\0"), Some(Packing::Xz));
    assert_eq!(packing(b"\x28\xb5\x2f\xfd\0"), Some(Packing::Zstd));
    assert_eq!(packing(b"\x1f"), None);
}
