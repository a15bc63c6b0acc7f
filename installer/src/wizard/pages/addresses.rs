//! How the host gets its addresses, and who resolves names for it.

use super::super::control::{Button, Control};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::task::Ability;
use super::super::update::in_order;
use super::super::view::Sheet;
use super::{Behaviour, Errors, network_test, note, words};
use firn_config::{
    Ipv4, Ipv4Net, Ipv6, Ipv6Net, check_ipv4_gateway, check_ipv6_gateway, check_name_servers,
    check_once, check_search_domain,
};
use firn_tui::control::Kind;
use firn_words::{Text, say};
use ratatui::style::Style;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// DHCP, static, off.
pub const V4: Control = Control::choice("ipv4", 3);
/// Address with prefix length.
pub const V4_ADDRESS: Control = Control::text("ipv4-address");
/// Gateway.
pub const V4_GATEWAY: Control = Control::text("ipv4-gateway");
/// Automatic, static, off.
pub const V6: Control = Control::choice("ipv6", 3);
/// Address with prefix length.
pub const V6_ADDRESS: Control = Control::text("ipv6-address");
/// Gateway.
pub const V6_GATEWAY: Control = Control::text("ipv6-gateway");
/// DNS servers.
pub const DNS: Control = Control::text("dns");
/// Search domains.
pub const SEARCH: Control = Control::text("search");

/// Lines of a screen with room for everything.
const ROOMY: u16 = 32;

/// The page.
pub struct Addresses;

impl Behaviour for Addresses {
    fn title(&self) -> Text {
        say!("page-addresses-title")
    }

    /// Gives way to the results of a test: on a small screen there is not room for both.
    fn intro(&self, model: &Model) -> Option<Text> {
        let room = model.size.1 >= ROOMY || !model.network_test.shows();
        room.then(|| say!("page-addresses-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![
            say!("page-addresses-help-static"),
            say!("page-addresses-help-gateway"),
            say!("page-addresses-help-several"),
            say!("page-addresses-help-test"),
        ]
    }

    fn controls(&self, model: &Model) -> Vec<Control> {
        let mut list = vec![V4];
        if model.form.choice(V4) == 1 {
            list.extend([V4_ADDRESS, V4_GATEWAY]);
        }
        list.push(V6);
        if model.form.choice(V6) == 1 {
            list.extend([V6_ADDRESS, V6_GATEWAY]);
        }
        list.extend([DNS, SEARCH]);
        list
    }

    fn buttons(&self, model: &Model) -> Vec<Button> {
        let mut list = vec![Button::Back, Button::Next];
        if model.can(Ability::TestNetwork) {
            list.insert(0, Button::Test);
        }
        list
    }

    fn arrive(&self, model: &mut Model) -> Vec<Effect> {
        model.network_test.forget();
        Vec::new()
    }

    fn after_key(&self, model: &mut Model) -> Vec<Effect> {
        let entries = entries(model);
        network_test::compare(model, &entries);
        Vec::new()
    }

    fn push(&self, model: &mut Model, button: Button) -> Option<Vec<Effect>> {
        if button != Button::Test {
            return None;
        }
        if in_order(model) {
            let entries = entries(model);
            Some(network_test::begin(model, entries))
        } else {
            Some(Vec::new())
        }
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        if let Some(network) = read(model, &mut errors) {
            model.answers.network = network;
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        let example = |text: &str| Some(say!("page-example", text = text));
        let options = ["DHCP".into(), say!("page-static"), say!("page-off")];
        sheet.choice(V4, "IPv4".into(), &options);
        if model.form.choice(V4) == 1 {
            sheet.field(
                V4_ADDRESS,
                say!("page-addresses-address"),
                example("192.0.2.10/24"),
            );
            sheet.field(
                V4_GATEWAY,
                say!("page-addresses-gateway"),
                example("192.0.2.1"),
            );
        }
        // Results of a test need the room on a small screen.
        let tested = model.network_test.shows();
        let tight = tested && model.form.choice(V4) == 1 && model.form.choice(V6) == 1;
        if !tight {
            sheet.blank();
        }
        let options = [
            say!("page-automatic"),
            say!("page-static"),
            say!("page-off"),
        ];
        sheet.choice(V6, "IPv6".into(), &options);
        if model.form.choice(V6) == 1 {
            sheet.field(
                V6_ADDRESS,
                say!("page-addresses-address"),
                example("2001:db8::10/64"),
            );
            sheet.field(
                V6_GATEWAY,
                say!("page-addresses-gateway"),
                example("fe80::1"),
            );
        }
        if !tight {
            sheet.blank();
        }
        sheet.field(
            DNS,
            say!("page-addresses-dns"),
            example("192.0.2.53 2001:db8::53"),
        );
        sheet.field(
            SEARCH,
            say!("page-addresses-search"),
            example("example.net"),
        );
        if tested {
            if !tight {
                sheet.blank();
            }
            network_test::view(sheet);
        } else if model.form.choice(V4) == 0 || model.form.choice(V6) == 0 {
            sheet.blank();
            sheet.indented(2, say!("page-addresses-dns-given"), Style::new());
        }
    }
}

/// Everything that stands on the page.
fn entries(model: &Model) -> Vec<String> {
    let controls = Addresses.controls(model).into_iter();
    let entry = |control: Control| match control.kind {
        Kind::Choice(_) => model.form.choice(control).to_string(),
        _ => model.form.text(control).to_owned(),
    };
    controls.map(entry).collect()
}

/// The network's settings as they stand on the page, if nothing is wrong with them.
pub fn read(model: &Model, errors: &mut Errors) -> Option<firn_config::Network> {
    let ipv4 = match model.form.choice(V4) {
        0 => Some(Ipv4::Dhcp),
        1 => static_v4(model, errors),
        _ => Some(Ipv4::Off),
    };
    let ipv6 = match model.form.choice(V6) {
        0 => Some(Ipv6::Auto),
        1 => static_v6(model, errors),
        _ => Some(Ipv6::Off),
    };
    if (ipv4, ipv6) == (Some(Ipv4::Off), Some(Ipv6::Off)) {
        errors.push((V4, say!("page-addresses-both-off")));
    }
    let server =
        |word: &str| IpAddr::from_str(word).map_err(|_| say!("page-addresses-no-ip", text = word));
    let servers: Result<_, _> = words(model.form.text(DNS)).map(server).collect();
    let dns: Option<Vec<IpAddr>> = note(errors, DNS, servers);
    if let (Some(dns), Some(ipv4), Some(ipv6)) = (&dns, &ipv4, &ipv6) {
        note(errors, DNS, check_name_servers(dns, ipv4, ipv6));
    }
    let domain = |word: &str| check_search_domain(word).map(|()| word.to_owned());
    let domains: Result<Vec<String>, _> = words(model.form.text(SEARCH)).map(domain).collect();
    let domains = domains.and_then(|all| check_once(&all).map(|()| all));
    let search = note(errors, SEARCH, domains);
    if !errors.is_empty() {
        return None;
    }
    Some(firn_config::Network {
        ipv4: ipv4?,
        ipv6: ipv6?,
        dns: dns?,
        search: search?,
        ..model.answers.network.clone()
    })
}

fn static_v4(model: &Model, errors: &mut Errors) -> Option<Ipv4> {
    let address = note(
        errors,
        V4_ADDRESS,
        model.form.text(V4_ADDRESS).parse::<Ipv4Net>(),
    );
    let gateway = note(
        errors,
        V4_GATEWAY,
        optional(model.form.text(V4_GATEWAY), "IPv4"),
    )?;
    let address = address?;
    if let Some(gateway) = gateway {
        note(errors, V4_GATEWAY, check_ipv4_gateway(&address, gateway));
    }
    Some(Ipv4::Static { address, gateway })
}

fn static_v6(model: &Model, errors: &mut Errors) -> Option<Ipv6> {
    let address = note(
        errors,
        V6_ADDRESS,
        model.form.text(V6_ADDRESS).parse::<Ipv6Net>(),
    );
    let gateway = note(
        errors,
        V6_GATEWAY,
        optional::<Ipv6Addr>(model.form.text(V6_GATEWAY), "IPv6"),
    )?;
    let address = address?;
    if let Some(gateway) = gateway {
        note(errors, V6_GATEWAY, check_ipv6_gateway(&address, gateway));
    }
    Some(Ipv6::Static { address, gateway })
}

fn optional<T: FromStr>(text: &str, family: &str) -> Result<Option<T>, Text> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| say!("page-addresses-no-address", text = text, family = family))
}
