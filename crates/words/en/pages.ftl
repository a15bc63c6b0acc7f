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
page-language-no-answers = This machine was to be installed without questions, but the server has no answers for it: { $url }
page-language-help = The installer speaks this language from now on, and so does the installed host's console. Everything can be changed later.

## Keyboard

page-keyboard-title = Keyboard
page-keyboard-intro = The keyboard that is attached to this machine. The installed host will use the same.
page-keyboard-intro-serial = The keyboard that is attached to this machine's screen. What you type here over the serial line follows your own terminal.
page-keyboard-label = Layout
page-keyboard-try = Try the keys
page-keyboard-no-match = no layout has that in its name; Ctrl-U clears the field
page-keyboard-help-find = Type part of a name to find a layout: "german", "switzerland", "dvorak". It works as soon as you leave the list; the field below is for trying it.
page-keyboard-help-serial = Over a serial line your own terminal's layout counts; the choice is for the screen.

## Menu

page-menu-title = What shall be done?
page-menu-help = "Install Firn" asks its questions and shows what it would do; nothing is written before the last page. The other entries change nothing on a disk until you confirm it. "Shell" opens a command line; "exit" leads back here.
page-menu-install = Install Firn
page-menu-install-what = turn this machine into a Xen host
page-menu-drivers = Load a driver
page-menu-drivers-what = from a stick or a second CD
page-menu-repair = Repair an installed host
page-menu-repair-what = start menu, network, password, logs
page-menu-hardware = Hardware report
page-menu-hardware-what = what was found in this machine
page-menu-support = Support bundle
page-menu-support-what = everything that helps to help you
page-menu-shell = Shell
page-menu-shell-what = a command line, for experts

## Load a driver

page-drivers-title = Load a driver
page-drivers-intro = Kernel modules (.ko) and Debian packages (.deb) that were found on sticks and CDs. Plug the medium in, then look again.
page-drivers-help = A driver must have been built for this installer's kernel. After it is loaded, the hardware is looked at again, so that new disks and NICs show.
page-drivers-help-host = The installed host gets the driver too, and loads it when it starts.
page-drivers-looking = Looking for drivers
page-drivers-none = No driver was found on a stick or a second CD.
page-drivers-loading = Loading the driver
page-drivers-now = Now there are { $disks ->
    [one] one disk
   *[other] { $disks } disks
} and { $nics ->
    [one] one NIC
   *[other] { $nics } NICs
}.

## Repair

page-repair-title = Repair an installed host
page-repair-intro = The installed hosts on this machine's disks. The guests' disks are never touched.
page-repair-help = A repair changes the host's own partitions only: its start files, its settings. The disks of its guests are neither opened nor written.
page-repair-none = No installed host was found on any disk.
page-repair-host = { $name }, version { $version }, id { $id }, on { $disk }
page-repair-which = { $name } on { $disk }. The guests' disks are never touched.
page-repair-boot = Write start menu and boot entries anew
page-repair-boot-what = For a host that does not start: the boot loader for BIOS and UEFI, the start menu and the firmware's entry are made anew.
page-repair-network = Reset the network settings
page-repair-network-what = For a host that cannot be reached: its management network goes back to DHCP on the NIC marked below.
page-repair-password = Set root's password
page-repair-password-what = For a host that lets nobody in. At least 8 characters.
page-repair-logs = Look at the logs
page-repair-logs-what = The last lines that the host has written. Nothing is changed.
page-repair-support = Support bundle
page-repair-support-what = Settings and logs of the host, without secrets, on a stick; or what matters most as a short text.
page-repair-boot-then = The boot loaders, the start menu and the firmware's boot entry of { $name } are written anew on { $disk }. Its settings and its guests' disks stay as they are.
page-repair-network-then = { $name } gets new network settings: DHCP and automatic IPv6 on { $nic }, without bond and VLAN, from its next start on. Its guests' disks stay as they are.
page-repair-leave = Leave it
page-repair-write = Write
page-repair-running = Repairing

## Something to read

page-report-title = Report
page-report-help = Up, Down, Page up and Page down move the text. Esc leads back.
page-report-hardware = What was found in this machine.

## Where to save

page-save-title = Save
page-save-answers = The answers as a file: with it a host like this one is installed without questions; over the finished host only if wipe in it names that host's id. The password is only in it as a hash.
page-save-support = Everything that helps somebody to help you: what was found, the log, the plan. No passwords are in it.
page-save-help = Plug in a USB stick with FAT or ext4, then look again. Files that are there already are kept. "Show here" shows the text on this screen.
page-save-looking = Looking for sticks
page-save-no-stick = There is no stick that can be written. Plug one in and look again.
page-save-saving = Saving
page-save-saved = Saved as { $file } on { $stick }.
page-save-saved-how = To install without questions, name it answers.toml on a stick with the label FIRNANSWERS.

## Hardware check

page-checks-title = This machine
page-checks-intro = Whether this machine can run virtual machines well. Mark a line to read more about it.
page-checks-reading = Reading the medium, { $percent } %; Esc stops
page-checks-help-words = "fine" needs nothing. "note" is worth knowing. "problem" means that Firn would not work, or not well. "unknown" could not be found out.
page-checks-help-switch = Virtualization is switched on in the firmware setup (the keys F2, Del or F10 right after power-on). It is called VT-x or Intel Virtualization Technology, and SVM or AMD-V on AMD machines.
page-checks-help-buttons = "Check medium" compares the installation medium with its checksums. "Look again" repeats the checks. "Continue" past a problem asks first.

## Disk

page-disk-title = Disk
page-disk-intro = Firn takes one whole disk. Everything that is on it now will be gone; no other disk is touched unless you name it yourself.
page-disk-help-grey = Grey disks cannot be used, and say why. The medium you started from is one of them.
page-disk-help-contents = A disk that holds something can be used: before anything is written, the summary asks you to type its name. An installed Firn shows its name and id.
page-disk-help-size = Firn needs 16 GB. What it does not need itself is for the guests' disks.
page-disk-none = No disk was found.
page-disk-unlisted = The disks cannot be listed: { $reason }.
page-disk-unlisted-why = See in the rescue shell what lsblk says, and look again.
page-disk-unread = cannot be looked at
page-disk-none-why = If this machine has disks: a RAID or VMD mode in the firmware setup may hide them. Change it there, or attach a disk, and look again.
page-disk-none-to-choose = no disk was found; attach one and press "Look again"
page-disk-unfit = { $disk } cannot be used: { $reason }
page-disk-small = smaller than { $least }
page-disk-blocks = 4Kn: no start by BIOS
page-disk-firn = Firn { $name }
page-disk-empty = empty
page-disk-used = holds other data
page-disk-details = { $path }: { $size }, { $model }
page-disk-details-serial = { $path }: { $size }, { $model }, serial number { $serial }
page-disk-not-usable = cannot be used: { $reason }
page-disk-nothing-on-it = Nothing is on it.
page-disk-firn-details = An installed Firn: { $name }, version { $version }, id { $id }. Its guests are on this disk too.
page-disk-more = and { $count } more

## Storage for guests

page-storage-title = Storage for guests
page-storage-short = Storage
page-storage-intro = Where the disks of the virtual machines will lie: on what is left of the host's own disk, and on further disks if you tick some.
page-storage-help-kind = LVM thin is fast, takes snapshots, and a guest's disk only needs the space that it really uses. Files are easier to copy away, and slower.
page-storage-help-further = Space ticks a disk. All ticked disks and the rest of the host's disk become one store: if one of them breaks, the whole store is lost. What is on them now will be gone.
page-storage-kind = Kept as
page-storage-files = files
page-storage-thin-what = Fast, with snapshots. The right choice for most.
page-storage-files-what = One file for each disk, easy to copy away.
page-storage-further = Further disks for guests
page-storage-no-other = This machine has no further disk.
page-storage-holds-firn = holds an installed Firn
page-storage-holds-guests = holds guests of "{ $name }"
page-storage-blocks = blocks of { $has } bytes, the host's disk has { $wants }
page-storage-only-empty = not empty

## Network

page-network-title = Network
page-network-intro = The NIC (network card) for reaching the host; guests can use it too.
page-network-help-link = Plug the cable in and watch the line: the link shows within a few seconds.
page-network-help-blink = Which NIC is which? "Make it blink" or the key B makes the lights of the marked one blink for 15 seconds, where its driver can. Or pull its cable and watch its line.
page-network-help-bond = A bond makes several NICs one. LACP needs a switch that is set up for it; active-backup works with every switch.
page-network-help-vlan = VLAN: only if the switch port is tagged for the management network; else leave it empty.
page-network-port = Use
page-network-one = one NIC
page-network-bond = bond of several
page-network-mode = Bond
page-network-vlan-none = none
page-network-none = No NIC was found.
page-network-blinking = The lights of { $nic } are blinking now: look at the back of the machine.
page-network-none-to-choose = no NIC was found; fit one and press "Look again"
page-network-two = a bond needs two NICs or more; Space ticks the marked one
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
page-addresses-help-test = "Test it" sets up what stands here for a moment and tries it: the address, the gateway, DNS, which turns names into addresses, and NTP, which tells the time. You can go on meanwhile; a change ends the test.
page-addresses-address = {"  "}Address
page-addresses-gateway = {"  "}Gateway
page-addresses-dns = DNS servers
page-addresses-search = Search domains
page-addresses-dns-given = DNS servers may stay empty where DHCP or the router names them.
page-test-address = Address
page-test-gateway = Gateway
page-test-dns = DNS (names)
page-test-ntp = NTP (time)
page-test-running = testing...
page-addresses-both-off = with IPv4 and IPv6 off nobody could reach the host
page-addresses-no-ip = "{ $text }" is no IP address
page-addresses-no-address = "{ $text }" is no { $family } address

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
page-time-help-ntp = Right time matters for logs and certificates. From DHCP: what the network names, else public servers. By hand: nobody corrects the clock later.
page-time-help-clock = To set this machine's clock now, choose "by hand" and type the date and the time of the marked time zone, as in 2026-11-23 16:30.
page-time-zone = Time zone
page-time-ntp = Clock set
page-time-dhcp = from DHCP
page-time-own = own servers
page-time-none = by hand
page-time-there = Time there
page-time-clock-what = Only if the time above is wrong; else leave it empty.
page-time-is-set = The clock is set.
page-time-clock = Set the clock
page-time-setting = Setting the clock
page-time-servers = NTP servers
page-time-no-match = no time zone has that in its name; Ctrl-U clears the field
page-time-no-server = name one server or more, or take the time from DHCP

## Login

page-login-title = Login
page-login-intro = How you will log in to the host, as root. A password works at the screen and over the network, a key only over the network (ssh). One of them is enough.
page-login-help-password = The password is for root, the administrator; it is asked for twice because it is not shown.
page-login-help-key = An SSH key is safer. Paste its line (from a file that ends in .pub), or type a web address such as https://git.example.net/name.keys; Enter adds it. "Keys from a stick" looks on all sticks for files that end in .pub and for authorized_keys.
page-login-help-remove = Each key shows its kind, its name, and its fingerprint to compare. Del takes the marked one out again.
page-login-password = Password
page-login-again = Once more
page-login-key = Add an SSH key
page-login-key-example = ssh-ed25519 AAAA... name, or https://...
page-login-fetching = Fetching keys
page-login-no-stick = There is neither a USB stick nor a second CD. Plug in the one with the keys and try again.
page-login-fetched = { $count ->
    [one] One key was found.
   *[other] { $count } keys were found.
}
page-login-lacks = { $count ->
    [one] one character more
   *[other] { $count } characters more
}
page-login-same = both the same
page-login-weak = easy to guess
page-login-fair = fair
page-login-good = good
page-login-strong = strong
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
page-summary-help-save = "Save answers" writes what you have answered into a file on a USB stick, or shows it: with it a host like this one is installed without questions. The password is only in it as a hash.
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
page-done-find = After the restart you reach it from another computer with
page-done-no-address = Its address shows on its screen once it has started.
page-done-medium = { $kind ->
    [cd] The CD is ejected at the restart.
    [stick] Take the stick out at the restart, or leave it: its start menu offers the first disk.
   *[network] This machine was started from the network: put the disk before the network in the boot order.
}
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
page-in-use-by-screen = Somebody is using it at this machine's screen and keyboard. To use it here, wait until it is finished there.
page-in-use-by-serial = Somebody is using it over the serial line { $console }. To use it here, wait until it is finished there.
page-in-use-done = { $name } is installed.
page-in-use-nothing-yet = Nothing is being written yet.
