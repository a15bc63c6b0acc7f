//! From a [`Spec`] to QEMU's command line. Pure.

use super::spec::{
    Bus, Display, Drive, Firmware, Link, Medium, Netboot, Nic, NicModel, Serial, Spec,
};
use std::path::{Path, PathBuf};

/// What runs the guest's instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accel {
    /// The processor itself.
    Kvm,
    /// Emulation.
    Tcg,
}

/// KVM where the processor says `vmx` or `svm`, else TCG. That `/dev/kvm` opens proves nothing: on some clouds it does, and
/// guests crash under it.
pub fn accel() -> Accel {
    accel_from(&std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default())
}

fn accel_from(cpuinfo: &str) -> Accel {
    let flags = cpuinfo.lines().find(|line| line.starts_with("flags"));
    let can = flags.is_some_and(|line| {
        line.split_whitespace()
            .any(|flag| flag == "vmx" || flag == "svm")
    });
    if can { Accel::Kvm } else { Accel::Tcg }
}

/// Where a machine meets its harness, and its loopback port for ssh.
#[derive(Debug, Clone)]
pub struct Sockets {
    /// Unix socket that QEMU connects the first serial port to.
    pub serial: PathBuf,
    /// Unix socket that QEMU speaks QMP on; it connects, too.
    pub qmp: Option<PathBuf>,
    /// TCP port on the loopback address that leads to the guest's port 22.
    pub ssh_port: u16,
    /// The machine's own copy of OVMF's variables.
    pub uefi_vars: PathBuf,
    /// Two bytes 0x3f8 for SeaBIOS.
    pub sercon_port: PathBuf,
    /// Where the serial log goes when nobody reads the port.
    pub serial_log: PathBuf,
}

/// The words after `qemu-system-x86_64`.
pub fn args(spec: &Spec, accel: Accel, sockets: &Sockets) -> Vec<String> {
    let mut args = base(spec, accel);
    args.extend(firmware(spec, sockets));
    args.extend(consoles(spec, sockets));
    args.extend(drives(spec));
    for (number, nic) in spec.nics.iter().enumerate() {
        args.extend(network(number, nic, spec, sockets.ssh_port));
    }
    args.extend(netboot(spec));
    args.extend(spec.extra.iter().cloned());
    args
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

fn base(spec: &Spec, accel: Accel) -> Vec<String> {
    let (accel, cpu) = match accel {
        Accel::Kvm if spec.cpu == "qemu64,+svm,+npt" => ("kvm", "host"),
        Accel::Kvm => ("kvm", spec.cpu.as_str()),
        Accel::Tcg => ("tcg,thread=multi", spec.cpu.as_str()),
    };
    let mut args = words(["-nodefaults", "-no-user-config", "-name", &spec.name]);
    // The variables of Secure Boot are safe from the system only where the processor has system management mode.
    let machine = match spec.firmware {
        Firmware::SecureBoot => "q35,smm=on",
        Firmware::Bios | Firmware::Uefi => "q35",
    };
    args.extend(words(["-machine", machine, "-accel", accel, "-cpu", cpu]));
    args.extend(words(["-smp", &spec.cpus.to_string()]));
    args.extend(words(["-m", &spec.memory_mib.to_string()]));
    args.extend(words(["-device", "VGA", "-device", "virtio-rng-pci"]));
    args.extend(words(["-device", "qemu-xhci,id=xhci"]));
    if spec.no_reboot {
        args.push("-no-reboot".into());
    }
    args
}

fn firmware(spec: &Spec, sockets: &Sockets) -> Vec<String> {
    let mut args = Vec::new();
    if let Some((code, _)) = spec.firmware.ovmf() {
        let code = format!("if=pflash,unit=0,format=raw,readonly=on,file=/usr/share/OVMF/{code}");
        let vars = format!(
            "if=pflash,unit=1,format=raw,file={}",
            comma(&sockets.uefi_vars)
        );
        args.extend(words(["-drive", &code, "-drive", &vars]));
        if spec.firmware == Firmware::SecureBoot {
            let secure = "driver=cfi.pflash01,property=secure,value=on";
            args.extend(words(["-global", secure]));
        }
    } else if spec.firmware_on_serial {
        let file = comma(&sockets.sercon_port);
        args.extend(words([
            "-fw_cfg",
            &format!("name=etc/sercon-port,file={file}"),
        ]));
    }
    args
}

fn consoles(spec: &Spec, sockets: &Sockets) -> Vec<String> {
    let socket = format!("socket,id=console,path={}", comma(&sockets.serial));
    let mut args = match spec.serial {
        Serial::Console => words(["-chardev", &socket, "-serial", "chardev:console"]),
        Serial::Second => {
            let ports = ["-serial", "null", "-serial", "chardev:console"];
            [words(["-chardev", &socket]), words(ports)].concat()
        }
        Serial::Absent => words(["-chardev", &socket]),
        Serial::Terminal => words(["-serial", "mon:stdio"]),
        Serial::Log => words(["-serial", &format!("file:{}", comma(&sockets.serial_log))]),
    };
    if let Some(path) = &sockets.qmp {
        let chardev = format!("socket,id=qmp,path={}", comma(path));
        args.extend(words([
            "-chardev",
            &chardev,
            "-mon",
            "chardev=qmp,mode=control",
        ]));
    }
    let display = match spec.display {
        Display::None => words(["-display", "none"]),
        Display::Window => words(["-display", "gtk"]),
        Display::Vnc(number) => words(["-display", &format!("vnc=127.0.0.1:{number}")]),
    };
    args.extend(display);
    args
}

fn drives(spec: &Spec) -> Vec<String> {
    let mut args = Vec::new();
    let mut sata = 0..6;
    if let Some(medium) = &spec.medium {
        let (path, device) = match medium {
            Medium::Cd(path) => {
                let port = sata.next().unwrap_or_default();
                (path, format!("ide-cd,bus=ide.{port},drive=medium,id=cd"))
            }
            Medium::UsbStick(path) => (
                path,
                "usb-storage,bus=xhci.0,drive=medium,id=stick,removable=on".into(),
            ),
        };
        // A stick can be written to; but the ISO is shared by several machines and must stay as it is.
        let drive = format!(
            "if=none,id=medium,format=raw,snapshot=on,file={}",
            comma(path)
        );
        let device = format!("{device},bootindex={}", cards(spec));
        args.extend(words(["-drive", &drive, "-device", &device]));
    }
    for (number, disk) in spec.disks.iter().enumerate() {
        args.extend(drive(number, cards(spec) + 1 + number, disk, &mut sata));
    }
    args
}

/// How many NICs come before medium and disks in the order of starting.
fn cards(spec: &Spec) -> usize {
    spec.netboot.map_or(0, |_| spec.nics.len())
}

/// `cache=unsafe` leaves out the host's disk only: what QEMU wrote is in the host's page cache, and survives its death.
fn drive(number: usize, order: usize, disk: &Drive, sata: &mut std::ops::Range<u8>) -> Vec<String> {
    let options = "cache=unsafe,discard=unmap,detect-zeroes=unmap";
    let drive = format!(
        "if=none,id=disk{number},format={},{options},file={}",
        disk.format(),
        comma(&disk.path)
    );
    let device = match disk.bus {
        Bus::Virtio => "virtio-blk-pci".to_owned(),
        Bus::Nvme => "nvme".to_owned(),
        Bus::Sata => format!("ide-hd,bus=ide.{}", sata.next().unwrap_or_default()),
        Bus::Usb => "usb-storage,bus=xhci.0,removable=on".to_owned(),
    };
    let device = format!(
        "{device},id=device{number},drive=disk{number},serial={},bootindex={order}",
        disk.serial
    );
    words(["-drive", &drive, "-device", &device])
}

fn network(number: usize, nic: &Nic, spec: &Spec, ssh_port: u16) -> Vec<String> {
    let netdev = match &nic.link {
        Link::User(address) => {
            let to = address.map(|a| a.to_string()).unwrap_or_default();
            format!("user,id=net{number},hostfwd=tcp:127.0.0.1:{ssh_port}-{to}:22")
        }
        Link::Switch(local, remote) => format!(
            "dgram,id=net{number},local.type=unix,local.path={},remote.type=unix,remote.path={}",
            comma(local),
            comma(remote)
        ),
        Link::Tap(name) => tap(&format!("net{number}"), name),
        Link::Hub(hub) => format!("hubport,id=net{number},hubid={hub}"),
        Link::Nothing => format!("hubport,id=net{number},hubid={}", 100 + number),
    };
    let model = match nic.model {
        NicModel::Virtio => "virtio-net-pci",
        NicModel::E1000e => "e1000e",
    };
    let start = start_from(spec, number);
    let mac = &nic.mac;
    let device = format!("{model},id=nic{number},netdev=net{number},mac={mac}{start}");
    words(["-netdev", &netdev, "-device", &device])
}

/// A tap device of a network that somebody else looks after.
pub fn tap(id: &str, name: &str) -> String {
    format!("tap,id={id},ifname={name},script=no,downscript=no")
}

/// Before any disk and medium, where a machine starts from the network. The option ROM is iPXE: SeaBIOS needs it, and OVMF must not have
/// it, since it would take the place of the firmware's own network. Without netboot it would only take time.
fn start_from(spec: &Spec, number: usize) -> String {
    let rom = match (spec.netboot, spec.firmware) {
        (Some(_), Firmware::Bios) => "",
        _ => ",romfile=",
    };
    let order = spec.netboot.map(|_| format!(",bootindex={number}"));
    order.unwrap_or_default() + rom
}

/// OVMF tries PXE over IPv4, over IPv6, then HTTP over both, each with a long patience. These take out what comes before the wanted one.
fn netboot(spec: &Spec) -> Vec<String> {
    let off: &[&str] = match (spec.firmware, spec.netboot) {
        (Firmware::Bios, _) | (_, None | Some(Netboot::Pxe)) => &[],
        (_, Some(Netboot::PxeV6)) => &["IPv4Support"],
        (_, Some(Netboot::Http)) => &["IPv4PXESupport", "IPv6PXESupport"],
    };
    let option = |name| {
        words([
            "-fw_cfg",
            &format!("name=opt/org.tianocore/{name},string=no"),
        ])
    };
    off.iter().flat_map(option).collect()
}

/// A path as the value of an option: QEMU takes two commas for one.
pub fn comma(path: &Path) -> String {
    path.display().to_string().replace(',', ",,")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sockets() -> Sockets {
        Sockets {
            serial: "/s/serial".into(),
            qmp: Some("/s/qmp".into()),
            ssh_port: 2222,
            uefi_vars: "/o/vars.fd".into(),
            sercon_port: "/o/sercon".into(),
            serial_log: "/o/serial.log".into(),
        }
    }

    #[test]
    fn kvm_only_with_the_flag() {
        assert_eq!(accel_from("flags\t\t: fpu svm npt\n"), Accel::Kvm);
        assert_eq!(accel_from("flags : fpu vmx\nflags : fpu\n"), Accel::Kvm);
        assert_eq!(accel_from("flags : fpu svm_lock vmxoff\n"), Accel::Tcg);
        assert_eq!(accel_from(""), Accel::Tcg);
    }

    #[test]
    fn every_bus_has_its_device() {
        let spec = Spec::new("m")
            .medium(Medium::Cd("/i/firn.iso".into()))
            .disk("/o/a.img", Bus::Virtio)
            .disk("/o/b.img", Bus::Nvme)
            .disk("/o/c,d.img", Bus::Sata)
            .disk_with_serial("/o/e.img", Bus::Usb, "STICK");
        let line = args(&spec, Accel::Tcg, &sockets()).join(" ");
        for part in [
            "ide-cd,bus=ide.0,drive=medium,id=cd,bootindex=0",
            "virtio-blk-pci,id=device0,drive=disk0,serial=a,bootindex=1",
            "nvme,id=device1,drive=disk1,serial=b,bootindex=2",
            "ide-hd,bus=ide.1,id=device2,drive=disk2,serial=c,d,bootindex=3",
            "file=/o/c,,d.img",
            "usb-storage,bus=xhci.0,removable=on,id=device3,drive=disk3,serial=STICK,bootindex=4",
            "-accel tcg,thread=multi -cpu qemu64,+svm,+npt",
        ] {
            assert!(line.contains(part), "{part} is missing in {line}");
        }
    }

    #[test]
    fn a_machine_that_was_saved_goes_on_with_the_same_words() {
        let spec = Spec::new("m").disk("/o/a.qcow2", Bus::Virtio);
        let first = args(&spec, Accel::Tcg, &sockets());
        let line = first.join(" ");
        assert!(
            line.contains("id=disk0,format=qcow2,cache=unsafe,"),
            "{line}"
        );
        assert!(line.contains(",file=/o/a.qcow2 "), "{line}");
        let again = args(&spec.saved("up"), Accel::Tcg, &sockets());
        let more = again.strip_prefix(first.as_slice());
        assert_eq!(more, Some(&["-loadvm".to_owned(), "up".to_owned()][..]));
    }

    #[test]
    fn secure_boot_keeps_its_variables_from_the_system() {
        let line = args(&Spec::new("m").secure_boot(), Accel::Tcg, &sockets()).join(" ");
        for part in [
            "-machine q35,smm=on ",
            "file=/usr/share/OVMF/OVMF_CODE_4M.ms.fd",
            "if=pflash,unit=1,format=raw,file=/o/vars.fd",
            "-global driver=cfi.pflash01,property=secure,value=on",
        ] {
            assert!(line.contains(part), "{part} is missing in {line}");
        }
    }

    #[test]
    fn a_netboot_machine_asks_the_network_first() {
        let line = |spec: Spec| {
            let spec = spec.nic(NicModel::Virtio, Link::Tap("tap0".into()));
            args(&spec, Accel::Tcg, &sockets()).join(" ")
        };
        let nic = "tap,id=net0,ifname=tap0,script=no,downscript=no -device \
                   virtio-net-pci,id=nic0,netdev=net0,mac=52:54:00:00:00:01";
        let bios = line(Spec::new("m").netboot(Netboot::Pxe));
        assert!(bios.ends_with(&format!("{nic},bootindex=0")), "{bios}");
        let uefi = line(
            Spec::new("m")
                .firmware(Firmware::Uefi)
                .netboot(Netboot::Http),
        );
        let end = "bootindex=0,romfile= -fw_cfg name=opt/org.tianocore/IPv4PXESupport,string=no \
                   -fw_cfg name=opt/org.tianocore/IPv6PXESupport,string=no";
        assert!(uefi.ends_with(&format!("{nic},{end}")), "{uefi}");
        let disk = line(Spec::new("m"));
        assert!(disk.ends_with(&format!("{nic},romfile=")), "{disk}");
    }

    #[test]
    fn ssh_is_forwarded_to_the_address() {
        let spec = Spec::new("m")
            .nic(NicModel::Virtio, Link::User(None))
            .nic(NicModel::E1000e, Link::Nothing);
        let line = args(&spec, Accel::Kvm, &sockets()).join(" ");
        assert!(line.contains("user,id=net0,hostfwd=tcp:127.0.0.1:2222-:22"));
        assert!(line.contains("e1000e,id=nic1,netdev=net1,mac=52:54:00:00:00:02,romfile="));
        assert!(line.contains("-accel kvm -cpu host"));
    }
}
