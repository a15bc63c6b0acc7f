//! A small archive for the initrd, in the format that the kernel unpacks ("newc"). It may stand behind another one; pure.

const FOLDER: u32 = 0o040_755;
const FILE: u32 = 0o100_644;
const MAGIC: &[u8] = b"070701";
/// Everything in the archive begins at a multiple of this, in bytes.
const ALIGN: usize = 4;
/// The end of an archive is filled up to this.
const BLOCK: usize = 512;

/// Puts an archive behind those that a file holds. The kernel unpacks one after the other; each must begin at a multiple of four bytes.
pub fn append(file: &mut Vec<u8>, archive: Archive) {
    pad(file, BLOCK);
    file.extend(archive.finish());
}

/// An archive that is being written.
#[derive(Default)]
pub struct Archive {
    bytes: Vec<u8>,
    folders: Vec<String>,
    entries: u32,
}

impl Archive {
    /// Adds a file with the folders above it; the path has no slash at its beginning.
    pub fn file(&mut self, path: &str, content: &[u8]) {
        for (at, _) in path.match_indices('/') {
            let folder = &path[..at];
            if !self.folders.iter().any(|known| known == folder) {
                self.entry(folder, FOLDER, &[]);
                self.folders.push(folder.to_owned());
            }
        }
        self.entry(path, FILE, content);
    }

    /// The whole archive.
    pub fn finish(mut self) -> Vec<u8> {
        self.entry("TRAILER!!!", 0, &[]);
        pad(&mut self.bytes, BLOCK);
        self.bytes
    }

    fn entry(&mut self, path: &str, mode: u32, content: &[u8]) {
        self.entries += 1;
        let size = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let name = u32::try_from(path.len() + 1).unwrap_or(u32::MAX);
        // Number, mode, owner, group, links, time, size, device and device node (two numbers each), length of the name, checksum.
        let fields = [self.entries, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, name, 0];
        self.bytes.extend_from_slice(MAGIC);
        for field in fields {
            self.bytes
                .extend_from_slice(format!("{field:08x}").as_bytes());
        }
        self.bytes.extend_from_slice(path.as_bytes());
        self.bytes.push(0);
        pad(&mut self.bytes, ALIGN);
        self.bytes.extend_from_slice(content);
        pad(&mut self.bytes, ALIGN);
    }
}

/// Fills up with zeros.
fn pad(bytes: &mut Vec<u8>, multiple: usize) {
    bytes.resize(bytes.len().next_multiple_of(multiple), 0);
}
