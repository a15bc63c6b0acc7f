//! A text that can be shown in every language.

use crate::{Language, visible};
use fluent_bundle::{FluentArgs, FluentValue};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A text that can be shown in every language; `Display` and serde show the English one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// The same in every language. It may come from anywhere, so what cannot be seen in it is shown escaped.
    Verbatim(String),
    /// A sentence of the files in `en/` and `de/`.
    Said {
        id: &'static str,
        values: Vec<(&'static str, Value)>,
    },
    /// Several after each other.
    Joined { parts: Vec<Text>, between: String },
}

/// What is filled into a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number; languages choose singular and plural by it.
    Number(u64),
    /// Anything else.
    Text(Text),
}

impl Text {
    /// The sentence with an id; see [`crate::say!`].
    pub fn said(id: &'static str) -> Self {
        Self(Kind::Said {
            id,
            values: Vec::new(),
        })
    }

    /// Fills in a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        if let Kind::Said { values, .. } = &mut self.0 {
            values.push((name, value.into()));
        }
        self
    }

    /// Several texts with something between them: a list with commas, a paragraph of sentences.
    pub fn join(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        Self(Kind::Joined {
            parts: parts.into_iter().collect(),
            between: between.to_owned(),
        })
    }

    /// The text in a language. Nothing in it moves a terminal's cursor but the line breaks that [`Text::join`] was given: one in a
    /// label or a server's answer would fake a line.
    pub fn in_language(&self, language: Language) -> String {
        match &self.0 {
            Kind::Verbatim(text) => visible(text).into_owned(),
            Kind::Said { id, values } => said(language, id, values),
            Kind::Joined { parts, between } => {
                let parts: Vec<_> = parts
                    .iter()
                    .map(|part| part.in_language(language))
                    .collect();
                parts.join(between)
            }
        }
    }

    /// The id, where the text has one.
    pub fn id(&self) -> Option<&'static str> {
        match self.0 {
            Kind::Said { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Its id and its values as text, for a program that says it in a language of its own; see [`known`].
    pub fn parts(&self) -> Option<(&'static str, Vec<(&'static str, String)>)> {
        let Kind::Said { id, values } = &self.0 else {
            return None;
        };
        let text = |(name, value): &(&'static str, Value)| (*name, value.to_string());
        Some((id, values.iter().map(text).collect()))
    }

    /// Whether it shows nothing.
    pub fn is_empty(&self) -> bool {
        self.to_string().is_empty()
    }
}

fn said(language: Language, id: &str, values: &[(&'static str, Value)]) -> String {
    let args = values.iter();
    let args = args.map(|(name, value)| (*name, value.for_fluent(language)));
    // A test holds that every id has its sentence; a person should at least see which one is missing.
    formatted(language, id, &args.collect()).unwrap_or_else(|| format!("<{id}>"))
}

fn formatted(language: Language, id: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = language.bundle();
    let pattern = bundle.get_message(id)?.value()?;
    let text = bundle.format_pattern(pattern, Some(args), &mut Vec::new());
    Some(text.into_owned())
}

/// The sentence of an id that came from another program, with values as [`Text::parts`] gives them; nothing when this program does not
/// know the sentence.
pub fn known(id: &str, values: &[(&str, &str)], language: Language) -> Option<String> {
    let args = values.iter().map(|(name, value)| {
        // Languages choose singular and plural by numbers.
        let number = value.parse::<u64>().ok();
        let number = number.filter(|number| number.to_string() == *value);
        let shown = || visible(value).into_owned().into();
        (*name, number.map_or_else(shown, FluentValue::from))
    });
    formatted(language, id, &args.collect())
}

impl Value {
    fn for_fluent(&self, language: Language) -> FluentValue<'static> {
        match self {
            Self::Number(number) => (*number).into(),
            // A sentence is one line, also where a value has several.
            Self::Text(text) => visible(&text.in_language(language)).into_owned().into(),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::En))
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Kind::Verbatim(String::new()))
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What was written in English is read back as it stands: the id is not kept. Its line breaks were ours.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if !text.contains('\n') {
            return Ok(text.into());
        }
        Ok(Self::join(text.split('\n').map(Self::from), "\n"))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Kind::Verbatim(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<&Text> for Value {
    fn from(text: &Text) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.into())
    }
}

impl From<char> for Value {
    fn from(letter: char) -> Self {
        Self::Text(letter.to_string().into())
    }
}
