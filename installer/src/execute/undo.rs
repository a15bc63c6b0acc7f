//! After a failure: nothing stays mounted or active, and nothing on the disk can be started.

use super::context::{Context, Result};
use super::{bios, disk, esp, lvm, network};

/// One thing to undo, in words.
type Undo = (&'static str, fn(&mut Context<'_>) -> Result<()>);

/// In this order. All are tried, whatever became of the ones before.
const ALL: &[Undo] = &[
    ("unmounted the new file systems", unmount),
    ("let go of the new volumes", lvm::deactivate),
    ("removed the boot code", |c| bios::make_unstartable(c)),
    ("removed the EFI loaders", |c| esp::make_unstartable(c)),
    ("marked the disk as not finished", |c| {
        disk::rename_slot(c, disk::UNFINISHED)
    }),
];

/// Undoes what was done; gives a sentence for each thing.
pub fn undo(context: &mut Context<'_>) -> Vec<String> {
    network::stop(context);
    if !context.touched {
        return vec!["nothing was written to the disk yet".into()];
    }
    let mut done = Vec::new();
    for (words, undo) in ALL {
        match undo(context) {
            Ok(()) => done.push((*words).to_owned()),
            Err(e) => done.push(format!("not {words}: {e:#}")),
        }
    }
    let _ = firn_command::cmd("blockdev", ["--flushbufs", &context.plan.disk.path]).run();
    done
}

fn unmount(context: &mut Context<'_>) -> Result<()> {
    while !context.mounts.is_empty() {
        context.unmount_last()?;
    }
    Ok(())
}
