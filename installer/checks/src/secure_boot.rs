//! Secure Boot.

use super::Check;
use super::menus::{Switch, place};
use firn_machine::{Finding, Machine};
use firn_words::say;

/// Xen does not start under Secure Boot.
pub fn secure_boot(machine: &Machine) -> Check {
    const NAME: &str = "secure-boot";
    let why = || say!("check-secure-boot-why");
    match &machine.firmware.secure_boot {
        Finding::Known(false) => Check::fine(NAME, say!("check-secure-boot-off")),
        Finding::Known(true) => Check::problem(NAME, say!("check-secure-boot-on")).because(
            why(),
            say!(
                "check-secure-boot-todo",
                place = place(machine, Switch::SecureBoot)
            ),
        ),
        Finding::Unknown(reason) => {
            let place = place(machine, Switch::SecureBoot);
            Check::unknown(NAME, reason)
                .because(why(), say!("check-secure-boot-unknown-todo", place = place))
        }
    }
}
