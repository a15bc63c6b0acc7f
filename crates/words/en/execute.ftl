### What an installation does, what goes wrong, and what becomes of it.

# The steps.
execute-step-prepare = Checking the image and the disk
execute-step-partition = Making the partitions
execute-step-esp = Making the EFI system partition
execute-step-slot = Copying the system
execute-step-lvm = Making the volumes
execute-step-state = Writing the settings
execute-step-boot = Installing the boot loader
execute-step-finish = Making the disk startable

# What goes wrong; sentences without a full stop, a reason may follow.
execute-command-failed = the program { $program } ended with { $status }: { $last }
execute-command-silent = the program { $program } ended with { $status }
execute-command-killed = the program { $program } was ended from outside ({ $status })
execute-command-missing = the program { $program } could not be started: { $reason }
execute-disk-in-use = { $disk } cannot be opened for writing alone
execute-disk-changed = { $disk } now has { $found } bytes, the plan was made for { $planned }: look at the disks again
execute-disk-swapped = { $disk } is another disk now: its serial number is { $found }, and the plan was made for { $planned }. Look at the disks again
execute-disk-unknown = { $disk } may be another disk now: it has no serial number of its own, and its model, its place or its contents are not as they were when the plan was made. Look at the disks again
execute-disk-gone = { $disk } is not there any more: plug it in again, or choose another disk
execute-partitions-not-taken = the kernel does not take the new partitions of { $disk }
execute-no-device = the device { $device } does not appear
execute-medium-incomplete = { $file } is missing: this installation medium is incomplete
execute-medium-damaged = { $file } is damaged ({ $why }): make the installation medium again
execute-medium-gone = { $file } cannot be read; is the installation medium still there?
execute-manifest-incomplete = { $file } does not name { $name }: the installation medium is damaged
execute-wrong-size = { $found } bytes instead of { $expected }
execute-wrong-checksum = its checksum is wrong

# What does not stop an installation.
execute-no-address = the network gave no address yet: look at its cable, switch and DHCP server
execute-no-boot-entry = the firmware takes no boot entry ({ $reason }); it will find the disk by its standard path
execute-no-boot-next = the firmware does not take the disk as what to start next: remove the medium before the restart, or choose the disk in the firmware's boot menu

# What was undone.
execute-undone-mounts = unmounted the new file systems
execute-undone-volumes = let go of the new volumes
execute-undone-boot-code = removed the boot code
execute-undone-loaders = removed the EFI loaders
execute-undone-mark = marked the disk as not finished
execute-undone-store-marks = marked the further disks as not finished
execute-undone-not-kept = but the disk has not kept it: what was written cannot be read back
execute-not-undone = not { $what }: { $reason }

# In which state the disk is.
execute-left-untouched = Nothing was written to { $disk }: it is as it was before.
execute-left-wiped = { $disk } is wiped, without a partition table, and nothing starts from it.
execute-left-unfinished = { $disk } holds an unfinished installation that nothing starts from. It is marked so and counts as empty.
execute-left-stores = { $disks }: likewise unfinished, and empty to the next installation.
execute-left-unknown = { $disk } holds an unfinished installation, and not everything could be undone: do not start the machine from it.

# What to do next.
execute-todo-disk-errors = { $disk } gives errors while it is read or written: look at its cable and its health (smartctl, the controller's own tool), replace it or install on another disk.
execute-todo-full = There was no room for everything: install on a larger disk than { $disk }.
execute-todo-killed = Try again. If it happens again, the machine may have too little memory: the kernel's log tells (dmesg).
execute-todo-medium = Make the installation medium again, or use another stick or drive, and start again from it.
execute-todo-busy = Find out what uses { $disk } (a RAID, a volume group, a mount), end it, or restart the machine; then try again.
execute-todo-other = Try again. If it happens again, keep the support bundle or the log (/run/firn/install.log) and report it.

execute-doing = { $verb } { $what }
execute-thing = { $what ->
    [table] the partition table
    [mbr] the protective MBR
    [boot-code] the boot code
    [core] GRUB's core image
   *[size] the disk's size
}
execute-exit-status = exit status: { $code }
execute-signal = signal: { $signal }
