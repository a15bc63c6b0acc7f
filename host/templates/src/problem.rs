//! What is wrong with a template's file.

use firn_words::{Text, say};

/// One thing that is wrong with one file.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The field, unless it is the file as a whole.
    pub field: Option<String>,
    /// What is wrong.
    pub text: Text,
}

impl Problem {
    /// The whole sentence, with file and field.
    pub fn sentence(&self) -> Text {
        match &self.field {
            Some(field) => say!(
                "template-field",
                file = &self.file,
                field = field,
                text = &self.text
            ),
            None => say!("template-file", file = &self.file, text = &self.text),
        }
    }
}
