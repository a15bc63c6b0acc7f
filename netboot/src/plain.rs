//! The table where there is no terminal: a line for each change, and approvals from standard input.

use crate::event::Event;
use crate::http::App;
use crate::mac::Mac;
use crate::machine::Machine;
use std::collections::BTreeMap;

/// Prints changes, for as long as it is let.
pub async fn show(site: App) {
    let mut changes = site.changes();
    let mut shown = BTreeMap::new();
    let mut trouble = None;
    while changes.changed().await.is_ok() {
        for line in news(&mut shown, &site.machines()) {
            println!("{line}");
        }
        let now = site.trouble();
        if now != trouble {
            eprintln!("warning: {}", now.as_deref().unwrap_or_default());
            trouble = now;
        }
    }
}

/// A line for each machine whose stage is another than what was shown.
fn news(shown: &mut BTreeMap<Mac, String>, machines: &[Machine]) -> Vec<String> {
    let new = |machine: &&Machine| {
        shown.insert(machine.mac, machine.text.clone()).as_ref() != Some(&machine.text)
    };
    let new: Vec<&Machine> = machines.iter().filter(new).collect();
    new.into_iter().map(line).collect()
}

fn line(machine: &Machine) -> String {
    let model = machine.model.as_deref().map(|model| format!(" ({model})"));
    format!(
        "{}{}: {}",
        machine.mac,
        model.unwrap_or_default(),
        machine.text
    )
}

/// Takes lines from standard input: a MAC address, or `all`, allows installations; `again MAC` lets a machine be installed once more.
/// A thread of its own, since nothing can end a read of a terminal: it ends with the program.
pub fn listen(site: App) {
    std::thread::spawn(move || {
        for text in std::io::stdin().lines().map_while(Result::ok) {
            match order(&text, &site.waiting()) {
                Ok(events) => events.iter().for_each(|event| site.tell(event)),
                Err(why) => eprintln!("{why}"),
            }
        }
    });
}

fn order(text: &str, waiting: &[Mac]) -> Result<Vec<Event>, String> {
    let approved = |mac: &Mac| Event::Approved { mac: *mac };
    match text.split_whitespace().collect::<Vec<_>>().as_slice() {
        [] => Ok(Vec::new()),
        ["all"] => Ok(waiting.iter().map(approved).collect()),
        ["again", mac] => Ok(vec![Event::Again { mac: mac.parse()? }]),
        [mac] => Ok(vec![approved(&mac.parse()?)]),
        _ => Err(format!(
            "{text:?} is no order; write a MAC address, all, or again MAC"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Stage;
    use jiff::Timestamp;

    const A: Mac = Mac([0x52, 0x54, 0, 0, 0, 1]);

    #[test]
    fn only_changes_are_printed() {
        let mut machine = Machine::new(A, Timestamp::UNIX_EPOCH);
        machine.model = Some("QEMU".into());
        let mut shown = BTreeMap::new();
        assert_eq!(
            news(&mut shown, &[machine.clone()]),
            ["52-54-00-00-00-01 (QEMU): asked"]
        );
        assert_eq!(news(&mut shown, &[machine.clone()]), Vec::<String>::new());
        machine.enter(Stage::Installing(43), Timestamp::UNIX_EPOCH);
        assert_eq!(
            news(&mut shown, &[machine]),
            ["52-54-00-00-00-01 (QEMU): installing 43 %"]
        );
    }

    #[test]
    fn orders() {
        let approved = Event::Approved { mac: A };
        assert_eq!(order("all", &[A]), Ok(vec![approved.clone()]));
        assert_eq!(order(" 52:54:00:00:00:01 ", &[]), Ok(vec![approved]));
        assert_eq!(
            order("again 52-54-00-00-00-01", &[]),
            Ok(vec![Event::Again { mac: A }])
        );
        assert_eq!(order("", &[A]), Ok(Vec::new()));
        assert!(order("yes please do", &[]).is_err());
        assert!(order("yes", &[]).is_err());
    }
}
