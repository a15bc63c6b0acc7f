//! The table of scenarios.

mod answers_url;
mod bad_input;
mod bond;
mod boot_menu;
mod drivers;
mod embed;
mod faults;
mod field;
mod guests;
mod install;
mod media;
mod moved;
mod netboot;
mod pages;
mod power_cut;
mod pulled;
mod refusals;
mod reinstall;
mod repair;
mod secure_boot;
mod two_disks;
mod wizard;

use crate::bench::Bench;
use anyhow::{Result, bail};
use std::fmt::Write;

/// Something that must be there for a scenario besides ISO and tools root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// `FIRN_GUEST_DIR` with a kernel, an initrd, an ISO and a cloud image for guests.
    Guests,
    /// Networks of our own, which take root. Where there can be none, the scenario is skipped, and that is said.
    Network,
}

impl Need {
    fn text(&self) -> &'static str {
        match self {
            Need::Guests => " (needs FIRN_GUEST_DIR)",
            Need::Network => " (needs root)",
        }
    }
}

/// One end-to-end test.
#[derive(Debug)]
pub struct Scenario {
    /// What it is called on the command line; also its folder.
    pub name: &'static str,
    /// What it shows, in one line.
    pub text: &'static str,
    /// Whether CI has time for it.
    pub ci: bool,
    /// What else it needs.
    pub needs: &'static [Need],
    /// Runs it.
    pub run: fn(&Bench) -> Result<()>,
}

/// All scenarios, the long ones first, so that two at a time end together. Where an earlier run has left its times, those count.
pub static ALL: &[Scenario] = &[
    Scenario {
        name: "install-uefi-nvme",
        text: "unattended on UEFI and NVMe; it restarts into the host by itself, which starts under BIOS, too",
        ci: true,
        needs: &[],
        run: install::uefi_nvme,
    },
    Scenario {
        name: "install-bios-virtio",
        text: "unattended on BIOS and a virtio disk; the host answers; a PVH and an HVM guest run on it",
        ci: true,
        needs: &[Need::Guests],
        run: install::bios_virtio,
    },
    Scenario {
        name: "guests",
        text: "a guest from a cloud image with one command, reached with ssh; it restarts, firnd is killed under it, deleted, restored; hostile images",
        ci: false,
        needs: &[Need::Guests],
        run: guests::run,
    },
    Scenario {
        name: "power-cut",
        text: "a power cut in the middle: the disk starts nothing, a second installation succeeds",
        ci: true,
        needs: &[],
        run: power_cut::run,
    },
    Scenario {
        name: "wizard-serial",
        text: "the wizard, driven by keys over the serial line, from the first screen to the restart",
        ci: true,
        needs: &[],
        run: wizard::run,
    },
    Scenario {
        name: "bond-vlan-static",
        text: "bond of two NICs, VLAN, static IPv4 and IPv6; one cable is pulled out",
        ci: true,
        needs: &[],
        run: bond::run,
    },
    Scenario {
        name: "answers-url",
        text: "answers by URL: hash, signature, pin, own authority, strict; none for this machine; a token, reports, and the host of them",
        ci: false,
        needs: &[],
        run: answers_url::run,
    },
    Scenario {
        name: "faults",
        text: "I/O errors in every step, a killed mkfs, a disk too small: each left as promised; then an installation without link, DNS and NVRAM",
        ci: false,
        needs: &[],
        run: faults::run,
    },
    Scenario {
        name: "guests-more",
        text: "Debian's installer by kernel and initrd; exit statuses, JSON, a domain destroyed by hand, firnd killed in a conversion, a full pool",
        ci: false,
        needs: &[Need::Guests],
        run: guests::more,
    },
    Scenario {
        name: "repair",
        text: "loaders wiped, address wrong, password lost: repaired from the medium; the guests' disks are the same before and after",
        ci: false,
        needs: &[],
        run: repair::run,
    },
    Scenario {
        name: "reinstall",
        text: "a host with a further disk, installed anew: refused when not named; with its store; without it, which then stays as it is",
        ci: false,
        needs: &[],
        run: reinstall::run,
    },
    Scenario {
        name: "embed",
        text: "an ISO with answers embedded: as CD and stick, under BIOS and UEFI, three times refused, once installed",
        ci: false,
        needs: &[],
        run: embed::run,
    },
    Scenario {
        name: "fat-stick",
        text: "the ISO's files on FAT32 (MBR; GPT under Secure Boot), the ISO as a file on a stick: they start, and are no target",
        ci: false,
        needs: &[],
        run: media::sticks,
    },
    Scenario {
        name: "two-firn-disks",
        text: "a second Firn disk in the machine changes nothing, and keeps its boot entry",
        ci: false,
        needs: &[],
        run: two_disks::run,
    },
    Scenario {
        name: "moved-disk",
        text: "a host's disks on other controllers and with other serial numbers; a copy beside them; one missing; what status and login screen say",
        ci: false,
        needs: &[],
        run: moved::run,
    },
    Scenario {
        name: "medium-pulled",
        text: "the CD or stick goes at 5 %, at 60 %, after the end: the machine is off, or restarts, within a minute",
        ci: false,
        needs: &[],
        run: pulled::run,
    },
    Scenario {
        name: "load-driver",
        text: "a disk whose driver comes from a stick: installed, started with it, not without it; broken drivers and sticks",
        ci: false,
        needs: &[],
        run: drivers::load,
    },
    Scenario {
        name: "field-disks",
        text: "remains of RAID, LVM, swap and ZFS, a foreign group of our name, a full NVRAM, 100 TiB, zones, one serial number for several: told, installed, started",
        ci: false,
        needs: &[],
        run: field::disks,
    },
    Scenario {
        name: "field-machine",
        text: "no serial port and a clock of 2099; a console on the second port and a clock of 2011: installed, started",
        ci: false,
        needs: &[],
        run: field::machine,
    },
    Scenario {
        name: "bad-input",
        text: "a broken stick, two sticks, answers of 10 MB, with NUL bytes and no text at all, a disk pulled out while the wizard asks",
        ci: false,
        needs: &[],
        run: bad_input::run,
    },
    Scenario {
        name: "wizard-pages",
        text: "the wizard's pages at work: medium checked, a disk pulled out, network tested, clock set, keys fetched, answers saved",
        ci: false,
        needs: &[],
        run: pages::run,
    },
    Scenario {
        name: "install-sata-usb",
        text: "SATA disk, the ISO as a USB stick; installed under BIOS, started under UEFI; guests' disks as files",
        ci: false,
        needs: &[],
        run: install::sata_usb,
    },
    Scenario {
        name: "refusals",
        text: "disk too small, disk in use, two matching disks, three mistakes: refused, disks untouched; half of a volume group",
        ci: true,
        needs: &[],
        run: refusals::several,
    },
    Scenario {
        name: "secure-boot",
        text: "Secure Boot with Microsoft's keys: the installer starts, says that Xen cannot, refuses unsigned drivers, disk untouched",
        ci: true,
        needs: &[],
        run: secure_boot::run,
    },
    Scenario {
        name: "netboot-bios",
        text: "BIOS PXE through our full server: answers by MAC, installed, reported; with --once it then starts from its disk",
        ci: true,
        needs: &[Need::Network],
        run: netboot::bios,
    },
    Scenario {
        name: "netboot-user",
        text: "netboot without privileges: a wrong checksum is refused; the server dies at 50 % and comes back; installed in 1.5 GiB",
        ci: true,
        needs: &[],
        run: netboot::user,
    },
    Scenario {
        name: "netboot-three",
        text: "three machines at once with three different answers (by MAC, serial number, rule), each reached with ssh, running Xen",
        ci: false,
        needs: &[Need::Network],
        run: netboot::three,
    },
    Scenario {
        name: "netboot-guard",
        text: "no answers for this machine: the wizard; a host that starts from the network again is not wiped",
        ci: false,
        needs: &[Need::Network],
        run: netboot::guard,
    },
    Scenario {
        name: "netboot-guard-uefi",
        text: "a UEFI host that starts from the network again is not wiped, and starts from its disk",
        ci: false,
        needs: &[Need::Network],
        run: netboot::guard_uefi,
    },
    Scenario {
        name: "netboot-uefi",
        text: "UEFI PXE, UEFI HTTP boot, and with Secure Boot, where the checks say why Xen cannot be installed",
        ci: false,
        needs: &[Need::Network],
        run: netboot::uefi,
    },
    Scenario {
        name: "netboot-proxy",
        text: "our server beside somebody else's DHCP server, UEFI and BIOS; it hears of a refusal and of a failure",
        ci: false,
        needs: &[Need::Network],
        run: netboot::proxy,
    },
    Scenario {
        name: "netboot-vlan",
        text: "a boot network that is tagged from the kernel onwards; answers by DHCP's option 224",
        ci: false,
        needs: &[Need::Network],
        run: netboot::vlan,
    },
    Scenario {
        name: "netboot-ipv6",
        text: "UEFI on a network without IPv4, up to the answers",
        ci: false,
        needs: &[Need::Network],
        run: netboot::six,
    },
    Scenario {
        name: "netboot-slow",
        text: "DHCP after 60 s, a late link, NICs without a cable; no server: it begins anew; IPv6 by router advertisements only; the image by HTTPS",
        ci: false,
        needs: &[Need::Network],
        run: netboot::slow,
    },
    Scenario {
        name: "dhcp-mtu",
        text: "a DHCP server that asks for an MTU of 1400: the installer and an installed host take it",
        ci: false,
        needs: &[Need::Network],
        run: netboot::mtu,
    },
    Scenario {
        name: "netboot-routes",
        text: "DHCP with classless routes and no router, and with an address of /32: image and answers come all the same",
        ci: false,
        needs: &[Need::Network],
        run: netboot::routes,
    },
    Scenario {
        name: "netboot-packets",
        text: "the packets of firmware of fourteen kinds, byte by byte: what the real dnsmasq answers with our configuration",
        ci: true,
        needs: &[Need::Network],
        run: netboot::packets,
    },
    Scenario {
        name: "netboot-loaders",
        text: "the lab's own network: BIOS, UEFI, UEFI over HTTP and IPv6, with Secure Boot, each gets its loader",
        ci: false,
        needs: &[Need::Network],
        run: netboot::loaders,
    },
    Scenario {
        name: "boot-menu",
        text: "which slot the host's start menu starts, in GRUB as a program: all states, damaged slots, an ESP that cannot be written, any block",
        ci: true,
        needs: &[],
        run: boot_menu::run,
    },
    Scenario {
        name: "no-vt",
        text: "a processor without VT: refused, disk untouched",
        ci: true,
        needs: &[],
        run: refusals::no_vt,
    },
    Scenario {
        name: "cpu-32bit",
        text: "a 32-bit processor: one sentence on screen and serial line",
        ci: true,
        needs: &[],
        run: refusals::cpu_32bit,
    },
];

/// The scenarios of these names; without names those for CI, or all.
///
/// # Errors
/// When there is none of a name.
pub fn choose(names: &[String], all: bool) -> Result<Vec<&'static Scenario>> {
    if names.is_empty() {
        return Ok(ALL.iter().filter(|s| all || s.ci).collect());
    }
    let find = |name: &String| {
        let Some(scenario) = ALL.iter().find(|s| s.name == name) else {
            bail!("there is no scenario {name:?}; there are:\n{}", list());
        };
        Ok(scenario)
    };
    names.iter().map(find).collect()
}

/// One line for each scenario.
pub fn list() -> String {
    let mut text = String::new();
    for scenario in ALL {
        let ci = if scenario.ci { "ci " } else { "all" };
        let needs: String = scenario.needs.iter().map(Need::text).collect();
        // Writing to a String does not fail.
        let _ = writeln!(text, "{:20} {ci}  {}{needs}", scenario.name, scenario.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() -> Result<()> {
        for scenario in ALL {
            let found = choose(&[scenario.name.into()], false)?;
            assert!(std::ptr::eq(found[0], scenario), "{}", scenario.name);
        }
        assert!(choose(&["nonsense".into()], false).is_err());
        assert!(!choose(&[], false)?.is_empty());
        assert_eq!(choose(&[], true)?.len(), ALL.len());
        Ok(())
    }
}
