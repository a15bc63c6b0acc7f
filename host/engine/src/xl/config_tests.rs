use super::*;
use proptest::prelude::*;

pub(crate) fn pvh_by_grub() -> Shape {
    Shape {
        name: "a1b2c3d4".into(),
        called: "web".into(),
        uuid: "6f1ae6f4-7d2b-4a6e-9a55-0d2f6f0a2b11".into(),
        machine: Machine::Pvh(Loader::Grub),
        memory: 1 << 30,
        memory_max: 2 << 30,
        cpus: 1,
        cpus_max: 4,
        disks: vec![disk_at("/dev/firn/g-a1b2c3d4-0", "xvda")],
        nics: vec![Nic {
            mac: "00:16:3e:12:34:56".into(),
            bridge: "xenbr0".into(),
            model: Model::Xen,
        }],
        clock: Clock::Utc,
    }
}

fn disk_at(path: &str, target: &str) -> Disk {
    Disk {
        path: Some(path.into()),
        target: target.into(),
        read_only: false,
        cd: false,
    }
}

fn cd(path: Option<&str>, target: &str) -> Disk {
    Disk {
        path: path.map(Into::into),
        target: target.into(),
        read_only: true,
        cd: true,
    }
}

fn pvh_by_kernel() -> Shape {
    let mut shape = pvh_by_grub();
    shape.machine = Machine::Pvh(Loader::Kernel {
        kernel: "/var/lib/firn/guests/.library/vmlinuz".into(),
        ramdisk: Some("/var/lib/firn/guests/.library/initrd.gz".into()),
        cmdline: r#"console=hvc0 title="a\b""#.into(),
    });
    shape.disks.push(cd(Some("/srv/debian.iso"), "xvdb"));
    shape
}

pub(crate) fn hvm() -> Shape {
    let mut shape = pvh_by_grub();
    shape.machine = Machine::Hvm(Hvm {
        firmware: Firmware::Bios,
        boot: vec![Device::Cd, Device::Disk],
        vnc: Some("/run/firn/screens/a1b2c3d4".into()),
        viridian: false,
    });
    shape.disks.push(cd(Some("/srv/debian.iso"), "hdc"));
    shape.nics[0].model = Model::E1000;
    shape
}

fn windows() -> Shape {
    let mut shape = hvm();
    shape.machine = Machine::Hvm(Hvm {
        firmware: Firmware::Uefi,
        boot: vec![Device::Disk],
        vnc: None,
        viridian: true,
    });
    shape.disks[1] = cd(None, "hdc");
    shape.clock = Clock::Local;
    shape
}

#[test]
fn configurations() {
    let paths = Paths::default();
    let shapes = [
        ("PVH by GRUB", pvh_by_grub()),
        ("PVH by kernel, a CD as a disk", pvh_by_kernel()),
        ("HVM with CD and screen", hvm()),
        (
            "Windows: UEFI, Viridian, local time, no screen, an empty drive",
            windows(),
        ),
    ];
    let text = shapes.map(|(title, shape)| format!("# {title}\n{}", render(&shape, &paths)));
    insta::assert_snapshot!(text.join("\n"));
}

/// Reads a string as `xl` does (libxlu_cfg.c).
fn dequoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let (mut out, mut chars) = (String::new(), inner.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(chars.next().filter(|c| matches!(c, '"' | '\\'))?),
            '"' | '\n' => return None,
            c => out.push(c),
        }
    }
    Some(out)
}

proptest! {
    #[test]
    fn strings_are_read_back(text in "[\\PC\"\\\\\n\t]{0,40}") {
        let visible: String = text.chars().filter(|c| !c.is_control()).collect();
        prop_assert_eq!(dequoted(&quoted(&text)), Some(visible));
    }

    #[test]
    fn no_value_makes_a_line_of_its_own(cmdline in any::<String>(), name in any::<String>()) {
        let mut shape = pvh_by_kernel();
        let before = render(&shape, &Paths::default()).lines().count();
        shape.name = name;
        if let Machine::Pvh(Loader::Kernel { cmdline: own, .. }) = &mut shape.machine {
            *own = cmdline;
        }
        prop_assert_eq!(render(&shape, &Paths::default()).lines().count(), before);
    }
}
