//! A plan for somebody who only wants to see it: everything that an installation would do, nothing is done.

use super::{Plan, plan};
use firn_checks::{self as checks, Verdict};
use firn_config::{Answers, Problem};
use firn_machine::Machine;
use firn_words::{Text, say, visible};

/// What would happen, line by line.
///
/// # Errors
/// Everything that stands against it.
pub fn lines(machine: &Machine, answers: &Answers) -> Result<Vec<String>, Vec<Problem>> {
    let plan = plan(machine, answers)?;
    let mut lines: Vec<String> = plan.describe().iter().map(ToString::to_string).collect();
    lines.extend(unpassed(machine));
    lines.push(String::new());
    lines.extend(disks(&plan));
    lines.push(String::new());
    lines.push(say!("plan-print-settings").to_string());
    let settings = plan.settings.to_toml();
    lines.extend(settings.lines().map(indented));
    Ok(lines.iter().map(|l| visible(l).into_owned()).collect())
}

/// Notes, what could not be found out, and problems that the answers pass over.
fn unpassed(machine: &Machine) -> impl Iterator<Item = String> {
    let told = |check: &checks::Check| check.verdict != Verdict::Fine;
    let line = |check: checks::Check| {
        let text = match check.verdict {
            Verdict::Problem => say!(
                "plan-print-skipped",
                name = check.name,
                found = check.found,
                why = check.why
            ),
            _ => say!(
                "plan-print-note",
                name = check.name,
                found = check.found,
                why = check.why
            ),
        };
        text.to_string()
    };
    checks::run(machine).into_iter().filter(told).map(line)
}

fn disks(plan: &Plan) -> Vec<String> {
    let mib = |bytes: u64| bytes >> 20;
    let mut lines = vec![say!("plan-print-disk", disk = &plan.disk.path).to_string()];
    for part in &plan.partitions {
        lines.push(indented(&format!(
            "{:<10} {:>9} MiB",
            part.name,
            mib(part.size)
        )));
    }
    for disk in &plan.store_disks {
        let text = say!("plan-print-store-disk", disk = &disk.path);
        lines.push(text.to_string());
    }
    let serial = match plan.boot.serial {
        Some(port) => format!("com{}", port + 1).into(),
        None => say!("plan-off"),
    };
    let text: Text = say!(
        "plan-print-boot",
        memory = plan.boot.dom0_memory_mib.to_string(),
        serial = serial
    );
    lines.push(text.to_string());
    lines
}

fn indented(line: &str) -> String {
    if line.is_empty() {
        return String::new();
    }
    format!("  {line}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_config::{DiskRule, Pattern};
    use firn_machine::samples::{disk, server};

    #[test]
    fn everything_is_printed_and_no_secret() {
        let mut machine = server();
        machine.disks.push(disk("vdb", 1_000_000_000_000));
        machine.memory_mib = 3000;
        let mut answers = Answers::default();
        let path = |path: &str| DiskRule {
            path: Some(Pattern(path.into())),
            ..DiskRule::default()
        };
        answers.host.name = "xen1.example.net".into();
        answers.host.root_password = Some(firn_config::Secret("geheim99".into()));
        answers.disk.target = path("/dev/vda");
        answers.guests.disks = vec![path("/dev/vdb")];
        let text = lines(&machine, &answers).unwrap().join("\n");
        assert!(!text.contains("geheim99"));
        insta::assert_snapshot!(text, @r#"
        /dev/vda is empty; nothing is destroyed.
        /dev/vdb is empty; nothing is destroyed.
        /dev/vda (20 GB) becomes the disk of xen1.example.net.
        /dev/vdb (1 TB) is added to the store for guests.
        4.3 GB for the host's state, about 1 TB for guests in an LVM thin pool.
        Network on enp1s0 (52:54:00:00:00:01, nic0 on the host): IPv4 DHCP, IPv6 automatic.
        root comes in with a password, and no SSH key.
        Note, memory: 3000 MiB of memory; below 4 GiB little is left for guests.

        Partitions on /dev/vda, which takes nothing over from before:
          firn-bios          1 MiB
          firn-esp         512 MiB
          firn-a          1024 MiB
          firn-b          1024 MiB
          firn-lvm       16510 MiB
        All of /dev/vdb becomes an LVM physical volume of the group "firn".
        Started with 768 MiB of memory for the host itself, serial console com1.

        Settings of the host, /etc/firn/host.toml:
          # The settings of this host. After a change: `firn apply`.
          version = 1
          language = "en"
          keyboard = "us"
          timezone = "UTC"

          [host]
          name = "xen1.example.net"
          password-login = true

          [console]
          serial = "auto"

          [time]
          ntp = "dhcp"

          [network]
          nics = [{ name = "nic0", mac = "52:54:00:00:00:01" }]
          uplink = "nic0"
          ipv4 = "dhcp"
          ipv6 = "auto"

          [guests]
          store = "lvm-thin"
        "#);
    }
}
