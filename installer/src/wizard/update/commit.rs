//! From what was entered on a page to the answers. The rules are those of the answer file.

use super::super::model::{Model, holds_something};
use super::super::page::{Control, Page};
use super::super::text::sentence;
use firn_config::{
    Bond, BondMode, DiskRule, Ipv4, Ipv4Net, Ipv6, Ipv6Net, NicRule, Ntp, Pattern, Port, Secret,
    Wipe, check_domain, check_host_name, check_keyboard, check_ntp_server, check_password,
    check_ssh_key, check_timezone,
};
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// What is wrong, and with which control, in the order of the page.
type Errors = Vec<(Control, String)>;

/// Fewest characters of a password.
const SHORTEST_PASSWORD: usize = 8;

/// Takes the page's entries into the answers, or says what is wrong with them.
pub fn page(model: &mut Model) -> Errors {
    let mut errors = Vec::new();
    match model.page {
        Page::Welcome => keyboard(model, &mut errors),
        Page::Disk => disk(model, &mut errors),
        Page::Network => network(model, &mut errors),
        Page::Addresses => addresses(model, &mut errors),
        Page::HostName => host_name(model, &mut errors),
        Page::Time => time(model, &mut errors),
        Page::Login => login(model, &mut errors),
        _ => {}
    }
    errors
        .into_iter()
        .map(|(control, text)| (control, sentence(&text)))
        .collect()
}

/// Notes an error with its control; gives the value if there is one.
fn note<T>(errors: &mut Errors, control: Control, result: Result<T, impl ToString>) -> Option<T> {
    result
        .map_err(|text| errors.push((control, text.to_string())))
        .ok()
}

fn keyboard(model: &mut Model, errors: &mut Errors) {
    let Some(layout) = model
        .entry(Control::Keyboard)
        .map(|entry| entry.value.clone())
    else {
        return errors.push((
            Control::Keyboard,
            "No layout has that in its name; Ctrl-U clears the field".into(),
        ));
    };
    if note(errors, Control::Keyboard, check_keyboard(&layout)).is_none() {
        return;
    }
    if !model.moved.contains(&Control::Zone)
        && layout != "us"
        && let Some(zone) = model.catalog.zone_for_keyboard(&layout)
        && let Some(at) = model
            .catalog
            .zones
            .iter()
            .position(|entry| entry.value == zone)
    {
        model.cursors.insert(Control::Zone, at);
    }
    model.answers.keyboard = layout;
}

fn disk(model: &mut Model, errors: &mut Errors) {
    let Some(disk) = model.disk().cloned() else {
        return errors.push((
            Control::Disk,
            "No disk was found; attach one and press \"Look again\"".into(),
        ));
    };
    if let Some(reason) = model.unfit(&disk) {
        return errors.push((
            Control::Disk,
            format!("{} cannot be used: {reason}", disk.name),
        ));
    }
    if holds_something(&disk) && model.text(Control::DiskName) != disk.name {
        let text = format!(
            "Everything on this disk will be lost. To allow that, type its name: {}",
            disk.name
        );
        return errors.push((Control::DiskName, text));
    }
    let plain = |text: &Option<String>| {
        text.clone()
            .filter(|text| !text.trim().is_empty() && !text.contains('*'))
    };
    model.answers.disk.target = DiskRule {
        path: Some(Pattern(disk.path.clone())),
        serial: plain(&disk.serial).map(Pattern),
        ..DiskRule::default()
    };
    model.answers.disk.wipe = match (&disk.firn, disk.contents.is_empty()) {
        (Some(firn), _) => Wipe::Host(firn.short_id().to_lowercase()),
        (None, true) => Wipe::Empty,
        (None, false) => Wipe::Any,
    };
}

fn network(model: &mut Model, errors: &mut Errors) {
    let rule = |mac: &String| NicRule {
        mac: Some(Pattern(mac.clone())),
        ..NicRule::default()
    };
    let port = if model.bonds() {
        let members: Vec<_> = model
            .machine
            .nics
            .iter()
            .filter(|nic| model.members.contains(&nic.mac))
            .collect();
        if members.len() < 2 {
            errors.push((
                Control::Nics,
                "A bond needs two ports or more; Space ticks the marked one".into(),
            ));
        }
        let mode = if model.choice(Control::BondMode) == 0 {
            BondMode::Lacp
        } else {
            BondMode::ActiveBackup
        };
        Port::Bond(Bond {
            mode,
            members: members.iter().map(|nic| rule(&nic.mac)).collect(),
        })
    } else {
        match model.nic() {
            Some(nic) => Port::Interface(rule(&nic.mac)),
            None => {
                errors.push((
                    Control::Nics,
                    "No network port was found; fit one and press \"Look again\"".into(),
                ));
                Port::Auto
            }
        }
    };
    let vlan = note(errors, Control::Vlan, vlan(model.text(Control::Vlan)));
    if errors.is_empty() {
        model.answers.network.port = port;
        model.answers.network.vlan = vlan.flatten();
    }
}

fn vlan(text: &str) -> Result<Option<u16>, String> {
    match text.parse() {
        _ if text.is_empty() => Ok(None),
        Ok(number @ 1..=4094) => Ok(Some(number)),
        _ => Err(format!(
            "{text:?} is no VLAN; it is a number from 1 to 4094, or empty"
        )),
    }
}

fn addresses(model: &mut Model, errors: &mut Errors) {
    let ipv4 = match model.choice(Control::V4) {
        0 => Some(Ipv4::Dhcp),
        1 => static_v4(model, errors),
        _ => Some(Ipv4::Off),
    };
    let ipv6 = match model.choice(Control::V6) {
        0 => Some(Ipv6::Auto),
        1 => static_v6(model, errors),
        _ => Some(Ipv6::Off),
    };
    if (ipv4, ipv6) == (Some(Ipv4::Off), Some(Ipv6::Off)) {
        errors.push((
            Control::V4,
            "With IPv4 and IPv6 off nobody could reach the host".into(),
        ));
    }
    let server =
        |word: &str| IpAddr::from_str(word).map_err(|_| format!("{word:?} is no IP address"));
    let dns = note(
        errors,
        Control::Dns,
        words(model.text(Control::Dns)).map(server).collect(),
    );
    let domain = |word: &str| check_domain(word).map(|()| word.to_owned());
    let search = note(
        errors,
        Control::Search,
        words(model.text(Control::Search)).map(domain).collect(),
    );
    let network = &mut model.answers.network;
    if let (Some(ipv4), Some(ipv6), Some(dns), Some(search), true) =
        (ipv4, ipv6, dns, search, errors.is_empty())
    {
        (network.ipv4, network.ipv6, network.dns, network.search) = (ipv4, ipv6, dns, search);
    }
}

fn static_v4(model: &Model, errors: &mut Errors) -> Option<Ipv4> {
    let address = note(
        errors,
        Control::V4Address,
        model.text(Control::V4Address).parse::<Ipv4Net>(),
    );
    let gateway = note(
        errors,
        Control::V4Gateway,
        optional(model.text(Control::V4Gateway), "IPv4"),
    )?;
    let address = address?;
    if let Some(gateway) =
        gateway.filter(|gateway| !address.contains(*gateway) || *gateway == address.address)
    {
        errors.push((Control::V4Gateway, gateway_text(&gateway, &address)));
    }
    Some(Ipv4::Static { address, gateway })
}

fn static_v6(model: &Model, errors: &mut Errors) -> Option<Ipv6> {
    let address = note(
        errors,
        Control::V6Address,
        model.text(Control::V6Address).parse::<Ipv6Net>(),
    );
    let gateway = note(
        errors,
        Control::V6Gateway,
        optional::<Ipv6Addr>(model.text(Control::V6Gateway), "IPv6"),
    )?;
    let address = address?;
    let near = |gateway: &Ipv6Addr| gateway.is_unicast_link_local() || address.contains(*gateway);
    if let Some(gateway) = gateway.filter(|gateway| !near(gateway) || *gateway == address.address) {
        errors.push((Control::V6Gateway, gateway_text(&gateway, &address)));
    }
    Some(Ipv6::Static { address, gateway })
}

fn gateway_text(gateway: &dyn std::fmt::Display, address: &dyn std::fmt::Display) -> String {
    format!("{gateway} is not another machine in the network of {address}")
}

fn optional<T: FromStr>(text: &str, family: &str) -> Result<Option<T>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| format!("{text:?} is no {family} address"))
}

/// Words between spaces, commas and semicolons.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';']).filter(|word| !word.is_empty())
}

fn host_name(model: &mut Model, errors: &mut Errors) {
    let name = model.text(Control::HostName).to_owned();
    if name.is_empty() {
        return errors.push((Control::HostName, "Give the host a name".into()));
    }
    if note(errors, Control::HostName, check_host_name(&name)).is_some() {
        model.answers.host.name = name;
    }
}

fn time(model: &mut Model, errors: &mut Errors) {
    match model.entry(Control::Zone).map(|entry| entry.value.clone()) {
        Some(zone) => {
            if note(errors, Control::Zone, check_timezone(&zone)).is_some() {
                model.answers.timezone = zone;
            }
        }
        None => errors.push((
            Control::Zone,
            "No time zone has that in its name; Ctrl-U clears the field".into(),
        )),
    }
    let ntp = match model.choice(Control::Ntp) {
        0 => Some(Ntp::Dhcp),
        1 => note(
            errors,
            Control::NtpServers,
            ntp_servers(model.text(Control::NtpServers)),
        )
        .map(Ntp::Servers),
        _ => Some(Ntp::None),
    };
    if let Some(ntp) = ntp {
        model.answers.time.ntp = ntp;
    }
}

fn ntp_servers(text: &str) -> Result<Vec<String>, String> {
    let servers: Result<Vec<_>, _> = words(text)
        .map(|word| match check_ntp_server(word) {
            Ok(()) => Ok(word.to_owned()),
            Err(text) => Err(text.to_string()),
        })
        .collect();
    match servers {
        Ok(list) if list.is_empty() => {
            Err("Name one server or more, or take the time from DHCP".into())
        }
        other => other,
    }
}

fn login(model: &mut Model, errors: &mut Errors) {
    let (password, again) = (
        model.text(Control::Password).to_owned(),
        model.text(Control::Again),
    );
    let key = model.text(Control::SshKey).to_owned();
    if password.is_empty() && again.is_empty() && key.is_empty() {
        errors.push((
            Control::Password,
            "Give a password, a key, or both; else nobody could log in".into(),
        ));
    } else if !password.is_empty() || !again.is_empty() {
        note(errors, Control::Password, password_rules(&password));
        if again != password {
            errors.push((Control::Again, "The two passwords are not the same".into()));
        }
    }
    if !key.is_empty() {
        note(errors, Control::SshKey, check_ssh_key(&key));
    }
    if errors.is_empty() {
        model.answers.host.root_password = (!password.is_empty()).then_some(Secret(password));
        model.answers.host.ssh_keys = if key.is_empty() {
            Vec::new()
        } else {
            vec![key]
        };
    }
}

fn password_rules(password: &str) -> Result<(), String> {
    check_password(password).map_err(|text| text.to_string())?;
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(format!(
            "The password is shorter than {SHORTEST_PASSWORD} characters"
        ));
    }
    Ok(())
}
