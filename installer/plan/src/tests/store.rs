//! Further disks for the store, and disks with several paths.

use super::*;
use firn_config::DiskRule;
use firn_words::Language;

fn serial(text: &str) -> DiskRule {
    DiskRule {
        serial: pattern(text),
        ..DiskRule::default()
    }
}

fn named(name: &str, size: u64, serial: &str) -> Disk {
    Disk {
        serial: Some(serial.into()),
        ..disk(name, size)
    }
}

/// A target with the serial T, two further disks A and B, and rules for all of them.
fn three() -> (Machine, Answers) {
    let mut machine = server();
    machine.disks = vec![
        named("sda", 480_000_000_000, "T"),
        named("sdb", 4_000_000_000_000, "A"),
        named("sdc", 4_000_000_000_000, "B"),
    ];
    let mut answers = answers();
    answers.host.ssh_keys = vec!["ssh-ed25519 …".into()];
    answers.disk.target = serial("T");
    answers.guests.disks = vec![serial("A"), serial("B")];
    (machine, answers)
}

#[test]
fn further_disks_are_planned_and_described() {
    let (mut machine, mut answers) = three();
    machine.disks[2].contents = used("sdc").contents;
    answers.disk.wipe = Wipe::Any;
    let plan = plan(&machine, &answers).unwrap();
    let names: Vec<&str> = plan.store_disks.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["sdb", "sdc"]);
    let text = Text::join(plan.describe(), "\n");
    insta::assert_snapshot!(text, @r#"
    Destroyed: ext4 "data" on sdc1.
    /dev/sda is empty; nothing is destroyed.
    /dev/sdb is empty; nothing is destroyed.
    /dev/sda (480 GB) becomes the disk of xen1.example.net.
    /dev/sdb (4 TB) is added to the store for guests.
    /dev/sdc (4 TB) is added to the store for guests.
    17.2 GB for the host's state, about 8.5 TB for guests in an LVM thin pool.
    Network on enp1s0 (52:54:00:00:00:01, nic0 on the host): IPv4 DHCP, IPv6 automatic.
    root comes in with 1 SSH key over SSH; there is no password, so nobody can log in on the console: the way back in is the installation medium's rescue shell.
    "#);
    insta::assert_snapshot!(text.in_language(Language::De), @r#"
    Zerstört wird: ext4 "data" auf sdc1.
    /dev/sda ist leer; nichts wird zerstört.
    /dev/sdb ist leer; nichts wird zerstört.
    /dev/sda (480 GB) wird die Festplatte von xen1.example.net.
    /dev/sdb (4 TB) kommt zum Speicher der Gäste hinzu.
    /dev/sdc (4 TB) kommt zum Speicher der Gäste hinzu.
    17,2 GB für den Zustand des Hosts, etwa 8,5 TB für Gäste in einem LVM-Thin-Pool.
    Netzwerk über enp1s0 (52:54:00:00:00:01, auf dem Host nic0): IPv4 DHCP, IPv6 automatisch.
    Anmeldung als root: 1 SSH-Schlüssel, kein Passwort. An der Konsole kann sich also niemand anmelden: Im Notfall hilft nur die Rettungs-Shell des Installationsmediums.
    "#);
}

#[test]
fn further_disks_are_refused_each_with_its_reason() {
    type Change = fn(&mut Machine, &mut Answers);
    let table: [Change; 7] = [
        |_, a| a.guests.disks[0] = serial("T"),
        |_, a| a.guests.disks[0] = serial("b"),
        |m, _| m.disks[1].size = 900_000_000,
        |m, _| m.disks[1].logical_block_size = 4096,
        |m, _| m.disks[1].contents = used("sdb").contents,
        |m, a| {
            m.disks[1] = installed("sdb");
            a.guests.disks[0] = DiskRule {
                path: pattern("/dev/sdb"),
                ..DiskRule::default()
            };
            a.disk.wipe = Wipe::Any;
        },
        |m, _| m.disks[1].unfit = Some(Unfit::Mounted("/mnt".into())),
    ];
    let mut lines = Vec::new();
    for change in table {
        let (mut machine, mut answers) = three();
        change(&mut machine, &mut answers);
        lines.push(problems(&machine, &answers));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    problem guests.disks: { serial = "T" } chooses /dev/sda (480 GB), which the host itself is installed on; a further disk must be another one
    problem guests.disks: { serial = "B" } chooses /dev/sdc (4 TB), which another rule of guests.disks has chosen already
    problem guests.disks: /dev/sdb (900 MB) is too small for the store: it needs at least 1 GB
    problem guests.disks: /dev/sdb (4 TB) has blocks of 4096 bytes and /dev/sda has 512: one volume group takes only one size; leave that disk out
    problem disk.wipe: /dev/sdb (4 TB) is not empty, as wipe = "empty" wants it: it holds ext4 "data" on sdb1; wipe = "any" would destroy that
    problem disk.wipe: /dev/sdb (20 GB) holds the installed Firn "xen7", which wipe = "any" does not allow to destroy; wipe = "1a2b3c4d" would
    problem guests.disks: in guests.disks { serial = "A" } matches 0 of 3 disks: /dev/sda (480 GB) has the serial "T", "A" is asked; /dev/sdb (4 TB): mounted at /mnt; /dev/sdc (4 TB) has the serial "B", "A" is asked
    "#);
}

#[test]
fn naming_a_host_covers_the_disks_of_its_store() {
    let (mut machine, mut answers) = three();
    let as_disk = |known: Disk, size: u64, serial: &str| Disk {
        serial: Some(serial.into()),
        size,
        ..known
    };
    machine.disks[0] = as_disk(installed("sda"), 480_000_000_000, "T");
    machine.disks[1] = as_disk(store("sdb"), 4_000_000_000_000, "A");
    answers.disk.wipe = Wipe::Host("1a2b3c4d".into());
    let destroyed = Text::join(plan(&machine, &answers).unwrap().destroyed(), "\n");
    insta::assert_snapshot!(destroyed, @r#"
    The installed Firn "xen7" (1a2b3c4d) on /dev/sda is destroyed, with all its guests.
    Destroyed: the guests of the installed Firn "xen7" (1a2b3c4d) on /dev/sdb.
    "#);
    insta::assert_snapshot!(destroyed.in_language(Language::De), @r#"
    Die Firn-Installation "xen7" (1a2b3c4d) auf /dev/sda wird zerstört, mit allen ihren Gästen.
    Zerstört wird: der Gästespeicher der Firn-Installation "xen7" (1a2b3c4d) auf /dev/sdb.
    "#);
    let mut lines = Vec::new();
    for wipe in [Wipe::Empty, Wipe::Any, Wipe::Host("00000000".into())] {
        machine.disks[0] = named("sda", 480_000_000_000, "T");
        answers.disk.wipe = wipe;
        lines.push(problems(&machine, &answers));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    problem disk.wipe: /dev/sdb (4 TB) holds guests of the installed Firn "xen7", which wipe = "empty" does not allow to destroy; wipe = "1a2b3c4d" would
    problem disk.wipe: /dev/sdb (4 TB) holds guests of the installed Firn "xen7", which wipe = "any" does not allow to destroy; wipe = "1a2b3c4d" would
    problem disk.wipe: wipe = "00000000" allows only the disks of that host, but /dev/sdb (4 TB) holds guests of the installed Firn "xen7" with the id 1a2b3c4d
    "#);
}

/// Two paths to the disk T, as Fibre Channel shows them.
fn twins() -> (Machine, Answers) {
    let (mut machine, mut answers) = three();
    machine.disks[0].wwn = Some("0x600508b1001c7e5a".into());
    machine.disks[0].bus = Some(firn_config::Bus::Sas);
    machine.disks[1] = Disk {
        name: "sdb".into(),
        path: "/dev/sdb".into(),
        ..machine.disks[0].clone()
    };
    answers.guests.disks.clear();
    (machine, answers)
}

#[test]
fn two_paths_to_one_disk_count_as_one() {
    let (machine, mut answers) = twins();
    assert_eq!(plan(&machine, &answers).unwrap().disk.name, "sda");
    answers.disk.target = serial("X");
    assert!(problems(&machine, &answers).contains("matches 0 of 3 disks"));
    let (mut machine, mut answers) = twins();
    machine.disks[1].unfit = Some(Unfit::MultipathMember("sda".into()));
    assert_eq!(plan(&machine, &answers).unwrap().disk.name, "sda");
    answers.disk.target = serial("X");
    assert!(problems(&machine, &answers).contains("matches 0 of 2 disks"));
}

#[test]
fn what_stands_against_one_path_stands_against_the_disk() {
    let path = |path: &str| DiskRule {
        path: pattern(path),
        ..DiskRule::default()
    };
    let mut lines = Vec::new();
    let (mut machine, answers) = twins();
    machine.disks[1].unfit = Some(Unfit::Mounted("/mnt".into()));
    lines.push(problems(&machine, &answers));
    let (mut machine, answers) = twins();
    machine.medium = Some("sdb".into());
    lines.push(problems(&machine, &answers));
    let (mut machine, answers) = twins();
    machine.disks[1].contents = used("sdb").contents;
    lines.push(problems(&machine, &answers));
    let (machine, mut answers) = twins();
    answers.disk.target = path("/dev/sda");
    answers.guests.disks = vec![path("/dev/sdb")];
    lines.push(problems(&machine, &answers));
    insta::assert_snapshot!(lines.join("\n"), @r#"
    problem disk.target: disk.target = { serial = "T" } matches 0 of 3 disks: /dev/sda (480 GB) is another path to /dev/sdb, which is not allowed: mounted at /mnt; /dev/sdb (480 GB): mounted at /mnt; /dev/sdc (4 TB) has the serial "B", "T" is asked
    problem disk.target: disk.target = { serial = "T" } matches 0 of 3 disks: /dev/sda (480 GB) is another path to /dev/sdb, which is not allowed: the installation medium; /dev/sdb (480 GB) is the installation medium; /dev/sdc (4 TB) has the serial "B", "T" is asked
    problem disk.wipe: /dev/sdb (480 GB) is not empty, as wipe = "empty" wants it: it holds ext4 "data" on sdb1; wipe = "any" would destroy that
    problem guests.disks: { path = "/dev/sdb" } chooses /dev/sdb (480 GB), which the host itself is installed on; a further disk must be another one
    "#);
}
