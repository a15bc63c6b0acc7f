//! The firmware's boot entry. Firmware that refuses is worth a warning and no more: it finds EFI/BOOT/BOOTX64.EFI.

use super::context::Context;
use super::failure::last_words;
use firn_command::cmd;
use firn_words::{Text, say};

const LABEL: &str = "Firn";
const LOADER: &str = "\\EFI\\firn\\grubx64.efi";

/// Makes an entry for this disk, first in the order, and has the firmware take it next.
pub fn add_entry(context: &mut Context<'_>) {
    if let Some(warning) = add(&context.plan.disk.path) {
        context.warn(warning);
    }
}

/// Makes an entry for a disk in place of all that Firn had; gives a warning when the firmware does not take it.
pub fn add(disk: &str) -> Option<Text> {
    for number in entries(&cmd("efibootmgr", [""; 0]).read().unwrap_or_default()) {
        let _ = cmd(
            "efibootmgr",
            ["--quiet", "--bootnum", &number, "--delete-bootnum"],
        )
        .run();
    }
    let create = cmd(
        "efibootmgr",
        [
            "--create", "--disk", disk, "--part", "2", "--label", LABEL, "--loader", LOADER,
        ],
    );
    match create.read() {
        Ok(listing) => {
            let taken = entries(&listing).last().is_none_or(|number| {
                let next = cmd("efibootmgr", ["--quiet", "--bootnext", number]);
                next.run().is_ok()
            });
            (!taken).then(|| say!("execute-no-boot-next"))
        }
        Err(e) => Some(say!("execute-no-boot-entry", reason = last_words(&e))),
    }
}

/// Has the firmware start the Firn that it has an entry for next; gives whether it does.
pub fn start_next() -> bool {
    let listing = cmd("efibootmgr", [""; 0]).read().unwrap_or_default();
    let next = |number: &String| {
        let tell = cmd("efibootmgr", ["--quiet", "--bootnext", number]);
        tell.run().is_ok()
    };
    entries(&listing).first().is_some_and(next)
}

/// Numbers of the entries that have our label: `Boot0003* Firn` and a tab.
fn entries(listing: &str) -> Vec<String> {
    let number = |line: &str| {
        let (number, rest) = line.strip_prefix("Boot")?.split_at_checked(4)?;
        let name = rest
            .trim_start_matches('*')
            .trim_start()
            .split('\t')
            .next()?;
        (name.trim() == LABEL && number.bytes().all(|b| b.is_ascii_hexdigit()))
            .then(|| number.to_owned())
    };
    listing.lines().filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_our_own_entries() {
        let listing = "BootCurrent: 0001\nBootOrder: 0001,0003\nBoot0001* UEFI DVD\tPci\nBoot0003* Firn\tHD(2,GPT)\n";
        assert_eq!(super::entries(listing), ["0003"]);
    }
}
