//! What is wrong with a request, or with a task: RFC 9457, with one entry for each mistake.

use firn_words::{Language, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One thing that is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Which sentence this is; a client can say it in its own language.
    pub id: String,
    /// What is filled into the sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Which field of the request is meant, such as `memory` or `disks[0].size`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The sentence in English.
    pub text: String,
}

/// An answer of the media type `application/problem+json`: all that is wrong at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problems {
    /// The HTTP status.
    pub status: u16,
    /// The kind of the refusal in a few words.
    pub title: String,
    /// What is wrong, at least one.
    pub problems: Vec<Problem>,
}

impl Problem {
    /// What a sentence says, about a field where there is one.
    pub fn new(text: &Text, field: Option<&str>) -> Self {
        let (id, values) = text.parts().unwrap_or(("verbatim", Vec::new()));
        Self {
            id: id.to_owned(),
            values: values
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            field: field.map(str::to_owned),
            text: text.to_string(),
        }
    }

    /// The sentence in a language; in English as firnd said it where this program does not know the sentence.
    pub fn told(&self, language: Language) -> String {
        let values = self.values.iter();
        let values: Vec<_> = values.map(|(n, v)| (n.as_str(), v.as_str())).collect();
        firn_words::known(&self.id, &values, language)
            .unwrap_or_else(|| firn_words::visible(&self.text).into_owned())
    }
}

impl Problems {
    /// Some problems and the HTTP status that they are answered with.
    pub fn new(status: u16, title: &str, problems: Vec<Problem>) -> Self {
        Self {
            status,
            title: title.to_owned(),
            problems,
        }
    }
}
