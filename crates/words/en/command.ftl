### What the command `firn` says about guests and their host.

## firnd is not reached, or says something odd

command-absent = firnd does not run here: nothing listens at { $path }; systemctl status firnd says why, and firn --host root@NAME asks another host
command-forbidden = the socket of firnd at { $path } is root's; run this as root
command-socket = firnd cannot be reached at { $path }: { $reason }
command-ssh = ssh, which leads to { $host }, cannot be run: { $reason }
command-ssh-ended = ssh to { $host } ended before firnd answered; what ssh or firn there said stands above
command-lost = the connection to firnd broke: { $reason }; journalctl -u firnd says what became of it
command-silent = firnd takes the connection but does not answer; see journalctl -u firnd
command-odd = firnd's answer cannot be read: { $reason }; firn and firnd may be of different versions
command-file-broke = the file could not be sent whole: { $reason }; see whether another program changes it, and try again
command-interrupted = interrupted
command-refused = firnd has refused this with the status { $status } ({ $title }) and says no more; see journalctl -u firnd

## What this program says itself

command-error = error: { $text }
command-only-here = this command works without firnd, so it looks after the host that it runs on; run it there: ssh { $host } firn …
command-output = what is to be shown cannot be written: { $reason }
command-nothing = nothing here is called { $name }
command-nothing-meant = nothing here is called { $name }; did you mean { $meant }?
command-several = more than one is called { $name }; say which: { $ids }
command-name-taken = there already is a guest with the name { $name }; choose another name
command-no-disk = { $name } has no disk { $disk }; its disks: { $disks }
command-no-nic = { $name } has no NIC { $nic }; firn guest show { $word } says which it has
command-option = { $found } is not understood; behind the comma stands only { $name }=…
command-nic-network = the network is missing; firn network list says which there are

command-no-file = there is no file { $file }
command-no-text = { $file } is no text file
command-no-regular-file = { $file } is no file that can be sent; name a disk image
command-checksum-of-file = --checksum is for an image that the host fetches, and { $file } is a file here: compare it with sha256sum
command-file = { $file } cannot be read: { $reason }
command-key-file = --ssh-key { $file }: { $reason }
command-no-key = the file has no key in it
command-password-file = --password-file { $file }: { $reason }
command-password-hash = the password cannot be hashed: { $reason }

## Progress

command-queued = waiting for another task
command-step = step { $step } of { $steps }: { $doing }
command-sending = sending { $file } ({ $size })
command-begun = task { $id } does it; firn task wait { $id } waits for its end
command-goes-on = the task goes on; firn task wait { $id } waits for it, firn task cancel { $id } ends it
command-task-cancelled = the task { $id } for { $name } was cancelled; what it had begun is undone
command-task-ended = { $operation } { $name }: { $stage }
command-waiting-address = waiting until { $name } is heard on the network, at most { $limit }

## What is done

command-done-start = { $name } runs
command-done-stop = { $name } has shut down
command-done-kill = { $name } is off
command-done-restart = { $name } starts again
command-done-pause = { $name } is paused; firn guest unpause { $word } lets it go on
command-done-unpause = { $name } goes on
command-done-delete = { $name } is in the trash; firn trash restore { $word } brings it back
command-done-change = { $name } is changed
command-done-pending = { $name } is changed; at its next start: { $fields }
command-done-restore = { $name } is back; firn guest start { $word } starts it
command-done-empty = deleted for good; { $size } are free again
command-done-create = { $name } is made; firn guest start { $word } starts it
command-answers = { $name } runs and answers at { $address }
command-answers-user = { $name } runs and answers at { $address }; log in with: ssh { $user }@{ $address }
command-silent-address = { $name } runs, but nothing was heard from its address { $address } within { $limit }; firn guest show { $word } says when it is heard
command-no-address = { $name } runs, but no address of it is known. { $why } firn guest show { $word } says when there is one.
command-ended-soon = { $name } was made and started, but does not run any more. { $why }
command-made = { $name } is made, but could not be started; firn guest start { $word } tries again, firn guest delete { $word } removes it
command-no-reason = The reason is not known.
command-no-login = note: nobody can log in to this guest unless the image has an account of its own; --ssh-key and --password-file give it one
command-plan = Making { $name } would do this:
command-nothing-done = nothing is done
command-sure = Delete for good: { $names }? That frees { $size }. [y/N]
command-say-yes = this deletes for good, and there is no terminal to ask on; add --yes

## Lists

command-no-guests = There are no guests yet; firn guest create --help says how one is made.
command-no-tasks = There are no tasks.
command-trash-is-empty = The trash is empty.
command-head-name = NAME
command-head-id = ID
command-head-state = STATE
command-head-cpus = CPUS
command-head-memory = MEMORY
command-head-disks = DISKS
command-head-address = ADDRESS
command-head-operation = OPERATION
command-head-guest = GUEST
command-head-stage = STAGE
command-head-begun = BEGUN
command-head-by = BY
command-head-kind = KIND
command-head-size = SIZE
command-head-used = USED
command-head-full = FULL
command-head-bridge = BRIDGE
command-head-system = SYSTEM
command-template = { $title }: { $cpus } CPUs, { $memory } MiB of memory (at least { $least }), a disk of { $disk } GiB. Figures: { $source }. Run: { $ran }
command-head-deleted = DELETED

command-state-running = running
command-state-stopped = stopped
command-state-suspended = suspended
command-state-paused = paused
command-state-crashed = crashed
command-state-unknown = unknown
command-state-since = { $state } since { $since }
command-stage-queued = queued
command-stage-running = at { $percent } %
command-stage-done = done
command-stage-failed = failed
command-stage-cancelled = cancelled

## One guest, one task

command-label-state = State
command-label-why = Why
command-label-task = Task
command-label-addresses = Addresses
command-label-cpus = CPUs
command-label-memory = Memory
command-label-pending = At the next start
command-label-disks = Disks
command-label-nics = NICs
command-label-template = Template
command-label-autostart = Autostart
command-label-protected = Protected
command-label-created = Created
command-label-notes = Notes
command-label-stage = Stage
command-label-doing = Doing
command-label-begun = Begun
command-label-ended = Ended
command-label-by = By

command-none = none
command-none-why = none. { $reason }
command-no = no
command-task-doing = { $id }: { $doing }
command-up-to = { $now }, up to { $most } without a restart
command-address = { $address }  (NIC { $nic }, { $source })
command-source-neighbour = seen on the network { $age } ago
command-source-agent = told by an agent in it { $age } ago
command-source-fixed = given when it was made
command-disk = { $target }  { $size } in { $store }
command-disk-used = { $target }  { $size } in { $store }, { $used } used
command-nic = { $number }  { $network }  { $mac }
command-autostart = yes, with order { $order }
command-autostart-delay = yes, with order { $order }; the next one { $delay } later
command-protected = yes; firn guest protect { $word } --off lets it be deleted

## Events

command-event-snapshot = { $guests ->
    [one] one guest
   *[other] { $guests } guests
}, { $tasks ->
    [one] one task at work
   *[other] { $tasks } tasks at work
}
command-event-guest = guest { $name }: { $state }
command-event-gone = guest { $name }: gone
command-event-begun = begun
command-event-task = task { $id } ({ $operation } { $name }): { $stage }
