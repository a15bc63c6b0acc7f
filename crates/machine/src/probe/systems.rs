//! Operating systems on a partition, by simple signs and without mounting: `os-release` read out of ext file systems with
//! debugfs, which replays no journal, and the loaders' folders on an EFI system partition.

use super::signatures::Signature;
use crate::{Content, What};
use fatfs::{FileSystem, FsOptions};
use firn_command::cmd;
use firn_disks::BlockDevice;
use firn_disks::Window;

/// An EFI system partition is no larger than this.
const LARGEST_ESP: u64 = 8 << 30;
/// No folder of loaders has more.
const MOST_ENTRIES: usize = 512;
const ESXI: &str = "VMware ESXi";
/// What is said of a kernel whose distribution is not known.
const LINUX: &str = "Linux";
/// Folders of loaders, and whose they are.
const LOADERS: [(&str, &str); 14] = [
    ("microsoft", "Windows"),
    ("debian", "Debian"),
    ("ubuntu", "Ubuntu"),
    ("fedora", "Fedora"),
    ("redhat", "Red Hat Enterprise Linux"),
    ("centos", "CentOS"),
    ("rocky", "Rocky Linux"),
    ("almalinux", "AlmaLinux"),
    ("opensuse", "openSUSE"),
    ("sles", "SUSE Linux Enterprise"),
    ("arch", "Arch Linux"),
    ("proxmox", "Proxmox VE"),
    ("xenserver", "XenServer or XCP-ng"),
    ("vmware", ESXI),
];

/// The names of the systems on a partition with these signatures.
pub fn on(part: &BlockDevice, signatures: &[Signature]) -> Vec<String> {
    let has = |kinds: &[&str]| signatures.iter().any(|s| kinds.contains(&s.kind.as_str()));
    if has(&["ext2", "ext3", "ext4"]) {
        let linux = || has_kernel(&part.path).then(|| LINUX.to_owned());
        return os_release(&part.path).or_else(linux).into_iter().collect();
    }
    if has(&["vfat"]) && part.size <= LARGEST_ESP {
        // A damaged file system has no loader that could be shown.
        return loaders(&part.path, part.size).unwrap_or_default();
    }
    if has(&["VMFS", "VMFS_volume_member"]) {
        return vec![ESXI.into()];
    }
    Vec::new()
}

fn os_release(path: &str) -> Option<String> {
    ["/usr/lib/os-release", "/etc/os-release"]
        .iter()
        .find_map(|file| {
            let text = cmd("debugfs", ["-c", "-R", &format!("cat {file}"), path]).read();
            pretty_name(&text.ok()?)
        })
}

/// Whether there is a distribution's kernel, which is all that a boot partition of its own shows. Firn's slots have one, too,
/// but without a version behind its name.
fn has_kernel(path: &str) -> bool {
    let text = cmd("debugfs", ["-c", "-R", "ls -p /", path]).read();
    text.is_ok_and(|text| names_kernel(&text))
}

/// `debugfs ls -p` writes `/inode/mode/user/group/name/size/`.
fn names_kernel(listing: &str) -> bool {
    let name = |line: &str| line.split('/').nth(5).map(str::to_owned);
    let names = listing.lines().filter_map(name);
    names.into_iter().any(|name| name.starts_with("vmlinuz-"))
}

fn pretty_name(text: &str) -> Option<String> {
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        let value = line.strip_prefix('=')?.trim().trim_matches(['"', '\'']);
        let value: String = value.chars().filter(|c| !c.is_control()).take(80).collect();
        (!value.is_empty()).then_some(value)
    };
    field("PRETTY_NAME").or_else(|| field("NAME"))
}

fn loaders(path: &str, size: u64) -> std::io::Result<Vec<String>> {
    let fs = FileSystem::new(Window::open(path, 0, size)?, FsOptions::new())?;
    let mut found = Vec::new();
    // In a damaged file system a folder may lead back to itself.
    for entry in fs.root_dir().open_dir("EFI")?.iter().take(MOST_ENTRIES) {
        let name = entry?.file_name().to_lowercase();
        let whose = LOADERS.iter().find(|(folder, _)| *folder == name);
        found.extend(whose.map(|(_, system)| (*system).to_owned()));
    }
    Ok(found)
}

/// A loader or a kernel says less than the system that it starts: "Debian" goes where "Debian GNU/Linux 13" is known, and
/// "Linux" where a distribution is.
pub fn each_once(contents: &mut Vec<Content>) {
    let names: Vec<String> = contents
        .iter()
        .filter_map(|c| match &c.what {
            What::System(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    contents.retain(|content| match &content.what {
        What::System(name) => !names.iter().any(|other| {
            let says_more = match name.as_str() {
                LINUX => !["Windows", ESXI].contains(&other.as_str()),
                name => other.starts_with(name),
            };
            other != name && says_more
        }),
        _ => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_os_release() {
        let text = "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n";
        assert_eq!(
            pretty_name(text).as_deref(),
            Some("Debian GNU/Linux 13 (trixie)")
        );
        assert_eq!(pretty_name("NAME=Alpine").as_deref(), Some("Alpine"));
        assert_eq!(
            pretty_name("PRETTY_NAME=\"\x1b[2J\"").as_deref(),
            Some("[2J")
        );
        assert_eq!(pretty_name("File not found by ext2_lookup"), None);
    }

    #[test]
    fn a_boot_partition_shows_a_kernel() {
        let listing = "/2/040755/0/0/./1024/\n/11/040700/0/0/lost+found/12288/\n\
            /12/100644/0/0/vmlinuz-6.1.0-18-amd64/8145344/\n";
        assert!(names_kernel(listing));
        assert!(!names_kernel(&listing.replace("vmlinuz", "notes")));
        let slot = "/12/100644/0/0/root.squashfs/9/\n/13/100644/0/0/vmlinuz/9/\n";
        assert!(!names_kernel(slot), "that is a slot of Firn");
        assert!(!names_kernel("ls: Filesystem not open"));
    }

    #[test]
    fn loaders_are_read_without_mounting() {
        let image = tempfile::NamedTempFile::new().unwrap();
        let size = 40 << 20;
        image.as_file().set_len(size).unwrap();
        fatfs::format_volume(image.as_file(), fatfs::FormatVolumeOptions::new()).unwrap();
        let path = image.path().to_str().unwrap();
        assert!(loaders(path, size).is_err(), "no folder EFI");
        {
            let fs = FileSystem::new(image.as_file(), FsOptions::new()).unwrap();
            let efi = fs.root_dir().create_dir("EFI").unwrap();
            for folder in ["BOOT", "Microsoft", "debian", "Dell"] {
                efi.create_dir(folder).unwrap();
            }
        }
        let before = std::fs::read(path).unwrap();
        assert_eq!(loaders(path, size).unwrap(), ["Windows", "Debian"]);
        assert!(std::fs::read(path).unwrap() == before, "it was written to");
        std::fs::write(path, vec![0x55; 4096]).unwrap();
        assert!(loaders(path, size).is_err());
    }

    #[test]
    fn a_loader_is_not_named_beside_its_system() {
        let system = |name: &str| Content {
            device: "sda1".into(),
            what: What::System(name.into()),
            set: None,
        };
        let mut contents = vec![
            system("Windows"),
            system("Debian"),
            system("Debian GNU/Linux 13 (trixie)"),
        ];
        each_once(&mut contents);
        assert_eq!(
            contents,
            [system("Windows"), system("Debian GNU/Linux 13 (trixie)")]
        );
        contents.push(system(LINUX));
        each_once(&mut contents);
        assert_eq!(contents.len(), 2);
        contents = vec![system("Windows"), system(LINUX)];
        each_once(&mut contents);
        assert_eq!(contents.len(), 2, "both are there");
    }
}
