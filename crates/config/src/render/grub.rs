//! The start menu of an installed host.

use super::RenderError;
use super::templates::fill;
use firn_image::cmdline::key::{ROOT, ROOT_SLOT, SLOT, STATE, TRIAL};
use serde::Serialize;
use tera::Context;

/// What the start menu of an installed host must know. All of it stays as it is as long as the host lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boot {
    /// Slot A, then slot B.
    pub slots: [SlotIds; 2],
    /// UUID of the state's file system.
    pub state_uuid: String,
    /// The serial port: 0 is com1, 1 is com2.
    pub serial: Option<u8>,
    /// dom0's memory in MiB.
    pub dom0_mem_mib: u32,
}

/// By what a slot is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlotIds {
    /// UUID of its file system; every image that is written to the slot makes one with the same.
    pub uuid: String,
    /// UUID of its partition.
    pub partuuid: String,
}

/// What Xen and dom0's kernel are told at a start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StartWords {
    /// Xen's command line.
    pub xen: String,
    /// The kernel's.
    pub linux: String,
}

impl Boot {
    /// The words of the menu's first entry, for the slot in the partition with this PARTUUID.
    ///
    /// # Errors
    /// When an identifier has characters that none should have.
    pub fn words(&self, partuuid: &str) -> Result<StartWords, RenderError> {
        let slot = uuid("the slot's partition", partuuid)?;
        let state = uuid("the state", &self.state_uuid)?;
        let StartWords { xen, linux } = self.usual();
        let memory = self.dom0_mem_mib;
        Ok(StartWords {
            xen: format!("{} {xen}", image_xen_words(&memory.to_string())),
            linux: format!("{ROOT}={ROOT_SLOT} {SLOT}={slot} {STATE}={state} {linux}"),
        })
    }

    /// Consoles and messages as they usually are.
    fn usual(&self) -> StartWords {
        StartWords {
            xen: xen_console(self.serial),
            linux: format!("{} quiet loglevel=4", dom0_console(self.serial)),
        }
    }

    /// All messages. A person who starts this entry may have plugged in a cable just for this.
    fn verbose(&self) -> StartWords {
        let serial = Some(self.serial.unwrap_or(0));
        StartWords {
            xen: format!("{} loglvl=all guest_loglvl=all", xen_console(serial)),
            linux: format!("{} loglevel=7 systemd.show_status=1", dom0_console(serial)),
        }
    }
}

/// The start menu `grub.cfg` of an installed host.
///
/// # Errors
/// When an identifier has characters that none should have.
pub fn render_grub(boot: &Boot) -> Result<String, RenderError> {
    for ids in &boot.slots {
        uuid("the slot's file system", &ids.uuid)?;
        uuid("the slot's partition", &ids.partuuid)?;
    }
    let mut context = Context::new();
    context.insert("slots", &boot.slots);
    context.insert("state", uuid("the state", &boot.state_uuid)?);
    context.insert("memory", &boot.dom0_mem_mib);
    // GRUB's variables stand for the slot that it has chosen.
    let words = format!("{ROOT}={ROOT_SLOT} {SLOT}=$firn_part {STATE}=$firn_state");
    context.insert("slot_words", &words);
    context.insert("trial", &format!("{TRIAL}=1"));
    // As text: the number 0 would be false to the template.
    context.insert("serial_unit", &boot.serial.map(|n| n.to_string()));
    context.insert("console", &boot.usual());
    context.insert("verbose", &boot.verbose());
    fill("grub.cfg", &context)
}

/// `boot.cfg` of an image: what the start menu of every host reads from a slot about the image in it. Its last line says that the file is whole.
///
/// # Errors
/// When the template is broken.
pub fn render_boot(version: &str) -> Result<String, RenderError> {
    let mut context = Context::new();
    // Nothing may end the quotes that it stands in.
    let plain = |c: &char| c.is_ascii_alphanumeric() || ".-+~".contains(*c);
    context.insert(
        "version",
        &version.chars().filter(plain).collect::<String>(),
    );
    context.insert("xen", &image_xen_words("${firn_memory}"));
    fill("boot.cfg", &context)
}

/// What an image asks of Xen, whichever host it runs on; `memory` is dom0's in MiB.
fn image_xen_words(memory: &str) -> String {
    format!("dom0_mem={memory}M,max:{memory}M dom0_max_vcpus=1-4 ucode=scan")
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
