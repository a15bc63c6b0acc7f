//! OVA: a tar archive of an OVF description and a disk. Nothing is unpacked: the disk is read where it lies in the archive.

use crate::Error;
use crate::bytes::{Bytes, Part, cut_off, reopened};
use crate::format::{self, foreign::at_is};
use firn_words::say;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Component, Path};
use tar::{Archive, Entry, EntryType};

/// An OVA has a description, a list of checksums, a certificate and its disks.
const MOST_MEMBERS: usize = 64;

/// Whether these are the bytes of a tar archive.
pub(crate) fn is_archive(bytes: &dyn Bytes) -> Result<bool, Error> {
    at_is(bytes, 257, b"ustar")
}

/// Where the only disk of an archive lies: first byte and length.
pub(crate) fn disk(file: &File, len: u64) -> Result<(u64, u64), Error> {
    let reader = BufReader::new(reopened(file)?);
    let mut archive = Archive::new(reader);
    let (mut described, mut disks) = (false, Vec::new());
    // Raw: what some archives put before a member, a longer name or size, is not believed.
    let entries = archive.entries_with_seek().map_err(|_| cut_off())?;
    for (at, entry) in entries.raw(true).enumerate() {
        let entry = entry.map_err(|_| cut_off())?;
        if at == MOST_MEMBERS {
            return Err(Error::Refused(say!("image-ova-many", most = MOST_MEMBERS)));
        }
        let Some(member) = member(&entry, len)? else {
            continue;
        };
        described |= member.described;
        if is_disk(file, member.part)? {
            disks.push(member.part);
        }
    }
    one(described, &disks)
}

fn one(described: bool, disks: &[(u64, u64)]) -> Result<(u64, u64), Error> {
    match disks {
        _ if !described => Err(Error::Refused(say!("image-ova-no-description"))),
        [disk] => Ok(*disk),
        [] => Err(Error::Refused(say!("image-ova-no-disk"))),
        several => Err(Error::Refused(say!(
            "image-ova-disks",
            count = several.len()
        ))),
    }
}

struct Member {
    described: bool,
    part: (u64, u64),
}

/// A file in the archive; none where the entry only describes the next one.
fn member(entry: &Entry<'_, impl Read>, len: u64) -> Result<Option<Member>, Error> {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    match entry.header().entry_type() {
        EntryType::Regular | EntryType::Continuous => check_name(&name)?,
        EntryType::XHeader | EntryType::XGlobalHeader | EntryType::GNULongName => return Ok(None),
        _ => return Err(Error::Refused(say!("image-ova-no-file", name = name))),
    }
    let size = entry.header().entry_size().map_err(|_| cut_off())?;
    let part = (entry.raw_file_position(), size);
    if part.0.checked_add(size).is_none_or(|end| end > len) {
        return Err(cut_off());
    }
    let described = name.to_ascii_lowercase().ends_with(".ovf");
    Ok(Some(Member { described, part }))
}

/// Names are never used as paths, but an archive with such names is made to do harm.
fn check_name(name: &str) -> Result<(), Error> {
    let normal = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    let plain = !name.contains(['\\', '\0']) && Path::new(name).components().all(normal);
    if plain && !name.is_empty() {
        return Ok(());
    }
    Err(Error::Refused(say!("image-ova-path", name = name)))
}

fn is_disk(file: &File, (start, len): (u64, u64)) -> Result<bool, Error> {
    Ok(format::with_header(&Part { file, start, len })?.is_some())
}
