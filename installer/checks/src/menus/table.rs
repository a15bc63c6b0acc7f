//! The menus, as makers' manuals and descriptions of such machines have them. From memory alone, because neither was found: all of
//! Fujitsu's, HP's ProLiant G5 to Gen8, Dell's IOMMU Support and NVMe Mode, VT, AMD and VMD on Lenovo's servers, VMD on Supermicro's and
//! Intel's.

/// The menus of one maker; an empty path is one that we do not know.
pub struct Menus {
    /// How its name begins in DMI, in lower case.
    pub makers: &'static [&'static str],
    /// What the product's name has one of in it, in lower case; none for all that no entry above takes.
    pub products: &'static [&'static str],
    /// The key that leads to the setup.
    pub key: &'static str,
    pub vt_intel: &'static str,
    pub vt_amd: &'static str,
    pub iommu_intel: &'static str,
    pub iommu_amd: &'static str,
    pub secure_boot: &'static str,
    pub sata: &'static str,
    pub vmd: &'static str,
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

/// One maker after the other; the first that fits counts.
#[rustfmt::skip]
pub const MENUS: [Menus; 14] = [
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
        makers: &["hpe", "hp"],
        products: &["gen9"],
        key: "F9",
        vt_intel: "System Configuration > BIOS/Platform Configuration (RBSU) > System Options > Virtualization Options > Virtualization Technology",
        vt_amd: "System Configuration > BIOS/Platform Configuration (RBSU) > System Options > Virtualization Options > Virtualization Technology",
        iommu_intel: "System Configuration > BIOS/Platform Configuration (RBSU) > System Options > Virtualization Options > Intel(R) VT-d",
        secure_boot: "System Configuration > BIOS/Platform Configuration (RBSU) > Server Security > Secure Boot Settings",
        sata: "System Configuration > BIOS/Platform Configuration (RBSU) > System Options > SATA Controller Options > Embedded SATA Configuration",
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
        secure_boot: "Security / Advanced > Secure Boot Configuration > Secure Boot",
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
