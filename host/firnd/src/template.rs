//! What a guest is where the request does not say.

use firn_words::{Text, say};

/// The shape of a guest for some operating systems.
pub struct Template {
    /// Its id.
    pub id: &'static str,
    /// Whether guests made from an image run without emulated hardware, where the image allows that.
    pub pvh: bool,
    /// Virtual CPUs.
    pub cpus: u32,
    /// Bytes of memory.
    pub memory: u64,
}

/// The first is what is meant where none is named.
static ALL: [Template; 2] = [
    Template {
        id: "linux",
        pvh: true,
        cpus: 2,
        memory: 1 << 30,
    },
    Template {
        id: "other-bios",
        pvh: false,
        cpus: 2,
        memory: 2 << 30,
    },
];

/// A template by its id.
///
/// # Errors
/// When there is none; which there are.
pub fn find(id: Option<&str>) -> Result<&'static Template, Text> {
    let wanted = id.unwrap_or(ALL[0].id);
    let found = ALL.iter().find(|template| template.id == wanted);
    let ids = || ALL.iter().map(|template| template.id).collect::<Vec<_>>();
    let known = || ids().join(", ");
    found.ok_or_else(|| say!("firnd-no-template", id = wanted, known = known()))
}

/// The one that is meant where none is named.
pub fn usual() -> &'static Template {
    &ALL[0]
}
