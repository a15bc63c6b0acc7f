//! The fields of a file, taken one by one, so that all that is wrong is found at once.

use crate::problem::Problem;
use crate::template::Template;
use firn_words::{Text, say};
use serde::de::DeserializeOwned;
use toml::Table;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// What is left of a file's fields, and what was wrong so far.
struct Fields<'f> {
    file: &'f str,
    table: Table,
    problems: Vec<Problem>,
}

impl Fields<'_> {
    fn wrong(&mut self, field: Option<&str>, text: Text) {
        self.problems.push(Problem {
            file: self.file.to_owned(),
            field: field.map(str::to_owned),
            text,
        });
    }

    fn optional<T: DeserializeOwned>(&mut self, field: &str) -> Option<T> {
        let value = self.table.remove(field)?;
        match value.try_into() {
            Ok(value) => Some(value),
            Err(error) => {
                let error: toml::de::Error = error;
                self.wrong(Some(field), error.message().trim().to_owned().into());
                None
            }
        }
    }

    fn needed<T: DeserializeOwned>(&mut self, field: &str) -> Option<T> {
        if !self.table.contains_key(field) {
            self.wrong(Some(field), say!("template-missing"));
        }
        self.optional(field)
    }

    /// Bytes of a field that counts in `unit`.
    fn size(&mut self, field: &str, unit: u64) -> Option<u64> {
        let count: u32 = self.needed(field)?;
        Some(u64::from(count) * unit)
    }

    /// What nobody has taken is unknown.
    fn end(mut self) -> Vec<Problem> {
        let left: Vec<String> = self.table.keys().cloned().collect();
        for field in left {
            self.wrong(Some(&field), say!("template-unknown-field"));
        }
        self.problems
    }
}

/// Reads a file's text.
///
/// # Errors
/// All fields that are missing, unknown or of a wrong kind.
pub(crate) fn read(file: &str, text: &str) -> Result<Template, Vec<Problem>> {
    let table = text.parse().map_err(|error: toml::de::Error| {
        let text = error.message().trim().to_owned().into();
        let file = file.to_owned();
        vec![Problem {
            file,
            field: None,
            text,
        }]
    })?;
    let mut fields = Fields {
        file,
        table,
        problems: Vec::new(),
    };
    let template = template(&mut fields);
    let problems = fields.end();
    template.filter(|_| problems.is_empty()).ok_or(problems)
}

/// Takes all fields before it gives up, so that each is looked at.
fn template(fields: &mut Fields) -> Option<Template> {
    let (id, title, family) = (
        fields.needed("id"),
        fields.needed("title"),
        fields.needed("family"),
    );
    let (kind, firmware, devices) = (
        fields.needed("kind"),
        fields.optional("firmware"),
        fields.needed("devices"),
    );
    let least = fields.size("least-memory-mib", MIB);
    let memory = fields.size("memory-mib", MIB);
    let (cpus, disk) = (fields.needed("cpus"), fields.size("disk-gib", GIB));
    let (viridian, clock) = (fields.needed("viridian"), fields.needed("clock"));
    let (shutdown, install) = (fields.needed("shutdown"), fields.needed("install"));
    let (agents, user) = (fields.needed("agents"), fields.optional("user"));
    let notes = fields.optional("notes").unwrap_or_default();
    let (source, ran) = (fields.needed("source"), fields.needed("ran"));
    Some(Template {
        id: id?,
        title: title?,
        family: family?,
        kind: kind?,
        firmware,
        devices: devices?,
        least: least?,
        memory: memory?,
        cpus: cpus?,
        disk: disk?,
        viridian: viridian?,
        clock: clock?,
        shutdown: shutdown?,
        install: install?,
        agents: agents?,
        user,
        notes,
        source: source?,
        ran: ran?,
    })
}
