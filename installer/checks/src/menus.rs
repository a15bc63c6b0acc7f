//! What the entries in the firmware's setup are called by those who make machines, from their manuals.

mod table;

use firn_machine::Machine;
use firn_words::{Text, say};
use table::{MENUS, Menus};

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
    use firn_machine::samples::server;

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
                "ProLiant DL360 Gen9",
                intel,
                Switch::Sata,
                "System Options > SATA",
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
