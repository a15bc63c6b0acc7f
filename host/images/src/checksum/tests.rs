use super::*;
use proptest::prelude::*;

const SMALL: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[test]
fn the_number_of_digits_tells_the_kind() {
    let long = SMALL.repeat(2);
    let shown = |text: &str| Checksum::parse(text).map(|sum| sum.to_string());
    assert_eq!(shown(SMALL), Ok(format!("sha256:{SMALL}")));
    assert_eq!(
        shown(&format!(" SHA512:{} ", long.to_uppercase())),
        Ok(format!("sha512:{long}"))
    );
    for wrong in [
        "",
        "abc",
        &SMALL[1..],
        &format!("sha512:{SMALL}"),
        &format!("md5:{SMALL}"),
    ] {
        assert_eq!(
            shown(wrong).unwrap_err().to_string(),
            format!(
                "\"{wrong}\" is no checksum: give the 64 digits of a SHA-256 or the 128 of a SHA-512."
            )
        );
    }
}

#[test]
fn lists_of_both_kinds_are_read() {
    let good = Checksum::parse(SMALL);
    let zeros = "0".repeat(64);
    for list in [
        format!("{zeros}  other\n{SMALL}  disk.qcow2\n"),
        format!("{zeros} *x-disk.qcow2\r\n{SMALL} *disk.qcow2\r\n"),
        format!("# disk.qcow2: 5 bytes\nSHA256 (other) = {zeros}\nSHA256 (disk.qcow2) = {SMALL}\n"),
        format!("{SMALL}\n"),
    ] {
        assert_eq!(Checksum::in_list(&list, "disk.qcow2"), good, "{list}");
    }
    assert_eq!(
        Checksum::in_list(&format!("{SMALL}  other"), "disk.qcow2")
            .unwrap_err()
            .to_string(),
        "The list of checksums has none of disk.qcow2."
    );
}

proptest! {
    #[test]
    fn any_list_is_read(list in "([ -~]{0,40}\n){0,5}", name in "[ -~]{0,10}") {
        let _ = Checksum::in_list(&list, &name);
        let _ = Checksum::parse(&list);
    }
}
