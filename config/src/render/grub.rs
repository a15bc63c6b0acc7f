//! The start menu of an installed host.

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

/// One line of the menu.
#[derive(Serialize)]
struct Entry {
    title: String,
    id: &'static str,
    xen: String,
    linux: String,
}

/// The start menu `grub.cfg` of an installed host.
///
/// # Errors
/// When an identifier has characters that none should have.
pub fn render_grub(boot: &Boot) -> Result<String, RenderError> {
    let mut context = Context::new();
    context.insert("slot_a_uuid", uuid("slot A", &boot.slot_a_uuid)?);
    context.insert("partuuid", uuid("the slot's partition", &boot.partuuid)?);
    context.insert("state_uuid", uuid("the state", &boot.state_uuid)?);
    context.insert("dom0_mem_mib", &boot.dom0_mem_mib);
    // As text: the number 0 would be false to the template.
    context.insert("serial_unit", &boot.serial.map(|n| n.to_string()));
    context.insert("entries", &entries(boot));
    fill("grub.cfg", &context)
}

fn entries(boot: &Boot) -> Vec<Entry> {
    // Nothing may end the quotes that the title stands in.
    let title = boot.title.replace(['\'', '\n'], "");
    let linux = dom0_console(boot.serial);
    // A person who starts the verbose entry may have plugged in a cable just for this.
    let verbose = Some(boot.serial.unwrap_or(0));
    vec![
        Entry {
            title: title.clone(),
            id: "firn",
            xen: xen_console(boot.serial),
            linux: format!("{linux} quiet loglevel=4"),
        },
        Entry {
            title: format!("{title}, all messages on screen and serial line"),
            id: "firn-verbose",
            xen: format!("{} loglvl=all guest_loglvl=all", xen_console(verbose)),
            linux: format!("{} loglevel=7 systemd.show_status=1", dom0_console(verbose)),
        },
    ]
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
