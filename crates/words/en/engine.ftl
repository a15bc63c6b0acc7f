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
