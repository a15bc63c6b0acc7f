//! The wizard, driven by keys over the serial line.

use std::time::Duration;

use anyhow::{Context, Result};
use firn_lab::qemu::{Bus, Console, Link, NicModel, Spec};

use crate::bench::Bench;
use crate::host::{self, Host};
use crate::install::INSTALL;

const PAGE: Duration = Duration::from_secs(120);
const PASSWORD: &str = "quite some snow 1";

/// From the first screen to the restart, and the host that comes up by itself.
pub fn run(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let machine = Spec::new("wizard")
        .medium(bench.cd())
        .disk(&disk, Bus::Virtio)
        .nic(NicModel::Virtio, Link::User(None))
        .start(bench.lab(), &bench.folder)?;
    let wizard = Wizard(&machine.serial);
    wizard.0.answer_as_terminal(true);
    wizard.page("Welcome to Firn", &[], INSTALL)?;
    wizard.page("This machine", &[], PAGE)?;
    wizard.page("Disk", &[], PAGE)?;
    wizard.page("Network", &[], PAGE)?;
    wizard.page("Addresses", &[], PAGE)?;
    wizard.page("Host name", &["wizard.example.net"], PAGE)?;
    wizard.page("Time", &[], PAGE)?;
    wizard.page(
        "Login",
        &[PASSWORD, PASSWORD, &bench.shared.key.public],
        PAGE,
    )?;
    wizard.page("Summary", &[], PAGE)?;
    wizard.0.wait_screen("Done", INSTALL)?;
    machine.screenshot("done")?;
    wizard.0.answer_as_terminal(false);
    wizard.0.send("\r")?;
    let host = host::wait(Host::new(bench, machine))?;
    host.check("wizard.example.net")?;
    host.off()
}

/// The person at the other end.
struct Wizard<'a>(&'a Console);

impl Wizard<'_> {
    /// Waits for a page, types into its fields, and goes on.
    fn page(&self, title: &str, fields: &[&str], timeout: Duration) -> Result<()> {
        self.0
            .wait_screen(title, timeout)
            .with_context(|| format!("the wizard's page {title:?}"))?;
        std::thread::sleep(Duration::from_secs(1));
        for text in fields {
            self.0.send(text)?;
            self.0.send("\t")?;
        }
        self.0.send("\r")
    }
}
