//! What goes wrong, one thing after the other.

use crate::bench::DISK_BYTES;

/// Sectors of 512 bytes in a MiB.
const MIB: u64 = 2048;
/// The first MiB of the parts of a disk, as `plan/layout.rs` cuts it.
const BIOS_AT: u64 = 1;
const ESP_AT: u64 = 2;
const SLOT_A_AT: u64 = 514;
const LVM_AT: u64 = 2562;

/// How the disk must be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// As it was: empty.
    Untouched,
    /// No partition table, and the notice in its first sector.
    Wiped,
    /// Marked as not finished, and the notice in its first sector.
    Unfinished,
}

/// One thing that goes wrong.
pub struct Case {
    /// The disk's serial number; the answer file has the same name.
    pub serial: &'static str,
    pub bytes: u64,
    /// Sectors that cannot be written.
    pub bad: &'static [u64],
    /// What the shell does before.
    pub before: &'static str,
    /// Further words for the installer.
    pub words: &'static str,
    /// The step that fails.
    pub step: &'static str,
    /// What the lines say besides.
    pub said: &'static [&'static str],
    pub left: Left,
}

/// A program of the same name earlier in PATH, which is killed the third time: the first two make the slots.
const KILLED_MKFS: &str = "mkdir -p /root/bad && printf '%s\\n' '#!/bin/sh' 'echo x >>/root/bad/count' \
     'test $(wc -l </root/bad/count) -ge 3 && kill -9 $$' 'exec /usr/sbin/mkfs.ext4 \"$@\"' >/root/bad/mkfs.ext4 && \
     chmod +x /root/bad/mkfs.ext4 && export PATH=/root/bad:$PATH";

/// `lvm` that fails for one of its verbs.
const FAILING_LVMDEVICES: &str = "mkdir -p /root/bad && printf '%s\\n' '#!/bin/sh' \
     'test $1 = lvmdevices && { echo \"  no devices today\" >&2; exit 5; }' 'exec /usr/sbin/lvm \"$@\"' >/root/bad/lvm && \
     chmod +x /root/bad/lvm && export PATH=/root/bad:$PATH";

/// Somebody else takes the room in the slot as soon as it is mounted.
const FILLS: &str = "{ until mountpoint -q /run/firn/target/slot; do sleep 0.1; done; fallocate -l 900M /run/firn/target/slot/fill; } & true";

/// From the last step on the ESP cannot be written.
const ESP_READ_ONLY: &str = "rm -f /run/firn/install.jsonl; \
     { until grep -qs '\"name\":\"finish\"' /run/firn/install.jsonl; do sleep 1; done; blockdev --setro /dev/disk/by-id/virtio-FINISH-part2; } & true";

const TODO_DISK: &str =
    " gives errors while it is read or written: look at its cable and its health";

pub static CASES: &[Case] = &[
    Case {
        serial: "PREPARE",
        bytes: DISK_BYTES,
        bad: &[],
        before: "true",
        words: "--image /mnt",
        step: "prepare",
        said: &[
            "/mnt/manifest.json cannot be read; is the installation medium still there?",
            "to do: Make the installation medium again",
        ],
        left: Left::Untouched,
    },
    Case {
        serial: "LASTMIB",
        bytes: DISK_BYTES,
        bad: &[DISK_BYTES / 512 - 1],
        before: "true",
        words: "",
        step: "partition",
        said: &[
            "Input/output error",
            "undone: removed the boot code",
            TODO_DISK,
        ],
        left: Left::Wiped,
    },
    Case {
        serial: "ESP",
        bytes: DISK_BYTES,
        bad: &[ESP_AT * MIB + 32],
        before: "true",
        words: "",
        step: "esp",
        said: &[
            "Input/output error",
            "undone: marked the disk as not finished",
            TODO_DISK,
        ],
        left: Left::Unfinished,
    },
    Case {
        serial: "SLOT",
        bytes: DISK_BYTES,
        bad: &[
            // Where the image comes to lie, seen on a disk that was installed on; which of its files is hit changes with their sizes.
            (SLOT_A_AT + 290) * MIB,
            (SLOT_A_AT + 330) * MIB,
            (SLOT_A_AT + 370) * MIB,
            (SLOT_A_AT + 410) * MIB,
        ],
        before: "true",
        words: "",
        step: "slot",
        said: &[
            "failed: slot: writing /run/firn/target/slot/",
            "Input/output error (os error 5)",
            "undone: unmounted the new file systems",
            TODO_DISK,
        ],
        left: Left::Unfinished,
    },
    Case {
        serial: "LVM",
        bytes: DISK_BYTES,
        bad: &[LVM_AT * MIB + 8],
        before: "true",
        words: "",
        step: "lvm",
        said: &["command: lvm ", "status: exit status: 5", TODO_DISK],
        left: Left::Unfinished,
    },
    Case {
        serial: "CORE",
        bytes: DISK_BYTES,
        bad: &[BIOS_AT * MIB + 16],
        before: "true",
        words: "",
        step: "boot",
        said: &["Input/output error", TODO_DISK],
        left: Left::Unfinished,
    },
    Case {
        serial: "STATE",
        bytes: DISK_BYTES,
        bad: &[],
        before: FAILING_LVMDEVICES,
        words: "",
        step: "state",
        said: &[
            "lvm ended with exit status: 5: ",
            "command: lvm lvmdevices --yes",
            "said: no devices today",
            "undone: let go of the new volumes",
        ],
        left: Left::Unfinished,
    },
    Case {
        serial: "FINISH",
        bytes: DISK_BYTES,
        bad: &[],
        before: ESP_READ_ONLY,
        words: "",
        step: "finish",
        said: &[
            "undone: removed the boot code",
            "undone: removed the EFI loaders",
            "undone: marked the disk as not finished",
        ],
        left: Left::Unfinished,
    },
    Case {
        serial: "FULL",
        bytes: DISK_BYTES,
        bad: &[],
        before: FILLS,
        words: "",
        step: "slot",
        said: &[
            "root.squashfs: No space left on device (os error 28)",
            "undone: unmounted the new file systems",
            "to do: There was no room for everything: install on a larger disk",
        ],
        left: Left::Unfinished,
    },
    Case {
        serial: "KILLED",
        bytes: DISK_BYTES,
        bad: &[],
        before: KILLED_MKFS,
        words: "",
        step: "lvm",
        said: &[
            "mkfs.ext4 was ended from outside (signal: 9 (SIGKILL))",
            "undone: let go of the new volumes",
            "to do: Try again. If it happens again, the machine may have too little memory",
        ],
        left: Left::Unfinished,
    },
];

/// The disk of the case that is installed on again.
pub const AGAIN: &str = "KILLED";
