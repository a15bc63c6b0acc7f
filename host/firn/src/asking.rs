//! The commands that ask firnd.

mod address;
mod create;
mod events;
mod guest;
mod request;
mod set;
mod task;
mod trash;

use crate::arguments::{Command, Json, NetworkCommand, StoreCommand, TemplateCommand, Waiting};
use crate::failure::Failure;
use crate::output::figures::disk;
use crate::output::progress::Progress;
use crate::output::table::{Cell, with_heads};
use crate::output::{note, print, print_json};
use firn_api::{Begun, Guest, Stage, Task};
use firn_client::{Client, Error, Unknown, ask, find, nearest};
use firn_words::{Language, Text, say};
use jiff::tz::TimeZone;
use serde::Serialize;

/// Somebody at a terminal, and firnd.
pub struct Session {
    /// The way to firnd.
    pub client: Client,
    /// What is spoken here.
    pub language: Language,
    /// Which clock hangs on the wall.
    pub zone: TimeZone,
}

impl Session {
    /// Does what a command says.
    ///
    /// # Errors
    /// Why it is not done.
    pub fn run(&mut self, command: Command) -> Result<(), Failure> {
        match command {
            Command::Guest(command) => guest::run(self, command),
            Command::Trash(command) => trash::run(self, command),
            Command::Task(command) => task::run(self, command),
            Command::Events(json) => events::run(self, json),
            Command::Store {
                command: Some(StoreCommand::List(json)),
            } => self.stores(json),
            Command::Network(NetworkCommand::List(json)) => self.networks(json),
            Command::Template(TemplateCommand::List(json)) => self.templates(json),
            Command::Template(TemplateCommand::Show { id, json }) => self.template(&id, json),
            // This program does these without firnd.
            Command::Store { command: None } | Command::Local(_) => Ok(()),
        }
    }

    /// A sentence on standard output.
    fn say(&self, text: &Text) -> Result<(), Failure> {
        print(&(text.in_language(self.language) + "\n"))
    }

    /// A sentence on standard error.
    fn note(&self, text: &Text) {
        note(&text.in_language(self.language));
    }

    /// JSON, or what people read.
    fn show(
        &self,
        json: Json,
        value: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if json.json {
            return print_json(value);
        }
        print(&text())
    }

    /// The guest that was named.
    fn guest(&mut self, typed: &str) -> Result<Guest, Failure> {
        let guests = self.client.send(&ask::guests())?;
        let found = find(&guests, typed).cloned();
        found.map_err(|unknown| Failure::unknown(typed, unknown))
    }

    /// The task that was named.
    fn task(&mut self, typed: &str) -> Result<Task, Failure> {
        match self.client.send(&ask::task(typed)) {
            Err(Error::Refused(problems)) if problems.status == 404 => {
                let tasks = self.client.send(&ask::tasks())?;
                let meant = nearest(typed, tasks.iter().map(|task| task.id.as_str()));
                Err(Failure::unknown(
                    typed,
                    Unknown::Nothing(meant.map(str::to_owned)),
                ))
            }
            answer => Ok(answer?),
        }
    }

    /// Waits for what has begun, unless it is not to be waited for, and says at the end that it is done.
    fn finish(&mut self, begun: Begun, waiting: Waiting, done: &Text) -> Result<(), Failure> {
        if waiting.no_wait {
            return self.leave(&begun.task, waiting.output);
        }
        let task = self.follow(begun.task)?;
        if waiting.output.json {
            return print_json(&task);
        }
        self.say(done)
    }

    /// Says which task works on.
    fn leave(&self, task: &Task, json: Json) -> Result<(), Failure> {
        let text = say!("command-begun", id = &task.id);
        self.show(json, task, || text.in_language(self.language) + "\n")
    }

    /// Waits until a task is done.
    fn follow(&mut self, task: Task) -> Result<Task, Failure> {
        let id = task.id.clone();
        let mut progress = Progress::of_task(self.language);
        let end = self.client.wait(task, &mut |task| progress.task(task));
        drop(progress);
        match end {
            Ok(task) if task.stage == Stage::Done => Ok(task),
            Ok(task) => Err(Failure::Ended(Box::new(task))),
            Err(error) => {
                if error == Error::Interrupted {
                    self.note(&say!("command-goes-on", id = id));
                }
                Err(error.into())
            }
        }
    }

    fn stores(&mut self, json: Json) -> Result<(), Failure> {
        let stores = self.client.send(&ask::stores())?;
        let heads = [
            say!("command-head-name"),
            say!("command-head-kind"),
            say!("command-head-size"),
            say!("command-head-used"),
            say!("command-head-full"),
        ];
        let row = |store: &firn_api::Store| {
            let full = (u128::from(store.used) * 100).checked_div(store.size.into());
            vec![
                Cell::from(&store.name),
                Cell::from(&store.kind),
                Cell::number(disk(store.size).in_language(self.language)),
                Cell::number(disk(store.used).in_language(self.language)),
                Cell::number(format!("{} %", full.unwrap_or(0))),
            ]
        };
        self.show(json, &stores, || {
            with_heads(self.heads(heads), stores.iter().map(row).collect())
        })
    }

    fn networks(&mut self, json: Json) -> Result<(), Failure> {
        let networks = self.client.send(&ask::networks())?;
        let heads = [say!("command-head-name"), say!("command-head-bridge")];
        let row = |network: &firn_api::Network| {
            vec![Cell::from(&network.name), Cell::from(&network.bridge)]
        };
        self.show(json, &networks, || {
            with_heads(self.heads(heads), networks.iter().map(row).collect())
        })
    }

    fn templates(&mut self, json: Json) -> Result<(), Failure> {
        let templates = self.client.send(&ask::templates())?;
        let heads = [say!("command-head-id"), say!("command-head-system")];
        let row = |template: &firn_api::Template| {
            vec![Cell::from(&template.id), Cell::from(&template.title)]
        };
        self.show(json, &templates, || {
            with_heads(self.heads(heads), templates.iter().map(row).collect())
        })
    }

    fn template(&mut self, id: &str, json: Json) -> Result<(), Failure> {
        let template = self.client.send(&ask::template(id))?;
        let said = say!(
            "command-template",
            title = &template.title,
            least = template.least_memory >> 20,
            memory = template.memory >> 20,
            cpus = template.cpus,
            disk = template.disk >> 30,
            source = &template.source,
            ran = &template.ran
        );
        self.show(json, &template, || {
            let said = said.in_language(self.language);
            let notes = template.notes.iter().map(|note| format!("{note}\n"));
            format!("{}\n{}", said.trim_end(), notes.collect::<String>())
        })
    }

    fn heads<const N: usize>(&self, heads: [Text; N]) -> Vec<String> {
        heads.map(|head| head.in_language(self.language)).to_vec()
    }
}

#[cfg(test)]
pub mod tests {
    use firn_api::{Autostart, Disk, Found, Guest, Nic, State, Virtualization};

    /// A guest that runs, with two disks and three addresses.
    pub fn guest() -> Guest {
        let disk = |target: &str, size, used| Disk {
            target: target.into(),
            store: "local".into(),
            volume: format!("g-aaaaaaaa-{target}"),
            size,
            used,
        };
        let found = |address: &str, source: &str, age| Found {
            address: address.into(),
            nic: 0,
            source: source.into(),
            age,
        };
        Guest {
            id: "aaaaaaaa".into(),
            name: "web1".into(),
            state: State::Running,
            why: None,
            template: "debian-13".into(),
            virtualization: Virtualization::Pvh,
            cpus: 2,
            cpus_max: 4,
            memory: 2 << 30,
            memory_max: 2 << 30,
            addresses: vec![
                found("fe80::1", "neighbour", 4),
                found("2001:db8::17", "neighbour", 4),
                found("192.0.2.17", "agent", 4000),
            ],
            no_address: None,
            disks: vec![
                disk("xvda", 20_000_000_000, Some(1_250_000_000)),
                disk("xvdb", 4 << 30, None),
            ],
            nics: vec![Nic {
                network: "host".into(),
                mac: "00:16:3e:00:00:01".into(),
            }],
            autostart: Autostart::default(),
            protected: false,
            notes: String::new(),
            created: "2026-12-01T00:00:00Z".into(),
            started: Some("2026-12-01T00:35:10Z".into()),
            pending: Vec::new(),
            task: None,
            revision: 7,
        }
    }
}
