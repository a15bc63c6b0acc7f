//! GRUB: the loaders for the ISO on BIOS, and for an installed disk on BIOS and UEFI.
//!
//! `grub-mkimage` puts in what the recipe lists and nothing that differs between two builds (`grub-mkstandalone` has times,
//! `grub-mkrescue` a random serial).

use crate::recipe::Grub;
use crate::step::Job;
use anyhow::{Context, Result};

/// One image: its name, GRUB's format, the prefix where its configuration lies.
const IMAGES: [(&str, &str, &str); 3] = [
    ("eltorito.img", "i386-pc-eltorito", "/boot/grub"),
    ("core.img", "i386-pc", "(,gpt2)/grub"),
    ("grubx64.efi", "x86_64-efi", "/grub"),
];

/// Files of Debian's packages that are used as they are.
const COPIES: [(&str, &str); 5] = [
    ("usr/lib/grub/i386-pc/boot.img", "boot.img"),
    ("usr/lib/grub/i386-pc/boot_hybrid.img", "boot_hybrid.img"),
    ("usr/lib/shim/shimx64.efi.signed", "shimx64.efi"),
    ("usr/lib/shim/mmx64.efi.signed", "mmx64.efi"),
    (
        "usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed",
        "gcdx64.efi",
    ),
];

/// Makes a folder with every loader.
///
/// # Errors
/// When a module is missing in Debian's packages.
pub fn build(job: &Job<'_>, recipe: &Grub) -> Result<()> {
    std::fs::create_dir(job.out).with_context(|| format!("making {}", job.out.display()))?;
    let tools = job.room("tools-root")?;
    for (name, format, prefix) in IMAGES {
        let own = if format.ends_with("efi") {
            &recipe.efi
        } else {
            &recipe.bios
        };
        tools
            .run(
                "grub-mkimage",
                ["--format", format, "--prefix", prefix, "--output"],
            )
            .arg(tools.inside(&job.out.join(name)))
            .args(recipe.common.iter().chain(own))
            .log_to(job.log)
            .run()?;
    }
    for (from, name) in COPIES {
        let from = tools.path().join(from);
        std::fs::copy(&from, job.out.join(name))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    Ok(())
}
