//! Pictures of rendered files.

use super::*;
use crate::answers::*;
use crate::settings::*;
use std::fmt::Write;

fn nic(n: u8) -> Nic {
    Nic {
        name: format!("nic{n}"),
        mac: format!("52:54:00:12:34:5{n}"),
        pci: None,
    }
}

fn single() -> Settings {
    Settings {
        version: 1,
        language: firn_words::Language::En,
        keyboard: "ch:fr".into(),
        timezone: "Europe/Berlin".into(),
        host: SettingsHost {
            name: "xen1.example.net".into(),
            password_login: false,
        },
        console: Console::default(),
        time: Time::default(),
        network: SettingsNetwork {
            nics: vec![nic(0), nic(1)],
            uplink: Uplink::Nic("nic1".into()),
            vlan: None,
            mtu: None,
            ipv4: Ipv4::Dhcp,
            ipv6: Ipv6::Auto,
            dns: vec![],
            search: vec![],
        },
        guests: SettingsGuests::default(),
    }
}

fn bond() -> Settings {
    let mut settings = single();
    settings.host = SettingsHost {
        name: "xen2".into(),
        password_login: true,
    };
    settings.time.ntp = Ntp::Servers(vec!["ntp1.example.net".into(), "192.0.2.7".into()]);
    settings.network = SettingsNetwork {
        nics: vec![nic(0), nic(1)],
        uplink: Uplink::Bond {
            mode: BondMode::Lacp,
            members: vec!["nic0".into(), "nic1".into()],
        },
        vlan: Some(42),
        mtu: Some(9000),
        ipv4: Ipv4::Static {
            address: "192.0.2.10/24".parse().unwrap(),
            gateway: "192.0.2.1".parse().ok(),
        },
        ipv6: Ipv6::Static {
            address: "2001:db8::10/64".parse().unwrap(),
            gateway: "fe80::1".parse().ok(),
        },
        dns: vec![
            "192.0.2.53".parse().unwrap(),
            "2001:db8::53".parse().unwrap(),
        ],
        search: vec!["example.net".into(), "example.org".into()],
    };
    settings
}

fn picture(settings: &Settings) -> String {
    let mut picture = String::new();
    for file in render(settings).unwrap() {
        let _ = match &file.link {
            Some(to) => writeln!(picture, "=== {} -> {to}", file.path),
            None => writeln!(
                picture,
                "=== {} {:o}\n{}",
                file.path, file.mode, file.content
            ),
        };
        assert!(
            file.link.is_some() || file.content.ends_with('\n'),
            "{}",
            file.path
        );
    }
    picture
}

#[test]
fn one_nic_with_dhcp() {
    insta::assert_snapshot!(picture(&single()));
}

#[test]
fn bond_vlan_and_fixed_addresses() {
    insta::assert_snapshot!(picture(&bond()));
}

#[test]
fn rare_settings() {
    let mut settings = single();
    settings.time.ntp = Ntp::None;
    settings.network.ipv6 = Ipv6::Off;
    settings.network.ipv4 = Ipv4::Static {
        address: "192.0.2.10/32".parse().unwrap(),
        gateway: "198.51.100.1".parse().ok(),
    };
    let files = render(&settings).unwrap();
    let content = |path: &str| {
        files
            .iter()
            .find(|f| f.path.ends_with(path))
            .unwrap()
            .content
            .clone()
    };
    insta::assert_snapshot!(content("xenbr0.network"), @r"
    # Made from /etc/firn/host.toml by `firn apply`; changes here are lost.
    [Match]
    Name=xenbr0

    [Link]
    RequiredForOnline=routable

    [Network]
    DHCP=no
    LinkLocalAddressing=no
    IPv6AcceptRA=no
    Address=192.0.2.10/32

    [Route]
    Gateway=198.51.100.1
    GatewayOnLink=yes
    ");
    let chrony = content("chrony.conf");
    assert!(
        chrony.contains("trusted.\ndriftfile") && !chrony.contains("iburst"),
        "{chrony}"
    );
}

#[test]
fn paths_are_sorted_and_single() {
    let files = render(&bond()).unwrap();
    assert!(files.windows(2).all(|pair| pair[0].path < pair[1].path));
}

/// Two ports whose firmware gives both one address.
fn one_mac() -> Settings {
    let mut settings = single();
    for (n, nic) in settings.network.nics.iter_mut().enumerate() {
        nic.mac = "3c:ec:ef:00:80:00".into();
        nic.pci = Some(format!("0000:61:00.{n}"));
    }
    settings
}

#[test]
fn one_mac_address_twice_is_told_apart_by_place() {
    let mut settings = one_mac();
    let files = render(&one_mac()).unwrap();
    let links = files.iter().filter(|file| file.path.ends_with(".link"));
    let links: Vec<&str> = links.map(|file| file.content.as_str()).collect();
    insta::assert_snapshot!(links[0], @r"
    # Made from /etc/firn/host.toml by `firn apply`; changes here are lost.
    # The permanent address and the type: VLANs and bridges, which share the address, do not match.
    [Match]
    PermanentMACAddress=3c:ec:ef:00:80:00
    # Another card has the same address, or this one has none; for USB the place is that of its controller.
    Path=pci-0000:61:00.0 pci-0000:61:00.0-*
    Type=ether

    [Link]
    Name=nic0
    ");
    assert_eq!(
        links[1],
        links[0]
            .replace("61:00.0", "61:00.1")
            .replace("nic0", "nic1")
    );
    let text = one_mac().to_toml();
    assert_eq!(Settings::parse(&text), Ok(one_mac()));
    let said = |text: &str| {
        let problems = Settings::parse(text).unwrap_err();
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    };
    for nic in &mut settings.network.nics {
        nic.mac = "00:00:00:00:00:00".into();
    }
    let nameless = render(&settings).unwrap();
    let nameless = nameless
        .iter()
        .find(|file| file.path.ends_with("nic0.link"))
        .unwrap();
    assert!(
        !nameless.content.contains("MACAddress"),
        "{}",
        nameless.content
    );
    let without = text.replace(", pci = \"0000:61:00.1\"", "");
    insta::assert_snapshot!(said(&without), @r#"problem network.nics: two NICs have the same name or MAC address; with one address, both need "pci" (line 18, column 8)"#);
    let same = text.replace("61:00.1", "61:00.0");
    assert_eq!(said(&same), said(&without));
    insta::assert_snapshot!(said(&text.replace("0000:61:00.1", "61:00.1*")), @r#"problem network.nics.pci: "61:00.1*" is no PCI address; write it as "0000:61:00.0" (line 18, column 127)"#);
}

#[test]
fn settings_round_trip() {
    for settings in [single(), bond()] {
        assert_eq!(Settings::parse(&settings.to_toml()), Ok(settings));
    }
    insta::assert_snapshot!("host_toml", bond().to_toml());
}

fn boot(serial: Option<u8>) -> Boot {
    Boot {
        slots: ["a", "b"].map(|slot| SlotIds {
            uuid: format!("{slot}aaaaaaa-0000-4000-8000-000000000001"),
            partuuid: format!("{slot}bbbbbbb-0000-4000-8000-000000000002"),
        }),
        state_uuid: "cccccccc-0000-4000-8000-000000000003".into(),
        serial,
        dom0_mem_mib: 768,
    }
}

#[test]
fn start_menu() {
    insta::assert_snapshot!("grub_serial", render_grub(&boot(Some(0))).unwrap());
    let silent = render_grub(&boot(None)).unwrap();
    assert!(!silent.contains("serial --unit"));
    assert!(silent.contains("firn_xen=\"console=vga\"\n"));
    insta::assert_snapshot!("boot_cfg", render_boot("0.1.0\"; halt\n").unwrap());
}

#[test]
fn the_menu_and_a_start_without_it_tell_the_same() {
    let boot = boot(Some(0));
    let words = boot.words(&boot.slots[1].partuuid).unwrap();
    assert_eq!(
        words.xen,
        "dom0_mem=768M,max:768M dom0_max_vcpus=1-4 ucode=scan console=com1,vga com1=115200,8n1"
    );
    assert_eq!(
        words.linux,
        "firn.root=slot firn.slot=bbbbbbbb-0000-4000-8000-000000000002 firn.state=cccccccc-0000-4000-8000-000000000003 \
         console=tty0 console=hvc0 quiet loglevel=4"
    );
    let (menu, image) = (render_grub(&boot).unwrap(), render_boot("1").unwrap());
    assert!(image.contains(&words.xen.replace("768", "${firn_memory}")[..60]));
    assert!(menu.contains("firn_linux=\"console=tty0 console=hvc0 quiet loglevel=4\"\n"));
}

#[test]
fn identifiers_are_judged() {
    let mut bad = boot(None);
    bad.slots[1].partuuid = "x; halt".into();
    let errors = [render_grub(&bad).err(), bad.words("x; halt").err()];
    for error in errors {
        assert_eq!(
            error.unwrap().to_string(),
            "rendering the slot's partition: \"x; halt\" is no UUID"
        );
    }
}
