//! Images that would be attacks, and images that are broken: each refused with its sentence, and nothing of it left.

use super::firn::{FOLDER, Firn};
use crate::bench::Bench;
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// An image, how it is made in the scenario's folder (with the tools root's programs), and what must be said of it.
struct Case {
    file: &'static str,
    made: &'static str,
    sentence: &'static str,
}

const CASES: &[Case] = &[
    Case {
        file: "backing.qcow2",
        made: "qemu-img create -q -u -f qcow2 -F raw -b /etc/shadow backing.qcow2 1G",
        sentence: "only the difference to another file (/etc/shadow)",
    },
    Case {
        file: "outside.ova",
        made: "mkdir -p ova/in; echo '<Envelope/>' >ova/in/guest.ovf; truncate -s 1M ova/disk.vmdk; cd ova/in; \
            tar --format=ustar -P -cf ../../outside.ova guest.ovf ../disk.vmdk",
        sentence: "a member with a path in its name (../disk.vmdk)",
    },
    Case {
        file: "page.qcow2",
        made: "echo '<!DOCTYPE html><title>404</title>' >page.qcow2",
        sentence: "The file is no disk image",
    },
    Case {
        file: "huge.qcow2",
        made: "qemu-img create -q -f qcow2 -o cluster_size=2M huge.qcow2 1P",
        sentence: "The image is a disk of ",
    },
];
/// The cloud image, of which only so many bytes have come.
const CUT: &str = "cut.qcow2";
const CUT_BYTES: u64 = 3 << 20;
const CUT_SENTENCE: &str = "Copy or download it again";

/// Tries each.
pub fn refused(bench: &Bench, firn: &Firn<'_>) -> Result<()> {
    copy(bench, firn)?;
    let before = firn.volumes()?;
    let cases = CASES.iter().map(|case| (case.file, case.sentence));
    for (file, sentence) in cases.chain([(CUT, CUT_SENTENCE)]) {
        let create = format!("guest create evil --image {FOLDER}/{file} --memory 512M --start");
        firn.refused(&create, 1, sentence)?;
    }
    let after = firn.volumes()?;
    ensure!(
        after == before,
        "the volumes were {before:?} and are {after:?}"
    );
    let guests = firn.json("guest list")?;
    ensure!(guests.is_empty(), "refused images have left {guests:?}");
    let trash = firn.json("trash list")?;
    ensure!(trash.is_empty(), "refused images have left {trash:?}");
    Ok(())
}

/// Makes the files, and gives them to the administrator.
fn copy(bench: &Bench, firn: &Firn<'_>) -> Result<()> {
    let folder = &bench.folder;
    for case in CASES {
        let script = format!("cd \"$1\"; {}", case.made);
        let shell = bench.lab().root().run("sh", ["-euc", &script, "hostile"]);
        let made = shell.arg(folder).run();
        made.with_context(|| format!("making {}", case.file))?;
    }
    cut(&bench.guests()?.join("cloud.qcow2"), &bench.path(CUT))?;
    let files = CASES.iter().map(|case| case.file).chain([CUT]);
    let files: Vec<PathBuf> = files.map(|file| bench.path(file)).collect();
    firn.give(&files)
}

/// The beginning of an image.
fn cut(from: &Path, to: &Path) -> Result<()> {
    let what = || format!("making {}", to.display());
    let mut start = File::open(from).with_context(what)?.take(CUT_BYTES);
    let mut file = File::create(to).with_context(what)?;
    std::io::copy(&mut start, &mut file).with_context(what)?;
    Ok(())
}
