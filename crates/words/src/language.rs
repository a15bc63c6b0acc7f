//! The languages and their sentences.

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
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
