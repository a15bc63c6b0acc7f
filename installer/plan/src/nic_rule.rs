//! Which NICs a rule leaves. Everything that is given must match, and what a NIC does not say never matches.

use firn_config::{NicRule, Pattern, Problem};
use firn_machine::Nic;
use firn_words::{Text, say};

/// The one NIC that a rule leaves.
///
/// # Errors
/// None or several; the sentence lists every NIC, with the reason why it was not taken.
pub fn match_one<'a>(
    nics: &[&'a Nic],
    rule: &NicRule,
    key: &'static str,
) -> Result<&'a Nic, Problem> {
    let mut found: Vec<&Nic> = Vec::new();
    let mut reasons = Vec::new();
    for nic in nics {
        match differs(nic, rule) {
            None => found.push(nic),
            Some(reason) => reasons.push(reason),
        }
    }
    let rule = describe(rule);
    let text = match found[..] {
        [one] => return Ok(one),
        [] if nics.is_empty() => say!("plan-no-nic"),
        [] => say!(
            "plan-nic-none",
            rule = rule,
            count = nics.len(),
            reasons = Text::join(reasons, "; ")
        ),
        _ => say!(
            "plan-nic-several",
            rule = rule,
            found = found.len(),
            count = nics.len(),
            nics = list(&found)
        ),
    };
    Err(Problem::new(key, text))
}

/// The first property that is not as the rule asks.
fn differs(nic: &Nic, rule: &NicRule) -> Option<Text> {
    let strings = [
        ("name", &rule.name, Some(nic.name.as_str())),
        ("mac", &rule.mac, Some(nic.mac.as_str())),
        ("pci", &rule.pci, nic.pci.as_deref()),
        ("driver", &rule.driver, nic.driver.as_deref()),
    ];
    strings
        .into_iter()
        .find_map(|(property, wish, has)| text_differs(nic, property, wish.as_ref(), has))
        .or_else(|| link_differs(nic, rule.link))
}

fn text_differs(
    nic: &Nic,
    property: &str,
    wish: Option<&Pattern>,
    has: Option<&str>,
) -> Option<Text> {
    let wish = wish?;
    let quoted = format!("{:?}", wish.0);
    match has.filter(|value| !value.trim().is_empty()) {
        Some(value) if wish.matches(value) => None,
        Some(value) => Some(say!(
            "plan-not-text",
            disk = &nic.name,
            property = property,
            has = format!("{value:?}"),
            wish = quoted
        )),
        None => Some(say!(
            "plan-not-there",
            disk = &nic.name,
            property = property,
            wish = quoted
        )),
    }
}

fn link_differs(nic: &Nic, wish: Option<bool>) -> Option<Text> {
    match (wish?, nic.link) {
        (wish, Some(link)) if wish == link => None,
        (true, Some(_)) => Some(say!("plan-nic-no-link", nic = &nic.name)),
        (false, Some(_)) => Some(say!("plan-nic-link", nic = &nic.name)),
        (wish, None) => Some(say!(
            "plan-nic-link-unknown",
            nic = &nic.name,
            wish = wish.to_string()
        )),
    }
}

/// The rule as the answer file writes it.
pub fn describe(rule: &NicRule) -> String {
    let text =
        |name: &str, value: &Option<Pattern>| value.as_ref().map(|v| format!("{name} = {:?}", v.0));
    let parts: Vec<String> = [
        text("name", &rule.name),
        text("mac", &rule.mac),
        text("pci", &rule.pci),
        text("driver", &rule.driver),
        rule.link.map(|l| format!("link = {l}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        return "{}".into();
    }
    format!("{{ {} }}", parts.join(", "))
}

/// All of them, for people.
pub fn list(nics: &[&Nic]) -> Text {
    if nics.is_empty() {
        return say!("plan-no-nic");
    }
    Text::join(nics.iter().map(|n| n.title()), ", ")
}
