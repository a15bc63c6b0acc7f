//! Hardware addresses of Ethernet as text.

/// Six pairs of hex digits with `:` between.
pub fn parse(text: &str) -> Option<[u8; 6]> {
    let bytes = text.split(':').map(|pair| {
        let whole = pair.len() == 2 && pair.bytes().all(|b| b.is_ascii_hexdigit());
        u8::from_str_radix(pair, 16).ok().filter(|_| whole)
    });
    bytes.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hardware_addresses() {
        assert_eq!(
            parse("00:16:3e:0a:0B:0c"),
            Some([0, 0x16, 0x3e, 10, 11, 12])
        );
        for bad in [
            "",
            "00:16:3e:0a:0b",
            "00:16:3e:0a:0b:0c:0d",
            "0:16:3e:0a:0b:0c",
            "+1:16:3e:0a:0b:0c",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
