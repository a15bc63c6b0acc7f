### Disk images from outside: why one is not taken, and how a guest's disk starts.

## The file

image-cancelled = The work was cancelled.
image-empty = The file is empty.
image-unreadable = The image could not be read: { $reason }.
image-unwritable = The disk could not be written: { $reason }.
image-unknown = The file is no disk image: it has no header of qcow2, VMDK or VHDX, and neither a partition table nor a file system. If it was downloaded, it may be a web page.
image-foreign = The file is { $what }, which Firn does not take. Convert it first: qemu-img convert -O qcow2 FILE NEW.qcow2, or unpack it.
image-is-cd = The file is a CD, not the image of a disk. Create the guest with --iso instead.
image-cut-off = The file ends in the middle of the image. Copy or download it again.
image-damaged-header = The image is damaged: its header makes no sense. Copy or download it again.
image-damaged = The image is damaged: its tables point to where nothing is, or twice to the same place. Copy or download it again.
image-damaged-data = The image is damaged: { $reason }. Copy or download it again.
image-marked-damaged = The image is marked as damaged. Repair it with qemu-img check -r all FILE where it comes from.
image-not-opened = The image could not be opened as what its header says it is: { $reason }
image-too-large = The image is a disk of { $size }, and { $largest } is the most that is taken.
image-no-room = The image is a disk of { $size }, and the store has { $free } left.
image-disk-too-small = The image is a disk of { $size }, and the guest's disk has { $disk }.

## What could name another file

image-backing-file = The image is only the difference to another file ({ $name }), which Firn never opens. Make it whole first: qemu-img convert -O qcow2 FILE NEW.qcow2.
image-external-data = The image has its data in another file, which Firn never opens. Make it whole first: qemu-img convert -O qcow2 FILE NEW.qcow2.
image-encrypted = The image is encrypted. Decrypt it first, with qemu-img convert.
image-qcow2-version = The image is qcow2 of version { $version }; Firn reads versions 2 and 3.
image-qcow2-features = The image uses features of qcow2 that Firn does not know: a newer QEMU has made it.
image-vmdk-descriptor = The image is a VMDK in several files. Make one of them first: qemu-img convert -O qcow2 FILE NEW.qcow2.
image-vmdk-kind = The image is a VMDK of the kind "{ $kind }"; Firn reads monolithicSparse and streamOptimized. Convert it first: qemu-img convert -O qcow2 FILE NEW.qcow2.
image-vhdx-parent = The image is only the difference to another VHDX, which Firn never opens. Merge the two first, with Hyper-V's Merge-VHD.
image-vhdx-open = The image was not closed: changes wait in its log. Start the guest that it belongs to and shut it down, or export the disk again.

## OVA

image-ova-path = The archive has a member with a path in its name ({ $name }), which no OVA has. It may be an attack.
image-ova-no-file = The archive has a member that is no file ({ $name }), which no OVA has. It may be an attack.
image-ova-many = The archive has more than { $most } members, which no OVA has.
image-ova-no-description = The archive is no OVA: it has no .ovf file in it. Unpack it, and give the disk image.
image-ova-no-disk = The OVA has no disk in it that Firn can read.
image-ova-disks = The OVA has { $count } disks, and Firn takes one. Unpack it, and give each disk as an image of its own.

## Packed images

image-packed-again = What is packed in the file is packed, too. Unpack it once, and give the result.
image-packed-format = What is packed in the file is VMDK or VHDX; only raw and qcow2 images are taken packed. Unpack it first.
image-packed-damaged = The file cannot be unpacked to its end: { $reason }. Copy or download it again.
image-unpacks-to-more = The file unpacks to more than its disk has.

## Checksums

image-checksum-odd = "{ $text }" is no checksum: give the 64 digits of a SHA-256 or the 128 of a SHA-512.
image-checksum-not-listed = The list of checksums has none of { $name }.
image-checksum-wrong = The file is not the one that was meant: its checksum is { $found }, and it should be { $expected }. Download it again.

## Files from the network

image-fetch-address = "{ $url }" is no address of a file: give one that begins with https:// or http://.
image-fetch-login = The address has a login in it, which every user of the host would see: download the file, and give its name.
image-fetch-large = { $url } is larger than the { $most } that there is room for: empty the trash, remove guests, or take a smaller image.
image-fetch-unknown = The server of { $url } is not known: look for a mistake in its name, and whether the host has a name server (resolvectl).
image-fetch-unreachable = The server of { $url } cannot be reached: look whether the host has a way into the network, and try again.
image-fetch-cut = { $url } has ended too early, and what came was removed. Try again.
image-fetch-status = The server does not give out { $url }: it answers { $status }. Look for a mistake in the address, or try again later.
image-fetch-slow = The server of { $url } does not answer, or nothing came from it for a minute. Try again later.
image-fetch-certificate = The certificate of the server of { $url } cannot be trusted: look whether the host's clock is right, or take another address.
image-fetch-failed = { $url } could not be fetched: { $reason }.
image-fetch-no-checksums = { $name } was not fetched, because its checksum could not be had: { $reason } The checksum can also be given: --checksum sha256:…

## The seed

image-seed-user = "{ $name }" cannot be a user's name: it begins with a small letter, goes on with small letters, digits, - and _, and has at most 32 characters.
image-seed-no-address = There are fixed addresses to be, and none is given.
image-seed-prefix = { $address } has no possible length of the prefix: give 1 to { $most } behind the slash.
image-seed-gateway = { $gateway } cannot be the gateway: the guest has no address of its family, or another gateway of it.

## Starting; what follows "it is started as HVM, because"

image-hvm-not-looked = its disk could not be looked into: { $reason }
image-hvm-no-grub = its disk has no /boot/grub/grub.cfg, which the PVH loader looks for
image-hvm-no-kernel = its disk has no configuration of a Linux kernel beside GRUB's, which would say whether the kernel starts as PVH
image-hvm-kernel = its kernel { $kernel } cannot start as PVH (CONFIG_PVH is not set)

## Programs

image-program = { $program } has failed: { $reason }
image-list = The list of known images cannot be read: { $reason }.
