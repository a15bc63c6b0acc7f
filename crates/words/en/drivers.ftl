### USB sticks and CDs, and "Load a driver".

stick-no-file-system = { $device } holds no file system that could be read. Format it with FAT, or use another stick.
stick-other-file-system = { $device } holds { $kind }, which the installer does not read. Use a stick with FAT, exFAT, ext4 or NTFS.
stick-gone = { $device } is gone. Plug it in again and try once more.
stick-broken = The file system on { $device } ({ $kind }) is broken. Use another stick, or repair this one on another computer.
stick-unreadable = { $device } gives read or write errors. Try another USB port; if that does not help, the stick is broken.
stick-read-only = { $device } cannot be written to. Remove its write protection or use another stick.
stick-full = { $device } is full. Make room on it or use another stick.
stick-other = Using { $device } failed: { $reason }.

driver-no-stick = There is neither a USB stick nor a second CD. Plug in the one with the driver and try again.
driver-none-found = None of the sticks and CDs holds a driver: a file that ends in .deb, .ko, .ko.xz, .ko.zst or .ko.gz.
driver-no-module = { $file } is no driver. A driver is a Debian package (.deb) or a kernel module (.ko, .ko.xz, .ko.zst, .ko.gz).
driver-damaged = { $file } is damaged ({ $reason }). Copy it to the stick again.
driver-too-large = { $file } is larger than 512 MiB, which no driver is.
driver-too-many = { $file } holds { $count } modules: that is a whole kernel. Copy only the module that is needed to the stick.
driver-no-room = There is no room in memory for this driver: { $reason }.
driver-not-inside = { $file } holds neither modules nor firmware.
driver-dkms = { $file } holds source code (DKMS), which cannot be built here. Look for a package that was built for the kernel { $running }.
driver-other-kernel = { $file } was built for the kernel { $kernel }; this is { $running }. Look for one that was built for { $running }.
driver-other-options = { $file } was built with other options ({ $options }) than the running kernel ({ $running }). Look for one that was built for Debian's kernel.
driver-unsigned = Secure Boot is on, and { $file } has no signature that this kernel knows. Switch Secure Boot off in the firmware's setup; Xen cannot start with it either.
driver-in-use = Another build of { $module } is in use and cannot be replaced by { $file } now. Start the medium again and load the driver before anything else.
driver-lacks-firmware = { $file } needs the firmware { $firmware }, which is missing. Put the package with it on the stick and load that first.
driver-lacks-module = { $file } needs another module that is missing (symbol { $symbol }). Load that one first.
driver-no-device = { $file } fits this kernel, but found none of its devices in this machine.
driver-refused = The kernel does not take { $file }: { $reason }.
driver-loaded = { $file } is loaded and serves { $count ->
    [one] one device
   *[other] { $count } devices
}.
driver-serves-nothing = { $file } is loaded, but serves no device of this machine.
driver-firmware-there = { $count ->
    [one] One firmware file
   *[other] { $count } firmware files
} from { $file } can be used now.
driver-not-installed = The loaded drivers could not be given to the host: { $reason }.
driver-not-there = { $file } is not there (any more). Look which drivers there are now.
