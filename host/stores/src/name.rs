//! Names of volumes. They become names of files and of LVM's volumes.

use crate::{Error, Result};

const LONGEST: usize = 64;

/// Lets through what is a name.
pub(crate) fn checked(name: &str) -> Result<&str> {
    let letter = |c: char| c.is_ascii_lowercase();
    let rest = |c: char| letter(c) || c.is_ascii_digit() || c == '-';
    if name.starts_with(letter) && name.chars().all(rest) && name.len() <= LONGEST {
        return Ok(name);
    }
    let volume = name.to_owned();
    Err(Error::Name { volume })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_letters_digits_and_hyphens() {
        for good in ["g-web1a2b3-0", "t-a0000000-12", "suspend"] {
            assert_eq!(checked(good).unwrap(), good);
        }
        for bad in ["", ".", "..", "a/b", "A", "1a", "-a", "a_b", "a\n", "ä"] {
            assert!(checked(bad).is_err(), "{bad:?}");
        }
        assert_eq!(
            checked("../x").unwrap_err().to_string(),
            "\"../x\" cannot be a volume's name: letters a to z, digits and hyphens, a letter first, at most 64."
        );
    }

    proptest! {
        #[test]
        fn no_name_leads_out_of_a_folder(name in "[a-z./\\PC-]{0,70}") {
            if checked(&name).is_ok() {
                prop_assert!(!name.contains(['/', '.', '\0']) && !name.is_empty() && name.len() <= LONGEST);
            }
        }
    }
}
