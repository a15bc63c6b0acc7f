### Repairing an installed host.

repair-host = { $name } ({ $id }, Firn { $version }) on { $disk }
repair-no-host = No disk of this machine holds an installed Firn host.
repair-not-that-host = There is no installed host on { $wish }; there are: { $list }
repair-several-hosts = There are several installed hosts, name one: { $list }
repair-choose-nic = Name the NIC that is to be used: { $list }
repair-no-table = both copies of the partition table of { $disk } are damaged: this cannot be repaired here
repair-no-partition = { $disk } has no partition { $name }: this cannot be repaired here
repair-table-damaged = the partition table at the start of { $disk } is damaged: have start menu and boot entries written anew first, which restores it from its copy
repair-state-in-use = { $device } is already active: another repair runs, or a volume group named firn is in use
repair-state-not-active = the state of the host on { $device } cannot be activated
repair-settings-unreadable = the host's /etc/firn/host.toml cannot be understood: { $problems }
repair-slot-unreadable = the host's slot { $device } cannot be read
repair-slot-damaged = { $file } in the host's slot { $device } is damaged: a start menu would lead to nothing
repair-password-short = The password needs at least { $least } characters.
repair-password-control = The password has a control character, which nobody could type at the login.

# What was done.
repair-done-table = The partition table at the start of { $disk } was damaged and is restored from its copy.
repair-done-formatted = The EFI system partition { $device } could not be mounted and was made anew.
repair-done-menu = Start menu and loaders on { $device } are written anew.
repair-done-bios = The boot code for BIOS on { $disk } is written anew.
repair-done-boot = The image in the slot { $device } is of an older Firn; what the start menu reads about it is written into the slot.
repair-done-slot = The slot { $device } is damaged; from now on the host starts from the other one.
repair-no-log = This host has kept no log yet: it was never started since its installation.
repair-done-nvram = The firmware has a new boot entry and takes the disk next.
repair-no-nvram = This machine was started by BIOS: there is no boot entry to write.
repair-done-network = From its next start on { $name } uses DHCP on { $nic }.
repair-done-password = root has a new password on { $name }.
repair-done-password-keys = The password counts at the host's screen and serial line. ssh goes on to take keys only; password-login = true in /etc/firn/host.toml, then firn apply, changes that.
repair-done-bundle = Written: { $path }, sha256 { $hash }
