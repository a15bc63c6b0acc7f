//! Text from the network, made fit for a terminal: firmware's strings and reports must not move the operator's cursor.

use firn_visible::visible;
use serde_json::Value;

use crate::event::{Event, Names, Report};

impl Event {
    /// The same with everything escaped that cannot be seen, line breaks too.
    pub fn printable(&self) -> Event {
        let mut event = self.clone();
        match &mut event {
            Event::Dhcp { what: text, .. }
            | Event::Unreadable { mac: text, .. }
            | Event::Fetch { file: text, .. }
            | Event::TokenGiven { token: text, .. }
            | Event::TokenTaken { token: text, .. } => clean(text),
            Event::Script { names, .. } => clean_names(names),
            Event::Answers {
                names,
                layers,
                problems,
                ..
            } => {
                clean_names(names);
                layers.iter_mut().chain(problems).for_each(clean);
            }
            Event::Report(report) => clean_report(report),
            Event::Kind { .. }
            | Event::Fetched { .. }
            | Event::Approved { .. }
            | Event::Again { .. } => {}
        }
        event
    }
}

fn clean(text: &mut String) {
    *text = visible(text).into_owned();
}

fn clean_names(names: &mut Names) {
    let all = [&mut names.uuid, &mut names.serial, &mut names.product];
    all.into_iter().flatten().for_each(clean);
}

fn clean_report(report: &mut Report) {
    clean_names(&mut report.names);
    let texts = [&mut report.hostname, &mut report.failed_step];
    let texts = texts.into_iter().flatten();
    texts.chain(&mut report.problems).for_each(clean);
    report.rest.values_mut().for_each(clean_value);
}

fn clean_value(value: &mut Value) {
    match value {
        Value::String(text) => clean(text),
        Value::Array(values) => values.iter_mut().for_each(clean_value),
        Value::Object(map) => map.values_mut().for_each(clean_value),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Outcome;
    use crate::mac::Mac;

    const EVIL: &str = "a\u{1b}[2J\nb\u{9b}c\u{202e} ä";
    const GOOD: &str = r"a\x1b[2J\nb\u{9b}c\u{202e} ä";

    fn names(text: &str) -> Names {
        Names {
            uuid: Some(text.into()),
            serial: Some(text.into()),
            product: Some(text.into()),
        }
    }

    fn report(text: &str) -> Event {
        let json = serde_json::json!({
            "version": 1, "event": "failed", "mac": "52-54-00-00-00-01", "uuid": text, "product": text,
            "hostname": text, "failed-step": text, "problems": [text], "log": [{"line": text}]
        });
        Event::Report(serde_json::from_value(json).unwrap())
    }

    fn answers(text: &str) -> Event {
        Event::Answers {
            mac: Mac([0x52, 0x54, 0, 0, 0, 1]),
            address: [192, 0, 2, 10].into(),
            names: names(text),
            outcome: Outcome::Bad,
            layers: vec![text.into()],
            problems: vec![text.into()],
        }
    }

    fn script(text: &str) -> Event {
        Event::Script {
            mac: Mac([0x52, 0x54, 0, 0, 0, 1]),
            address: [192, 0, 2, 10].into(),
            names: names(text),
            disk: false,
        }
    }

    #[test]
    fn no_text_of_the_network_reaches_a_terminal_as_it_is() {
        for event in [report, answers, script] {
            assert_eq!(event(EVIL).printable(), event(GOOD));
        }
    }
}
