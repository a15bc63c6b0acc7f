### The hardware checks: what was found, why it matters, what to do; each a sentence without a full stop.

check-unknown = could not be found out: { $reason }

check-64bit-yes = a 64-bit processor: { $model }
check-64bit-no = no 64-bit processor: { $model }
check-64bit-why = Xen runs on 64-bit processors only
check-64bit-todo = use a machine with a 64-bit processor

check-vt-on = the processor's virtualization (VT-x or AMD-V) is on
check-vt-off = virtualization (VT-x or AMD-V) is switched off in the firmware
check-vt-off-todo = switch on Intel VT-x or AMD SVM in the BIOS or UEFI setup, then start again
check-vt-absent = the processor has no virtualization (VT-x or AMD-V)
check-vt-absent-todo = use a machine whose processor has VT-x or AMD-V
check-vt-absent-nested-todo = switch on nested virtualization for this virtual machine ({ $hypervisor })
check-vt-unknown-todo = look into the BIOS or UEFI setup
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
check-iommu-todo = switch on VT-d or AMD-Vi in the BIOS or UEFI setup if you want that
check-iommu-unknown-todo = nothing

check-memory-found = { $mib } MiB of memory
check-memory-least = Firn needs at least 1 GiB (1024 MiB)
check-memory-todo = put in more memory
check-memory-little = below 4 GiB little is left for guests
check-memory-if-you-can = put in more memory if you can

check-disk-none = no disk to install on
check-disk-none-why = Firn is installed on a disk of its own
check-disk-none-todo = attach a disk, or switch on its controller in the BIOS or UEFI setup
check-disk-small = the largest disk is { $disk }
check-disk-small-why = Firn needs a disk of at least { $least }
check-disk-small-todo = attach a larger disk
check-disk-large = large enough: { $disk }

check-secure-boot-off = Secure Boot is off
check-secure-boot-on = Secure Boot is on
check-secure-boot-why = Xen does not start under Secure Boot
check-secure-boot-todo = switch it off in the UEFI setup, then start again
check-secure-boot-unknown-todo = look into the UEFI setup

## Why a disk can never be a target.

check-unfit-medium = the installation medium
check-unfit-cd = a CD drive
check-unfit-floppy = a floppy drive
check-unfit-nbd = a network block device
check-unfit-answers = it holds the answers ({ $label })
check-unfit-mounted = mounted at { $place }
check-unfit-in-use = in use by { $user }
check-unfit-read-only = read-only
check-unfit-no-medium = no medium in the drive
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
check-holds-unknown = data of an unknown kind in its first MiB
check-holds-unreadable = something that cannot be read ({ $reason })
