//! Answer files for scenarios.

use firn_lab::qemu::Key;
use std::fmt::Write;

/// An answer file in parts that scenarios change; each part is TOML lines.
#[derive(Debug, Clone)]
pub struct Answers {
    /// `host.name`
    pub name: String,
    /// `host.ssh-keys`, the one key.
    pub key: String,
    /// Lines of `[network]`.
    pub network: String,
    /// Lines of `[disk]`.
    pub disk: String,
    /// `finish.action`
    pub finish: &'static str,
}

impl Answers {
    /// DHCP, the only disk there is, and switching off at the end.
    pub fn new(key: &Key, name: &str) -> Answers {
        Answers {
            name: name.into(),
            key: key.public.clone(),
            network: String::new(),
            disk: String::new(),
            finish: "poweroff",
        }
    }

    /// With these lines in `[network]`.
    #[must_use]
    pub fn network(mut self, lines: &str) -> Answers {
        self.network = lines.into();
        self
    }

    /// With these lines in `[disk]`.
    #[must_use]
    pub fn disk(mut self, lines: &str) -> Answers {
        self.disk = lines.into();
        self
    }

    /// With this `finish.action`.
    #[must_use]
    pub fn finish(mut self, action: &'static str) -> Answers {
        self.finish = action;
        self
    }

    /// The file.
    pub fn to_toml(&self) -> String {
        let mut text =
            String::from("version = 1\nkeyboard = \"de\"\ntimezone = \"Europe/Berlin\"\n");
        let (name, key) = (&self.name, &self.key);
        let sections = [
            ("host", format!("name = {name:?}\nssh-keys = [{key:?}]\n")),
            ("network", self.network.clone()),
            ("disk", self.disk.clone()),
            ("finish", format!("action = {:?}\n", self.finish)),
        ];
        for (section, lines) in sections {
            if !lines.is_empty() {
                // Writing to a String does not fail.
                let _ = write!(text, "\n[{section}]\n{lines}");
                text.push_str(if lines.ends_with('\n') { "" } else { "\n" });
            }
        }
        text
    }
}
