//! File systems and volumes where a first partition begins, on a disk that has lost its partition table.

use super::blank::FIRST_PARTITIONS;
use super::signatures::Signature;
use firn_command::cmd;

/// What lies there, with the byte that it begins at.
pub fn look(path: &str) -> Vec<(Signature, u64)> {
    let at = |offset: u64| {
        let offset_text = offset.to_string();
        let options = [
            "--probe",
            "--offset",
            &offset_text,
            "--output",
            "export",
            path,
        ];
        // It ends with status 2 where there is nothing.
        let text = cmd("blkid", options).read().ok()?;
        Some((parse(&text)?, offset))
    };
    FIRST_PARTITIONS.into_iter().filter_map(at).collect()
}

/// The text of `blkid --output export`: lines `NAME=value`, in which it puts a backslash before what a shell would take.
fn parse(text: &str) -> Option<Signature> {
    let field = |name: &str| {
        let value = |line: &str| {
            Some(
                line.strip_prefix(name)?
                    .strip_prefix('=')?
                    .replace('\\', ""),
            )
        };
        text.lines().find_map(value)
    };
    Some(Signature {
        kind: field("TYPE")?,
        label: field("LABEL"),
        uuid: field("UUID"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_as_blkid_tells_it() {
        let text = "DEVNAME=/dev/sda\nLABEL=my\\ data\nUUID=1-2\nBLOCK_SIZE=4096\nTYPE=ext4\nUSAGE=filesystem\n";
        let signature = parse(text).unwrap();
        assert_eq!(
            (signature.kind.as_str(), signature.label.as_deref()),
            ("ext4", Some("my data"))
        );
        assert_eq!(parse("DEVNAME=/dev/sda\nPTTYPE=dos\n"), None);
        assert_eq!(parse(""), None);
    }
}
