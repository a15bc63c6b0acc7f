//! The host's files, made from its settings through the templates of `overlay/templates`.

mod grub;
mod network;
mod templates;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use crate::answers::Ntp;
use crate::lists::keymap;
use crate::settings::Settings;
use serde::Serialize;
use tera::Context;

pub use grub::{Boot, SlotIds, StartWords, render_boot, render_grub};

/// A file of the installed host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its absolute path on the host.
    pub path: String,
    /// Its permissions, such as 0o644.
    pub mode: u32,
    /// What it holds; empty for a symbolic link.
    pub content: String,
    /// What it points to, if it is a symbolic link.
    pub link: Option<String>,
}

impl File {
    fn new(path: impl Into<String>, content: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            mode: 0o644,
            content: content.into(),
            link: None,
        }
    }
}

/// Why a file could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template and its values do not fit together: a mistake in Firn.
    #[error("rendering {template}: {source}")]
    Template {
        /// The file in `overlay/templates`.
        template: &'static str,
        /// What the engine says.
        source: Box<tera::Error>,
    },
    /// A value that must not be put into a file.
    #[error("rendering {what}: {value:?} is no {expected}")]
    Value {
        /// What it was for.
        what: &'static str,
        /// The value.
        value: String,
        /// What it should have been.
        expected: &'static str,
    },
}

/// The files of an installed host, sorted by path. The folders `/etc/systemd/network` and `/etc/ssh/sshd_config.d` hold
/// no other files of Firn's: what an earlier rendering left there and this one does not name can be removed if its name
/// begins with `10-` or `20-`.
///
/// # Errors
/// When a template and the settings do not fit together.
pub fn render(settings: &Settings) -> Result<Vec<File>, RenderError> {
    let mut files = names(settings)?;
    files.push(chrony(&settings.time.ntp)?);
    files.push(sshd(settings.host.password_login)?);
    let mut firewall = File::new(
        "/etc/nftables.conf",
        templates::fill("nftables.conf", &Context::new())?,
    );
    firewall.mode = 0o755;
    files.push(firewall);
    files.extend(network::files(&settings.network)?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Host name, time zone, keyboard.
fn names(settings: &Settings) -> Result<Vec<File>, RenderError> {
    let full = settings.host.name.to_ascii_lowercase();
    let short = full.split('.').next().unwrap_or_default().to_owned();
    let names = if short == full {
        short.clone()
    } else {
        format!("{full} {short}")
    };
    let mut hosts = Context::new();
    hosts.insert("names", &names);
    let zone = &settings.timezone;
    let mut localtime = File::new("/etc/localtime", "");
    localtime.mode = 0o777;
    localtime.link = Some(format!("/usr/share/zoneinfo/{zone}"));
    let map = keymap(&settings.keyboard);
    Ok(vec![
        File::new("/etc/hostname", format!("{short}\n")),
        File::new("/etc/hosts", templates::fill("hosts", &hosts)?),
        localtime,
        File::new("/etc/timezone", format!("{zone}\n")),
        File::new("/etc/vconsole.conf", format!("KEYMAP={map}\n")),
    ])
}

/// NTP as the template wants it.
#[derive(Serialize)]
struct NtpView<'s> {
    kind: &'static str,
    servers: &'s [String],
}

fn chrony(ntp: &Ntp) -> Result<File, RenderError> {
    let (kind, servers): (_, &[String]) = match ntp {
        Ntp::Dhcp => ("dhcp", &[]),
        Ntp::None => ("none", &[]),
        Ntp::Servers(servers) => ("servers", servers),
    };
    let mut context = Context::new();
    context.insert("ntp", &NtpView { kind, servers });
    let content = templates::fill("chrony.conf", &context)?;
    Ok(File::new("/etc/chrony/chrony.conf", content))
}

fn sshd(password_login: bool) -> Result<File, RenderError> {
    let mut context = Context::new();
    context.insert("password_login", &password_login);
    let content = templates::fill("sshd.conf", &context)?;
    Ok(File::new("/etc/ssh/sshd_config.d/firn.conf", content))
}
