//! Makes the lights of a NIC blink, so that a person finds it at the back of the machine.

use firn_command::cmd;
use firn_words::{Text, say};

/// How long the lights blink, in seconds.
pub const SECONDS: u32 = 15;

/// Has the NIC of this name blink; comes back when it has ended, so callers use a thread.
///
/// # Errors
/// When its driver cannot do that, or there is no such NIC.
pub fn blink(nic: &str) -> Result<(), Text> {
    let result = cmd("ethtool", ["--identify", nic, &SECONDS.to_string()]).run();
    result.map_err(|e| refusal(nic, &e.last_words()))
}

/// What `ethtool` says, as a sentence.
fn refusal(nic: &str, error: &str) -> Text {
    if error.contains("Operation not supported") {
        return say!("desk-blink-cannot", nic = nic);
    }
    if error.contains("No such device") {
        return say!("desk-blink-gone", nic = nic);
    }
    let reason = error.rsplit(": ").next().unwrap_or(error);
    say!("desk-blink-failed", nic = nic, reason = reason.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_has_its_sentence() {
        let line = "running `ethtool --identify eth0 15`: exit status: 71: Cannot identify NIC: ";
        let id = |end: &str| refusal("eth0", &format!("{line}{end}")).id();
        assert_eq!(id("Operation not supported"), Some("desk-blink-cannot"));
        assert_eq!(id("No such device"), Some("desk-blink-gone"));
        let text = refusal("eth0", &format!("{line}Input/output error"));
        assert_eq!(
            text.to_string(),
            "The lights of eth0 do not blink: Input/output error."
        );
    }
}
