//! The files of a netboot folder that differ from site to site: scripts for the loaders, and the page that says what to enter where.

use anyhow::{Context, Result, ensure};
use clap::Args;
use firn_image::cmdline::key;
use tera::Tera;

/// Where the folder will be served, and what the machines are told.
#[derive(Debug, Args, Clone, Default)]
pub struct SiteArgs {
    /// URL of the folder `firn` of the bundle [default: what the loader finds out from where it was loaded]
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// Where a machine finds its answers: an URL with ${mac} ${uuid} ${serial} ${product} ${hostname}, or label:NAME/path
    #[arg(long, value_name = "URL")]
    pub answers: Option<String>,
    /// Further words for the kernel command line
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub cmdline: String,
}

/// As on the ISO.
const LINUX: &str = "console=tty0 console=ttyS0,115200 quiet loglevel=3 logo.nologo systemd.show_status=no \
    systemd.unit=firn-installer.target";

/// What the installer replaces in the URL of the answers, and how iPXE writes the same: it cannot leave such words alone.
const VARIABLES: [(&str, &str); 5] = [
    ("${mac}", "${netX/mac:hexhyp}"),
    ("${uuid}", "${uuid}"),
    ("${serial}", "${serial:uristring}"),
    ("${product}", "${product:uristring}"),
    ("${hostname}", "${hostname:uristring}"),
];

const IPXE: &str = include_str!("../../../iso/netboot/firn.ipxe.tera");
const GRUB: &str = include_str!("../../../iso/netboot/grub.cfg.tera");
const PAGE: &str = include_str!("../../../iso/netboot/README.html.tera");

impl SiteArgs {
    /// Paths in the folder, and texts.
    ///
    /// # Errors
    /// When an option is not what it should be.
    pub fn files(&self) -> Result<[(&'static str, String); 3]> {
        self.check()?;
        let answers = self.answers.as_deref().unwrap_or_default();
        Ok([
            ("firn.ipxe", self.fill(IPXE, &ipxe(answers))?),
            // Single quotes: GRUB has variables of its own.
            ("grub/grub.cfg", self.fill(GRUB, &format!("'{answers}'"))?),
            ("README.html", self.fill(PAGE, answers)?),
        ])
    }

    fn check(&self) -> Result<()> {
        if let Some(base) = &self.base {
            ensure!(
                base.starts_with("http://") || base.starts_with("https://"),
                "--base {base} is no URL of a web server: it must begin with http:// or https://"
            );
        }
        let words = [self.answers.as_deref(), Some(self.cmdline.as_str())];
        let odd = words
            .into_iter()
            .flatten()
            .find(|w| w.contains(['\'', '"', '\n']));
        ensure!(
            odd.is_none(),
            "quotes and line ends cannot go through every loader: {}",
            odd.unwrap_or_default()
        );
        Ok(())
    }

    fn fill(&self, template: &str, answers: &str) -> Result<String> {
        let base = self.base.as_deref().map(|url| url.trim_end_matches('/'));
        let mut words = vec![LINUX.to_owned()];
        if self.answers.is_some() {
            words.push(format!("{}={answers}", key::ANSWERS));
        }
        words.extend((!self.cmdline.is_empty()).then(|| self.cmdline.clone()));
        let mut context = tera::Context::new();
        context.insert("base", &base);
        context.insert("folder", &base.and_then(grub_folder));
        context.insert("words", &words.join(" "));
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&'static str>::new());
        tera.add_raw_template("file", template)
            .and_then(|()| tera.render("file", &context))
            .context("filling a template of iso/netboot")
    }
}

fn ipxe(answers: &str) -> String {
    VARIABLES
        .iter()
        .fold(answers.to_owned(), |text, (ours, theirs)| {
            text.replace(ours, theirs)
        })
}

/// The folder as GRUB's HTTP client writes it; GRUB knows no HTTPS and then takes the server that it came from.
fn grub_folder(base: &str) -> Option<String> {
    let (host, path) = base.strip_prefix("http://")?.split_once('/')?;
    Some(format!("(http,{host})/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(args: &SiteArgs) -> String {
        let files = args.files().unwrap();
        let scripts = files.iter().filter(|(name, _)| *name != "README.html");
        scripts
            .map(|(name, text)| format!("=== {name}\n{text}"))
            .collect()
    }

    #[test]
    fn without_options_the_loaders_find_the_server() {
        insta::assert_snapshot!("derived", texts(&SiteArgs::default()));
    }

    #[test]
    fn options_go_to_both_loaders() {
        let args = SiteArgs {
            base: Some("http://boot.example.net:8080/os/firn/".into()),
            answers: Some("https://cfg.example.net/${mac}.toml".into()),
            cmdline: "firn.vlan=42".into(),
        };
        insta::assert_snapshot!("given", texts(&args));
    }

    #[test]
    fn what_loaders_cannot_carry_is_refused() {
        let said = |args: SiteArgs| args.files().unwrap_err().to_string();
        let base = Some("tftp://h/firn".into());
        assert_eq!(
            said(SiteArgs {
                base,
                ..Default::default()
            }),
            "--base tftp://h/firn is no URL of a web server: it must begin with http:// or https://"
        );
        let cmdline = "a='b'".into();
        assert_eq!(
            said(SiteArgs {
                cmdline,
                ..Default::default()
            }),
            "quotes and line ends cannot go through every loader: a='b'"
        );
    }
}
