//! GRUB's menu on the serial line.

use anyhow::Result;
use firn_lab::qemu::Machine;
use std::time::Duration;

const MENU: Duration = Duration::from_secs(5 * 60);
/// GRUB draws its editor anew after each key, and QEMU's serial port holds few.
const KEY: Duration = Duration::from_millis(150);

/// Starts the first entry with more words on its kernel command line, as a person adds them: `e`, and Ctrl-X at the end.
pub fn add_words(machine: &Machine, words: &str) -> Result<()> {
    machine.serial.wait_for("Install Firn", MENU)?;
    std::thread::sleep(Duration::from_secs(1));
    press(machine, "e")?;
    machine.serial.wait_for("setparams", MENU)?;
    std::thread::sleep(Duration::from_secs(2));
    // Ctrl-N is "down", Ctrl-E the end of the line; the kernel stands two lines below.
    for key in ["\x0e", "\x0e", "\x05", " "] {
        press(machine, key)?;
    }
    for letter in words.chars() {
        press(machine, &letter.to_string())?;
    }
    press(machine, "\x18")
}

fn press(machine: &Machine, key: &str) -> Result<()> {
    std::thread::sleep(KEY);
    machine.serial.send(key)
}
