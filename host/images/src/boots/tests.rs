//! Disks as `grub-fstest` shows them.

use super::*;
use proptest::prelude::*;

/// What it prints for which arguments; for all others nothing.
fn judged(answers: &[(&str, &str)]) -> String {
    let ask = |args: &[&str]| {
        let asked = args.join(" ");
        let answer = answers.iter().find(|(question, _)| *question == asked);
        Ok(answer
            .map(|(_, answer)| (*answer).to_owned())
            .unwrap_or_default())
    };
    judge(&ask).map_or_else(|why| why.to_string(), |()| "PVH".into())
}

/// Debian's cloud image: root, BIOS boot and ESP.
const DEBIAN: &[(&str, &str)] = &[
    (
        "ls",
        "(proc) (loop0) (loop0,gpt15) (loop0,gpt14) (loop0,gpt1) (host) ",
    ),
    ("ls (loop0,gpt15)/boot/grub/", ""),
    (
        "ls (loop0,gpt1)/boot/grub/",
        "fonts/ grub.cfg grubenv i386-pc/ ",
    ),
    (
        "ls (loop0,gpt1)/boot/",
        "config-6.12.57+deb13-cloud-amd64 grub/ vmlinuz-6.12.57+deb13-cloud-amd64 ",
    ),
    (
        "cat (loop0,gpt1)/boot/config-6.12.57+deb13-cloud-amd64",
        "# Linux\nCONFIG_XEN=y\nCONFIG_PVH=y\n",
    ),
];

#[test]
fn debian_starts_as_pvh() {
    assert_eq!(judged(DEBIAN), "PVH");
}

#[test]
fn a_boot_partition_of_its_own_is_found() {
    let ubuntu = [
        ("ls", "(proc) (loop0) (loop0,gpt16) (loop0,gpt1) (host)"),
        ("ls (loop0,gpt16)/grub/", "grub.cfg"),
        ("ls (loop0,gpt16)/", "config-6.8.0-31-generic grub/"),
        ("cat (loop0,gpt16)/config-6.8.0-31-generic", "CONFIG_PVH=y"),
    ];
    assert_eq!(judged(&ubuntu), "PVH");
}

#[test]
fn what_is_missing_is_said() {
    assert_eq!(
        judged(&[]),
        "its disk has no /boot/grub/grub.cfg, which the PVH loader looks for"
    );
    assert_eq!(
        judged(&DEBIAN[..3]),
        "its disk has no configuration of a Linux kernel beside GRUB's, which would say whether the kernel starts as PVH"
    );
    assert_eq!(
        judged(&DEBIAN[..4]),
        "its kernel 6.12.57+deb13-cloud-amd64 cannot start as PVH (CONFIG_PVH is not set)"
    );
}

#[test]
fn a_program_that_cannot_run_is_a_reason() {
    let ask = |_: &[&str]| Err(say!("image-hvm-not-looked", reason = "no such program"));
    assert_eq!(
        judge(&ask).unwrap_err().to_string(),
        "its disk could not be looked into: no such program"
    );
}

#[test]
fn odd_names_are_not_asked_for() {
    assert_eq!(
        configs("config-6.1 config-$(x) config-a/b vmlinuz config-6.1-x"),
        ["config-6.1", "config-6.1-x"]
    );
    assert_eq!(
        partitions("(loop0) (host) (loop0,gpt1) (loop0,'x')"),
        ["(loop0)", "(loop0,gpt1)"]
    );
}

proptest! {
    #[test]
    fn any_answer_is_judged(answer in "[ -~\n]{0,200}") {
        let _ = judge(&|_| Ok(format!("(loop0) grub.cfg config-1 {answer}")));
    }
}
