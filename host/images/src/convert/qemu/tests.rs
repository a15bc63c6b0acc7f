use super::*;
use proptest::prelude::*;

fn part(file: &File, start: u64, len: u64) -> Part<'_> {
    Part { file, start, len }
}

#[test]
fn the_image_is_named_by_its_descriptor_alone() {
    let file = tempfile::tempfile().unwrap();
    assert_eq!(
        convert_args(Format::Qcow2, &part(&file, 0, 1000)),
        [
            "convert",
            "-p",
            "-n",
            "--target-is-zero",
            "-f",
            "qcow2",
            "-O",
            "raw",
            r#"json:{"file":{"driver":"file","filename":"/proc/self/fd/0"},"backing":null}"#,
            "<output>",
        ]
    );
    assert_eq!(
        check_args(Format::Vhdx, &part(&file, 0, 1000))[4],
        r#"json:{"file":{"driver":"file","filename":"/proc/self/fd/0"}}"#
    );
    assert_eq!(
        image(Format::Vmdk, &part(&file, 1536, 1000)),
        r#"json:{"file":{"driver":"raw","offset":1536,"size":1024,"file":{"driver":"file","filename":"/proc/self/fd/0"}},"backing":null}"#
    );
}

#[test]
fn a_damaged_image_is_told_from_a_damaged_host() {
    let ended = |words: &str| {
        ended(&Outcome {
            code: Some(1),
            last_words: words.into(),
        })
    };
    let words = "qemu-img: error while reading at byte 0: Input/output error";
    assert_eq!(
        ended(words).unwrap_err().to_string(),
        format!("The image is damaged: {words}. Copy or download it again.")
    );
    let words = "qemu-img: error while writing at byte 0: No space left on device";
    assert_eq!(
        ended(words),
        Err(Error::Failed(program_text(PROGRAM, words)))
    );
}

#[test]
fn progress_is_read_as_it_comes() {
    let mut percent = Percent::default();
    assert_eq!(percent.after(b"    (0.00/100%)\r"), 0);
    assert_eq!(percent.after(b"    (12.3"), 0);
    assert_eq!(percent.after(b"4/100%)\r    (13.00/1"), 1234);
    assert_eq!(percent.after(b"00%)\r"), 1300);
    assert_eq!(percent.after(b"    (100.00/100%)\r\n"), 10_000);
}

proptest! {
    #[test]
    fn odd_progress_is_none(chunks in proptest::collection::vec("[ (0-9./%)]{0,30}", 0..20)) {
        let mut percent = Percent::default();
        let mut last = 0;
        for chunk in chunks {
            let now = percent.after(chunk.as_bytes());
            prop_assert!(last <= now && now <= 10_000);
            last = now;
        }
    }
}
