//! All templates of a host.

use crate::problem::Problem;
use crate::template::Template;
use crate::{check, fields, shipped};
use firn_words::{Text, say};

/// The one that is meant where none is named.
const USUAL: &str = "linux";

/// The templates that are shipped, and a host's own.
#[derive(Clone, Debug)]
pub struct Catalog {
    usual: Template,
    others: Vec<Template>,
}

impl Catalog {
    /// Those that are shipped.
    ///
    /// # Errors
    /// All that is wrong with their files, which is a mistake in Firn.
    pub fn shipped() -> Result<Self, Vec<Problem>> {
        let mut others = Vec::new();
        let mut problems = Vec::new();
        for (file, text) in shipped::FILES {
            match read(file, text) {
                Ok(template) => others.push(template),
                Err(found) => problems.extend(found),
            }
        }
        let usual = others.iter().position(|template| template.id == USUAL);
        match usual.filter(|_| problems.is_empty()) {
            Some(at) => Ok(Self {
                usual: others.remove(at),
                others,
            }),
            None => Err(problems),
        }
    }

    /// Adds a host's own template, from the text of its file.
    ///
    /// # Errors
    /// All that is wrong with it; also where its id is taken.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), Vec<Problem>> {
        let template = read(file, text)?;
        if self.all().any(|other| other.id == template.id) {
            return Err(vec![Problem {
                file: file.to_owned(),
                field: Some("id".to_owned()),
                text: say!("template-taken", id = &template.id),
            }]);
        }
        self.others.push(template);
        Ok(())
    }

    /// All of them; the usual one first.
    pub fn all(&self) -> impl Iterator<Item = &Template> {
        std::iter::once(&self.usual).chain(&self.others)
    }

    /// The one that is meant where none is named.
    pub fn usual(&self) -> &Template {
        &self.usual
    }

    /// A template by its id.
    ///
    /// # Errors
    /// When there is none: which one may be meant, or which there are.
    pub fn find(&self, id: &str) -> Result<&Template, Text> {
        let found = self.all().find(|template| template.id == id);
        found.ok_or_else(|| self.unknown(id))
    }

    fn unknown(&self, id: &str) -> Text {
        let near = self
            .all()
            .map(|template| template.id.as_str())
            .map(|known| {
                (
                    strsim::damerau_levenshtein(&id.to_lowercase(), known),
                    known,
                )
            })
            .filter(|(distance, known)| *distance <= known.len() / 3)
            .min();
        if let Some((_, meant)) = near {
            return say!("template-meant", id = id, meant = meant);
        }
        let known: Vec<_> = self.all().map(|template| template.id.as_str()).collect();
        say!("template-unknown", id = id, known = known.join(", "))
    }
}

fn read(file: &str, text: &str) -> Result<Template, Vec<Problem>> {
    let template = fields::read(file, text)?;
    let problems = check::check(file, &template);
    problems.is_empty().then_some(template).ok_or(problems)
}
