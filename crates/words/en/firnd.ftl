### What firnd answers.

firnd-failed = The host could not do this: { $reason }. Its log says more: journalctl --unit=firnd
firnd-body = The request cannot be read: { $reason }
firnd-no-route = There is no { $method } { $path } in this API.
firnd-forbidden = { $who } may not use this API: log in as root.
firnd-too-many = The host does { $count } of these at once, and no more: try again in a moment.
firnd-no-task = There is no task { $id }. Tasks that are over are forgotten when firnd restarts.
firnd-not-cancelled = The task { $task } ({ $operation }) cannot be cancelled any more.
firnd-busy = Another task, { $task }, works on { $name } just now: wait until it is over, or cancel it.
firnd-no-guest = There is no guest { $id }.
firnd-no-action = Nothing called { $action } can be done with a guest.
firnd-changed = { $name } has changed since it was looked at: look at it again.
firnd-store-full = The store is { $percent } % full, and takes no uploads from { $limit } % on: empty the trash, or remove guests.
firnd-upload-incomplete = The upload is incomplete and was removed: { $reason }. Send it again.
firnd-no-upload = There is no upload { $id }: it was used, or it is older than a day. Send the file again.
firnd-boot-large = The file is larger than { $most } MiB, and so no kernel and no initrd: name another one.
firnd-no-nic-number = The guest has no NIC { $number }.
firnd-fetching = { $name } is fetched
firnd-fetching-checksums = The checksum of { $name } is fetched
firnd-no-image = There is no file { $id } here, and the host knows no image of that name; it knows { $known }. An address begins with https:// or http://.
firnd-least-memory = { $found } MiB of memory are too little for { $template }: it needs at least { $least } MiB.
firnd-seed-mac = A fixed address needs the MAC address of the NIC that it is for: give nics[0].mac.
firnd-no-ip = “{ $text }” is no IP address.
firnd-no-prefix = “{ $text }” has no length of its network's prefix: write it as 192.0.2.10/24.
firnd-not-restarted = { $name } has ended and could not be dealt with; it is tried again.
firnd-converter = The image could not be converted: the converter broke down.

# Why a guest is in its state, and why it has no address.
firnd-building = It is being started.
firnd-crashed = Its system has crashed. Look at its console, then kill or start it.
firnd-vanished = It was ended from outside, as `xl destroy` does; nobody has asked firnd for that. Start it when you like.
firnd-restarting = It restarts, as its system has asked.
firnd-ending = It has ended; what is left of it is being cleaned up.
firnd-no-nic = It has no NIC.
firnd-no-address-yet = It has not said its address on the network yet: it may still be starting, or ask a DHCP server that does not answer.
firnd-state-unknown = Its state is not known.
firnd-not-running = It does not run.
