//! The image's folder and the ISO around it.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use firn_lab::root::Root;
use serde_json::json;

use crate::build::xen_source::Source;
use crate::files::copy;
use crate::hash;
use crate::step::Job;

/// Size of the ISO's EFI system partition: shim, MOK manager and GRUB need 5 MB.
const ESP_SIZE: u64 = 8 << 20;

/// FAT's volume id: fixed, so that two builds are the same bytes.
const ESP_ID: u32 = 0xF190_0001;

/// Of docs/: pictures of the ISO, and the results of its tests. An ISO with them in it would not be the one that was tested.
pub const NOT_ON_THE_MEDIUM: [&str; 2] = ["docs/screens/", "docs/tests.md"];

/// What the manifest names: the four files of an image.
pub const FILES: [&str; 4] = ["xen.gz", "vmlinuz", "initrd.img", "root.squashfs"];

/// Makes a folder with the four files and their manifest.
///
/// # Errors
/// When a part is missing.
pub fn image(job: &Job<'_>, version: &str, source: &Source) -> Result<()> {
    make(job.out)?;
    let (xen, root) = (job.output("xen")?, job.output("root")?);
    copy(&xen.join("xen.gz"), &job.out.join("xen.gz"))?;
    copy(&root.join("vmlinuz"), &job.out.join("vmlinuz"))?;
    copy(job.output("initrd")?, &job.out.join("initrd.img"))?;
    copy(&root.join("root.squashfs"), &job.out.join("root.squashfs"))?;
    let said = |path: &Path| -> Result<String> {
        let text =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        Ok(text.trim().to_owned())
    };
    let mut files = serde_json::Map::new();
    for name in FILES {
        let path = job.out.join(name);
        let entry = json!({ "sha256": hash::file(&path)?, "size": path.metadata()?.len() });
        files.insert(name.into(), entry);
    }
    let id = hash::text(&serde_json::to_string(&files)?)[..16].to_owned();
    let manifest = json!({
        "name": "firn", "version": version, "id": id,
        "xen": said(&xen.join("version"))?, "xen-source-sha256": source.sha256,
        "xen-advisories-to": source.advisories_to,
        "kernel": said(&root.join("kernel-version"))?, "files": files,
    });
    write(
        &job.out.join("manifest.json"),
        &(serde_json::to_string_pretty(&manifest)? + "\n"),
    )?;
    write(
        &job.out.join("image.cfg"),
        &format!("set firn_image={id}\n"),
    )
}

/// Makes the ISO: El Torito for BIOS and for UEFI, and the same for a USB stick.
///
/// # Errors
/// When a part is missing or the disk is full.
pub fn iso(job: &Job<'_>, label: &str, workspace: &Path) -> Result<()> {
    let tree = job.out.with_extension("tree");
    let _ = fs::remove_dir_all(&tree);
    let (grub, image) = (job.output("grub")?, job.output("image")?);
    for folder in ["boot/grub", ".disk", "firn", "docs", "licenses"] {
        make(&tree.join(folder))?;
    }
    write(&tree.join(".disk/info"), "Firn\n")?;
    copy(
        &workspace.join("iso/grub.cfg"),
        &tree.join("boot/grub/grub.cfg"),
    )?;
    copy(
        &grub.join("eltorito.img"),
        &tree.join("boot/grub/eltorito.img"),
    )?;
    copy_all(image, &tree.join("firn"))?;
    copy_all(&workspace.join("docs"), &tree.join("docs"))?;
    let results = tree.join("docs/tests.md");
    if results.exists() {
        fs::remove_file(results)?;
    }
    copy_all(&job.output("xen")?.join("licenses"), &tree.join("licenses"))?;
    copy(&workspace.join("LICENSE"), &tree.join("licenses/LICENSE"))?;
    let esp = job.out.with_extension("esp");
    write_esp(&esp, grub)?;
    let folder = job.out.parent().context("finding the cache's outputs")?;
    Root::open(job.output("tools-root")?)?
        .bind(folder)
        .run("sh", ["-euc", XORRISO, "iso"])
        .args([&tree, &esp, job.out])
        .arg(grub.join("boot_hybrid.img"))
        .arg(label)
        .env("SOURCE_DATE_EPOCH", crate::epoch())
        .log_to(job.log)
        .run()?;
    fs::remove_dir_all(&tree)?;
    fs::remove_file(&esp)?;
    Ok(())
}

/// Times are set to the epoch first. `--grub2-mbr` and `-partition_offset` make a USB stick start on BIOS, the appended
/// partition makes both the El Torito image and the stick's ESP.
const XORRISO: &str = r#"tree=$1 esp=$2 out=$3 mbr=$4 label=$5
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
xorriso -no_rc -as mkisofs -iso-level 3 -rational-rock -volid "$label" \
    -eltorito-boot boot/grub/eltorito.img -no-emul-boot -boot-load-size 4 -boot-info-table --grub2-boot-info \
    --grub2-mbr "$mbr" -partition_offset 16 \
    -append_partition 2 C12A7328-F81F-11D2-BA4B-00A0C93EC93B "$esp" -appended_part_as_gpt \
    -eltorito-alt-boot -e --interval:appended_partition_2:all:: -no-emul-boot \
    -output "$out" "$tree"
"#;

/// Firmware starts shim, shim starts Debian's signed GRUB: so the ISO also starts where Secure Boot is on.
fn write_esp(path: &Path, grub: &Path) -> Result<()> {
    let file = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)
        .with_context(|| format!("making {}", path.display()))?;
    file.set_len(ESP_SIZE)?;
    let options = fatfs::FormatVolumeOptions::new()
        .volume_id(ESP_ID)
        .volume_label(*b"FIRN-EFI   ");
    fatfs::format_volume(&file, options).context("formatting the ISO's EFI system partition")?;
    let options = fatfs::FsOptions::new()
        .time_provider(&EPOCH)
        .update_accessed_date(false);
    let volume = fatfs::FileSystem::new(&file, options)?;
    let boot = volume.root_dir().create_dir("EFI")?.create_dir("BOOT")?;
    for (from, name) in [
        ("shimx64.efi", "BOOTX64.EFI"),
        ("gcdx64.efi", "grubx64.efi"),
        ("mmx64.efi", "mmx64.efi"),
    ] {
        let bytes = fs::read(grub.join(from)).with_context(|| format!("reading {from}"))?;
        boot.create_file(name)?.write_all(&bytes)?;
    }
    Ok(())
}

/// FAT begins in 1980; a fixed time keeps the image the same.
#[derive(Debug)]
struct Epoch;

static EPOCH: Epoch = Epoch;

impl fatfs::TimeProvider for Epoch {
    fn get_current_date(&self) -> fatfs::Date {
        fatfs::Date {
            year: 1980,
            month: 1,
            day: 1,
        }
    }

    fn get_current_date_time(&self) -> fatfs::DateTime {
        let time = fatfs::Time {
            hour: 0,
            min: 0,
            sec: 0,
            millis: 0,
        };
        fatfs::DateTime {
            date: self.get_current_date(),
            time,
        }
    }
}

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
