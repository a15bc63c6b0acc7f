//! Disks made on files, for tests.

use super::look::{self, Request};
use fatfs::{FileSystem, FormatVolumeOptions, FsOptions};
use firn_disks::BlockDevice;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use tempfile::NamedTempFile;
use uuid::Uuid;

pub use super::look::Seen;
pub use super::remains::{ESP, LVM};

pub const MIB: u64 = 1 << 20;
pub const SIZE: u64 = 20 << 30;
pub const ID: &str = "1a2b3c4d000040008000000000000001";
/// The id of the volume group.
const GROUP: &str = "AbCdEf-0123-4567-89ab-cdef-0123-456789";

/// A disk on a sparse file.
pub struct Made {
    pub file: NamedTempFile,
    pub block: u32,
}

impl Made {
    /// Zeros.
    pub fn blank() -> Self {
        let file = NamedTempFile::new().unwrap();
        file.as_file().set_len(SIZE).unwrap();
        Self { file, block: 512 }
    }

    /// With a table of these partitions: name, start and size in bytes.
    pub fn with_table(parts: &[(&str, u64, u64)]) -> Self {
        let made = Self::blank();
        made.write_table(parts);
        made
    }

    pub fn write_table(&self, parts: &[(&str, u64, u64)]) {
        let file = self.file.as_file();
        let mbr = gpt::mbr::ProtectiveMBR::with_lb_size(u32::try_from(SIZE / 512 - 1).unwrap());
        mbr.overwrite_lba0(&mut &*file).unwrap();
        let config = gpt::GptConfig::new().writable(true);
        let id = Uuid::parse_str(ID).unwrap();
        let mut table = config.create_from_device(file, Some(id)).unwrap();
        for (number, (name, start, size)) in (1..).zip(parts) {
            let kind = gpt::partition_types::LINUX_FS;
            table
                .add_partition_at(name, number, start / 512, size / 512, kind, 0)
                .unwrap();
        }
        table.write_inplace().unwrap();
    }

    /// A host's own disk, whose slot has this name.
    pub fn host(slot: &str) -> Self {
        let made = Self::with_table(&[
            ("firn-bios", MIB, MIB),
            ("firn-esp", ESP.0, ESP.1),
            (slot, 514 * MIB, 1024 * MIB),
            ("firn-b", 1538 * MIB, 1024 * MIB),
            ("firn-lvm", LVM, SIZE - MIB - LVM),
        ]);
        made.esp(&format!(
            r#"{{"id": "{ID}", "name": "xen1", "version": "0.1.0"}}"#
        ));
        made.volume(LVM);
        made
    }

    /// A further disk of a host's store.
    pub fn store() -> Self {
        let made = Self::with_table(&[("firn-store", MIB, SIZE - 2 * MIB)]);
        made.volume(MIB);
        made
    }

    fn esp_part(&self) -> Part<'_> {
        let (start, size) = ESP;
        Part {
            disk: self,
            start,
            size,
            at: 0,
        }
    }

    fn esp(&self, host_json: &str) {
        let mut part = self.esp_part();
        fatfs::format_volume(&mut part, FormatVolumeOptions::new()).unwrap();
        part.at = 0;
        let fs = FileSystem::new(&mut part, FsOptions::new()).unwrap();
        fs.root_dir()
            .create_dir("EFI")
            .unwrap()
            .create_dir("firn")
            .unwrap();
        let mut file = fs.root_dir().create_file("EFI/firn/host.json").unwrap();
        file.write_all(host_json.as_bytes()).unwrap();
    }

    /// Writes its host.json anew.
    pub fn host_json(&self, text: &[u8]) {
        let mut part = self.esp_part();
        let fs = FileSystem::new(&mut part, FsOptions::new()).unwrap();
        let mut file = fs.root_dir().open_file("EFI/firn/host.json").unwrap();
        file.truncate().unwrap();
        file.write_all(text).unwrap();
    }

    /// The file that a firmware starts.
    pub fn loader(&self) {
        let mut part = self.esp_part();
        let fs = FileSystem::new(&mut part, FsOptions::new()).unwrap();
        fs.root_dir().create_dir("EFI/BOOT").unwrap();
        fs.root_dir().create_file("EFI/BOOT/BOOTX64.EFI").unwrap();
    }

    fn volume(&self, start: u64) {
        self.put(
            start + 512,
            b"LABELONE\x01\0\0\0\0\0\0\0\0\0\0\0 \0\0\0LVM2 001",
        );
        self.put(
            start + 4608,
            format!("firn {{\nid = \"{GROUP}\"\nseqno = 1\n").as_bytes(),
        );
    }

    pub fn put(&self, at: u64, bytes: &[u8]) {
        self.file.as_file().write_all_at(bytes, at).unwrap();
    }

    pub fn get(&self, at: u64, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.file.as_file().read_exact_at(&mut bytes, at).unwrap();
        bytes
    }

    /// Both tables, and all around them, are gone.
    pub fn zap(&self) {
        self.zap_start();
        self.put(SIZE - MIB, &vec![0; MIB as usize]);
    }

    pub fn zap_start(&self) {
        self.put(0, &vec![0; MIB as usize]);
    }

    /// What the installer sees of it where the kernel shows no partitions.
    pub fn seen(&self) -> Seen {
        let device = BlockDevice {
            name: "vda".into(),
            path: self.file.path().display().to_string(),
            kind: "disk".into(),
            size: SIZE,
            log_sec: self.block,
            ..BlockDevice::default()
        };
        look::at(&Request {
            device,
            ..Request::default()
        })
    }

    pub fn holds(&self) -> Vec<String> {
        self.seen()
            .contents
            .iter()
            .map(|c| c.what.to_string())
            .collect()
    }
}

/// A partition that is written through its disk.
struct Part<'d> {
    disk: &'d Made,
    start: u64,
    size: u64,
    at: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self
            .disk
            .file
            .as_file()
            .read_at(buf, self.start + self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Write for Part<'_> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let n = self
            .disk
            .file
            .as_file()
            .write_at(buf, self.start + self.at)?;
        self.at += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Part<'_> {
    fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
        let at = match pos {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => self.size.checked_add_signed(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
        };
        self.at = at.ok_or_else(|| io::Error::other("before the start"))?;
        Ok(self.at)
    }
}
