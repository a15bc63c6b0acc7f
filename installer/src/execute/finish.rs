//! The last step: everything is in place, now the disk becomes startable.

use super::context::{Context, Result};
use super::{bios, disk, esp, medium, network, nvram, store};
use crate::machine::BootMode;
use crate::plan::PartitionKind;

/// Waits for an address, then gives the loaders and the slot their names and writes the boot code last of all.
pub fn run(context: &mut Context<'_>) -> Result<()> {
    network::wait(context);
    let name = context.partition(PartitionKind::SlotA)?.name;
    context.loaders = true;
    esp::make_startable(context)?;
    // A further disk that looks empty while the host already needs it would be the worse of the two.
    store::rename(context, firn_image::disk::STORE)?;
    disk::rename_slot(context, name)?;
    bios::make_startable(context)?;
    if context.plan.boot.mode == BootMode::Uefi {
        nvram::add_entry(context);
    }
    medium::leave();
    // Whoever looks at the disk next must not see what the kernel still remembers of it.
    let _ = firn_command::cmd("blockdev", ["--flushbufs", &context.plan.disk.path]).run();
    Ok(())
}
