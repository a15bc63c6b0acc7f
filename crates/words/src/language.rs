//! The languages and their sentences.

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use fluent_langneg::{NegotiationStrategy, negotiate_languages, parse_accepted_languages};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use unic_langid::{LanguageIdentifier, langid};

macro_rules! subjects {
    ($($name:literal),* $(,)?) => {
        [$((
            $name,
            include_str!(concat!("../en/", $name, ".ftl")),
            include_str!(concat!("../de/", $name, ".ftl")),
        )),*]
    };
}

/// The sentences of all languages, by subject: (subject, English, German).
pub(crate) const SUBJECTS: &[(&str, &str, &str)] = &subjects![
    "answers",
    "checks",
    "command",
    "desk",
    "drivers",
    "engine",
    "execute",
    "firnd",
    "guests",
    "images",
    "keys",
    "pages",
    "plan",
    "repair",
    "stores",
    "support",
    "templates",
    "updates",
    "values",
    "web",
    "wizard",
];

/// A language that Firn speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// The one of them that somebody would rather have, by his header `Accept-Language` (RFC 9110, 12.5.4): the first that he names,
    /// as browsers sort them. English where he names none.
    pub fn accepted(header: &str) -> Self {
        let wanted = parse_accepted_languages(header);
        let tags = Self::ALL.map(Self::tag);
        let found = negotiate_languages(&wanted, &tags, None, NegotiationStrategy::Lookup);
        let of = |language: &Self| found.first() == Some(&&language.tag());
        Self::ALL.into_iter().find(of).unwrap_or_default()
    }

    /// What it is called in headers (RFC 5646).
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    fn tag(self) -> LanguageIdentifier {
        match self {
            Self::En => langid!("en"),
            Self::De => langid!("de"),
        }
    }

    pub(crate) fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load(Language::En));
        static DE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load(Language::De));
        match self {
            Self::En => &EN,
            Self::De => &DE,
        }
    }
}

fn load(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.tag()]);
    // The marks around values are for scripts that run from right to left; a console would show them.
    bundle.set_use_isolating(false);
    for (_, en, de) in SUBJECTS {
        let source = match language {
            Language::En => en,
            Language::De => de,
        };
        // A mistake in the files costs its sentence only; the tests find it.
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(part, _)| part);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_we_speak_is_taken() {
        let table = [
            ("", Language::En),
            ("de", Language::De),
            ("de-AT,de;q=0.9,en;q=0.8", Language::De),
            ("fr, de;q=0.5", Language::De),
            ("en-GB,de;q=0.5", Language::En),
            ("fr", Language::En),
            ("*", Language::En),
            ("\u{1b}[2J,,;q=,de", Language::De),
        ];
        for (header, expected) in table {
            assert_eq!(Language::accepted(header), expected, "{header:?}");
        }
    }
}
