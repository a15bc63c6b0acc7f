//! The machine that the figures were measured on: they mean little without it.

use firn_lab::qemu::{Accel, accel};
use serde_json::{Value, json};
use std::fmt;

/// What one must know about the machine to read the figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// Version of Firn.
    pub firn: String,
    /// The processor's name.
    pub cpu: String,
    /// How many of them.
    pub processors: usize,
    /// All of its memory in MiB.
    pub memory_mib: u64,
    /// Whether QEMU uses the processor's virtualization; else everything in it is emulated.
    pub kvm: bool,
    /// The load average of the last minute before anything was measured; far above 0 means that others worked here, too.
    pub busy: f64,
}

impl Machine {
    /// What /proc says. What it does not say stays empty or 0: no figure depends on it.
    pub fn look() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        Self {
            firn: env!("CARGO_PKG_VERSION").into(),
            cpu: field(&read("/proc/cpuinfo"), "model name"),
            processors: std::thread::available_parallelism().map_or(0, usize::from),
            memory_mib: kib(&field(&read("/proc/meminfo"), "MemTotal")) / 1024,
            kvm: accel() == Accel::Kvm,
            busy: first_number(&read("/proc/loadavg")),
        }
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        json!({
            "firn": self.firn, "cpu": self.cpu, "processors": self.processors, "memory-mib": self.memory_mib, "kvm": self.kvm,
            "load-before": self.busy,
        })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let accel = if self.kvm {
            "QEMU with KVM"
        } else {
            "QEMU emulates (TCG)"
        };
        write!(
            f,
            "Firn {}; {} x {}, {} MiB, {accel}; load before: {:.2}",
            self.firn, self.processors, self.cpu, self.memory_mib, self.busy
        )
    }
}

/// The value of the first `name : value` line.
fn field(text: &str, name: &str) -> String {
    let found = text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

fn kib(text: &str) -> u64 {
    let number = text.split_whitespace().next().unwrap_or_default();
    number.parse().unwrap_or_default()
}

fn first_number(text: &str) -> f64 {
    let number = text.split_whitespace().next().unwrap_or_default();
    number.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_proc() {
        let cpuinfo = "processor\t: 0\nmodel name\t: Example 9000\nmodel name\t: Other\n";
        assert_eq!(field(cpuinfo, "model name"), "Example 9000");
        assert_eq!(
            kib(&field("MemTotal:       24683520 kB\n", "MemTotal")),
            24_683_520
        );
        assert_eq!(field("", "MemTotal"), "");
        assert_eq!(first_number("0.52 0.40 0.30 1/200 4242\n"), 0.52);
    }
}
