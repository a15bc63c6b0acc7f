//! The templates that are shipped, compiled into the program.

macro_rules! files {
    ($($id:literal),* $(,)?) => {
        &[$((concat!($id, ".toml"), include_str!(concat!("../../../recipes/templates/", $id, ".toml")))),*]
    };
}

/// Names and contents of their files.
pub(crate) const FILES: &[(&str, &str)] = files![
    "linux",
    "debian-12",
    "debian-13",
    "ubuntu-22.04",
    "ubuntu-24.04",
    "ubuntu-26.04",
    "almalinux-8",
    "rocky-8",
    "rhel-8",
    "almalinux-9",
    "rocky-9",
    "rhel-9",
    "almalinux-10",
    "rocky-10",
    "rhel-10",
    "fedora",
    "opensuse-leap-15",
    "sles-15",
    "alpine",
    "arch",
    "freebsd-14",
    "freebsd-15",
    "netbsd-10",
    "openbsd",
    "opnsense",
    "pfsense",
    "windows-server-2016",
    "windows-server-2019",
    "windows-server-2022",
    "windows-server-2025",
    "windows-10",
    "other-bios",
    "other-uefi",
];
