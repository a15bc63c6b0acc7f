### USB sticks and CDs, and "Load a driver".

stick-no-file-system = { $device } holds no file system that could be read. Format it with FAT, or use another stick.
stick-other-file-system = { $device } holds { $kind }, which the installer does not read. Use a stick with FAT, exFAT, ext4 or NTFS.
stick-gone = { $device } is gone. Plug it in again and try once more.
stick-broken = The file system on { $device } ({ $kind }) is broken. Use another stick, or repair this one on another computer.
stick-unreadable = { $device } gives read or write errors. Try another USB port; if that does not help, the stick is broken.
stick-read-only = { $device } cannot be written to. Remove its write protection or use another stick.
stick-full = { $device } is full. Make room on it or use another stick.
stick-other = Using { $device } failed: { $reason }.
