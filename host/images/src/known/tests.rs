use super::*;
use std::collections::BTreeSet;

#[test]
fn the_list_in_the_image_can_be_used() {
    let list = known(include_str!(
        "../../../../overlay/root/usr/share/firn/images.toml"
    ))
    .unwrap();
    let ids: BTreeSet<_> = list.iter().map(|image| image.id.as_str()).collect();
    assert!(ids.contains("debian-13") && ids.len() == list.len());
    for image in &list {
        assert!(
            image.url.starts_with("https://") && image.checksums.starts_with("https://"),
            "{image:?}"
        );
        assert!(
            image.file().contains(".qcow2") || image.file().ends_with(".img"),
            "{image:?}"
        );
    }
}

#[test]
fn another_text_is_no_list() {
    assert_eq!(
        known("image = 1").unwrap_err().to_string(),
        "The list of known images cannot be read: invalid type: integer `1`, expected a sequence."
    );
}
