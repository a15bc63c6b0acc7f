### Places for guests' disks.

stores-name = "{ $volume }" cannot be a volume's name: letters a to z, digits and hyphens, a letter first, at most 64.
stores-taken = The volume { $volume } is there already and belongs to somebody else.
stores-no-volume = There is no volume { $volume } in the store.
stores-shrink = The volume { $volume } has { $size } bytes and cannot become smaller.
stores-full = The store is { $percent } % full, and new disks are refused from { $limit } % on. Empty the trash, or delete disks that nobody needs.
stores-file = { $path }: { $reason }
stores-command = { $program } failed: { $reason }
