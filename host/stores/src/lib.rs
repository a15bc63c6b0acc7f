//! Places for guests' disks: volumes in a thin pool, or files.
