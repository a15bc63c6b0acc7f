use super::*;

const A: Mac = Mac([0x52, 0x54, 0, 0, 0, 1]);
const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 10));

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn report(json: &str) -> Event {
    let mut value: serde_json::Value = serde_json::from_str(json).unwrap();
    value["version"] = 1.into();
    value["mac"] = "52:54:00:00:00:01".into();
    Event::Report(serde_json::from_value(value).unwrap())
}

fn names() -> Names {
    Names {
        uuid: Some("0a0b".into()),
        serial: Some("S1".into()),
        product: Some("PowerEdge R740".into()),
    }
}

fn script(disk: bool) -> Event {
    Event::Script {
        mac: A,
        address: HERE,
        names: Names::default(),
        disk,
    }
}

fn answers(outcome: Outcome) -> Event {
    Event::Answers {
        mac: A,
        address: HERE,
        names: names(),
        outcome,
        layers: Vec::new(),
        problems: vec!["problem a: b".into()],
    }
}

fn dhcp() -> Event {
    Event::Dhcp {
        mac: A,
        what: "DHCPACK".into(),
        address: Some(HERE),
    }
}

fn fetch(file: &str) -> Event {
    Event::Fetch {
        mac: A,
        file: file.into(),
    }
}

fn fetched(percent: u8) -> Event {
    Event::Fetched { mac: A, percent }
}

/// What the table says after each of the events.
fn stages(events: &[Event]) -> Vec<String> {
    let mut fleet = Fleet::default();
    let mut stages = Vec::new();
    for (second, event) in events.iter().enumerate() {
        fleet.apply(event, at(second as i64));
        stages.push(fleet.rows()[0].text.clone());
    }
    stages
}

#[test]
fn the_whole_way() {
    let all = stages(&[
        dhcp(),
        script(false),
        fetch("firn/vmlinuz"),
        fetch("firn/root.squashfs"),
        fetched(43),
        fetch("firn/xen.gz"),
        fetched(100),
        answers(Outcome::Waiting),
        Event::Approved { mac: A },
        answers(Outcome::Given),
        report(r#"{"event": "started"}"#),
        report(r#"{"event": "progress", "percent": 43}"#),
        report(r#"{"event": "progress"}"#),
        dhcp(),
        fetch("firn/xen.gz"),
        report(r#"{"event": "succeeded", "hostname": "xen1"}"#),
        dhcp(),
        script(true),
    ]);
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn failures_have_their_reason() {
    let all = stages(&[
        report(
            r#"{"event": "failed", "failed-step": "partition", "problems": ["sgdisk: no space", "b"]}"#,
        ),
        fetch("firn/vmlinuz"),
        report(r#"{"event": "failed", "failed-step": "partition"}"#),
        report(r#"{"event": "refused", "problems": ["problem memory: too little"]}"#),
        report(r#"{"event": "refused"}"#),
        answers(Outcome::None),
        answers(Outcome::Bad),
    ]);
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_row_has_what_the_machine_said() {
    let mut fleet = Fleet::default();
    assert!(fleet.apply(&dhcp(), at(1)));
    assert!(!fleet.apply(&dhcp(), at(2)), "nothing new");
    fleet.apply(&answers(Outcome::Given), at(3));
    assert!(fleet.apply(&report(r#"{"event": "progress", "percent": 1}"#), at(4)));
    assert!(fleet.apply(
        &report(r#"{"event": "progress", "percent": 2, "hostname": "xen1"}"#),
        at(9)
    ));
    let row = serde_json::to_string_pretty(fleet.rows()[0]).unwrap();
    insta::assert_snapshot!(row);
    assert_eq!(fleet.at(HERE), Some(A));
    assert_eq!(fleet.at("192.0.2.11".parse().unwrap()), None);
}

#[test]
fn an_approval_is_for_one_installation() {
    let ends = [
        script(false),
        Event::Again { mac: A },
        report(r#"{"event": "started"}"#),
        report(r#"{"event": "progress", "percent": 1}"#),
        report(r#"{"event": "succeeded"}"#),
        report(r#"{"event": "failed"}"#),
        report(r#"{"event": "refused"}"#),
    ];
    for end in ends {
        let mut fleet = Fleet::default();
        fleet.apply(&answers(Outcome::Waiting), at(1));
        assert_eq!(fleet.waiting(), [A]);
        fleet.apply(&Event::Approved { mac: A }, at(2));
        assert!(fleet.is_approved(A) && fleet.waiting().is_empty());
        fleet.apply(&answers(Outcome::Given), at(3));
        fleet.apply(&fetch("firn/root.squashfs"), at(4));
        assert!(fleet.is_approved(A), "it may ask again");
        fleet.apply(&end, at(5));
        assert!(!fleet.is_approved(A), "{end:?}");
    }
}

#[test]
fn a_machine_that_cannot_be_started_is_named_until_its_firmware_is_another() {
    let kind = |number| Event::Kind {
        mac: A,
        architecture: Architecture(number),
    };
    let said = stages(&[
        dhcp(),
        kind(6),
        dhcp(),
        kind(11),
        kind(99),
        kind(7),
        kind(0),
    ]);
    insta::assert_snapshot!(said.join("\n"), @"
    asked
    cannot start: 32-bit x86 UEFI: Firn cannot be started from it; set the firmware to 64-bit UEFI or to BIOS mode (legacy, CSM) if it has one of them
    cannot start: 32-bit x86 UEFI: Firn cannot be started from it; set the firmware to 64-bit UEFI or to BIOS mode (legacy, CSM) if it has one of them
    cannot start: 64-bit ARM UEFI: Firn runs on 64-bit x86 machines (Intel, AMD) only
    cannot start: client architecture 99: this server does not know it; set the firmware to BIOS or to 64-bit UEFI, if this is a 64-bit x86 machine (Intel, AMD)
    asked
    asked
    ");
    // One that is on its way again shows it.
    assert_eq!(stages(&[kind(6), script(false)])[1], "asked");
    assert_eq!(stages(&[fetch("vmlinuz"), kind(7)])[1], "loading");
}
