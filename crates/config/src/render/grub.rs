//! The start menu of an installed host.

use firn_image::cmdline::key::{ROOT, ROOT_SLOT, SLOT, STATE};
use serde::Serialize;
use tera::Context;

use super::RenderError;
use super::templates::fill;

/// What the start menu of an installed host must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boot {
    /// What the menu calls the system, such as `Firn 0.1.0`.
    pub title: String,
    /// UUID of the file system in slot A.
    pub slot_a_uuid: String,
    /// UUID of the partition that is slot A.
    pub partuuid: String,
    /// UUID of the state's file system.
    pub state_uuid: String,
    /// The serial port: 0 is com1, 1 is com2.
    pub serial: Option<u8>,
    /// dom0's memory in MiB.
    pub dom0_mem_mib: u32,
}

/// What Xen and dom0's kernel are told at a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartWords {
    /// Xen's command line.
    pub xen: String,
    /// The kernel's.
    pub linux: String,
}

impl Boot {
    /// The words of the menu's first entry.
    ///
    /// # Errors
    /// When an identifier has characters that none should have.
    pub fn words(&self) -> Result<StartWords, RenderError> {
        let console = (xen_console(self.serial), dom0_console(self.serial));
        self.words_with(&console.0, &format!("{} quiet loglevel=4", console.1))
    }

    /// The words of every entry, with what differs.
    fn words_with(&self, xen: &str, linux: &str) -> Result<StartWords, RenderError> {
        let slot = uuid("the slot's partition", &self.partuuid)?;
        let state = uuid("the state", &self.state_uuid)?;
        let memory = self.dom0_mem_mib;
        Ok(StartWords {
            xen: format!("dom0_mem={memory}M,max:{memory}M dom0_max_vcpus=1-4 ucode=scan {xen}"),
            linux: format!("{ROOT}={ROOT_SLOT} {SLOT}={slot} {STATE}={state} {linux}"),
        })
    }
}

/// One line of the menu.
#[derive(Serialize)]
struct Entry {
    title: String,
    id: &'static str,
    xen: String,
    linux: String,
}

impl Entry {
    fn new(title: String, id: &'static str, words: StartWords) -> Self {
        let StartWords { xen, linux } = words;
        Self {
            title,
            id,
            xen,
            linux,
        }
    }
}

/// The start menu `grub.cfg` of an installed host.
///
/// # Errors
/// When an identifier has characters that none should have.
pub fn render_grub(boot: &Boot) -> Result<String, RenderError> {
    let mut context = Context::new();
    context.insert("slot_a_uuid", uuid("slot A", &boot.slot_a_uuid)?);
    // As text: the number 0 would be false to the template.
    context.insert("serial_unit", &boot.serial.map(|n| n.to_string()));
    context.insert("entries", &entries(boot)?);
    fill("grub.cfg", &context)
}

fn entries(boot: &Boot) -> Result<[Entry; 2], RenderError> {
    // Nothing may end the quotes that the title stands in.
    let title = boot.title.replace(['\'', '\n'], "");
    // A person who starts the verbose entry may have plugged in a cable just for this.
    let serial = Some(boot.serial.unwrap_or(0));
    let all = format!("{title}, all messages on screen and serial line");
    let xen = format!("{} loglvl=all guest_loglvl=all", xen_console(serial));
    let linux = format!("{} loglevel=7 systemd.show_status=1", dom0_console(serial));
    Ok([
        Entry::new(title, "firn", boot.words()?),
        Entry::new(all, "firn-verbose", boot.words_with(&xen, &linux)?),
    ])
}

/// Xen's own messages; the serial line also carries dom0's `hvc0`.
fn xen_console(serial: Option<u8>) -> String {
    match serial.map(|n| n + 1) {
        Some(port) => format!("console=com{port},vga com{port}=115200,8n1"),
        None => "console=vga".into(),
    }
}

/// The last one named becomes `/dev/console`.
fn dom0_console(serial: Option<u8>) -> &'static str {
    match serial {
        Some(_) => "console=tty0 console=hvc0",
        None => "console=tty0",
    }
}

/// An identifier, which goes into commands of GRUB's.
fn uuid<'u>(what: &'static str, text: &'u str) -> Result<&'u str, RenderError> {
    let sound = |b: u8| b.is_ascii_hexdigit() || b == b'-';
    if !text.is_empty() && text.bytes().all(sound) {
        return Ok(text);
    }
    Err(RenderError::Value {
        what,
        value: text.to_owned(),
        expected: "UUID",
    })
}
