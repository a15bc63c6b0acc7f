//! Running inside a virtual machine.

use super::Check;
use firn_machine::{Finding, Machine, Virtualization};
use firn_words::{Text, say};

/// What hypervisors call themselves in CPUID, and what people call them.
const NAMES: [(&str, &str); 10] = [
    ("VMwareVMware", "VMware"),
    ("Microsoft Hv", "Hyper-V"),
    ("KVMKVMKVM", "KVM"),
    ("TCGTCGTCGTCG", "QEMU"),
    ("XenVMMXenVMM", "Xen"),
    ("VBoxVBoxVBox", "VirtualBox"),
    ("bhyve bhyve", "bhyve"),
    ("prl hyperv", "Parallels"),
    ("lrpepyh vr", "Parallels"),
    ("ACRNACRNACRN", "ACRN"),
];

/// The hypervisor's name for people.
pub fn name(signature: &str) -> &str {
    let known = NAMES.iter().find(|(s, _)| signature.trim() == *s);
    known.map_or(signature, |(_, name)| name)
}

/// How this hypervisor is told to hand virtualization on.
pub fn nested(signature: &str) -> Text {
    match name(signature) {
        "VMware" => say!("check-nested-vmware"),
        "Hyper-V" => say!("check-nested-hyperv"),
        "KVM" => say!("check-nested-kvm"),
        "QEMU" => say!("check-nested-qemu"),
        "Xen" => say!("check-nested-xen"),
        "VirtualBox" => say!("check-nested-virtualbox"),
        other => say!("check-nested-any", hypervisor = other),
    }
}

/// Which virtual machine this is, and whether it hands virtualization on.
pub fn virtual_machine(machine: &Machine) -> Check {
    const NAME: &str = "virtual-machine";
    let Some(hypervisor) = machine.cpu.hypervisor.as_deref() else {
        return Check::fine(NAME, say!("check-vm-none"));
    };
    let hypervisor = name(hypervisor);
    let found = match machine.cpu.virtualization {
        Finding::Known(Virtualization::On) => say!("check-vm-hands-on", hypervisor = hypervisor),
        Finding::Known(_) => say!("check-vm-keeps", hypervisor = hypervisor),
        Finding::Unknown(_) => say!("check-vm", hypervisor = hypervisor),
    };
    Check::note(NAME, found).because(say!("check-vm-why"), say!("check-vm-todo"))
}
