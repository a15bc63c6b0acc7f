//! What each verdict follows from.

use super::*;
use firn_machine::{Finding, MissingFirmware, PciDevice, Unfit, Virtualization, samples};

fn verdict(machine: &Machine, name: &str) -> Verdict {
    run(machine)
        .into_iter()
        .find(|c| c.name == name)
        .unwrap()
        .verdict
}

#[test]
fn all_checks_run_in_the_schemas_order() {
    let names: Vec<_> = run(&Machine::default())
        .into_iter()
        .map(|c| c.name)
        .collect();
    let (last, others) = firn_config::CHECK_NAMES.split_last().unwrap();
    assert_eq!(names, others);
    assert_eq!(*last, medium::NAME);
}

#[test]
fn a_good_machine_is_fine() {
    assert!(
        run(&samples::server())
            .iter()
            .all(|c| c.verdict == Verdict::Fine),
        "{:#?}",
        run(&samples::server())
    );
}

#[test]
fn each_verdict_follows_from_what_was_found() {
    type Change = fn(&mut Machine);
    let table: &[(&str, Change, Verdict)] = &[
        ("cpu-64bit", |m| m.cpu.long_mode = false, Verdict::Problem),
        (
            "virtualization",
            |m| m.cpu.virtualization = Finding::Known(Virtualization::Absent),
            Verdict::Problem,
        ),
        (
            "virtualization",
            |m| m.cpu.virtualization = Finding::Known(Virtualization::OffInFirmware),
            Verdict::Problem,
        ),
        (
            "virtualization",
            |m| m.cpu.virtualization = Finding::Unknown("no msr".into()),
            Verdict::Unknown,
        ),
        (
            "nested-paging",
            |m| m.cpu.nested_paging = Finding::Known(false),
            Verdict::Problem,
        ),
        (
            "nested-paging",
            |m| m.cpu.virtualization = Finding::Known(Virtualization::Absent),
            Verdict::Note,
        ),
        (
            "iommu",
            |m| m.cpu.iommu = Finding::Known(false),
            Verdict::Note,
        ),
        ("memory", |m| m.memory_mib = 959, Verdict::Problem),
        ("memory", |m| m.memory_mib = 960, Verdict::Note),
        ("memory", |m| m.memory_mib = 4032, Verdict::Fine),
        ("disks", |m| m.disks.clear(), Verdict::Problem),
        ("disk-size", |m| m.disks.clear(), Verdict::Note),
        (
            "disk-size",
            |m| m.disks[0].size = MIN_DISK - 1,
            Verdict::Problem,
        ),
        (
            "disks",
            |m| m.disks[0].unfit = Some(Unfit::ReadOnly),
            Verdict::Problem,
        ),
        (
            "clock",
            |m| m.clock.hardware = Some(1_230_768_000),
            Verdict::Note,
        ),
        (
            "clock",
            |m| m.clock.now = Some(2_200_000_000),
            Verdict::Note,
        ),
        (
            "block-size",
            |m| m.disks[0].logical_block_size = 4096,
            Verdict::Problem,
        ),
        ("large-disk", |m| m.disks[0].size = 3 << 40, Verdict::Note),
        ("nics", |m| m.nics.clear(), Verdict::Problem),
        ("nics", |m| m.nics[0].link = Some(false), Verdict::Note),
        (
            "interrupt-remapping",
            |m| m.cpu.interrupt_remapping = Finding::Known(false),
            Verdict::Note,
        ),
        (
            "virtual-machine",
            |m| m.cpu.hypervisor = Some("KVMKVMKVM".into()),
            Verdict::Note,
        ),
        (
            "secure-boot",
            |m| m.firmware.secure_boot = Finding::Known(true),
            Verdict::Problem,
        ),
    ];
    for (name, change, expected) in table {
        let mut machine = samples::server();
        change(&mut machine);
        assert_eq!(verdict(&machine, name), *expected, "{name}");
    }
}

#[test]
fn a_device_that_works_without_its_firmware_is_not_called_useless() {
    let mut machine = samples::server();
    let address = "0000:7f:00.0";
    machine.pci.push(PciDevice {
        address: address.into(),
        id: "8086:1592".into(),
        class: "020000".into(),
        driver: Some("ice".into()),
        name: None,
    });
    machine.missing_firmware.push(MissingFirmware {
        pci: address.into(),
        driver: "ice".into(),
        file: "intel/ice.pkg".into(),
    });
    let why = |machine: &Machine| {
        let nics = run(machine).into_iter().find(|check| check.name == "nics");
        nics.and_then(|check| check.why.id())
    };
    assert_eq!(why(&machine), Some("check-devices-why"));
    machine.nics[0].pci = Some(address.into());
    assert_eq!(why(&machine), Some("check-firmware-works-why"));
}
