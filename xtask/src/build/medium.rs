//! The ISO around the image's folder.

use super::{esp, image, names};
use crate::files::copy;
use crate::step::Job;
use anyhow::{Context, Result};
use firn_image::file;
use std::fs;
use std::path::Path;

/// Of docs/: pictures of the ISO, and the results of its tests. An ISO with them in it would not be the one that was tested.
pub const NOT_ON_THE_MEDIUM: [&str; 2] = ["docs/screens/", "docs/tests.md"];

/// Makes the ISO: El Torito for BIOS and for UEFI, the same for a USB stick, and files that can be copied to one.
///
/// # Errors
/// When a part is missing or the disk is full.
pub fn iso(job: &Job<'_>, label: &str, workspace: &Path) -> Result<()> {
    let tree = job.out.with_extension("tree");
    let _ = fs::remove_dir_all(&tree);
    let (grub, image) = (job.output("grub")?, job.output("image")?);
    let loaders = tree.join(esp::FOLDER.join("/"));
    for folder in ["boot/grub", ".disk", file::FOLDER, "docs", "licenses"] {
        make(&tree.join(folder))?;
    }
    make(&loaders)?;
    write(&tree.join(".disk/info"), "Firn\n")?;
    for name in ["grub.cfg", "loopback.cfg"] {
        copy(
            &workspace.join("iso").join(name),
            &tree.join("boot/grub").join(name),
        )?;
    }
    for (from, name) in esp::LOADERS {
        copy(&grub.join(from), &loaders.join(name))?;
    }
    copy(
        &grub.join("eltorito.img"),
        &tree.join("boot/grub/eltorito.img"),
    )?;
    copy_all(image, &tree.join(file::FOLDER))?;
    copy_all(&workspace.join("docs"), &tree.join("docs"))?;
    let results = tree.join("docs/tests.md");
    if results.exists() {
        fs::remove_file(results)?;
    }
    copy_all(&job.output("xen")?.join("licenses"), &tree.join("licenses"))?;
    copy(&workspace.join("LICENSE"), &tree.join("licenses/LICENSE"))?;
    let marker = marker(image)?;
    write(&tree.join(&marker), "")?;
    names::portable(&tree)?;
    let esp = job.out.with_extension("esp");
    esp::write(&esp, grub, &marker)?;
    let room = job.room("tools-root")?;
    let hybrid = grub.join("boot_hybrid.img");
    room.run("sh", ["-euc", XORRISO, "iso"])
        .args([&tree, &esp, job.out, &hybrid].map(|path| room.inside(path)))
        .arg(label)
        .env("SOURCE_DATE_EPOCH", crate::EPOCH)
        .log_to(job.log)
        .run()?;
    fs::remove_dir_all(&tree)?;
    fs::remove_file(&esp)?;
    Ok(())
}

/// A file that only the medium with this image has, for GRUB to find it by.
fn marker(image: &Path) -> Result<String> {
    let id = image::manifest(image)?.id;
    Ok(file::path(&format!("{id}.id")))
}

/// Times are set to the epoch and modes to the usual ones first. Joliet is for Windows, which knows no long names without it. `--grub2-mbr` and `-partition_offset` make a USB stick start on BIOS, the appended
/// partition makes both the El Torito image and the stick's ESP.
const XORRISO: &str = r#"tree=$1 esp=$2 out=$3 mbr=$4 label=$5
find "$tree" -type d -exec chmod 755 {} + -o -exec chmod 644 {} +
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
xorriso -no_rc -as mkisofs -iso-level 3 -rational-rock -joliet -volid "$label" \
    -eltorito-boot boot/grub/eltorito.img -no-emul-boot -boot-load-size 4 -boot-info-table --grub2-boot-info \
    --grub2-mbr "$mbr" -partition_offset 16 \
    -append_partition 2 C12A7328-F81F-11D2-BA4B-00A0C93EC93B "$esp" -appended_part_as_gpt \
    -eltorito-alt-boot -e --interval:appended_partition_2:all:: -no-emul-boot \
    -output "$out" "$tree"
"#;

fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for entry in from
        .read_dir()
        .with_context(|| format!("reading {}", from.display()))?
    {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
