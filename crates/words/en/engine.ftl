### Guests as the hypervisor sees them.

# Why a call has failed.
engine-not-running = The guest { $guest } is not running.
engine-running = The guest { $guest } is running already.
engine-deaf = The guest { $guest } cannot be asked: no driver for Xen listens in it. Shut it down from inside, or end it like a power button does.
engine-unsupported = The guest { $guest } has no emulated hardware, and this needs some.
engine-taken = The guest { $guest } has { $device } already.
engine-no-device = The guest { $guest } has no { $device }.
engine-late = { $program } took longer than { $seconds } seconds and was ended.
engine-failed = { $program } failed: { $reason }

# What keeps a guest from starting.
engine-no-virtualization = This machine cannot run the guest: virtualization (VT-x or AMD-V) is off or missing. Switch it on in the machine's firmware setup.
engine-memory = { $guest } needs { $need } MiB of memory ({ $memory } MiB of its own, and what Xen needs to run it), but only { $free } MiB are free. Stop another guest, or give this one less.
engine-dom0-memory = The emulated hardware of { $guest } needs { $need } MiB of the host's own memory, but only { $free } MiB of it are free. Stop another guest with emulated hardware, or give the host more memory.
engine-file-missing = { $path } is not there.
engine-file-unreadable = { $path } cannot be opened: { $reason }
engine-no-kernel = { $path } is no kernel: neither an ELF file nor a bzImage.
engine-no-pvh = The kernel { $path } has no entry for PVH guests, so Xen cannot start it. Take one that is built with CONFIG_PVH (Linux 4.11 and later), or make the guest one with emulated hardware.
engine-no-file = { $path } is neither a file nor a block device.
engine-path = { $path } cannot be used: a path begins with "/" and has no commas and no characters that cannot be seen.
engine-target = "{ $target }" is no name for a disk; disks are called xvda, xvdb and so on, CD drives hdc and hdd.
engine-target-twice = There is a disk in the place of { $target } already.
engine-read-only = { $target } cannot be read-only: of emulated disks only CD drives can. Name it xvde or later.
engine-no-medium = { $target } has no medium, and only emulated CD drives can be empty.
engine-no-bridge = There is no bridge { $bridge } on the host.
engine-no-firmware = This host has no UEFI firmware for guests ({ $path } is not there). Start the guest with BIOS.
