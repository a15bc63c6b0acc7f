### Disk images from outside.

image-cancelled = The work was cancelled.
image-checksum-odd = "{ $text }" is no checksum: give the 64 digits of a SHA-256 or the 128 of a SHA-512.
image-hvm-not-looked = nobody has looked into its disk
image-too-large = The image is larger than what is taken.
image-unreadable = The image could not be read: { $reason }.
