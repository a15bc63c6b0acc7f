//! Tests of [`super`].

use super::*;
use crate::execute::Secrets;
use crate::machine::samples;
use crate::plan::{self, Plan};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use uuid::Uuid;

const SIZE: u64 = 16_000_000_000;

/// A plan for a disk that is a file in this folder.
fn plan_in(folder: &Path) -> Plan {
    let answers = "version = 1\n[host]\nname = \"xen1\"\nroot-password = \"12345678\"\n";
    let answers = firn_config::parse(answers, &[]).unwrap();
    let mut plan = plan::plan(&samples::server(), &answers).unwrap();
    plan.disk.path = folder.join("disk").display().to_string();
    plan.disk.size = SIZE;
    plan.partitions = plan::samples::layout_for_tests(SIZE);
    let disk = File::create(&plan.disk.path).unwrap();
    disk.set_len(SIZE).unwrap();
    plan
}

/// What undoing says about a context that `prepare` has brought into some state.
fn undone(writable: bool, prepare: impl FnOnce(&mut Context<'_>)) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_in(folder.path());
    let (secrets, mut events) = (Secrets::default(), |_| {});
    let mut context = Context::new(&plan, &secrets, Path::new("/"), &mut events);
    let open = OpenOptions::new()
        .read(true)
        .write(true)
        .open(&plan.disk.path);
    context.disk = Some(open.unwrap());
    prepare(&mut context);
    if !writable {
        context.disk = Some(File::open(&plan.disk.path).unwrap());
    }
    let (done, whole) = undo_disk(&mut context);
    let left = left(&context, whole).to_string();
    let short = |text: String| text.replace(&plan.disk.path, "DISK");
    let done = done.iter().map(|text| short(text.to_string())).collect();
    (done, short(left))
}

fn table(context: &mut Context<'_>) {
    context.touched = true;
    let disk = context.disk.as_ref().unwrap();
    let parts = &context.plan.partitions;
    let slot = disk::write_table(disk, SIZE, 512, parts, Uuid::new_v4(), |_| Ok(())).unwrap();
    context.slot_partuuid = Some(slot);
}

#[test]
fn before_the_first_byte_nothing_is_undone() {
    let (done, left) = undone(true, |_| {});
    assert!(done.is_empty(), "{done:?}");
    assert_eq!(left, "Nothing was written to DISK: it is as it was before.");
}

#[test]
fn a_disk_that_failed_while_it_was_wiped_has_no_table() {
    let (done, left) = undone(true, |context| context.touched = true);
    assert_eq!(done, ["removed the boot code"]);
    assert_eq!(
        left,
        "DISK is wiped, without a partition table, and nothing starts from it."
    );
}

#[test]
fn a_disk_with_a_table_is_marked() {
    let (done, left) = undone(true, |context| {
        table(context);
        // As far as the last step comes.
        disk::rename_slot(context, "firn-a").unwrap();
    });
    assert_eq!(
        done,
        ["removed the boot code", "marked the disk as not finished"]
    );
    let promise = "DISK holds an unfinished installation that nothing starts from. It is marked so and counts as empty.";
    assert_eq!(left, promise);
}

#[test]
fn loaders_that_had_their_names_are_gone() {
    let (done, _) = undone(true, |context| {
        table(context);
        context.loaders = true;
        let esp = format!("{}2", context.plan.disk.path);
        File::create(&esp).unwrap().set_len(64 << 20).unwrap();
        esp::make_on(&esp, 512, Uuid::nil()).unwrap();
    });
    assert_eq!(done[1], "removed the EFI loaders");
}

#[test]
fn all_is_tried_and_what_could_not_be_undone_is_said() {
    let (done, left) = undone(false, |context| {
        table(context);
        context.mounts.push("/no/such/folder".into());
    });
    assert_eq!(done.len(), 3, "{done:?}");
    assert!(done[0].starts_with("not unmounted the new file systems: "));
    assert!(done[1].starts_with("not removed the boot code: writing the boot code: "));
    assert!(done[2].starts_with("not marked the disk as not finished: "));
    assert_eq!(
        left,
        "DISK holds an unfinished installation, and not everything could be undone: do not start the machine from it."
    );
}

#[test]
fn what_needs_no_undoing_is_as_promised_all_the_same() {
    let (done, left) = undone(false, |context| {
        table(context);
        bios::make_unstartable(context).unwrap();
    });
    assert!(done.iter().all(|text| text.starts_with("not ")), "{done:?}");
    assert!(left.contains("It is marked so"), "{left}");
}

#[test]
fn a_loader_that_stays_breaks_the_promise() {
    let (done, left) = undone(true, |context| {
        table(context);
        let esp = format!("{}2", context.plan.disk.path);
        File::create(&esp).unwrap().set_len(64 << 20).unwrap();
        esp::make_on(&esp, 512, Uuid::nil()).unwrap();
        let file = OpenOptions::new().read(true).write(true).open(&esp);
        let fs = fatfs::FileSystem::new(file.unwrap(), fatfs::FsOptions::new()).unwrap();
        fs.root_dir().create_file(esp::LOADERS[0].1).unwrap();
    });
    assert!(
        done.last()
            .is_some_and(|text| text.starts_with("but the disk"))
    );
    assert!(left.contains("not everything could be undone"), "{left}");
}

#[test]
fn a_disk_that_forgets_is_found_out() {
    let (done, left) = undone(true, |context| {
        table(context);
        // All writes go elsewhere, as on a disk that takes them and keeps nothing.
        let folder = Path::new(&context.plan.disk.path).parent().unwrap();
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create_new(true);
        let other = options.open(folder.join("elsewhere")).unwrap();
        other.set_len(SIZE).unwrap();
        let mut part = vec![0; 1 << 20];
        for at in [0, SIZE - (1 << 20)] {
            let disk = context.disk.as_ref().unwrap();
            disk.read_exact_at(&mut part, at).unwrap();
            other.write_all_at(&part, at).unwrap();
        }
        context.disk = Some(other);
    });
    assert_eq!(
        done.last().map(String::as_str),
        Some("but the disk has not kept it: what was written cannot be read back")
    );
    assert!(left.contains("not everything could be undone"), "{left}");
}
