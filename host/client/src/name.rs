//! Names as people type them: in any case, or `id:` and the id.

use firn_api::{Guest, Trashed};
use unicode_normalization::UnicodeNormalization;

/// What has a name and an id.
pub trait Named {
    /// Its id.
    fn id(&self) -> &str;
    /// Its name.
    fn name(&self) -> &str;
}

impl Named for firn_api::Template {
    fn id(&self) -> &str {
        &self.id
    }
    /// A template is asked for by its id.
    fn name(&self) -> &str {
        &self.id
    }
}

impl Named for Guest {
    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Trashed {
    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// Why a name means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Nothing is called so; perhaps this was meant.
    Nothing(Option<String>),
    /// Several are called so: their ids.
    Several(Vec<String>),
}

/// The form of a name in which two that are the same for people are equal.
pub fn folded(name: &str) -> String {
    name.nfc()
        .collect::<String>()
        .to_lowercase()
        .nfc()
        .collect()
}

/// What is meant by `typed`: a name in any case, or `id:` and an id.
///
/// # Errors
/// When nothing is called so, or more than one.
pub fn find<'a, N: Named>(all: &'a [N], typed: &str) -> Result<&'a N, Unknown> {
    if let Some(id) = typed.strip_prefix("id:") {
        let ids = all.iter().map(|one| one.id());
        let meant = || nearest(id, ids).map(|id| format!("id:{id}"));
        let found = all.iter().find(|one| one.id() == id);
        return found.ok_or_else(|| Unknown::Nothing(meant()));
    }
    let wanted = folded(typed);
    let fits = |one: &&N| folded(one.name()) == wanted;
    let found: Vec<&N> = all.iter().filter(fits).collect();
    match found[..] {
        [one] => Ok(one),
        [] => {
            let meant = nearest(typed, all.iter().map(|one| one.name()));
            Err(Unknown::Nothing(meant.map(str::to_owned)))
        }
        _ => Err(Unknown::Several(
            found.iter().map(|one| one.id().to_owned()).collect(),
        )),
    }
}

/// The word that `typed` is most likely a slip of, if one is near enough.
pub fn nearest<'c>(typed: &str, words: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let typed = folded(typed);
    let allowed = match typed.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        length => length.min(60) / 3,
    };
    words
        .map(|word| (strsim::damerau_levenshtein(&typed, &folded(word)), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trashed(id: &str, name: &str) -> Trashed {
        Trashed {
            id: id.into(),
            name: name.into(),
            deleted: String::new(),
            used: 0,
        }
    }

    #[test]
    fn a_name_is_found_in_any_case_or_by_its_id() {
        let all = [trashed("aaaaaaaa", "Büro"), trashed("bbbbbbbb", "web1")];
        let found = |typed| find(&all, typed).map(|one| one.id.as_str());
        assert_eq!(found("BÜRO"), Ok("aaaaaaaa"));
        assert_eq!(found("Bu\u{308}ro"), Ok("aaaaaaaa"));
        assert_eq!(found("id:bbbbbbbb"), Ok("bbbbbbbb"));
        let meant = |word: &str| Err(Unknown::Nothing(Some(word.into())));
        assert_eq!(found("wbe1"), meant("web1"));
        assert_eq!(found("id:bbbbbbba"), meant("id:bbbbbbbb"));
        assert_eq!(found("database"), Err(Unknown::Nothing(None)));
    }

    #[test]
    fn two_of_one_name_are_told_apart_by_their_ids() {
        let all = [trashed("aaaaaaaa", "web1"), trashed("bbbbbbbb", "WEB1")];
        let several = Unknown::Several(vec!["aaaaaaaa".into(), "bbbbbbbb".into()]);
        assert_eq!(find(&all, "web1"), Err(several));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in "\\PC{0,20}") {
            let once = folded(&name);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
