//! Lines of LVM's devices file, and what `lvmdevices` says of them.

/// One physical volume of the devices file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// 32 letters and digits.
    pub pvid: String,
    /// How LVM finds it: `sys_wwid`, `devname`, …
    pub idtype: String,
    /// By what LVM finds it.
    pub idname: String,
    /// Where it was the last time.
    pub devname: String,
    /// The whole line.
    pub line: String,
}

impl Entry {
    /// Whether LVM finds it by a property of the disk, and not by a name that changes.
    pub fn is_stable(&self) -> bool {
        self.idtype != "devname"
    }

    /// One that is found at this device and nowhere else. LVM compares the PVID there, and takes a partition only by its number.
    pub fn at(pvid: &str, device: &str, part: Option<u32>) -> Entry {
        let mut entry = Entry::new("devname", device, device, pvid);
        entry.line += &part.map_or(String::new(), |part| format!(" PART={part}"));
        entry
    }

    /// One that is not to be found anywhere for now.
    pub fn nowhere(pvid: &str) -> Entry {
        Entry::new("devname", ".", ".", pvid)
    }

    fn new(idtype: &str, idname: &str, devname: &str, pvid: &str) -> Entry {
        let line = format!("IDTYPE={idtype} IDNAME={idname} DEVNAME={devname} PVID={pvid}");
        Entry {
            pvid: pvid.into(),
            idtype: idtype.into(),
            idname: idname.into(),
            devname: devname.into(),
            line,
        }
    }
}

/// The entries of a devices file that have a PVID.
pub fn entries(text: &str) -> Vec<Entry> {
    text.lines().filter_map(entry).collect()
}

fn entry(line: &str) -> Option<Entry> {
    let line = line.trim();
    if line.starts_with('#') {
        return None;
    }
    let value = |key: &str| value(line, key).unwrap_or_default();
    let pvid = value("PVID");
    (!pvid.is_empty() && pvid != ".").then(|| Entry {
        idtype: value("IDTYPE"),
        idname: value("IDNAME"),
        devname: value("DEVNAME"),
        line: line.to_owned(),
        pvid,
    })
}

/// The value of `KEY=value` among words.
fn value(line: &str, key: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let value = words.find_map(|word| word.strip_prefix(key)?.strip_prefix('='))?;
    Some(value.to_owned())
}

/// Where LVM sees a physical volume now, out of the listing of `lvmdevices` (`Device /dev/sda5 IDTYPE=… PVID=…`).
pub fn seen(listing: &str, pvid: &str) -> Option<String> {
    let line = listing
        .lines()
        .find(|line| value(line, "PVID").as_deref() == Some(pvid))?;
    let device = line
        .trim()
        .strip_prefix("Device ")?
        .split_whitespace()
        .next()?;
    device.starts_with('/').then(|| device.to_owned())
}

/// A devices file with these entries. What else stands in the old one describes its old entries and is left out.
pub fn file(entries: &[Entry]) -> String {
    let lines: String = entries.iter().map(|e| e.line.clone() + "\n").collect();
    format!(
        "# LVM uses only devices listed in this file. firn store keeps it.\nVERSION=1.1.1\n{lines}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_lvm_writes_is_read() {
        let text = "# LVM uses devices listed in this file.\n# Created by LVM command lvmdevices\nHASH=1\n\
            PRODUCT_UUID=2\nVERSION=1.1.2\n\
            IDTYPE=sys_wwid IDNAME=t10.ATA_x DEVNAME=/dev/sda5 PVID=abc PART=5\n\
            IDTYPE=devname IDNAME=/dev/vdb1 DEVNAME=/dev/vdb1 PVID=def\nIDTYPE=devname IDNAME=/dev/vdc PVID=.\n";
        let found = entries(text);
        let short: Vec<_> = found
            .iter()
            .map(|e| (e.pvid.as_str(), e.devname.as_str(), e.is_stable()))
            .collect();
        assert_eq!(
            short,
            [("abc", "/dev/sda5", true), ("def", "/dev/vdb1", false)]
        );
        assert_eq!(entries(&file(&found)), found, "what we write, too");
    }

    #[test]
    fn the_listing_says_where_each_is() {
        let listing = "  Device /dev/sda5 IDTYPE=sys_wwid IDNAME=x DEVNAME=/dev/sdb5 PVID=abc PART=5\n  \
            Device none IDTYPE=sys_wwid IDNAME=y DEVNAME=none PVID=def\n";
        assert_eq!(seen(listing, "abc").as_deref(), Some("/dev/sda5"));
        assert_eq!(seen(listing, "def"), None);
        assert_eq!(seen(listing, "ghi"), None);
    }

    fn any_file() -> impl Strategy<Value = String> {
        let word = "(IDTYPE|IDNAME|DEVNAME|PVID|PART|VERSION)=([a-z0-9/._-]{0,8}|\\PC{0,6})|#|Device|/dev/sd[a-c]|\\PC{0,6}";
        let line = prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "));
        let lines = prop::collection::vec(line, 0..6).prop_map(|lines| lines.join("\n"));
        prop_oneof![4 => lines, 1 => any::<String>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What is kept of a file that somebody has damaged is written so that it is read back the same, and each line is one device.
        #[test]
        fn what_is_kept_is_read_back(text in any_file(), listing in any_file()) {
            let found = entries(&text);
            prop_assert!(found.iter().all(|entry| !entry.pvid.is_empty() && entry.pvid != "."));
            let written = file(&found);
            prop_assert_eq!(written.lines().count(), found.len() + 2);
            prop_assert_eq!(&entries(&written), &found);
            for entry in &found {
                let device = seen(&listing, &entry.pvid);
                prop_assert!(device.is_none_or(|path| path.starts_with('/') && !path.contains(char::is_whitespace)));
                let moved = Entry::at(&entry.pvid, "/dev/sdz5", Some(5));
                prop_assert_eq!(entries(&file(std::slice::from_ref(&moved))), [moved]);
            }
        }
    }
}
