//! What is wrong with a request.

use firn_words::Text;

/// One thing that is wrong with a request. The text has the id and the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field of the request, such as `memory` or `disks[0].size`; none where it is about the guest as it is.
    pub field: Option<String>,
    /// What is wrong and what to do.
    pub text: Text,
    /// What sort of refusal it is.
    pub sort: Sort,
}

/// What sort of refusal a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// The request is wrong as it stands.
    Wrong,
    /// It would be right if the host or the guest were in another state.
    Conflict,
    /// What it names is not there.
    Missing,
}

impl Problem {
    /// A field that is wrong.
    pub(crate) fn wrong(field: impl Into<String>, text: Text) -> Self {
        Self {
            field: Some(field.into()),
            text,
            sort: Sort::Wrong,
        }
    }

    /// A field that names what is not there.
    pub(crate) fn missing(field: impl Into<String>, text: Text) -> Self {
        Self {
            sort: Sort::Missing,
            ..Self::wrong(field, text)
        }
    }

    /// A field that the host cannot fulfil as it is now.
    pub(crate) fn refused(field: impl Into<String>, text: Text) -> Self {
        Self {
            sort: Sort::Conflict,
            ..Self::wrong(field, text)
        }
    }

    /// The guest's state forbids it.
    pub(crate) fn conflict(text: Text) -> Self {
        Self {
            field: None,
            text,
            sort: Sort::Conflict,
        }
    }
}
