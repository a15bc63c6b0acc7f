//! Values as they are typed: sizes, disks, NICs.

use firn_api::{NewDisk, NewNic};
use firn_config::Size;
use firn_words::{Text, say};

/// A size in bytes, typed as `2G`, `2GB`, `2GiB` or a number of bytes.
pub fn size(typed: &str) -> Result<u64, String> {
    let size: Result<Size, Text> = typed.parse();
    size.map(|size| size.0).map_err(told)
}

/// A disk: `SIZE` or `SIZE,store=STORE`.
pub fn disk(typed: &str) -> Result<NewDisk, String> {
    let (first, store) = with_option(typed, "store")?;
    Ok(NewDisk {
        size: Some(size(first)?),
        store,
    })
}

/// A NIC: `NETWORK` or `NETWORK,mac=MAC`.
pub fn nic(typed: &str) -> Result<NewNic, String> {
    let (network, mac) = with_option(typed, "mac")?;
    if network.is_empty() {
        return Err(told(say!("command-nic-network")));
    }
    Ok(NewNic {
        network: network.to_owned(),
        mac,
    })
}

/// What stands before the comma, and the value of the one option that may stand behind it.
fn with_option<'t>(typed: &'t str, name: &str) -> Result<(&'t str, Option<String>), String> {
    let Some((first, option)) = typed.split_once(',') else {
        return Ok((typed, None));
    };
    match option.split_once('=') {
        Some((found, value)) if found == name && !value.is_empty() => {
            Ok((first, Some(value.to_owned())))
        }
        _ => Err(told(say!(
            "command-option",
            found = format!("{option:?}"),
            name = name
        ))),
    }
}

/// clap says it, and clap speaks English.
fn told(text: Text) -> String {
    text.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn disks_and_nics_are_read_or_refused_with_a_reason() {
        let found = disk("20G,store=fast").unwrap();
        assert_eq!(
            (found.size, found.store.as_deref()),
            (Some(20_000_000_000), Some("fast"))
        );
        assert_eq!(disk("2GiB").unwrap().size, Some(1 << 31));
        assert_eq!(
            nic("host,mac=02:00:00:00:00:01").unwrap().mac.as_deref(),
            Some("02:00:00:00:00:01")
        );
        let wrong = |typed| disk(typed).unwrap_err();
        assert_eq!(
            wrong("20G,stor=x"),
            "\"stor=x\" is not understood; behind the comma stands only store=…"
        );
        assert_eq!(
            wrong("20G,"),
            "\"\" is not understood; behind the comma stands only store=…"
        );
        assert_eq!(
            wrong("much"),
            "\"much\" is no size; write it as \"16G\" or \"16GiB\""
        );
        assert_eq!(
            nic(",mac=x").unwrap_err(),
            "the network is missing; firn network list says which there are"
        );
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_makes_them_stumble(typed in "\\PC{0,30}") {
            drop((disk(&typed), nic(&typed)));
        }

        #[test]
        fn whole_bytes_are_exact(bytes: u64) {
            prop_assert_eq!(size(&bytes.to_string()), Ok(bytes));
        }
    }
}
