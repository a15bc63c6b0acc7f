//! The templates, compiled into the program.

use super::RenderError;
use tera::{Context, Tera};

/// Names and contents of the templates.
macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../overlay/templates/", $name, ".tera")))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "bond.netdev",
    "boot.cfg",
    "chrony.conf",
    "grub.cfg",
    "guests.network",
    "hosts",
    "nftables.conf",
    "nic.link",
    "port.network",
    "sshd.conf",
    "vlan.netdev",
    "xenbr0.netdev",
    "xenbr0.network",
];

/// Fills one template; values go in as they are, nothing is escaped.
pub(super) fn fill(template: &'static str, context: &Context) -> Result<String, RenderError> {
    let wrap = |source| RenderError::Template {
        template,
        source: Box::new(source),
    };
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<&'static str>::new());
    let text = TEMPLATES.iter().find(|(name, _)| *name == template);
    let (name, text) = text.ok_or(RenderError::Value {
        what: "a file",
        value: template.to_owned(),
        expected: "template of Firn's",
    })?;
    tera.add_raw_template(name, text).map_err(wrap)?;
    tera.render(name, context).map_err(wrap)
}
