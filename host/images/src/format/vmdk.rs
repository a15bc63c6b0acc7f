//! VMware's sparse extents: one file with a binary header and a description as text in it.
//! <https://github.com/libyal/libvmdk/blob/main/documentation/VMWare%20Virtual%20Disk%20Format%20(VMDK).asciidoc>

use super::foreign::at_is;
use crate::Error;
use crate::bytes::{Bytes, Fields, cut_off, exactly, unreadable};
use firn_words::say;

const HEADER: usize = 512;
const SECTOR: u64 = 512;
/// The kinds of images that are one file.
const KINDS: &[&str] = &["monolithicSparse", "streamOptimized"];
/// A description is never longer, in sectors; real ones have 20.
const LONGEST: u64 = 128;
/// What stands for "the header at the end says it".
const AT_END: u64 = u64::MAX;

/// The size of the disk.
pub(crate) fn size(bytes: &dyn Bytes) -> Result<u64, Error> {
    let header = exactly(bytes, 0, HEADER)?;
    let sectors = header.le64(12);
    if sectors == 0 {
        return Err(Error::Refused(say!("image-vmdk-descriptor")));
    }
    description(bytes, &header)?;
    if header.le64(56) == AT_END {
        footer(bytes)?;
    }
    sectors
        .checked_mul(SECTOR)
        .ok_or_else(|| Error::Refused(say!("image-damaged-header")))
}

/// Of an image that was written as a stream the tables are found by a second header, in the last but one sector.
fn footer(bytes: &dyn Bytes) -> Result<(), Error> {
    let at = bytes.len().checked_sub(2 * SECTOR).ok_or_else(cut_off)?;
    if at_is(bytes, at, b"KDMV")? {
        Ok(())
    } else {
        Err(cut_off())
    }
}

fn description(bytes: &dyn Bytes, header: &Fields) -> Result<(), Error> {
    let (at, sectors) = (header.le64(28), header.le64(36));
    if at == 0 {
        return Ok(());
    }
    let most = (sectors.min(LONGEST) * SECTOR) as usize;
    let text = bytes
        .read(at.saturating_mul(SECTOR), most)
        .map_err(unreadable)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    judge(text.split('\0').next().unwrap_or_default())
}

/// The description must be of this one file and name no other.
fn judge(text: &str) -> Result<(), Error> {
    let value = |key: &str| text.lines().find_map(|line| value_of(line, key));
    if let Some(kind) = value("createType").filter(|kind| !KINDS.contains(kind)) {
        return Err(Error::Refused(say!("image-vmdk-kind", kind = kind)));
    }
    let has_parent = value("parentCID").is_some_and(|id| !id.eq_ignore_ascii_case("ffffffff"));
    let parent = value("parentFileNameHint");
    if has_parent || parent.is_some() {
        return Err(Error::Refused(say!(
            "image-backing-file",
            name = parent.unwrap_or("?")
        )));
    }
    let extents: Vec<_> = text.lines().filter(|line| is_extent(line)).collect();
    let ours = |line: &&str| line.split_whitespace().nth(2) == Some("SPARSE");
    if extents.len() > 1 || !extents.iter().all(ours) {
        return Err(Error::Refused(say!("image-vmdk-descriptor")));
    }
    Ok(())
}

/// `key = "value"`, as QEMU and VMware read it: the spaces and the quotes may be missing.
fn value_of<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let (name, value) = line.split_once('=')?;
    let same = name.trim().eq_ignore_ascii_case(key);
    same.then(|| value.trim().trim_matches('"'))
}

/// `RW 8192 SPARSE "disk.vmdk"`.
fn is_extent(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    ["RW", "RDONLY", "NOACCESS"].contains(&first)
}
