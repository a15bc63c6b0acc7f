//! Text from the network, made fit for a terminal: firmware's strings and reports must not move the operator's cursor.

use crate::event::{Event, Names, Report};
use firn_visible::visible;
use serde_json::{Map, Value};

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
    clean_map(&mut report.rest);
}

/// Names are the sender's words as much as values.
fn clean_map(map: &mut Map<String, Value>) {
    let entries = std::mem::take(map).into_iter();
    *map = entries
        .map(|(name, mut value)| {
            clean_value(&mut value);
            (visible(&name).into_owned(), value)
        })
        .collect();
}

fn clean_value(value: &mut Value) {
    match value {
        Value::String(text) => clean(text),
        Value::Array(values) => values.iter_mut().for_each(clean_value),
        Value::Object(map) => clean_map(map),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Outcome;
    use crate::mac::Mac;
    use proptest::prelude::*;

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
            "hostname": text, "failed-step": text, "problems": [text], "log": [{"line": text, text: 1}], text: 2
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

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            any::<char>().prop_map(|c| Value::from(c.to_string())),
        ];
        leaf.prop_recursive(4, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Any station may post a report. What is taken of it is one line of the log, without a letter that a terminal obeys.
        #[test]
        fn no_report_moves_the_cursor(
            known in prop::collection::btree_map("mac|version|event|uuid|serial|percent|hostname|failed-step|problems|[a-z]{3}", json(), 0..5),
            more in prop::collection::btree_map(any::<String>(), json(), 0..4),
            what in prop::sample::select(vec!["started", "progress", "succeeded", "failed", "refused"]),
        ) {
            let mut map: Map<String, Value> = more.into_iter().collect();
            for (name, value) in [("version", 1.into()), ("event", what.into()), ("mac", "52-54-00-00-00-01".into())] {
                map.insert(name.into(), value);
            }
            let whole = serde_json::from_value::<Report>(map.clone().into());
            prop_assert!(whole.is_ok());
            map.extend(known);
            for report in [whole, serde_json::from_value(map.into())].into_iter().flatten() {
                let shown = serde_json::to_string(&Event::Report(Box::new(report)).printable()).unwrap();
                prop_assert!(shown.chars().all(firn_visible::is_seen), "{}", shown);
            }
        }
    }
}
