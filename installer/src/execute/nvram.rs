//! The firmware's boot entry. Firmware that refuses is worth a warning and no more: it finds EFI/BOOT/BOOTX64.EFI.

use super::context::Context;
use super::failure::last_words;
use firn_command::cmd;
use firn_disks::partition_path;
use firn_words::{Text, say};
use std::fs;
use uuid::Uuid;

const LABEL: &str = "Firn";
const LOADER: &str = "\\EFI\\firn\\grubx64.efi";
/// The number of the EFI system partition.
const ESP: usize = 2;

/// Makes an entry for this disk, first in the order, and has the firmware take it next.
pub fn add_entry(context: &mut Context<'_>) {
    if let Some(warning) = add(&context.plan.disk.path) {
        context.warn(warning);
    }
}

/// Makes an entry for a disk in place of those that Firn had, but for the entries of other disks in this machine; gives a warning when
/// the firmware does not take it.
pub fn add(disk: &str) -> Option<Text> {
    let esp = partition_path(disk, ESP);
    let known = entries(&listing());
    for entry in known.iter().filter(|entry| !entry.leads_past(&esp)) {
        let delete = ["--quiet", "--bootnum", &entry.number, "--delete-bootnum"];
        let _ = cmd("efibootmgr", delete).run();
    }
    create("--create", disk)
}

/// Has the firmware take this disk next; where it has no entry for the disk's ESP it gets one, which changes nothing of the order. Gives
/// a warning when it does not take it.
pub fn start_next(disk: &str, esp: Uuid) -> Option<Text> {
    let found = entries(&listing()).into_iter().find(|one| one.is_on(esp));
    match found {
        Some(entry) => take_next(&entry),
        None => create("--create-only", disk),
    }
}

fn listing() -> String {
    cmd("efibootmgr", ["--verbose"]).read().unwrap_or_default()
}

fn create(how: &str, disk: &str) -> Option<Text> {
    let known = entries(&listing());
    let part = ESP.to_string();
    let place = ["--disk", disk, "--part", &part];
    let entry = ["--label", LABEL, "--loader", LOADER];
    let words = [&[how], &place[..], &entry].concat();
    match cmd("efibootmgr", words).read() {
        Ok(listing) => {
            let new = |entry: &&Entry| known.iter().all(|one| one.number != entry.number);
            entries(&listing).iter().find(new).and_then(take_next)
        }
        Err(e) => Some(say!("execute-no-boot-entry", reason = last_words(&e))),
    }
}

fn take_next(entry: &Entry) -> Option<Text> {
    let next = cmd("efibootmgr", ["--quiet", "--bootnext", &entry.number]);
    next.run().err().map(|_| say!("execute-no-boot-next"))
}

/// A boot entry with our label.
#[derive(Debug, PartialEq)]
struct Entry {
    number: String,
    /// The device path, as efibootmgr writes it.
    path: String,
}

impl Entry {
    /// The PARTUUID in `HD(2,GPT,e3f4b9a0-…,0x1000,0x40000)/…`.
    fn partition(&self) -> Option<Uuid> {
        self.path.split(',').nth(2)?.parse().ok()
    }

    /// Whether it names this partition.
    fn is_on(&self, esp: Uuid) -> bool {
        self.partition() == Some(esp)
    }

    /// Whether it leads to another partition than this one, which is in this machine.
    fn leads_past(&self, esp: &str) -> bool {
        let named = |id| fs::canonicalize(format!("/dev/disk/by-partuuid/{id}")).ok();
        let there = self.partition().and_then(named);
        there.is_some_and(|there| fs::canonicalize(esp).ok() != Some(there))
    }
}

/// The entries that have our label: `Boot0003* Firn`, a tab, and the device path.
fn entries(listing: &str) -> Vec<Entry> {
    let read = |line: &str| {
        let (number, rest) = line.strip_prefix("Boot")?.split_at_checked(4)?;
        let (name, path) = rest.split_once('\t').unwrap_or((rest, ""));
        let name = name.trim_start_matches('*').trim();
        (name == LABEL && number.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Entry {
            number: number.to_owned(),
            path: path.to_owned(),
        })
    };
    listing.lines().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_our_own_entries() {
        let esp = "e3f4b9a0-0f0b-4c9e-8d5a-0a1b2c3d4e5f";
        let path = format!("HD(2,GPT,{esp},0x1000,0x40000)/\\EFI\\firn\\grubx64.efi");
        let listing = format!(
            "BootCurrent: 0001\nBootOrder: 0001,0003\nBoot0001* UEFI DVD\tPci\nBoot0003* Firn\t{path}\n      dp: 04 01\n"
        );
        let found = entries(&listing);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].number.as_str(), &found[0].path), ("0003", &path));
        assert!(found[0].is_on(esp.parse().unwrap()) && !found[0].is_on(Uuid::nil()));
        assert!(!found[0].leads_past("/dev/null"), "it leads nowhere");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever other makers' entries say: an entry of ours has a number that efibootmgr takes, and our label alone makes it ours.
        #[test]
        fn only_our_label_makes_an_entry_ours(
            others in prop::collection::vec("Boot[0-9A-Fa-z+\u{e9}]{3,5}\\*? ?(Firn|Firn x|firn|\\PC{0,8})(\t\\PC{0,20})?|\\PC{0,20}", 0..8),
            number in "[0-9A-F]{4}", path in "[ -~]{0,40}", text in any::<String>(),
        ) {
            let listing = format!("{}\nBoot{number}* Firn\t{path}\n", others.join("\n"));
            let found = entries(&listing);
            prop_assert!(found.iter().any(|entry| entry.number == number && entry.path == path));
            for entry in found.iter().chain(&entries(&text)) {
                prop_assert!(u16::from_str_radix(&entry.number, 16).is_ok() && entry.number.len() == 4);
                prop_assert!(!entry.path.contains('\n'));
                let _ = entry.partition();
            }
            let firn = |line: &&str| line.contains("Firn");
            prop_assert!(found.len() <= listing.lines().filter(firn).count());
        }
    }
}
