//! After a failure: nothing stays mounted or active, and nothing on the disk can be started.

use super::context::{Context, Result};
use super::failure::story;
use super::{bios, disk, esp, lvm, network, store, tables};
use firn_image::disk::UNFINISHED;
use firn_steps::Undo;
use firn_words::{Text, say};

/// In this order.
fn all<'a>() -> [Undo<Context<'a>>; 6] {
    [
        Undo {
            done: || say!("execute-undone-mounts"),
            needed: |c| !c.mounts.is_empty(),
            run: unmount,
        },
        Undo {
            done: || say!("execute-undone-volumes"),
            needed: |c| c.volumes_active,
            run: lvm::deactivate,
        },
        Undo {
            done: || say!("execute-undone-boot-code"),
            needed: |c| c.touched,
            run: |c| bios::make_unstartable(c),
        },
        Undo {
            done: || say!("execute-undone-loaders"),
            needed: |c| c.loaders,
            run: |c| esp::make_unstartable(c),
        },
        Undo {
            done: || say!("execute-undone-mark"),
            needed: |c| c.slot_partuuid.is_some(),
            run: |c| disk::rename_slot(c, UNFINISHED),
        },
        Undo {
            done: || say!("execute-undone-store-marks"),
            needed: |c| !store::touched(c).is_empty(),
            run: |c| store::rename(c, UNFINISHED),
        },
    ]
}

/// Undoes what was done; gives a sentence for each thing, and whether the disks are as it is promised.
pub fn undo(context: &mut Context<'_>) -> (Vec<Text>, bool) {
    network::stop(context);
    undo_disk(context)
}

/// What counts is what the disk says afterwards, not whether each part of the undoing went well.
fn undo_disk(context: &mut Context<'_>) -> (Vec<Text>, bool) {
    let (mut done, whole) = firn_steps::undo(&all(), context, not_undone);
    if !context.touched {
        return (done, whole);
    }
    let as_promised = tables::unfinished(context).unwrap_or(false);
    if whole && !as_promised {
        done.push(say!("execute-undone-not-kept"));
    }
    (done, as_promised)
}

fn not_undone(context: &Context<'_>, what: Text, error: &anyhow::Error) -> Text {
    let reason = context.secrets.hide(&story(error));
    say!("execute-not-undone", what = what, reason = reason)
}

/// In which state the disk is now; `whole` says that it is as promised.
pub fn left(context: &Context<'_>, whole: bool) -> Text {
    let disk = &context.plan.disk.path;
    let state = match (context.touched, whole, context.slot_partuuid) {
        (false, ..) => say!("execute-left-untouched", disk = disk),
        (true, false, _) => say!("execute-left-unknown", disk = disk),
        (true, true, None) => say!("execute-left-wiped", disk = disk),
        (true, true, Some(_)) => say!("execute-left-unfinished", disk = disk),
    };
    match store::touched(context)[..] {
        [] => state,
        ref stores => {
            let more = say!("execute-left-stores", disks = stores.join(", "));
            Text::join([state, more], " ")
        }
    }
}

fn unmount(context: &mut Context<'_>) -> Result<()> {
    while !context.mounts.is_empty() {
        context.unmount_last()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
