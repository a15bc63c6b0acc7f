//! Steps as sentences: what is going to happen, or happens just now.

use super::{BootFile, Source, Step};
use crate::definition::Definition;
use firn_config::Size;
use firn_words::{Text, say};

impl Step {
    /// The sentence, for a guest of this name.
    pub fn told(&self, guest: &str) -> Text {
        self.of_volumes()
            .or_else(|| self.of_life(guest))
            .unwrap_or_else(|| self.of_devices(guest))
    }

    fn of_volumes(&self) -> Option<Text> {
        Some(match self {
            Self::Reserve {
                store,
                volume,
                size,
            } => {
                say!(
                    "guests-step-reserve",
                    volume = volume,
                    size = Size(*size),
                    store = store
                )
            }
            Self::Fill {
                volume,
                from: Source::Image,
                ..
            } => say!("guests-step-fill-image", volume = volume),
            Self::Fill {
                volume,
                from: Source::Cd,
                ..
            } => say!("guests-step-fill-cd", volume = volume),
            Self::Fill {
                volume,
                from: Source::Seed,
                ..
            } => say!("guests-step-fill-seed", volume = volume),
            Self::Settle { volume, .. } => say!("guests-step-settle", volume = volume),
            Self::Rename { from, to, .. } => say!("guests-step-rename", from = from, to = to),
            Self::Remove { volume, store } => {
                say!("guests-step-remove", volume = volume, store = store)
            }
            Self::Grow { volume, size, .. } => {
                say!("guests-step-grow", volume = volume, size = Size(*size))
            }
            _ => return None,
        })
    }

    fn of_life(&self, guest: &str) -> Option<Text> {
        Some(match self {
            Self::Start { .. } => say!("guests-step-start", name = guest),
            Self::Ask { reboot: false } => say!("guests-step-ask-stop", name = guest),
            Self::Ask { reboot: true } => say!("guests-step-ask-reboot", name = guest),
            Self::Wait { seconds } => say!("guests-step-wait", name = guest, seconds = *seconds),
            Self::Destroy => say!("guests-step-destroy", name = guest),
            Self::Clean => say!("guests-step-clean", name = guest),
            Self::Reset => say!("guests-step-reset", name = guest),
            Self::Pause => say!("guests-step-pause", name = guest),
            Self::Unpause => say!("guests-step-unpause", name = guest),
            Self::Define { before, after } => defined(guest, before.as_deref(), after.as_deref()),
            _ => return None,
        })
    }

    fn of_devices(&self, guest: &str) -> Text {
        match self {
            Self::Memory { to, .. } => say!("guests-step-memory", name = guest, size = Size(*to)),
            Self::Cpus { to, .. } => say!("guests-step-cpus", name = guest, cpus = *to),
            Self::AttachDisk { disk, .. } => {
                say!("guests-step-attach", name = guest, what = &disk.target)
            }
            Self::AttachNic { nic, .. } => {
                say!("guests-step-attach", name = guest, what = &nic.mac)
            }
            Self::DetachDisk { disk, .. } => {
                say!("guests-step-detach", name = guest, what = &disk.target)
            }
            Self::DetachNic { nic, .. } => {
                say!("guests-step-detach", name = guest, what = &nic.mac)
            }
            Self::Keep {
                file: BootFile::Kernel,
            } => say!("guests-step-keep-kernel", name = guest),
            Self::Keep {
                file: BootFile::Ramdisk,
            } => say!("guests-step-keep-ramdisk", name = guest),
            _ => say!("guests-step-drop", name = guest),
        }
    }
}

fn defined(guest: &str, before: Option<&Definition>, after: Option<&Definition>) -> Text {
    let trashed = |of: Option<&Definition>| of.is_some_and(Definition::is_trashed);
    match (before, after) {
        (_, None) => say!("guests-step-forget", name = guest),
        (None, _) => say!("guests-step-define", name = guest),
        _ if trashed(after) => say!("guests-step-bury", name = guest),
        _ if trashed(before) => say!("guests-step-unbury", name = guest),
        _ => say!("guests-step-change", name = guest),
    }
}
