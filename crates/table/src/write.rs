//! Writing both copies of a table, one after the other: whenever the power fails, one of them is whole.

use crate::Table;
use crate::entry::set_name;
use crate::header::{Geometry, Header};
use std::io::{self, Seek, SeekFrom, Write};
use uuid::Uuid;

impl Table {
    /// Gives the partition of this GUID another name; says whether there is one.
    pub fn rename(&mut self, guid: Uuid, name: &str) -> bool {
        let Some(partition) = self.partitions.iter_mut().find(|p| p.guid == guid) else {
            return false;
        };
        partition.name = name.to_owned();
        let each = usize::try_from(self.header.entry_size).unwrap_or(128);
        let index = usize::try_from(partition.number)
            .unwrap_or(1)
            .saturating_sub(1);
        if let Some(entry) = self.entries.chunks_exact_mut(each).nth(index) {
            set_name(entry, name);
        }
        self.header.entries_checksum = crc32fast::hash(&self.entries);
        true
    }

    /// Writes both copies to a disk of `size` bytes, the one at the end first. `sync` brings what was written onto the disk.
    ///
    /// # Errors
    /// When writing fails, or the table does not fit the disk.
    pub fn write<D: Write + Seek>(
        &self,
        disk: &mut D,
        size: u64,
        mut sync: impl FnMut(&mut D) -> io::Result<()>,
    ) -> io::Result<()> {
        let place = Geometry::new(size, self.block);
        for header in self
            .headers(place)
            .ok_or_else(|| io::Error::other("the table does not fit the disk"))?
        {
            at(disk, place, header.entries_at)?;
            disk.write_all(&self.entries)?;
            at(disk, place, header.at)?;
            disk.write_all(&header.encode(place.block))?;
            disk.flush()?;
            sync(disk)?;
        }
        Ok(())
    }

    /// The header of the copy at the end, and the one at the start.
    fn headers(&self, place: Geometry) -> Option<[Header; 2]> {
        let length = (self.entries.len() as u64).div_ceil(u64::from(place.block));
        let last = place.blocks.checked_sub(1)?;
        let copy = last.checked_sub(length)?;
        let fits = 2 + length <= self.header.first_usable && self.header.last_usable < copy;
        let header = |at, other, entries_at| Header {
            at,
            other,
            entries_at,
            ..self.header.clone()
        };
        fits.then(|| [header(last, 1, copy), header(1, last, 2)])
    }
}

fn at<D: Seek>(disk: &mut D, place: Geometry, block: u64) -> io::Result<u64> {
    disk.seek(SeekFrom::Start(
        block.saturating_mul(u64::from(place.block)),
    ))
}
