### The hardware checks: what was found, why it matters, what to do; each a sentence without a full stop.

check-unknown-not-looked = it was not looked for
check-unknown = could not be found out: { $reason }
check-unknown-hidden = Xen hides it from the host's own system; `xl info` tells
check-unknown-register = the processor's register { $register } cannot be read ({ $reason })
check-unknown-no-acpi = this machine shows no ACPI tables
check-unknown-acpi = the ACPI table { $table } cannot be read ({ $reason })
check-unknown-acpi-short = the ACPI table { $table } is too short
check-unknown-variables = the firmware's variables cannot be read ({ $reason })

check-64bit-yes = a 64-bit processor: { $model }
check-64bit-no = no 64-bit processor: { $model }
check-64bit-why = Xen runs on 64-bit processors only
check-64bit-todo = use a machine with a 64-bit processor

check-vt-on = the processor's virtualization (VT-x or AMD-V) is on
check-vt-off = virtualization (VT-x or AMD-V) is switched off in the firmware
check-vt-off-todo = switch it on in { $place }, then switch the machine off and on again
check-vt-absent = the processor has no virtualization (VT-x or AMD-V)
check-vt-absent-todo = use a machine whose processor has VT-x or AMD-V
check-vt-unknown-todo = see whether it is on in { $place }
check-vt-why = without it the host comes up but can start no PVH or HVM guest

check-paging-yes = the processor has nested paging (EPT or NPT)
check-paging-no = the processor has no nested paging (EPT or NPT)
check-paging-why = guests would be slow and without security support
check-paging-todo = use a newer processor
check-paging-not-looked = not looked at, as there is no virtualization
check-paging-both = guests need both
check-paging-see = see virtualization
check-paging-needed = guests need it
check-paging-unknown-todo = go on, and see whether a guest starts

check-iommu-yes = the firmware describes an IOMMU
check-iommu-no = no IOMMU, or it is switched off in the firmware
check-iommu-why = only handing PCI devices to guests needs it
check-iommu-todo = if you want that, switch it on in { $place }
check-iommu-unknown-todo = nothing

check-remapping-yes = the IOMMU remaps interrupts
check-remapping-no = the IOMMU does not remap interrupts
check-remapping-why = without it a guest that has a PCI device can disturb the host by false interrupts
check-remapping-todo = if you want to hand PCI devices to guests, see whether it can be switched on in { $place }, or ask the maker for newer firmware
check-remapping-not-looked = not looked at, as there is no IOMMU
check-remapping-see = see IOMMU

check-memory-found = { $mib } MiB of memory
check-memory-least = Firn needs at least 1 GiB (1024 MiB)
check-memory-todo = put in more memory
check-memory-little = below 4 GiB little is left for guests
check-memory-if-you-can = put in more memory if you can

check-disk-none = no disk to install on
check-disks-unlisted = the disks cannot be listed: { $reason }
check-disks-unlisted-todo = see in the rescue shell what lsblk says, and start the machine again
check-disk-none-why = Firn is installed on a disk of its own
check-disk-none-todo = attach a disk, or switch on its controller in the BIOS or UEFI setup
check-disk-small = the largest disk is { $disk }
check-disk-small-why = Firn needs a disk of at least { $least }
check-disk-small-todo = attach a larger disk
check-disk-large = large enough: { $disk }

check-secure-boot-off = Secure Boot is off
check-secure-boot-on = Secure Boot is on
check-secure-boot-why = Xen does not start under Secure Boot
check-secure-boot-todo = switch it off in { $place }, then start again
check-secure-boot-unknown-todo = see whether it is off in { $place }

## Why a disk can never be a target.

check-unfit-medium = the installation medium
check-unfit-cd = a CD drive
check-unfit-floppy = a floppy drive
check-unfit-nbd = a network block device
check-unfit-answers = it holds the answers ({ $label })
check-unfit-mounted = mounted at { $place }
check-unfit-in-use = in use by { $user }
check-unfit-read-only = read-only
check-unfit-zoned = its zones can only be written in order (host-managed SMR or ZNS), and no boot loader, LVM or ext4 does that
check-unfit-no-medium = no medium in the drive
check-unfit-no-size = the kernel does not say how large it is
check-unfit-raid = a member of the RAID { $name }
check-unfit-multipath = another path to { $disk }

## What a disk holds.

check-holds-system = the system { $name }
check-holds-lvm = an LVM volume
check-holds-lvm-of = an LVM volume of the group "{ $group }"
check-holds-linux-raid = a member of a Linux RAID
check-holds-firmware-raid = a member of a firmware RAID ({ $format })
check-holds-encrypted = an encrypted volume (LUKS)
check-holds-zfs = a member of a ZFS pool
check-holds-partition = a partition of { $size }
check-holds-table = a partition table ({ $kind }) without partitions
check-holds-table-start = a damaged partition table; its copy { $has }
check-holds-table-both = a damaged partition table { $has }
check-holds-table-first-sector = a partition table whose first sector is damaged; it { $has }
check-holds-table-blocks = a partition table made for blocks of { $size } bytes, which are not this disk's; it { $has }
check-holds-table-not-shown = a partition table that the kernel does not read; it { $has }
check-holds-table-lists = { $count ->
    [0] has no partitions
    [one] has 1 partition: { $list }
   *[other] has { $count } partitions: { $list }
}
check-holds-table-legible = { $count ->
    [0] of which nothing can be read
    [one] of which 1 partition can still be read: { $list }
   *[other] of which { $count } partitions can still be read: { $list }
}
check-holds-listed = { $name }, { $size }
check-holds-listed-number = number { $number } without a name, { $size }
check-holds-untabled = { $what } at byte { $at }, without a partition table
check-holds-unknown = data without a partition table
check-holds-more = { $first } and { $count } more
check-holds-unreadable = something that cannot be read ({ $reason })

## Where a switch is in the firmware's setup; follows "in".

check-place-any = the BIOS or UEFI setup; the entry is usually called "{ $name }"
check-place-key = the setup ({ $key } at the start); the entry is usually called "{ $name }"
check-place-menu = the setup ({ $key } at the start): { $path }

## Disks and NICs, and why one may not show.

check-disk = { $path } ({ $size })
check-disk-model = { $path } ({ $size }, { $model })
check-nic = { $name } ({ $mac }, { $driver }, { $link })
check-nic-no-driver = unknown driver
check-disks-found = { $count ->
    [one] one disk
   *[other] { $count } disks
} that Firn can be installed on
check-disks-small = { $count ->
    [one] one disk, which is too small
   *[other] { $count } disks, all too small
}
check-disk-none-because = no disk to install on: { $cause }
check-size-not-looked = not looked at, as there is no disk
check-size-see = see disks
check-devices-why = what hangs on it cannot be used
check-hidden-nvme = the chipset's RAID mode (Intel RST) hides { $count ->
    [one] one NVMe disk
   *[other] { $count } NVMe disks
}
check-raid-mode = the chipset's controller is in RAID mode, for which there is no driver: { $device }
check-raid-silent = the chipset's controller is in RAID mode and shows no disk: { $device }
check-ahci-todo = switch from RAID to AHCI in { $place } (an installed Windows may then no longer start)
check-vmd-no-driver = disks behind Intel VMD are hidden, as there is no driver for it: { $device }
check-vmd-silent = Intel VMD is on and shows no disk: { $device }
check-vmd-todo = switch VMD (or RAID mode) off in { $place }
check-controller-silent = the RAID controller shows no volume: { $device }
check-controller-todo = make a volume in the RAID controller's own setup, or switch it to HBA or JBOD mode
check-fc-silent = no disk is seen over Fibre Channel: { $device }
check-fc-todo = see that the storage shows this machine a disk (zoning, LUN masking)
check-disks-ungrouped = LVM does not tell which disks belong together: { $reason }
check-disks-ungrouped-why = overwriting one disk of a volume group harms what is on the others
check-disks-ungrouped-todo = see in the rescue shell what pvs says
check-disks-unread = { $disk } cannot be looked at: { $reason }
check-disks-unread-why = what is on such a disk is not known, so it is not overwritten
check-disks-unread-todo = replace or unplug the disk, or choose another one
check-disk-late = looking at it took longer than { $seconds } s
check-disk-unfit = { $disk } cannot be used ({ $reason })
check-disk-unfit-todo = free a disk, or attach another one
check-raid-members = { $disks } belong to a RAID of the firmware
check-raid-members-todo = delete the RAID volume in the firmware's setup and switch from RAID to AHCI
check-firmware-missing = the firmware file { $file } is missing for { $device }
check-firmware-todo = put the Debian package with this file (its name begins with "firmware-") on a USB stick and choose "Load a driver" in the main menu
check-firmware-works-why = it works, but perhaps not all of it
check-firmware-works-todo = go on; only if something about it does not work, put the Debian package with this file (its name begins with "firmware-") on a USB stick and choose "Load a driver" in the main menu
check-driver-missing = there is no driver for { $device }
check-driver-todo = choose "Load a driver" in the main menu if its maker has one for Debian 13
check-paths = { $disk } is reached over { $count } paths
check-paths-why = Firn uses one path only, so the host stops when that path fails
check-paths-todo = install on a local disk if the machine has one; else go on

check-blocks-512 = no disk with blocks of 4096 bytes
check-blocks-4096 = disks with blocks of 4096 bytes (4Kn): { $disks }
check-blocks-why = a legacy BIOS cannot start from them
check-blocks-todo = start the machine by UEFI, or install on a disk with blocks of 512 bytes

check-large-fine = no disk over 2 TiB under a legacy BIOS
check-large-found = over 2 TiB, and the machine was started by its legacy BIOS: { $disks }
check-large-why = Firn can use all of it, and what the BIOS reads lies in the first 3 GiB; but some old BIOSes start from no disk with a GUID partition table
check-large-todo = start by UEFI where the machine can; else go on, and install on a smaller disk if it does not start

check-nics-count = { $count ->
    [one] one NIC
   *[other] { $count } NICs
}
check-nics-found = { $cards }, { $links } with a link
check-nics-none = no NIC
check-nics-none-because = no NIC: { $cause }
check-nics-none-todo = put in a NIC, or switch it on in the BIOS or UEFI setup
check-nics-why = a Firn host is reached over the network
check-nics-no-link-why = without a link there is no network
check-nics-no-link-todo = put in the cable, and see that the other end is on

## A virtual machine.

check-vm-none = a real machine
check-vm = a virtual machine ({ $hypervisor })
check-vm-hands-on = a virtual machine ({ $hypervisor }) that is given virtualization
check-vm-keeps = a virtual machine ({ $hypervisor }) that is not given virtualization
check-vm-why = guests inside a virtual machine are slow, and for trying things out only
check-vm-todo = go on to try Firn; for work install it on a real machine
check-nested-vmware = tick "Virtualize Intel VT-x/EPT or AMD-V/RVI" (ESXi: "Expose hardware assisted virtualization to the guest OS") in this virtual machine's CPU settings
check-nested-hyperv = run "Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions $true" on the Hyper-V host while this virtual machine is off
check-nested-kvm = set the CPU type of this virtual machine to "host", and nested=1 for kvm_intel or kvm_amd on its host
check-nested-qemu = give QEMU a CPU with virtualization, such as "-cpu qemu64,+svm,+npt"
check-nested-xen = set nestedhvm=1 for this virtual machine
check-nested-virtualbox = tick "Enable Nested VT-x/AMD-V" in this virtual machine's system settings
check-nested-any = switch on nested virtualization for this virtual machine ({ $hypervisor })

## The clock.

check-clock-good = the clock says { $now } (UTC)
check-clock-early = the clock says { $now }, but this image was made on { $image }
check-clock-late = the clock says { $now }, more than ten years after this image was made ({ $image })
check-clock-why = certificates are refused and logs mislead while it is wrong
check-clock-todo = set it on the page "Time", or let NTP set it; an empty battery on the board is the usual cause

## The medium.

check-medium-good = all files of the medium are as they were made
check-medium-manifest = the medium's list of files cannot be used: { $error }
check-medium-differs = the file { $file } is not as it was made
check-medium-unreadable = the file { $file } cannot be read: { $error }
check-medium-why = what is damaged on the medium is damaged on the host
check-medium-todo = write the medium anew or use another one, after comparing the ISO's own checksum
check-medium-skipped = the check was skipped
check-medium-skipped-todo = look at it later if the installation shows errors

## Names of the checks (18 characters at most), and verdicts.

check-title-cpu-64bit = 64-bit processor
check-title-virtualization = Virtualization
check-title-nested-paging = Nested paging
check-title-iommu = IOMMU
check-title-interrupt-remapping = Interrupts
check-title-memory = Memory
check-title-disks = Disks
check-title-disk-size = Disk size
check-title-block-size = Block size
check-title-large-disk = BIOS and 2 TiB
check-title-nics = NICs
check-title-secure-boot = Secure Boot
check-title-virtual-machine = Kind of machine
check-title-clock = Clock
check-title-medium = Medium
check-verdict-fine = fine
check-verdict-note = note
check-verdict-problem = problem
check-verdict-unknown = unknown

## The hardware report.

check-report-machine = Machine
check-report-checks = Checks
check-report-disks = Disks
check-report-nics = NICs
check-report-controllers = Controllers and network devices
check-report-none = none
check-report-unknown-machine = a machine without a name
check-report-bios = started by legacy BIOS
check-report-uefi = started by UEFI
check-report-check = { $name } ({ $verdict }): { $found }
check-report-serial = serial number { $serial }
check-report-unfit = cannot be used: { $reason }
check-report-firn = an installed Firn: { $name }, version { $version }, id { $id }
check-report-store = guests of the installed Firn { $name }, id { $id }
check-report-empty = empty
check-report-link-at = link at { $speed } Mbit/s
check-report-link = link
check-report-no-link = no link
check-report-link-unknown = link unknown
check-report-no-driver = no driver
