//! Disk images from outside: what they are, turned into a guest's disk, and the seed for cloud-init.
