### The wizard's pages, in their order.

page-example = e.g. { $text }
page-type-to-find = type to find
page-no-name = no name
page-static = static
page-automatic = automatic
page-off = off

## Language

page-language-title = Welcome to Firn
page-language-short = Welcome
page-language-intro = Firn turns this machine into a Xen host: a small system that does nothing but run virtual machines. A few questions, then it installs itself in minutes. Nothing is written before you say so on the last page.
page-language-help = The installer speaks this language from now on, and so does the installed host's console. Everything can be changed later.

## Keyboard

page-keyboard-title = Keyboard
page-keyboard-intro = The keyboard that is attached to this machine. The installed host will use the same.
page-keyboard-intro-serial = The keyboard that is attached to this machine's screen. What you type here over the serial line follows your own terminal.
page-keyboard-label = Layout
page-keyboard-try = Try the keys
page-keyboard-no-match = no layout has that in its name; Ctrl-U clears the field
page-keyboard-help-find = Type part of a name to find a layout: "ger", "swiss", "dvorak". It works as soon as you leave the list; the field below is for trying it.
page-keyboard-help-serial = Over a serial line your own terminal's layout counts; the choice is for the screen.

## Hardware check

page-checks-title = This machine
page-checks-intro = Whether this machine can run virtual machines well. Mark a line to read more about it.
page-checks-fine = fine
page-checks-note = note
page-checks-problem = problem
page-checks-unknown = unknown
page-checks-cpu-64bit = 64-bit processor
page-checks-virtualization = Virtualization
page-checks-nested-paging = Nested paging
page-checks-iommu = IOMMU
page-checks-memory = Memory
page-checks-disk-size = Disk
page-checks-secure-boot = Secure Boot
page-checks-help-words = "fine" needs nothing. "note" is worth knowing. "problem" means that Firn would not work, or not well. "unknown" could not be found out.
page-checks-help-switch = Virtualization is switched on in the firmware setup (the keys F2, Del or F10 right after power-on). It is called VT-x or Intel Virtualization Technology, and SVM or AMD-V on AMD machines.
page-checks-help-buttons = "Look again" repeats the checks. "Continue" past a problem asks first.

## Disk

page-disk-title = Disk
page-disk-intro = Firn takes one whole disk. Everything that is on it now will be gone; no other disk is touched.
page-disk-help-grey = Grey disks cannot be used, and say why. The medium you started from is one of them.
page-disk-help-contents = A disk that holds something can be used: before anything is written, the summary asks you to type its name. An installed Firn shows its name and id.
page-disk-help-size = Firn needs 16 GB. What it does not need itself is for the guests' disks.
page-disk-none = No disk was found.
page-disk-none-why = If this machine has disks: a RAID or VMD mode in the firmware setup may hide them. Change it there, or attach a disk, and look again.
page-disk-none-to-choose = no disk was found; attach one and press "Look again"
page-disk-unfit = { $disk } cannot be used: { $reason }
page-disk-small = smaller than { $least }
page-disk-firn = Firn { $name }
page-disk-empty = empty
page-disk-used = in use by other data
page-disk-details = { $path }: { $size }, { $model }
page-disk-details-serial = { $path }: { $size }, { $model }, serial number { $serial }
page-disk-not-usable = cannot be used: { $reason }
page-disk-nothing-on-it = Nothing is on it.
page-disk-firn-details = An installed Firn: { $name }, version { $version }, id { $id }. Its guests are on this disk too.
page-disk-more = and { $count } more

## Network

page-network-title = Network
page-network-intro = The port through which you will reach the host; guests can use it too.
page-network-help-link = Plug the cable in and watch the line: the link shows within a few seconds.
page-network-help-bond = A bond makes several ports one. LACP needs a switch that is set up for it; active-backup works with every switch.
page-network-help-vlan = VLAN: only if the switch port is tagged for the management network; else leave it empty.
page-network-port = Use
page-network-one = one port
page-network-bond = bond of several
page-network-mode = Bond
page-network-vlan-none = none
page-network-none = No network port was found.
page-network-none-to-choose = no network port was found; fit one and press "Look again"
page-network-two = a bond needs two ports or more; Space ticks the marked one
page-network-no-vlan = "{ $text }" is no VLAN; it is a number from 1 to 4094, or empty
page-network-link = link
page-network-link-at = link, { $speed }
page-network-no-link = no link
page-network-looking = looking...
page-network-no-driver = no driver

## Addresses

page-addresses-title = Addresses
page-addresses-intro = How the host gets its addresses in this network. Ask who runs the network if you are not sure.
page-addresses-help-static = DHCP asks the network for an address, static is one you were given: with the length of its network, as in 192.0.2.10/24 (255.255.255.0 is /24).
page-addresses-help-gateway = The gateway is the router's address. It may be empty if the host needs to reach its own network only.
page-addresses-help-several = Several DNS servers or domains are written with a space between them.
page-addresses-address = {"  "}Address
page-addresses-gateway = {"  "}Gateway
page-addresses-dns = DNS servers
page-addresses-search = Search domains
page-addresses-dns-given = DNS servers may stay empty where DHCP or the router names them.
page-addresses-both-off = with IPv4 and IPv6 off nobody could reach the host
page-addresses-no-ip = "{ $text }" is no IP address
page-addresses-no-address = "{ $text }" is no { $family } address
page-addresses-foreign-gateway = { $gateway } is not another machine in the network of { $network }

## Host name

page-host-name-title = Host name
page-host-name-intro = What the host is called, with its domain if it has one.
page-host-name-help = The name stands in the prompt, in logs, and where you look at several hosts. It can be changed later.
page-host-name-label = Name
page-host-name-rules = Letters, digits, hyphens and dots, for example xen1.example.net. The part before the first dot is what the host calls itself.
page-host-name-empty = give the host a name

## Time

page-time-title = Time
page-time-intro = Where the machine stands, and who tells it the time.
page-time-help-zone = Type a city or a country to find the time zone. Guests keep their own.
page-time-help-ntp = Right time matters for logs and certificates. From DHCP: what the network names, else public servers.
page-time-zone = Time zone
page-time-ntp = Clock set
page-time-dhcp = from DHCP
page-time-own = own servers
page-time-none = none
page-time-servers = NTP servers
page-time-no-match = no time zone has that in its name; Ctrl-U clears the field
page-time-no-server = name one server or more, or take the time from DHCP

## Login

page-login-title = Login
page-login-intro = How you will log in to the host, as root. A password works at the screen and over the network, a key only over the network (ssh). One of them is enough.
page-login-help-password = The password is for root, the administrator; it is asked for twice because it is not shown.
page-login-help-key = An SSH key is safer. Paste the line over a serial line, or give a password now and add the key later.
page-login-password = Password
page-login-again = Once more
page-login-key = SSH key
page-login-key-example = e.g. ssh-ed25519 AAAA... name
page-login-key-alone = With a key alone nobody can log in at the screen. The way back in, should the network fail, is the rescue shell of this medium.
page-login-rules = At least { $least } characters. A key is one line, as in a file that ends in .pub.
page-login-nothing = give a password, a key, or both; else nobody could log in
page-login-differ = the two passwords are not the same
page-login-short = the password is shorter than { $least } characters

## Summary

page-summary-title = Summary
page-summary-intro = Read this once more. Up and Down move the text.
page-summary-help = What will be destroyed stands on top. "Back" changes something; every entry is kept. "Install" begins at once.
page-summary-help-confirm = A disk that is not empty is only overwritten after you have typed its name here; for a disk with an installed Firn it is the first eight digits of that host's id.
page-summary-confirm = To let Firn destroy what is marked with "!", type { $names } here.
page-summary-type = Type it
page-summary-not-confirmed = to allow the destruction, type: { $names }
page-summary-place = Keyboard { $keyboard }, time zone { $zone }, clock { $clock }
page-summary-clock-dhcp = set from DHCP
page-summary-clock-none = not set by any server
page-summary-clock-by = set by { $servers }
page-summary-gateway = gateway { $list }
page-summary-dns = DNS { $list }
page-summary-search = search { $list }
page-summary-in-spite = going on in spite of: { $names }
page-summary-problems = This cannot be installed as it stands. Go back and change:

## Progress

page-progress-title = Installing
page-progress-help = Nothing to do here but wait. If something fails, the disk is left unbootable rather than half-installed.
page-progress-beginning = Beginning
page-progress-step = Step { $n } of { $of }:
page-progress-time = { $gone } gone. Please leave the machine on.
page-progress-time-left = { $gone } gone, about { $left } left. Please leave the machine on.

## The ends

page-ends-help = Left and Right choose a button, Enter presses it.
page-done-title = Done
page-done-installed = { $name } is installed
page-done-took = in { $time }
page-done-find = After the restart you will find it under
page-done-no-address = Its address shows on its screen once it has started.
page-done-medium = A CD is ejected at the restart. Take out a stick, or leave it: its start menu offers the first disk.
page-failed-title = The installation failed
page-failed-command = Command
page-failed-ended = It ended with { $status } and said last:
page-failed-undone = Undone
page-failed-left = Disk
page-failed-todo = What to do
page-failed-what = Error
page-failed-step = Step

## Another console

page-in-use-title = The installer is in use
page-in-use-by = Somebody is using it on { $console }. To use it here, wait until it is finished there.
page-in-use-done = { $name } is installed.
page-in-use-nothing-yet = Nothing is being written yet.
