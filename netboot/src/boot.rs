//! What loaders are told: iPXE's script and GRUB's configuration for one machine. Pure.

use crate::mac::Mac;
use firn_image::Host;
use firn_image::cmdline::key::{ANSWERS, ANSWERS_POST, BASE, BOOTIF, ROOT, ROOT_NET};
use firn_image::file::{self, FOLDER, KERNEL, NETBOOT_INITRD};

/// What the kernel is always told, as on the ISO.
const WORDS: &str = "console=tty0 console=ttyS0,115200 quiet loglevel=3 logo.nologo systemd.show_status=no \
    systemd.unit=firn-installer.target";

/// Where things are, as a machine sees this server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `192.0.2.1`, `192.0.2.1:8080` or `[2001:db8::1]:8080`.
    pub authority: String,
    /// Whether this server has answers to give.
    pub answers: bool,
    /// Further words for the kernel.
    pub cmdline: String,
}

impl Place {
    /// The place as the request's `Host` names it. Not all loaders say the port there, so it is this server's own.
    pub fn new(host: &str, port: u16, answers: bool, cmdline: &str) -> Self {
        let host = without_port(host);
        let authority = match port {
            80 => host,
            port => format!("{host}:{port}"),
        };
        Self {
            authority,
            answers,
            cmdline: cmdline.to_owned(),
        }
    }

    /// The URL of a path of this server.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.authority)
    }

    /// The kernel's command line for a machine.
    fn words(&self, mac: Mac) -> String {
        let mut words = format!("{ROOT}={ROOT_NET} {BASE}={}", self.url(FOLDER));
        if self.answers {
            words += &format!(" {ANSWERS}={} {ANSWERS_POST}", self.url("v1/answers"));
        }
        words += &format!(" {BOOTIF}=01-{mac} {WORDS} {}", self.cmdline);
        words.trim_end().to_owned()
    }
}

/// A host without its port; an IPv6 address in brackets.
fn without_port(host: &str) -> String {
    if let Some((address, _)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return format!("[{address}]");
    }
    match host.matches(':').count() {
        0 => host.to_owned(),
        1 => host.split(':').next().unwrap_or_default().to_owned(),
        _ => format!("[{host}]"),
    }
}

/// For iPXE that has not said which machine it runs on.
pub fn ipxe_who(place: &Place) -> String {
    let url = place.url("boot.ipxe");
    format!(
        "#!ipxe\nchain {url}?mac=${{mac:hexhyp}}&uuid=${{uuid}}&serial=${{serial:uristring}}&product=${{product:uristring}}\n"
    )
}

/// So often a loader is asked for an address of its card that can be read; then the firmware goes on with its next entry.
const TIMES: u32 = 5;
/// What the loader's screen says when it was asked often enough. Not all networks have addresses of six bytes.
const UNREADABLE: &str = "Firn: the server cannot read the address (MAC) of this network card. Start from another card, or from a USB stick";

/// For iPXE whose MAC address nobody can read, which has been asked so many times: once more after a pause, but not for ever.
pub fn ipxe_again(place: &Place, times: u32) -> String {
    if times.saturating_add(1) >= TIMES {
        return format!("#!ipxe\necho {UNREADABLE}\nsleep 30\nexit 1\n");
    }
    let who = ipxe_who(place);
    let ask = who.trim_start_matches("#!ipxe\n").trim_end();
    format!(
        "#!ipxe\necho Firn: the server cannot read the address (MAC) of this network card; trying again in 10 seconds\nsleep 10\n{ask}&times={}\n",
        times + 1
    )
}

/// Starts the installer on this machine.
pub fn ipxe_install(place: &Place, mac: Mac) -> String {
    let [kernel, initrd] = [KERNEL, NETBOOT_INITRD].map(|name| place.url(&file::path(name)));
    let words = place.words(mac);
    format!(
        "#!ipxe\necho Firn: installing\nimgfree\nkernel {kernel} initrd={NETBOOT_INITRD} {words} || goto failed\n\
         initrd {initrd} || goto failed\nboot || goto failed\n\
         :failed\necho Firn could not be fetched from {}; trying again in 10 seconds\nsleep 10\nchain {}?mac={mac}\n",
        place.authority,
        place.url("boot.ipxe"),
    )
}

/// Starts this machine from its disk.
pub fn ipxe_disk() -> String {
    "#!ipxe\necho Firn: this machine is done, starting from its disk\n\
     iseq ${platform} efi && exit 0 ||\nsanboot --no-describe --drive 0x80 || exit 1\n"
        .into()
}

/// For a GRUB that has not said which machine it runs on: it asks each of these places (IPv4, IPv6) until one answers.
pub fn grub_who<'p>(places: impl IntoIterator<Item = &'p Place>) -> String {
    let line = |place: &Place| {
        let authority = &place.authority;
        format!("configfile \"(http,{authority})/boot.cfg?mac=$net_default_mac\"\n")
    };
    let asks: String = places.into_iter().map(line).collect();
    format!(
        "{asks}echo \"Firn: the server does not answer; trying again in 10 seconds\"\nsleep 10\nconfigfile \"$prefix/grub.cfg\"\n"
    )
}

/// For a GRUB whose MAC address nobody can read: as for iPXE.
pub fn grub_again(place: &Place, times: u32) -> String {
    if times.saturating_add(1) >= TIMES {
        return format!("echo \"{UNREADABLE}\"\nsleep 30\nexit\n");
    }
    let authority = &place.authority;
    format!(
        "echo \"Firn: the server cannot read the address (MAC) of this network card; trying again in 10 seconds\"\nsleep 10\n\
         configfile \"(http,{authority})/boot.cfg?mac=$net_default_mac&times={}\"\n",
        times + 1
    )
}

/// Starts the installer on this machine. GRUB would start a kernel whose initrd did not come.
pub fn grub_install(place: &Place, mac: Mac) -> String {
    let authority = &place.authority;
    let at = format!("(http,{authority})/{FOLDER}");
    let words = place.words(mac);
    format!(
        "if serial --unit=0 --speed=115200; then\n    terminal_input console serial\n    terminal_output console serial\nfi\n\
         set timeout=0\nmenuentry \"Install Firn\" {{\n    echo \"Firn: loading\"\n    if linux \"{at}/{KERNEL}\" {words}; then\n        \
         if initrd \"{at}/{NETBOOT_INITRD}\"; then boot; fi\n    fi\n    \
         echo \"Firn could not be fetched from {authority}; trying again in 10 seconds\"\n    sleep 10\n    \
         configfile \"(http,{authority})/boot.cfg?mac={mac}\"\n}}\n"
    )
}

/// Starts this machine from its disk: `exit` alone makes some firmware stop in its menu.
pub fn grub_disk() -> String {
    format!(
        "echo \"Firn: this machine is done, starting from its disk\"\n\
         if search --no-floppy --set=disk --file /{}; then\n    \
         chainloader ($disk)/EFI/BOOT/BOOTX64.EFI\n    boot\nfi\nexit\n",
        Host::PATH
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Mac = Mac([0x52, 0x54, 0, 0x12, 0x34, 0x56]);

    #[test]
    fn hosts_as_loaders_write_them() {
        let table = [
            ("192.0.2.1", 80, "192.0.2.1"),
            ("192.0.2.1:80", 80, "192.0.2.1"),
            ("192.0.2.1", 8080, "192.0.2.1:8080"),
            ("192.0.2.1:9", 8080, "192.0.2.1:8080"),
            ("[2001:db8::1]:9", 8080, "[2001:db8::1]:8080"),
            ("2001:db8::1", 80, "[2001:db8::1]"),
            ("boot.example.net", 8080, "boot.example.net:8080"),
        ];
        for (host, port, expected) in table {
            assert_eq!(
                Place::new(host, port, false, "").authority,
                expected,
                "{host}"
            );
        }
    }

    #[test]
    fn scripts() {
        let plain = Place::new("192.0.2.1", 80, false, "");
        let place = Place::new("192.0.2.1", 8080, true, "firn.vlan=42");
        let six = Place::new("2001:db8::1", 8080, true, "");
        insta::assert_snapshot!("ipxe-who", ipxe_who(&place));
        insta::assert_snapshot!("ipxe-install", ipxe_install(&place, A));
        insta::assert_snapshot!("ipxe-install-wizard", ipxe_install(&plain, A));
        insta::assert_snapshot!("ipxe-again", ipxe_again(&place, 0));
        insta::assert_snapshot!("ipxe-enough", ipxe_again(&place, 4));
        insta::assert_snapshot!("grub-again", grub_again(&six, 3));
        insta::assert_snapshot!("grub-enough", grub_again(&six, u32::MAX));
        insta::assert_snapshot!("ipxe-disk", ipxe_disk());
        insta::assert_snapshot!("grub-who", grub_who([&plain, &six]));
        insta::assert_snapshot!("grub-install", grub_install(&six, A));
        insta::assert_snapshot!("grub-disk", grub_disk());
    }
}
