use super::*;
use fatfs::{FatType, FormatVolumeOptions};
use proptest::prelude::*;
use std::os::unix::fs::FileExt;

/// A file system with clusters of 512 bytes on a file, in which `make` has made files.
fn made(make: impl FnOnce(&FileSystem<&File>)) -> tempfile::NamedTempFile {
    let disk = tempfile::NamedTempFile::new().unwrap();
    disk.as_file().set_len(64 << 20).unwrap();
    let mut file = disk.as_file();
    let options = FormatVolumeOptions::new()
        .fat_type(FatType::Fat32)
        .bytes_per_cluster(512);
    fatfs::format_volume(file, options).unwrap();
    file.rewind().unwrap();
    let fs = FileSystem::new(file, FsOptions::new()).unwrap();
    make(&fs);
    fs.unmount().unwrap();
    disk
}

fn put(fs: &FileSystem<&File>, path: &str, bytes: &[u8]) {
    fs.root_dir()
        .create_file(path)
        .unwrap()
        .write_all(bytes)
        .unwrap();
}

#[test]
fn a_file_in_one_piece_is_found_where_its_bytes_are() {
    let disk = made(|fs| {
        fs.root_dir().create_dir("grub").unwrap();
        put(fs, "grub/first", &[1; 3000]);
        put(fs, "grub/grubenv", &[7; 1024]);
        put(fs, "grub/empty", &[]);
    });
    let path = disk.path().to_str().unwrap();
    let place = |file: &str, size| super::place(path, file, size).unwrap();
    let at = place("grub/grubenv", 1024).unwrap();
    let mut bytes = [0; 1024];
    disk.as_file().read_exact_at(&mut bytes, at).unwrap();
    assert_eq!(bytes, [7; 1024]);
    assert_eq!(place("grub/grubenv", 1023), None);
    assert_eq!(place("grub/empty", 0), None);
    assert!(place("grub/first", 3000).is_some());
    assert_eq!(read(path, "grub/first").unwrap(), [1; 3000]);
    let missing = super::place(path, "grub/other", 1024).unwrap_err();
    assert_eq!(missing.kind(), io::ErrorKind::NotFound);
}

#[test]
fn a_file_in_two_pieces_is_no_place() {
    let disk = made(|fs| {
        put(fs, "grubenv", &[7; 512]);
        put(fs, "between", &[1; 512]);
        let mut file = fs.root_dir().open_file("grubenv").unwrap();
        file.seek(SeekFrom::End(0)).unwrap();
        file.write_all(&[7; 512]).unwrap();
    });
    let path = disk.path().to_str().unwrap();
    assert_eq!(read(path, "grubenv").unwrap(), [7; 1024]);
    assert_eq!(super::place(path, "grubenv", 1024).unwrap(), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is damaged: it ends, and what is called a place has the file's bytes.
    #[test]
    fn damage_is_survived(damage in prop::collection::vec((0_u64..2 << 20, any::<u8>()), 0..40)) {
        let disk = made(|fs| put(fs, "grubenv", &[7; 1024]));
        for (at, byte) in damage {
            disk.as_file().write_all_at(&[byte], at).unwrap();
        }
        let path = disk.path().to_str().unwrap();
        if let Ok(Some(at)) = super::place(path, "grubenv", 1024) {
            let mut bytes = vec![0; 1024];
            disk.as_file().read_exact_at(&mut bytes, at).unwrap();
            prop_assert_eq!(bytes, read(path, "grubenv").unwrap());
        }
    }
}
