### Guests: what can be wrong with a request, what operations do, what is found.

# Names.
guests-name-empty = A name needs at least one letter.
guests-name-long = The name has { $found } letters; { $most } are possible.
guests-name-untidy = The name “{ $name }” has blanks around it, or letters that are not composed (NFC); write it without.
guests-name-letter = The name “{ $name }” has a “/” or a sign that cannot be seen; leave it out.
guests-name-begins = The name “{ $name }” begins with “-” or “id:”, which stands for an option or an id; let it begin otherwise.
guests-name-taken = There is a guest “{ $name }” already; choose another name. Upper and lower case do not count.
guests-unknown = There is no guest “{ $name }”; “firn guest list” shows them all.
guests-unknown-near = There is no guest “{ $name }”; did you mean “{ $near }”?
guests-trash-unknown = There is no guest “{ $name }” in the trash; “firn trash list” shows what is.
guests-two = Two guests have the name “{ $name }”; say which one by its id, as “id:{ $id }”, and give one another name.

# Files of definitions and tasks.
guests-file = The definition { $file } is not used: { $reason }
guests-file-name = Its name is not an id and “.toml”. Give it the name that it had.
guests-file-place = It has a field “deleted” outside the trash, or none in it. Put it back where it was.
guests-file-not-text = It is no text in UTF-8. Restore it from a backup.
guests-file-newer = It has version { $found }, and this Firn knows versions up to { $known }. Update the host.
guests-file-wrong = Line { $line }: { $reason }. Correct it.
guests-file-other-id = Its field “id” is “{ $id }”, and the file's name says another. Correct it.
guests-file-disks = Two of its disks have the same number or target. Correct it.
guests-journal-damaged = The task's file { $file } is damaged ({ $reason }). Look at what the task worked on, then remove the file.
guests-journal-unwritten = The task's progress cannot be written down ({ $reason }). Make room on the volume “state”, or look at its disk.

# What a request may ask for.
guests-cpus = { $found } virtual CPUs are not possible: from 1 to { $most }, as many as the host has.
guests-memory-size = { $found } of memory are not possible: at least { $least }, at most { $most }, which is all that the host has.
guests-memory = “{ $name }” needs { $need } of memory, with what Xen needs for it, and { $free } are free. Stop another guest, or give this one less.
guests-notes-long = The notes have { $found } letters; { $most } are possible.
guests-disk-no-size = The disk needs a size.
guests-disk-image = The disk has { $found }, and the image needs { $image }. Make it larger, or leave the size out.
guests-disk-size = A disk of { $found } is not possible: at least { $least }, at most { $most }.
guests-disk-smaller = The disk “{ $target }” has { $has }; { $found } is no more, and disks do not shrink.
guests-disks-many = At most { $most } disks are possible at once.
guests-disks-full = “{ $name }” has no name left for another disk. Remove one first.
guests-no-disk = “{ $name }” has no disk “{ $target }”; it has { $has }.
guests-no-removed = No disk number { $number } of “{ $name }” is in the trash.
guests-image-no-disk = The image needs a disk to be written to.
guests-store-unknown = There is no store “{ $store }”; “firn store list” shows them all.
guests-store-full = The store “{ $store }” is { $percent } % full and takes no new disk. Emptying the trash frees up to { $trash }.
guests-store-gone = The store “{ $store }” is not there. See “firn store list”, and whether its disk is plugged in.
guests-network-unknown = There is no network “{ $network }”; “firn network list” shows them all.
guests-network-gone = The network “{ $network }” is not there any more. Remove the NIC and add one on another network.
guests-nics-many = At most { $most } NICs are possible.
guests-no-nic = “{ $name }” has no NIC with the MAC address { $mac }; “firn guest show” shows those that it has.
guests-mac-wrong = “{ $mac }” is no MAC address of a NIC: six pairs of hex digits such as 00:16:3e:01:02:03, the first one even.
guests-mac-taken = The MAC address { $mac } is taken by the guest “{ $name }”.
guests-mac-twice = The MAC address { $mac } is given twice.
guests-nothing-to-start = There is nothing to start: give an image, a CD or a kernel, or do not start it.
guests-cd-needs-pc = A guest that starts from a CD needs a whole PC (HVM), or a kernel.

# What the guest's state forbids.
guests-runs = “{ $name }” runs already.
guests-off = “{ $name }” does not run.
guests-paused = “{ $name }” is paused. Unpause it first.
guests-not-paused = “{ $name }” is not paused.
guests-delete-runs = “{ $name }” runs. Stop it first, or kill it.
guests-protected = “{ $name }” is protected from being deleted. Take the protection off first.
guests-unfinished = The task { $task } on “{ $name }” has not come to its end. It is tried again at the next start of firnd; “firn task show { $task }” says why.

# What becomes of a task.
guests-no-answer = “{ $name }” has not ended within { $seconds } seconds. Nothing was changed: ask it again, or kill it.
guests-cancelled = It was cancelled.
guests-interrupted = It was interrupted by a restart of firnd or of the host, and is undone.
guests-no-material = It was interrupted, and what the guest is made from is not there any more.
guests-crash-kept = The guest “{ $name }” has crashed and is kept as it was, as it is set: kill it to free its memory, or start it again.
guests-crash-often = The guest “{ $name }” has crashed { $times } times within { $minutes } minutes and is not restarted any more: look at its console's log, then start it.

# Steps.
guests-step-reserve = Make the volume { $volume } of { $size } in the store “{ $store }”
guests-step-fill-image = Write the disk image to { $volume }
guests-step-fill-cd = Write the CD's image to { $volume }
guests-step-fill-seed = Write what cloud-init is told to { $volume }
guests-step-settle = Hand { $volume } over to the guest
guests-step-rename = Rename the volume { $from } to { $to }
guests-step-remove = Remove the volume { $volume } from the store “{ $store }” for good
guests-step-grow = Make the volume { $volume } { $size } large
guests-step-keep-kernel = Keep the kernel for “{ $name }”
guests-step-keep-ramdisk = Keep the initrd for “{ $name }”
guests-step-drop = Remove the kernel or initrd of “{ $name }”
guests-step-define = Write the definition of “{ $name }”
guests-step-change = Change the definition of “{ $name }”
guests-step-bury = Put the definition of “{ $name }” into the trash
guests-step-unbury = Take the definition of “{ $name }” out of the trash
guests-step-forget = Remove the definition of “{ $name }” for good
guests-step-start = Start “{ $name }”
guests-step-ask-stop = Ask “{ $name }” to shut down
guests-step-ask-reboot = Ask “{ $name }” to restart
guests-step-wait = Wait up to { $seconds } seconds for “{ $name }” to end
guests-step-destroy = End “{ $name }” at once
guests-step-clean = Clean up after “{ $name }” has ended
guests-step-reset = Press the reset button of “{ $name }”
guests-step-pause = Pause “{ $name }”
guests-step-unpause = Let “{ $name }” go on
guests-step-memory = Give “{ $name }” { $size } of memory while it runs
guests-step-cpus = { $cpus ->
    [one] Give “{ $name }” one virtual CPU while it runs
   *[other] Give “{ $name }” { $cpus } virtual CPUs while it runs
}
guests-step-attach = Give “{ $name }” { $what } while it runs
guests-step-detach = Take { $what } from “{ $name }” while it runs

# What the audit finds.
guests-stray-volume = The volume { $volume } in the store “{ $store }” belongs to no guest.
guests-stray-domain = The domain “{ $name }” was not started by Firn.
guests-stray-file = The file { $path } belongs to no guest.
guests-lacking = “{ $name }” lacks a disk: there is no volume { $volume } in the store “{ $store }”.
