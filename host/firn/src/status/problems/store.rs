//! The store: inactive, nearly full, or with a copy of its disk beside it.

use super::super::pool::Room;
use super::Problem;
use crate::store::disks;
use firn_command::cmd;
use firn_config::Store;

/// From so many percent on somebody should make room.
const NEARLY_FULL: f64 = 90.0;
/// From so many on nothing works any longer.
const FULL: f64 = 99.5;
/// The unit that activates it, as a problem names it; when that has failed, its reason is the better one.
const UNIT: &str = "(firn-store.service)";

/// Whether the store is being activated just now, as it is for a while after every start.
pub fn is_on_its_way() -> bool {
    let state = [
        "show",
        "--property=ActiveState",
        "--value",
        "firn-store.service",
    ];
    cmd("systemctl", state)
        .read()
        .is_ok_and(|state| state == "activating")
}

/// Judges what is known of the store, besides what was found before.
pub fn judge(
    kind: Option<Store>,
    room: Option<&Room>,
    before: &[Problem],
    on_its_way: bool,
) -> Vec<Problem> {
    match (kind, room) {
        (_, Some(room)) => full(room),
        (None, None) => Vec::new(),
        (Some(_), None) if on_its_way => vec![Problem::warning(
            "store for guests",
            "it is being activated, which takes up to a minute after a start",
        )],
        (Some(_), None) if before.iter().any(|p| p.part.ends_with(UNIT)) => Vec::new(),
        (Some(_), None) => vec![Problem::failed(
            "store for guests",
            "it is not active: `systemctl restart firn-store` activates it, or says why it cannot",
        )],
    }
}

fn full(room: &Room) -> Vec<Problem> {
    let used = room.used_bytes as f64 * 100.0 / (room.size_bytes as f64).max(1.0);
    let judge = |what: &str, percent: f64, todo: &str| {
        if percent < NEARLY_FULL {
            return None;
        }
        let text = format!("its {what} is {percent:.0} % full: {todo}");
        Some(match percent < FULL {
            true => Problem::warning("store for guests", text),
            false => Problem::failed("store for guests", text),
        })
    };
    let todo = "guests stop when it is full, so remove what is not needed";
    let room_for_data = judge("room", used, todo);
    let metadata = room.metadata_percent;
    let todo = "guests stop when it is full, so remove snapshots and volumes, or `lvextend --poolmetadatasize`";
    let metadata = metadata.and_then(|percent| judge("metadata", percent, todo));
    room_for_data.into_iter().chain(metadata).collect()
}

/// Copies of the host's disk in the same machine. They change nothing, but the next start may take one of them.
pub fn copies() -> Vec<Problem> {
    let found = disks::list().and_then(|devices| {
        let boot = disks::boot(&devices)?;
        Ok((disks::copies(&boot, &devices), boot.disk))
    });
    // Where the disks cannot be listed, the store's unit says so.
    let (copies, own) = found.unwrap_or_default();
    copies.iter().map(|copy| of_copy(copy, &own)).collect()
}

fn of_copy(copy: &str, own: &str) -> Problem {
    let reason = format!(
        "it is a copy of {own}, from which this host runs; nothing is written to it. Take it out: the next start may be from either"
    );
    Problem::warning(format!("disk {copy}"), reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(used: u64, metadata: f64) -> Room {
        Room {
            size_bytes: 1000,
            used_bytes: used,
            metadata_percent: Some(metadata),
        }
    }

    #[test]
    fn a_store_that_fills_up_is_told_of_in_time() {
        assert!(judge(Some(Store::LvmThin), Some(&room(899, 89.0)), &[], false).is_empty());
        let data = "guests stop when it is full, so remove what is not needed";
        assert_eq!(
            full(&room(931, 1.0)),
            [Problem::warning(
                "store for guests",
                format!("its room is 93 % full: {data}")
            )]
        );
        let both = full(&room(1000, 90.4));
        assert_eq!(
            both[0],
            Problem::failed(
                "store for guests",
                format!("its room is 100 % full: {data}")
            )
        );
        assert!(both[1].reason.starts_with("its metadata is 90 % full: "));
    }

    #[test]
    fn an_inactive_store_is_told_of_once() {
        let on_its_way = judge(Some(Store::Files), None, &[], true);
        assert_eq!(
            on_its_way,
            [Problem::warning(
                "store for guests",
                "it is being activated, which takes up to a minute after a start"
            )]
        );
        let found = judge(Some(Store::Files), None, &[], false);
        assert_eq!(
            found,
            [Problem::failed(
                "store for guests",
                "it is not active: `systemctl restart firn-store` activates it, or says why it cannot"
            )]
        );
        let unit = Problem::failed("Store for guests (firn-store.service)", "exit status 1: x");
        assert!(judge(Some(Store::Files), None, &[unit], false).is_empty());
        assert!(
            judge(None, None, &[], false).is_empty(),
            "the settings say nothing"
        );
    }

    #[test]
    fn a_copy_is_a_warning() {
        assert_eq!(
            of_copy("/dev/sdb", "/dev/sda"),
            Problem::warning(
                "disk /dev/sdb",
                "it is a copy of /dev/sda, from which this host runs; nothing is written to it. \
                 Take it out: the next start may be from either"
            )
        );
    }
}
