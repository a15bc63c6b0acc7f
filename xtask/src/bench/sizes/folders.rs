//! The root file system by its folders, from the list that `unsquashfs -lln` prints. Pure.

use std::collections::BTreeMap;

/// How many levels of these folders are told apart; of others it is one.
const DEEPER: [(&str, usize); 2] = [("usr/lib/", 3), ("usr/", 2)];

/// Bytes of all files in each folder, unpacked.
pub fn sizes(list: &str) -> BTreeMap<String, u64> {
    let mut sizes = BTreeMap::new();
    for (path, size) in list.lines().filter_map(file) {
        *sizes.entry(folder(path)).or_default() += size;
    }
    sizes
}

/// Path and size of a line like `-rwxr-xr-x 0/0   3456 2026-01-01 00:00 squashfs-root/usr/bin/x`, if it is a plain file's.
fn file(line: &str) -> Option<(&str, u64)> {
    let mut words = line.split_whitespace();
    let mode = words.next()?;
    let size = words.nth(1)?.parse().ok()?;
    let (_, path) = line.split_once(" squashfs-root/")?;
    mode.starts_with('-').then_some((path, size))
}

fn folder(path: &str) -> String {
    let levels = DEEPER
        .iter()
        .find(|(start, _)| path.starts_with(start))
        .map_or(1, |(_, levels)| *levels);
    let parents: Vec<&str> = path.split('/').collect();
    let parents = &parents[..parents.len() - 1];
    parents[..levels.min(parents.len())].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_added_up() {
        let list = "drwxr-xr-x 0/0                52 2026-01-01 00:00 squashfs-root\n\
            -rwxr-xr-x 0/0               100 2026-01-01 00:00 squashfs-root/usr/bin/a b\n\
            lrwxrwxrwx 0/0                 7 2026-01-01 00:00 squashfs-root/bin -> usr/bin\n\
            -rw-r--r-- 0/0                20 2026-01-01 00:00 squashfs-root/usr/lib/modules/6.12/kernel/x.ko\n\
            -rw-r--r-- 0/0                 3 2026-01-01 00:00 squashfs-root/usr/lib/os-release\n\
            crw-rw-rw- 0/0             1,  3 2026-01-01 00:00 squashfs-root/dev/null\n\
            -rw-r--r-- 0/0                 4 2026-01-01 00:00 squashfs-root/usr/lib/modules/y\n\
            -rw-r--r-- 0/0                 1 2026-01-01 00:00 squashfs-root/etc/ssh/sshd_config\n";
        let sizes = sizes(list);
        let expected = [
            ("etc", 1),
            ("usr/bin", 100),
            ("usr/lib", 3),
            ("usr/lib/modules", 24),
        ];
        let expected: BTreeMap<String, u64> =
            expected.map(|(name, size)| (name.to_owned(), size)).into();
        assert_eq!(sizes, expected);
    }
}
