//! What is believed of whole disks, and that no damage makes one that is a host's count as free.

use crate::machine::What;
use crate::machine::samples::made::{ESP, ID, LVM, MIB, Made, SIZE};
use crate::plan::samples::planned;
use firn_config::Wipe;
use proptest::prelude::*;

/// What is damaged, how, and what is then said.
type Change<'c> = (&'c str, &'c dyn Fn(&Made), &'c str);

#[test]
fn damaged_tables_are_said_to_be_damaged() {
    let parts = [("root", MIB, 512 * MIB)];
    let change: &[Change<'_>] = &[
        (
            "an entry",
            &|made| made.put(1084, b"x"),
            "a damaged partition table; its copy has 1 partition: root, 537 MB",
        ),
        (
            "the header",
            &|made| made.put(512 + 60, b"xxxx"),
            "a damaged partition table; its copy has 1 partition: root, 537 MB",
        ),
        (
            "the first MiB",
            &|made| made.zap_start(),
            "a damaged partition table; its copy has 1 partition: root, 537 MB",
        ),
        (
            "the first sector",
            &|made| made.put(0, &[0; 512]),
            "a partition table whose first sector is damaged; it has 1 partition: root, 537 MB",
        ),
        (
            "both headers",
            &|made| {
                made.put(512, &[0; 512]);
                made.put(SIZE - 512, &[0; 512]);
            },
            "a damaged partition table of which 1 partition can still be read: root, 537 MB",
        ),
        (
            "everything but the first sector",
            &|made| {
                made.put(512, &[0; 65536]);
                made.put(SIZE - MIB, &[0; MIB as usize]);
            },
            "a damaged partition table of which nothing can be read",
        ),
        (
            "nothing, but the kernel does not show it",
            &|_| {},
            "a partition table that the kernel does not read; it has 1 partition: root, 537 MB",
        ),
    ];
    for (what, change, said) in change {
        let made = Made::with_table(&parts);
        change(&made);
        assert_eq!(made.holds(), [*said], "{what}");
        let refused = planned(made.seen(), Wipe::Empty).unwrap_err();
        assert!(refused.contains(said), "{what}: {refused}");
        let destroyed = planned(made.seen(), Wipe::Any).unwrap();
        assert_eq!(destroyed, [format!("Destroyed: {said} on vda.")], "{what}");
    }
}

#[test]
fn a_table_for_blocks_of_another_size_is_said_to_be_that() {
    let mut made = Made::with_table(&[("data", MIB, 512 * MIB)]);
    made.block = 4096;
    assert_eq!(
        made.holds(),
        [
            "a partition table made for blocks of 512 bytes, which are not this disk's; it has 1 partition: data, 537 MB"
        ]
    );
}

#[test]
fn very_many_partitions_are_a_count_and_the_first_few() {
    let names: Vec<String> = (1..=128).map(|n| format!("p{n}")).collect();
    let parts: Vec<_> = (1..)
        .zip(&names)
        .map(|(n, name)| (name.as_str(), n * 16 * MIB, 16 * MIB))
        .collect();
    let made = Made::with_table(&parts);
    made.zap_start();
    assert_eq!(
        made.holds(),
        [
            "a damaged partition table; its copy has 128 partitions: p1, 17 MB; p2, 17 MB; p3, 17 MB; p4, 17 MB and 124 more"
        ]
    );
}

#[test]
fn a_blank_disk_is_empty_and_one_with_data_is_not() {
    let made = Made::blank();
    assert_eq!(planned(made.seen(), Wipe::Empty), Ok(vec![]));
    made.put(7 * MIB + SIZE / 2 / MIB * MIB, &[0; 1]);
    assert_eq!(planned(made.seen(), Wipe::Empty), Ok(vec![]));
    made.put(MIB + 5, b"x");
    assert_eq!(made.holds(), ["data without a partition table"]);
    assert!(planned(made.seen(), Wipe::Empty).is_err());
}

#[test]
fn a_disk_that_cannot_be_read_is_never_overwritten() {
    let made = Made::blank();
    std::fs::remove_file(made.file.path()).unwrap();
    let seen = made.seen();
    assert!(matches!(seen.contents[0].what, What::Unreadable(_)));
    let said = "/dev/vda (21.5 GB) cannot be looked at (No such file or directory (os error 2)): it may hold an installed Firn, so it is not overwritten; replace it, choose another disk, or write zeros over the whole of it first";
    for wipe in [Wipe::Empty, Wipe::Any, Wipe::Host("1a2b3c4d".into())] {
        assert_eq!(planned(seen.clone(), wipe), Err(said.into()));
    }
}

#[test]
fn a_host_whose_table_is_damaged_is_named_and_its_id_allows_to_replace_it() {
    let made = Made::host("firn-a");
    made.put(1084, b"x");
    let said = planned(made.seen(), Wipe::Any).unwrap_err();
    assert_eq!(
        said,
        "/dev/vda (21.5 GB) holds the installed Firn \"xen1\", which wipe = \"any\" does not allow to destroy; wipe = \"1a2b3c4d\" would"
    );
    assert!(planned(made.seen(), Wipe::Host("1a2b3c4d".into())).is_ok());
    made.zap();
    made.put(2 * MIB, &[0; 4096]);
    let id = made.seen().firn.unwrap().short_id().to_owned();
    assert!(
        planned(made.seen(), Wipe::Any)
            .unwrap_err()
            .ends_with(&format!("wipe = \"{id}\" would"))
    );
    assert!(planned(made.seen(), Wipe::Host(id)).is_ok());
}

/// Where a sector is damaged: where something is that tells whose the disk is, or anywhere.
fn sector() -> impl Strategy<Value = u64> {
    let sectors = |start: u64, count: u64| start / 512..start / 512 + count;
    prop_oneof![
        6 => sectors(0, 34),
        4 => sectors(SIZE - 33 * 512, 33),
        3 => sectors(ESP.0, 64),
        2 => sectors(ESP.0, 4096),
        2 => sectors(LVM, 16),
        2 => sectors(MIB, 16),
        1 => 0..SIZE / 512,
    ]
}

/// What becomes of a sector's bytes.
fn damage() -> impl Strategy<Value = Vec<u8>> {
    let flip = (0..512usize, 0..8u8).prop_map(|(at, bit)| {
        let mut mask = vec![0; 512];
        mask[at] = 1 << bit;
        mask
    });
    prop_oneof![4 => flip, 2 => prop::collection::vec(any::<u8>(), 512)]
}

fn judge(made: &Made, sector: u64, mask: &[u8], blank: bool) -> Result<(), TestCaseError> {
    let before = made.get(sector * 512, 512);
    let changed: Vec<u8> = match blank {
        true => vec![0; 512],
        false => before.iter().zip(mask).map(|(a, b)| a ^ b).collect(),
    };
    made.put(sector * 512, &changed);
    let seen = made.seen();
    let owner = seen.firn.clone().or(seen.store_of.clone());
    let (any, empty) = (planned(seen.clone(), Wipe::Any), planned(seen, Wipe::Empty));
    made.put(sector * 512, &before);
    prop_assert!(
        any.is_err() && empty.is_err(),
        "sector {}: {:?}",
        sector,
        any
    );
    prop_assert_eq!(
        owner.map(|host| host.short_id().to_owned()),
        Some(ID[..8].to_owned())
    );
    Ok(())
}

thread_local! {
    static HOST: Made = Made::host("firn-a");
    static STORE: Made = Made::store();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damaged_sector_frees_a_host_s_disk(at in sector(), mask in damage(), blank in prop::bool::weighted(0.3)) {
        HOST.with(|made| judge(made, at, &mask, blank))?;
    }

    #[test]
    fn no_damaged_sector_frees_a_disk_of_a_store(at in sector(), mask in damage(), blank in prop::bool::weighted(0.3)) {
        STORE.with(|made| judge(made, at, &mask, blank))?;
    }
}
