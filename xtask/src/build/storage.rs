//! Which drivers of a kernel lead to disks: read from the tables that depmod makes, so that a new kernel brings its new drivers by itself.

use crate::recipe::LeftOut;
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

/// What a driver of disks builds on.
const LAYERS: [&str; 5] = ["libata", "mmc_core", "nvme_core", "scsi_mod", "ufshcd_core"];
/// Drivers in this folder make disks without any layer below them.
const BLOCK: &str = "kernel/drivers/block/";
/// The buses whose devices ask for their driver by themselves. A driver of none of them serves no hardware.
const BUSES: [&str; 7] = ["acpi*", "pci", "pnp", "usb", "virtio", "vmbus", "xen"];

/// The drivers of disks, without those that the recipe leaves out.
///
/// `aliases` is the text of `modules.alias`, `dependencies` that of `modules.dep`, where each line names all that a module needs.
///
/// # Errors
/// When the recipe leaves out what is no driver of a disk, so that no list of exceptions outlives its reasons.
pub fn drivers(
    aliases: &str,
    dependencies: &str,
    left_out: &[LeftOut],
) -> Result<BTreeSet<String>> {
    let mut found = all(aliases, dependencies);
    for LeftOut { reason, modules } in left_out {
        for name in modules {
            ensure!(
                found.remove(&underscored(name)),
                "reading recipes/initrd.toml: left-out ({reason}) names {name:?}, which is no driver of a disk in this kernel, or stands there twice"
            );
        }
    }
    Ok(found)
}

fn all(aliases: &str, dependencies: &str) -> BTreeSet<String> {
    let asked_for = asked_for(aliases);
    dependencies
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(path, needs)| path.starts_with(BLOCK) || builds_on_a_layer(needs))
        .map(|(path, _)| name(path))
        .filter(|name| asked_for.contains(name))
        .collect()
}

fn builds_on_a_layer(needs: &str) -> bool {
    needs
        .split_whitespace()
        .any(|path| LAYERS.contains(&name(path).as_str()))
}

/// The modules that devices ask for.
fn asked_for(aliases: &str) -> BTreeSet<String> {
    let module = |line: &str| {
        let mut words = line.strip_prefix("alias ")?.split_whitespace();
        let (bus, _) = words.next()?.split_once(':')?;
        BUSES.contains(&bus).then_some(())?;
        words.next().map(underscored)
    };
    aliases.lines().filter_map(module).collect()
}

/// A module's name, as the kernel has it, from its file's path.
fn name(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    underscored(file.split(".ko").next().unwrap_or(file))
}

fn underscored(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALIASES: &str = "\
# Aliases extracted from modules themselves.
alias pci:v00001000d000000E5sv*sd*bc*sc*i* mpi3mr
alias pci:v00008086d*sv*sd*bc01sc06i01* ahci
alias pci:v00001AF4d*sv*sd*bc*sc*i* e1000e
alias virtio:d00000002v* virtio_blk
alias acpi*:PNP0700:* floppy
alias pci:v00001000d00000001sv*sd*bc*sc*i* sym53c8xx
alias fs-iscsi iscsi_tcp
";
    const DEPENDENCIES: &str = "\
kernel/drivers/scsi/scsi_mod.ko.xz: kernel/drivers/scsi/scsi_common.ko.xz
kernel/drivers/scsi/mpi3mr/mpi3mr.ko.xz: kernel/drivers/scsi/scsi_transport_sas.ko.xz kernel/drivers/scsi/scsi_mod.ko.xz
kernel/drivers/scsi/sym53c8xx_2/sym53c8xx.ko.xz: kernel/drivers/scsi/scsi_mod.ko.xz
kernel/drivers/scsi/iscsi_tcp.ko.xz: kernel/drivers/scsi/scsi_mod.ko.xz
kernel/drivers/ata/ahci.ko: kernel/drivers/ata/libahci.ko kernel/drivers/ata/libata.ko
kernel/drivers/net/ethernet/intel/e1000e/e1000e.ko.xz:
kernel/drivers/block/virtio-blk.ko.xz:
kernel/drivers/block/floppy.ko.xz:
kernel/drivers/block/loop.ko.xz:
";

    fn left_out(modules: &[&str]) -> Vec<LeftOut> {
        vec![LeftOut {
            reason: "of old".into(),
            modules: modules.iter().map(|&name| name.to_owned()).collect(),
        }]
    }

    fn found(modules: &[&str]) -> Result<Vec<String>> {
        let found = drivers(ALIASES, DEPENDENCIES, &left_out(modules))?;
        Ok(found.into_iter().collect())
    }

    #[test]
    fn every_driver_that_a_device_asks_for_and_that_makes_disks() {
        assert_eq!(
            found(&[]).unwrap(),
            ["ahci", "floppy", "mpi3mr", "sym53c8xx", "virtio_blk"]
        );
    }

    #[test]
    fn some_are_left_out() {
        assert_eq!(
            found(&["floppy", "virtio-blk"]).unwrap(),
            ["ahci", "mpi3mr", "sym53c8xx"]
        );
    }

    #[test]
    fn an_exception_that_fits_nothing_is_an_error() {
        for wrong in [&["flopy"][..], &["e1000e"], &["floppy", "floppy"]] {
            let error = found(wrong).unwrap_err().to_string();
            let name = wrong[wrong.len() - 1];
            assert_eq!(
                error,
                format!(
                    "reading recipes/initrd.toml: left-out (of old) names {name:?}, which is no driver of a disk in this kernel, or stands there twice"
                )
            );
        }
    }
}
