### What an installation will do, and what stands against it.

## What will be done; sentences with a full stop

plan-destroys-firn = The installed Firn "{ $name }" ({ $id }) on { $disk } is destroyed, with all its guests.
plan-destroys = Destroyed: { $what }.
plan-torn = { $disks } may become unreadable, too: { $count ->
    [one] it holds another part
   *[other] they hold other parts
} of what is on { $device }, { $what }.
plan-token = The token of disk.wipe allows that once; the server takes it back just before anything is written.
plan-empty = { $disk } is empty; nothing is destroyed.
plan-becomes = { $disk } becomes the disk of { $host }.
plan-store-disk = { $disk } is added to the store for guests.
plan-volumes-thin = { $state } for the host's state, about { $guests } for guests in an LVM thin pool.
plan-volumes-files = { $state } for the host's state, about { $guests } for guests' files.
plan-network = Network on { $port }: IPv4 { $ipv4 }, IPv6 { $ipv6 }.
plan-network-vlan = Network on { $port }, VLAN { $vlan }: IPv4 { $ipv4 }, IPv6 { $ipv6 }.
plan-no-names = No name server is given (network.dns): the host finds nothing by its name, time servers included.
plan-no-names-unless-ipv6 = No name server is given (network.dns): the host finds nothing by its name, time servers included, unless a router names one by IPv6.
plan-nic = { $now } ({ $mac }, { $host } on the host)
plan-bond = a bond of { $members }
plan-and = { $first } and { $last }
plan-automatic = automatic
plan-off = off
plan-ways-password = root comes in with a password, and { $keys }.
plan-ways-keys = root comes in with { $keys } over SSH; there is no password, so nobody can log in on the console: the way back in is the installation medium's rescue shell.
plan-keys-expired = by this machine's clock ({ $now } UTC) every SSH key has expired, and there is no password, so nobody could log in; give a key without "expiry-time=", or set the clock
plan-keys = { $count ->
    [0] no SSH key
    [one] 1 SSH key
   *[other] { $count } SSH keys
}
plan-content = { $what } on { $device }
plan-guests-of = the guests of the installed Firn "{ $name }" ({ $id }) on { $disk }

## What stands against it; without a full stop

plan-check-failed = { $found }; { $why }; { $todo }, or go on without with checks.skip = ["{ $name }"]

plan-unlisted = the disks of this machine cannot be listed: { $reason }
plan-no-disk = this machine shows no disk
plan-disk-none = { $rule } matches 0 of { $count ->
    [one] 1 disk
   *[other] { $count } disks
}: { $reasons }
plan-disk-none-fit = 0 of { $count ->
    [one] 1 disk
   *[other] { $count } disks
} can be used: { $reasons }
plan-disk-several = { $rule } matches { $found } of { $count } disks: { $disks }{ $rest }; say more, such as serial, wwn, model, bus or path, so that one is left
plan-disk-several-no-rule = without a rule { $found } of { $count } disks are possible: { $disks }{ $rest }; name the disk by serial, wwn, model, bus, size or path
plan-disk-rest = ; not taken: { $reasons }
plan-disk-serial = { $disk } serial { $serial }
plan-disk-wwn = { $disk } wwn { $wwn }
plan-disk-place = { $disk } path { $path }
plan-disk-placeholder = { $rule } leaves { $disk }, but its { $property } { $value } is a placeholder, which other disks may have as well; name the disk by where it is attached: { $example }

plan-not-medium = { $disk } is the installation medium
plan-not-unfit = { $disk }: { $reason }
plan-not-path-to = { $disk } is another path to { $other }, which is not allowed: { $reason }
plan-not-path = { $disk } is not at the path { $wish }
plan-not-text = { $disk } has the { $property } { $has }, { $wish } is asked
plan-not-there = { $disk } shows no { $property }, { $wish } is asked
plan-too-small = { $disk } is { $size }, at least { $asked } asked
plan-too-large = { $disk } is { $size }, at most { $asked } asked
plan-bytes = { $bytes } bytes

plan-disk-small = { $disk } is too small: Firn needs at least { $least }; choose a larger disk
plan-disk-blocks = { $disk } has blocks of { $has } bytes, from which a legacy BIOS cannot start: start the machine by UEFI, or choose a disk with blocks of 512 bytes
plan-wipe-other-host = wipe = "{ $wipe }" allows only the disks of that host, but { $disk } holds { $part ->
    [store] guests of the
   *[host] the
} installed Firn "{ $name }" with the id { $id }
plan-wipe-host = { $disk } holds { $part ->
    [store] guests of the
   *[host] the
} installed Firn "{ $name }", which wipe = "{ $wipe }" does not allow to destroy; wipe = "{ $id }" would
plan-wipe-empty = { $disk } is not empty, as wipe = "empty" wants it: it holds { $holds }; wipe = "any" would destroy that
plan-wipe-unread = { $disk } cannot be looked at ({ $reason }): it may hold an installed Firn, so it is not overwritten; replace it, choose another disk, or write zeros over the whole of it first
plan-wipe-no-host = wipe = "{ $wipe }" allows only the disks of that host, but { $disk } holds { $holds }

plan-store-target = { $rule } chooses { $disk }, which the host itself is installed on; a further disk must be another one
plan-store-twice = { $rule } chooses { $disk }, which another rule of guests.disks has chosen already
plan-store-small = { $disk } is too small for the store: it needs at least { $least }
plan-store-blocks = { $disk } has blocks of { $has } bytes and { $target } has { $wants }: one volume group takes only one size; leave that disk out

plan-no-nic = this machine shows no NIC
plan-nic-none-linked = no NIC has a link; put in the cable, or name the NIC with network.interface: { $nics }
plan-nic-several-linked = { $count } NICs have a link, say which with network.interface, for example { $example }: { $nics }
plan-nic-none = { $rule } matches 0 of { $count ->
    [one] 1 NIC
   *[other] { $count } NICs
}: { $reasons }
plan-nic-several = { $rule } matches { $found } of { $count } NICs, say more so that one is left: { $nics }
plan-nic-same-mac = { $count } NICs have the MAC address { $mac } and cannot be told apart by their place either, so it would be chance which one the host takes: { $nics }; take one out, or choose another NIC
plan-nic-twice = { $rule } finds { $nic } a second time
plan-nic-no-members = a bond needs at least one member: { $nics }
plan-nic-no-link = { $nic } has no link, link = true is asked
plan-nic-link = { $nic } has a link, link = false is asked
plan-nic-link-unknown = { $nic } does not say whether it has a link, link = { $wish } is asked

## Printed in full

plan-print-note = Note, { $name }: { $found }; { $why }.
plan-print-skipped = Passed over, { $name }: { $found }; { $why }.
plan-print-disk = Partitions on { $disk }, which takes nothing over from before:
plan-print-store-disk = All of { $disk } becomes an LVM physical volume of the group "firn".
plan-print-boot = Started with { $memory } MiB of memory for the host itself, serial console { $serial }.
plan-print-settings = Settings of the host, /etc/firn/host.toml:
