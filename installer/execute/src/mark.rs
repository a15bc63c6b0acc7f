//! The mark of an unfinished installation: such a disk counts as empty.

use firn_disks::gpt;
use firn_image::disk::UNFINISHED;
use firn_steps::Result;
use uuid::Uuid;

/// Whether the partition of this PARTUUID has the mark; without one, whether there is no table.
pub fn is_marked(path: &str, block: u32, part: Option<Uuid>) -> Result<bool> {
    let found = gpt::read_anew(path, block)?;
    Ok(match (found.table(), part) {
        (Some(table), Some(wanted)) => table
            .partitions
            .iter()
            .any(|part| part.guid == wanted && part.name == UNFINISHED),
        (Some(_), None) => false,
        (None, wanted) => wanted.is_none(),
    })
}
