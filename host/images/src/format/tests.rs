//! Headers made byte by byte.

use super::*;
use crate::inspect::plain;
use proptest::prelude::*;

const LARGEST: u64 = 1 << 44;
const GIB: u64 = 1 << 30;

fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    bytes[at..at + what.len()].copy_from_slice(what);
}

fn qcow2() -> Vec<u8> {
    let mut bytes = vec![0; 1 << 16];
    put(&mut bytes, 0, b"QFI\xfb\0\0\0\x03");
    put(&mut bytes, 24, &(10 * GIB).to_be_bytes());
    bytes
}

fn vmdk(description: &str) -> Vec<u8> {
    let mut bytes = vec![0; 1 << 16];
    put(&mut bytes, 0, b"KDMV\x03\0\0\0");
    put(&mut bytes, 12, &(4 * GIB / 512).to_le_bytes());
    put(&mut bytes, 28, &1u64.to_le_bytes());
    put(&mut bytes, 36, &20u64.to_le_bytes());
    put(&mut bytes, 512, description.as_bytes());
    bytes
}

const DESCRIPTION: &str = "# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\n\
     createType=\"monolithicSparse\"\nRW 8388608 SPARSE \"a.vmdk\"\n";

fn vhdx() -> Vec<u8> {
    let mut bytes = vec![0; 2 << 20];
    put(&mut bytes, 0, b"vhdxfile");
    for (at, sequence) in [(64 << 10, 1u64), (128 << 10, 2)] {
        put(&mut bytes, at, b"head");
        put(&mut bytes, at + 8, &sequence.to_le_bytes());
    }
    let (regions, metadata) = (192 << 10, 1 << 20);
    put(&mut bytes, regions, b"regi\0\0\0\0\x01");
    put(
        &mut bytes,
        regions + 16,
        b"\x06\xa2\x7c\x8b\x90\x47\x9a\x4b\xb8\xfe\x57\x5f\x05\x0f\x88\x6e",
    );
    put(&mut bytes, regions + 32, &(metadata as u64).to_le_bytes());
    put(&mut bytes, metadata, b"metadata\0\0\x02");
    put(
        &mut bytes,
        metadata + 32,
        b"\x37\x67\xa1\xca\x36\xfa\x43\x4d\xb3\xb6\x33\xf0\xaa\x44\xe7\x6b",
    );
    put(&mut bytes, metadata + 48, &0x1_0000u32.to_le_bytes());
    put(
        &mut bytes,
        metadata + 64,
        b"\x24\x42\xa5\x2f\x1b\xcd\x76\x48\xb2\x11\x5d\xbe\xd8\x3b\xf4\xb8",
    );
    put(&mut bytes, metadata + 80, &0x1_0008u32.to_le_bytes());
    put(&mut bytes, metadata + 0x1_0008, &(3 * GIB).to_le_bytes());
    bytes
}

fn raw() -> Vec<u8> {
    let mut bytes = vec![0; 1 << 17];
    put(&mut bytes, 510, b"\x55\xaa");
    put(&mut bytes, 512, b"EFI PART");
    put(&mut bytes, 512 + 32, &255u64.to_le_bytes());
    bytes
}

fn refused(bytes: &Vec<u8>) -> String {
    match plain(bytes, LARGEST) {
        Err(Error::Refused(text)) => text.to_string(),
        other => panic!("{other:?}"),
    }
}

fn with(mut bytes: Vec<u8>, at: usize, what: &[u8]) -> Vec<u8> {
    put(&mut bytes, at, what);
    bytes
}

#[test]
fn formats_and_sizes_are_found() {
    assert_eq!(plain(&qcow2(), LARGEST), Ok((Format::Qcow2, 10 * GIB)));
    assert_eq!(
        plain(&vmdk(DESCRIPTION), LARGEST),
        Ok((Format::Vmdk, 4 * GIB))
    );
    assert_eq!(plain(&vhdx(), LARGEST), Ok((Format::Vhdx, 3 * GIB)));
    assert_eq!(plain(&raw(), LARGEST), Ok((Format::Raw, 1 << 17)));
}

#[test]
fn qcow2_that_needs_another_file_is_refused() {
    let backed = with(
        with(qcow2(), 8, &1024u64.to_be_bytes()),
        16,
        &11u32.to_be_bytes(),
    );
    assert_eq!(
        refused(&with(backed, 1024, b"/etc/shadow")),
        "The image is only the difference to another file (/etc/shadow), which Firn never opens. Make it whole first: \
         qemu-img convert -O qcow2 FILE NEW.qcow2."
    );
    assert_eq!(
        refused(&with(qcow2(), 72, &4u64.to_be_bytes())),
        "The image has its data in another file, which Firn never opens. Make it whole first: qemu-img convert -O qcow2 \
         FILE NEW.qcow2."
    );
}

#[test]
fn qcow2_that_cannot_be_read_is_refused() {
    let encrypted = "The image is encrypted. Decrypt it first, with qemu-img convert.";
    assert_eq!(refused(&with(qcow2(), 32, &2u32.to_be_bytes())), encrypted);
    assert_eq!(
        refused(&with(qcow2(), 4, &1u32.to_be_bytes())),
        "The image is qcow2 of version 1; Firn reads versions 2 and 3."
    );
    assert_eq!(
        refused(&with(qcow2(), 72, &(1u64 << 40).to_be_bytes())),
        "The image uses features of qcow2 that Firn does not know: a newer QEMU has made it."
    );
    assert_eq!(
        refused(&with(qcow2(), 72, &2u64.to_be_bytes())),
        "The image is marked as damaged. Repair it with qemu-img check -r all FILE where it comes from."
    );
    // In version 2 there are no features.
    let old = with(with(qcow2(), 4, &2u32.to_be_bytes()), 72, &[255; 8]);
    assert_eq!(plain(&old, LARGEST), Ok((Format::Qcow2, 10 * GIB)));
}

#[test]
fn sizes_have_a_limit() {
    assert_eq!(
        refused(&with(qcow2(), 24, &(1u64 << 60).to_be_bytes())),
        "The image is a disk of 1152922 TB, and 17.6 TB is the most that is taken."
    );
    let most = u64::MAX.to_be_bytes();
    assert!(refused(&with(qcow2(), 24, &most)).starts_with("The image is a disk of"));
    assert_eq!(
        refused(&with(vmdk(DESCRIPTION), 12, &(u64::MAX - 1).to_le_bytes())),
        "The image is damaged: its header makes no sense. Copy or download it again."
    );
}

#[test]
fn vmdk_in_several_files_is_refused() {
    let several = "The image is a VMDK in several files. Make one of them first: qemu-img convert -O qcow2 FILE NEW.qcow2.";
    let extent = "RW 8 FLAT \"/etc/shadow\" 0\n";
    assert_eq!(refused(&vmdk(&format!("{DESCRIPTION}{extent}"))), several);
    assert_eq!(refused(&vmdk(extent)), several);
    assert_eq!(refused(&with(vmdk(DESCRIPTION), 12, &[0; 8])), several);
    assert_eq!(refused(&DESCRIPTION.as_bytes().to_vec()), several);
    let kind = DESCRIPTION.replace("monolithicSparse", "twoGbMaxExtentSparse");
    assert!(
        refused(&vmdk(&kind))
            .starts_with("The image is a VMDK of the kind \"twoGbMaxExtentSparse\"; Firn reads")
    );
    let child =
        DESCRIPTION.replace("ffffffff", "12345678") + "parentFileNameHint=\"/etc/shadow\"\n";
    assert!(
        refused(&vmdk(&child))
            .starts_with("The image is only the difference to another file (/etc/shadow),")
    );
}

#[test]
fn a_stream_without_its_end_is_cut_off() {
    let stream = with(vmdk(DESCRIPTION), 56, &[255; 8]);
    let cut_off = "The file ends in the middle of the image. Copy or download it again.";
    assert_eq!(refused(&stream), cut_off);
    let end = stream.len() - 1024;
    assert_eq!(
        plain(&with(stream, end, b"KDMV"), LARGEST),
        Ok((Format::Vmdk, 4 * GIB))
    );
}

#[test]
fn vhdx_that_needs_more_is_refused() {
    let flags = (1 << 20) + 0x1_0004;
    assert_eq!(
        refused(&with(vhdx(), flags, &[2])),
        "The image is only the difference to another VHDX, which Firn never opens. Merge the two first, with Hyper-V's \
         Merge-VHD."
    );
    let log = (128 << 10) + 48;
    assert!(
        refused(&with(vhdx(), log, &[1]))
            .starts_with("The image was not closed: changes wait in its log.")
    );
    // The older header says nothing any more.
    assert!(plain(&with(vhdx(), (64 << 10) + 48, &[1]), LARGEST).is_ok());
}

#[test]
fn raw_must_be_a_disk_and_whole() {
    let page = b"<html>404 Not Found</html>".repeat(100);
    assert!(refused(&page).starts_with("The file is no disk image:"));
    let mut short = raw();
    short.truncate(1 << 16);
    assert_eq!(
        refused(&short),
        "The file ends in the middle of the image. Copy or download it again."
    );
    assert!(refused(&with(raw(), 0x8001, b"CD001")).starts_with("The file is a CD,"));
    assert!(
        refused(&with(raw(), 0, b"conectix"))
            .starts_with("The file is VHD, which Firn does not take.")
    );
}

fn real() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(qcow2()),
        Just(vmdk(DESCRIPTION)),
        Just(vhdx()),
        Just(raw())
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
        let _ = plain(&bytes, LARGEST);
    }

    #[test]
    fn damaged_headers_are_judged(
        mut bytes in real(),
        places in proptest::collection::vec((0usize..2048, 0usize..6, any::<u8>()), 0..40),
        length in any::<proptest::sample::Index>(),
    ) {
        // Where the tables of all four formats stand.
        const TABLES: [usize; 6] = [0, 64 << 10, 128 << 10, 192 << 10, 1 << 20, (1 << 20) + 0x1_0000];
        for (at, table, byte) in places {
            if let Some(place) = bytes.get_mut(TABLES[table] + at) {
                *place = byte;
            }
        }
        if let Ok((_, size)) = plain(&bytes, LARGEST) {
            prop_assert!(size <= LARGEST && size % 512 == 0 && size > 0);
        }
        bytes.truncate(length.index(bytes.len()));
        let _ = plain(&bytes, LARGEST);
    }
}
