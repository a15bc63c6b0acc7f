//! `firn events`.

use super::Session;
use crate::arguments::Json;
use crate::failure::Failure;
use crate::output::{guest as page, print, task};
use firn_api::{Event, Guest, Kind, Snapshot, Task};
use firn_client::{Error, Heard};
use firn_words::{Language, Text, say};
use jiff::Zoned;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Shows what happens, a line for each change.
pub fn run(session: &mut Session, json: Json) -> Result<(), Failure> {
    let mut teller = Teller {
        names: BTreeMap::new(),
        language: session.language,
    };
    let mut failure = None;
    let ended = session.client.events(&mut |heard| {
        let line = if json.json {
            written(&heard)
        } else {
            teller.told(&heard)
        };
        match line.map_or(Ok(()), |line| print(&(line + "\n"))) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    match (ended, failure) {
        (_, Some(failure)) => Err(failure),
        // Ctrl+C is the way to end it.
        (Err(Error::Interrupted) | Ok(()), None) => Ok(()),
        (Err(error), None) => Err(error.into()),
    }
}

/// An event as a line of JSON; what was before is no event.
fn written(heard: &Heard) -> Option<String> {
    match heard {
        Heard::Snapshot(_) => None,
        Heard::Change(event) => serde_json::to_string(event).ok(),
    }
}

/// Tells events to people. It remembers names: of what is gone, an event has only the id.
struct Teller {
    names: BTreeMap<String, String>,
    language: Language,
}

impl Teller {
    fn told(&mut self, heard: &Heard) -> Option<String> {
        let text = match heard {
            Heard::Snapshot(snapshot) => self.learn(snapshot),
            Heard::Change(event) => self.change(event),
        };
        let time = Zoned::now().strftime("%H:%M:%S").to_string();
        Some(format!("{time}  {}", text?.in_language(self.language)))
    }

    fn learn(&mut self, snapshot: &Snapshot) -> Option<Text> {
        let names = snapshot.guests.iter();
        self.names = names.map(|g| (g.id.clone(), g.name.clone())).collect();
        let (guests, tasks) = (snapshot.guests.len(), &snapshot.tasks);
        let tasks = tasks.iter().filter(|task| !task.stage.is_over()).count();
        Some(say!(
            "command-event-snapshot",
            guests = guests,
            tasks = tasks
        ))
    }

    fn change(&mut self, event: &Event) -> Option<Text> {
        match (event.kind, &event.object) {
            (Kind::Guest, Some(object)) => {
                let guest: Guest = serde_json::from_value(object.clone()).ok()?;
                self.names.insert(guest.id.clone(), guest.name.clone());
                let state = page::state(guest.state);
                Some(say!(
                    "command-event-guest",
                    name = guest.name,
                    state = state
                ))
            }
            (Kind::Guest, None) => {
                let name = self
                    .names
                    .remove(&event.id)
                    .unwrap_or_else(|| event.id.clone());
                Some(say!("command-event-gone", name = name))
            }
            (Kind::Task, Some(object)) => {
                let task: Task = serde_json::from_value(object.clone()).ok()?;
                let (operation, stage) = (&task.operation, task::stage(&task));
                let (id, name) = (&task.id, &task.name);
                Some(say!(
                    "command-event-task",
                    id = id,
                    operation = operation,
                    name = name,
                    stage = stage
                ))
            }
            (Kind::Task, None) => None,
        }
    }
}
