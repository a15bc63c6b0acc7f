//! What the entries in the firmware's setup are called by those who make machines, from their manuals.

use crate::machine::Machine;
use firn_words::{Text, say};

/// Something that can be switched in the setup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// VT-x or AMD-V.
    Virtualization,
    /// VT-d or AMD-Vi.
    Iommu,
    /// Secure Boot.
    SecureBoot,
    /// The chipset's SATA controller: AHCI or RAID.
    Sata,
    /// Intel's Volume Management Device.
    Vmd,
}

/// The menus of one maker; an empty path is one that we do not know.
struct Menus {
    /// How its name begins in DMI, in lower case.
    makers: &'static [&'static str],
    /// What the product's name has one of in it, in lower case; none for all that no entry above takes.
    products: &'static [&'static str],
    /// The key that leads to the setup.
    key: &'static str,
    vt_intel: &'static str,
    vt_amd: &'static str,
    iommu_intel: &'static str,
    iommu_amd: &'static str,
    secure_boot: &'static str,
    sata: &'static str,
    vmd: &'static str,
}

/// Where no maker is known.
const EMPTY: Menus = Menus {
    makers: &[],
    products: &[],
    key: "",
    vt_intel: "",
    vt_amd: "",
    iommu_intel: "",
    iommu_amd: "",
    secure_boot: "",
    sata: "",
    vmd: "",
};

#[rustfmt::skip]
const MENUS: [Menus; 13] = [
    Menus {
        makers: &["hp"],
        products: &[" g5", " g6", " g7", "gen8"],
        key: "F9",
        vt_intel: "System Options > Processor Options > Intel(R) Virtualization Technology",
        vt_amd: "System Options > Processor Options > AMD Virtualization",
        iommu_intel: "System Options > Processor Options > Intel(R) VT-d",
        ..EMPTY
    },
    Menus {
        makers: &["hpe", "hewlett packard enterprise", "hp", "hewlett-packard"],
        products: &["proliant"],
        key: "F9",
        vt_intel: "System Configuration > BIOS/Platform Configuration (RBSU) > Virtualization Options > Intel(R) Virtualization Technology (Intel VT)",
        vt_amd: "System Configuration > BIOS/Platform Configuration (RBSU) > Virtualization Options > AMD Virtualization Technology",
        iommu_intel: "System Configuration > BIOS/Platform Configuration (RBSU) > Virtualization Options > Intel(R) VT-d",
        iommu_amd: "System Configuration > BIOS/Platform Configuration (RBSU) > Virtualization Options > AMD I/O Virtualization Technology",
        secure_boot: "System Configuration > BIOS/Platform Configuration (RBSU) > Server Security > Secure Boot Settings > Attempt Secure Boot",
        sata: "System Configuration > BIOS/Platform Configuration (RBSU) > Storage Options > SATA Controller Options > Embedded SATA Configuration",
        ..EMPTY
    },
    Menus {
        makers: &["hp", "hewlett-packard"],
        key: "F10",
        vt_intel: "Advanced > System Options > Virtualization Technology (VTx)",
        vt_amd: "Advanced > System Options > SVM CPU Virtualization",
        iommu_intel: "Advanced > System Options > Virtualization Technology for Directed I/O (VTd)",
        secure_boot: "Advanced > Secure Boot Configuration > Secure Boot",
        ..EMPTY
    },
    Menus {
        makers: &["dell"],
        products: &["poweredge"],
        key: "F2",
        vt_intel: "System BIOS > Processor Settings > Virtualization Technology",
        vt_amd: "System BIOS > Processor Settings > Virtualization Technology",
        iommu_intel: "System BIOS > Processor Settings > Virtualization Technology",
        iommu_amd: "System BIOS > Processor Settings > IOMMU Support",
        secure_boot: "System BIOS > System Security > Secure Boot",
        sata: "System BIOS > SATA Settings > Embedded SATA",
        vmd: "System BIOS > NVMe Settings > NVMe Mode",
    },
    Menus {
        makers: &["dell"],
        key: "F2",
        vt_intel: "Virtualization Support > Virtualization",
        vt_amd: "Virtualization Support > Virtualization",
        iommu_intel: "Virtualization Support > VT for Direct I/O",
        secure_boot: "Secure Boot > Secure Boot Enable",
        sata: "System Configuration > SATA Operation",
        vmd: "System Configuration > SATA Operation",
        ..EMPTY
    },
    Menus {
        makers: &["lenovo", "ibm"],
        products: &["system"],
        key: "F1",
        vt_intel: "System Settings > Processors > Intel Virtualization Technology",
        vt_amd: "System Settings > Processors > SVM Mode",
        iommu_intel: "System Settings > Devices and I/O Ports > Intel VT for Directed I/O (VT-d)",
        iommu_amd: "System Settings > Devices and I/O Ports > IOMMU",
        secure_boot: "System Settings > Security > Secure Boot Configuration",
        vmd: "System Settings > Devices and I/O Ports > Intel VMD technology",
        ..EMPTY
    },
    Menus {
        makers: &["lenovo"],
        key: "F1",
        vt_intel: "Security > Virtualization > Intel (R) Virtualization Technology",
        vt_amd: "Security > Virtualization > AMD V (TM) Technology",
        iommu_intel: "Security > Virtualization > Intel (R) VT-d Feature",
        secure_boot: "Security > Secure Boot",
        sata: "Config > Storage > Controller Mode",
        vmd: "Config > Storage > Controller Mode",
        ..EMPTY
    },
    Menus {
        makers: &["supermicro", "super micro"],
        key: "Del",
        vt_intel: "Advanced > CPU Configuration > Intel Virtualization Technology",
        vt_amd: "Advanced > CPU Configuration > SVM Mode",
        iommu_intel: "Advanced > Chipset Configuration > North Bridge > IIO Configuration > Intel VT for Directed I/O (VT-d)",
        iommu_amd: "Advanced > NB Configuration > IOMMU",
        secure_boot: "Security > Secure Boot",
        sata: "Advanced > PCH SATA Configuration > Configure SATA as",
        vmd: "Advanced > Chipset Configuration > North Bridge > IIO Configuration > Intel VMD Technology",
        ..EMPTY
    },
    Menus {
        makers: &["fujitsu", "fsc"],
        key: "F2",
        vt_intel: "Advanced > CPU Configuration > Intel Virtualization Technology",
        vt_amd: "Advanced > CPU Configuration > SVM Mode",
        iommu_intel: "Advanced > CPU Configuration > VT-d",
        secure_boot: "Security > Secure Boot Configuration",
        sata: "Advanced > SATA Configuration > SATA Mode",
        ..EMPTY
    },
    Menus {
        makers: &["intel"],
        key: "F2",
        vt_intel: "Setup Menu > Advanced > Processor Configuration > Intel(R) Virtualization Technology",
        iommu_intel: "Setup Menu > Advanced > Integrated IO Configuration > Intel(R) VT for Directed I/O",
        vmd: "Setup Menu > Advanced > PCI Configuration > Volume Management Device",
        ..EMPTY
    },
    Menus {
        makers: &["asus"],
        key: "Del",
        vt_intel: "Advanced > CPU Configuration > Intel (VMX) Virtualization Technology",
        vt_amd: "Advanced > CPU Configuration > SVM Mode",
        iommu_intel: "Advanced > System Agent (SA) Configuration > VT-d",
        iommu_amd: "Advanced > AMD CBS > NBIO Common Options > IOMMU",
        secure_boot: "Boot > Secure Boot > OS Type",
        sata: "Advanced > PCH Storage Configuration > SATA Mode Selection",
        vmd: "Advanced > System Agent (SA) Configuration > VMD setup menu > Enable VMD controller",
        ..EMPTY
    },
    Menus {
        makers: &["asrock"],
        key: "F2",
        vt_intel: "Advanced > CPU Configuration > Intel Virtualization Technology",
        vt_amd: "Advanced > CPU Configuration > SVM Mode",
        iommu_intel: "Advanced > Chipset Configuration > VT-d",
        secure_boot: "Security > Secure Boot",
        sata: "Advanced > Storage Configuration > SATA Mode Selection",
        ..EMPTY
    },
    Menus {
        makers: &["micro-star", "msi"],
        key: "Del",
        vt_intel: "OC > CPU Features > Intel Virtualization Tech",
        vt_amd: "OC > CPU Features > SVM Mode",
        iommu_intel: "OC > CPU Features > Intel VT-D Tech",
        secure_boot: "Settings > Security > Secure Boot",
        ..EMPTY
    },
];

impl Menus {
    fn path(&self, switch: Switch, amd: bool) -> &'static str {
        match (switch, amd) {
            (Switch::Virtualization, false) => self.vt_intel,
            (Switch::Virtualization, true) => self.vt_amd,
            (Switch::Iommu, false) => self.iommu_intel,
            (Switch::Iommu, true) => self.iommu_amd,
            (Switch::SecureBoot, _) => self.secure_boot,
            (Switch::Sata, _) => self.sata,
            (Switch::Vmd, _) => self.vmd,
        }
    }
}

/// Where a switch is, to go into a sentence such as "switch it on in …".
pub fn place(machine: &Machine, switch: Switch) -> Text {
    let amd = machine.cpu.is_amd();
    let Some(menus) = menus(machine) else {
        let name = usual_name(switch, amd);
        return say!("check-place-any", name = name);
    };
    match menus.path(switch, amd) {
        "" => say!(
            "check-place-key",
            key = menus.key,
            name = usual_name(switch, amd)
        ),
        path => say!("check-place-menu", key = menus.key, path = path),
    }
}

fn menus(machine: &Machine) -> Option<&'static Menus> {
    let maker = machine.vendor.as_deref()?.to_lowercase();
    let product = machine
        .product
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    MENUS.iter().find(|menus| {
        let listed = menus.products.iter().any(|p| product.contains(p));
        menus.makers.iter().any(|m| maker.starts_with(m)) && (listed || menus.products.is_empty())
    })
}

fn usual_name(switch: Switch, amd: bool) -> &'static str {
    match (switch, amd) {
        (Switch::Virtualization, false) => "Intel Virtualization Technology (VT-x)",
        (Switch::Virtualization, true) => "SVM Mode (AMD-V)",
        (Switch::Iommu, false) => "Intel VT-d",
        (Switch::Iommu, true) => "IOMMU (AMD-Vi)",
        (Switch::SecureBoot, _) => "Secure Boot",
        (Switch::Sata, _) => "SATA Mode",
        (Switch::Vmd, _) => "Intel VMD",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::samples::server;

    #[test]
    fn the_menu_follows_maker_product_and_processor() {
        let at = |vendor: &str, product: &str, cpu: &str, switch| {
            let mut machine = server();
            machine.vendor = Some(vendor.into());
            machine.product = Some(format!("{vendor} {product}"));
            machine.cpu.vendor = cpu.into();
            place(&machine, switch).to_string()
        };
        let (intel, amd) = ("GenuineIntel", "AuthenticAMD");
        for (vendor, product, cpu, switch, part) in [
            (
                "HPE",
                "ProLiant DL380 Gen10",
                intel,
                Switch::Virtualization,
                "(Intel VT)",
            ),
            (
                "HP",
                "EliteDesk 800 G3",
                intel,
                Switch::Virtualization,
                "(VTx)",
            ),
            (
                "Dell Inc.",
                "PowerEdge R640",
                intel,
                Switch::Vmd,
                "NVMe Mode",
            ),
            (
                "Dell Inc.",
                "OptiPlex 7050",
                intel,
                Switch::Sata,
                "SATA Operation",
            ),
            (
                "Lenovo",
                "ThinkSystem SR650",
                intel,
                Switch::Iommu,
                "Devices and I/O",
            ),
            (
                "LENOVO",
                "20HGS0AB00 ThinkPad T470s",
                intel,
                Switch::Virtualization,
                "Security > Virt",
            ),
            (
                "Supermicro",
                "Super Server",
                amd,
                Switch::Virtualization,
                "SVM Mode",
            ),
            (
                "FUJITSU",
                "PRIMERGY RX2540 M5",
                intel,
                Switch::SecureBoot,
                "F2",
            ),
            (
                "Nobody",
                "Box",
                amd,
                Switch::Virtualization,
                "SVM Mode (AMD-V)",
            ),
            (
                "HPE",
                "ProLiant DL380 Gen10",
                intel,
                Switch::Vmd,
                "Intel VMD",
            ),
        ] {
            let said = at(vendor, product, cpu, switch);
            assert!(said.contains(part), "{vendor} {product}: {said}");
        }
    }
}
