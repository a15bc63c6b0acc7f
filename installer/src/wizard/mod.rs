//! The wizard: the questions of an installation on one console, then its progress.
//!
//! Elm style. [`model::Model`] is plain data, [`update::update`] takes a message in and says what is to be done,
//! [`view::view`] draws. Only this file and `terminal` touch the world; what takes long runs on a thread and comes back
//! as a message.

mod backends;
mod catalog;
mod control;
mod demo;
mod desk;
mod installer;
mod message;
mod model;
mod page;
mod pages;
mod services;
mod strength;
mod task;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use installer::{play, serve};

use crate::answers_source;
use crate::consoles::{self, Claim, Console};
use crate::execute::Event;
use crate::execute::journal::JSON_LINES;
use catalog::Catalog;
use firn_tui::Ansi;
use firn_tui::keys::{Key, Keyboard};
use firn_tui::terminal;
use firn_words::{Language, say};
use message::{Effect, Message, Outcome};
use model::{Model, Owner};
use ratatui::Terminal;
use services::Services;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};
use task::{Situation, Task};

/// Shows the wizard on the terminal that is standard input and output, until it ends.
///
/// # Errors
/// When the terminal cannot be read or written; everything else is shown on it.
fn run(console: &Console, services: Arc<dyn Services>, demo: bool) -> anyhow::Result<Outcome> {
    // A disk that the kernel finds while the machine is looked at shows in the next list.
    let block_devices = services.block_devices();
    let machine = services.probe()?;
    let mut terminal = terminal::open()?;
    let theme = terminal::theme(console.is_serial());
    let mut model = Model::new(machine, Catalog::default(), &console.name, theme);
    model.block_devices = Some(block_devices);
    model.serial = console.is_serial();
    model.demo = demo;
    if !demo {
        model.no_answers = answers_source::none_here::read();
    }
    model.abilities = services.abilities();
    let (sender, receiver) = channel();
    let mut runner = Runner {
        console,
        services,
        sender,
        demo,
        log_read: 0,
        looked: None,
        measured: false,
        stop: Arc::default(),
    };
    let result = runner.turn(&mut terminal, &mut model, &receiver);
    ratatui::restore();
    result
}

/// The part of the wizard that touches the world.
struct Runner<'a> {
    console: &'a Console,
    services: Arc<dyn Services>,
    sender: Sender<Message>,
    demo: bool,
    /// Bytes of the installation's log that were read.
    log_read: u64,
    /// When it was last looked who has the wizard.
    looked: Option<Instant>,
    /// Whether the terminal's size is known. Fast fingers press several keys before the first has claimed the wizard.
    measured: bool,
    /// Tells the task that was given last that nobody wants to know any more.
    stop: Arc<AtomicBool>,
}

impl Runner<'_> {
    fn turn(
        &mut self,
        terminal: &mut Terminal<Ansi>,
        model: &mut Model,
        receiver: &Receiver<Message>,
    ) -> anyhow::Result<Outcome> {
        let started = Instant::now();
        let mut keyboard = Keyboard::default();
        loop {
            terminal.draw(|frame| view::view(model, frame))?;
            let size = terminal.size()?;
            let mut messages = VecDeque::from([
                Message::Resize(size.width, size.height),
                Message::Tick(started.elapsed()),
            ]);
            messages.extend(keyboard.read()?.into_iter().map(Message::Key));
            messages.extend(receiver.try_iter());
            messages.extend(self.others(model));
            while let Some(message) = messages.pop_front() {
                for effect in update::update(model, message) {
                    if let Effect::Exit(outcome) = effect {
                        return Ok(outcome);
                    }
                    messages.extend(self.carry_out(effect, terminal)?);
                }
            }
        }
    }

    /// Does what the model wants; gives what is to be said to it at once.
    fn carry_out(
        &mut self,
        effect: Effect,
        terminal: &mut Terminal<Ansi>,
    ) -> anyhow::Result<Vec<Message>> {
        match effect {
            Effect::Claim(key, language) => return self.claim(key, language, terminal),
            Effect::Speak(language) => {
                // The others then stay in the language that they had.
                let _ = consoles::speak(self.console, language);
            }
            Effect::Redraw => self.redraw(terminal)?,
            Effect::Shell(greeting) => {
                let failed = terminal::shell(terminal, &greeting).err();
                // In the meantime the window may have another size, which a serial line does not tell.
                self.redraw(terminal)?;
                return Ok(failed.map(notice).into_iter().collect());
            }
            Effect::Probe => self.spawn(|services, _| {
                let probed = services
                    .probe()
                    .map(Box::new)
                    .map_err(|error| format!("{error:#}").into());
                Some(Message::Probed(probed))
            }),
            Effect::BringUp => self.spawn(|services, _| services.bring_up().err().map(notice)),
            Effect::Nics => self.spawn(|services, _| services.nics().ok().map(Message::Nics)),
            Effect::Keyboard(layout) => {
                self.spawn(move |services, _| services.keyboard(&layout).err().map(notice))
            }
            Effect::TimeIn(zone) => {
                return Ok(vec![Message::TimeIn(self.services.time_in(&zone))]);
            }
            Effect::TestNetwork(number, situation) => self.spawn(move |services, sender| {
                // As below: the wizard listens as long as it is there.
                let mut tell = |finding| drop(sender.send(Message::Tested(number, finding)));
                let result = services.test_network(&situation, &mut tell);
                Some(Message::TestOver(number, result))
            }),
            Effect::Blink(nic) => self.spawn(move |services, _| {
                let result = services.blink(&nic);
                Some(Message::Blinked(nic, result))
            }),
            Effect::BlockDevices => {
                return Ok(vec![Message::BlockDevices(self.services.block_devices())]);
            }
            Effect::Ask(number, task, situation) => self.ask(number, task, situation),
            Effect::Stop => self.stop.store(true, Ordering::Relaxed),
            Effect::Execute(plan, secrets) => self.spawn(move |services, sender| {
                // The wizard is there as long as the process is; nobody else listens.
                let mut tell = |event: Event| drop(sender.send(Message::Event(event)));
                Some(Message::Finished(
                    services.execute(&plan, &secrets, &mut tell),
                ))
            }),
            Effect::Exit(_) => {}
        }
        Ok(Vec::new())
    }

    /// Has a task done; who stops it hears no more of it than its end.
    fn ask(&mut self, number: u64, task: Task, situation: Box<Situation>) {
        let stop = Arc::new(AtomicBool::new(false));
        self.stop = Arc::clone(&stop);
        self.spawn(move |services, sender| {
            let mut meanwhile = |reply| {
                // As everywhere: without a listener there is nothing to say.
                let _ = sender.send(Message::Meanwhile(number, reply));
                if stop.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            };
            let reply = services.perform(&task, &situation, &mut meanwhile);
            Some(Message::Reply(number, reply))
        });
    }

    fn spawn(
        &self,
        work: impl FnOnce(&dyn Services, &Sender<Message>) -> Option<Message> + Send + 'static,
    ) {
        let (services, sender) = (Arc::clone(&self.services), self.sender.clone());
        std::thread::spawn(move || {
            let work = AssertUnwindSafe(|| work(services.as_ref(), &sender));
            let message =
                catch_unwind(work).unwrap_or_else(|_| Some(Message::Lost(say!("wizard-lost"))));
            if let Some(message) = message {
                // As above: without a listener there is nothing to say.
                let _ = sender.send(message);
            }
        });
    }

    fn claim(
        &mut self,
        key: Key,
        language: Language,
        terminal: &mut Terminal<Ansi>,
    ) -> anyhow::Result<Vec<Message>> {
        let claim = if self.demo {
            Ok(Claim::Mine)
        } else {
            consoles::claim(self.console, language)
        };
        let messages = match claim {
            Ok(Claim::Mine) => vec![Message::Claimed, Message::Key(key)],
            Ok(Claim::Other(holder)) => return Ok(vec![Message::Owner(Some(holder))]),
            // Somebody stands here and wants to install; a lost lock is no reason to send them away.
            Err(error) => vec![
                Message::Claimed,
                Message::Key(key),
                Message::Notice(say!("wizard-claim", error = error.to_string())),
            ],
        };
        if self.console.is_serial() && !self.measured {
            self.measured = true;
            self.redraw(terminal)?;
        }
        Ok(messages)
    }

    fn redraw(&self, terminal: &mut Terminal<Ansi>) -> anyhow::Result<()> {
        if self.console.is_serial() {
            terminal::ask_size();
        }
        terminal::retake()?;
        terminal::blank(terminal)
    }

    /// As long as the wizard is not ours: who has it, and how far they are.
    fn others(&mut self, model: &Model) -> Vec<Message> {
        let due = self
            .looked
            .is_none_or(|at| at.elapsed() >= Duration::from_secs(1));
        if model.owner == Owner::Me || self.demo || !due {
            return Vec::new();
        }
        self.looked = Some(Instant::now());
        let other = consoles::claimed_by().filter(|holder| holder.console != self.console.name);
        let mut messages = vec![Message::Owner(other.clone())];
        if other.is_some() {
            messages.extend(self.follow().into_iter().map(Message::Event));
        }
        messages
    }

    /// What was written to the log since the last look. A log that cannot be read is not there yet.
    fn follow(&mut self) -> Vec<Event> {
        let Ok(mut file) = File::open(JSON_LINES) else {
            return Vec::new();
        };
        if file.metadata().is_ok_and(|data| data.len() < self.log_read) {
            self.log_read = 0;
        }
        let mut bytes = Vec::new();
        if file
            .seek(SeekFrom::Start(self.log_read))
            .and_then(|_| file.read_to_end(&mut bytes))
            .is_err()
        {
            return Vec::new();
        }
        // The last line may be only half written.
        let whole = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        self.log_read += whole as u64;
        bytes[..whole]
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect()
    }
}

fn notice(error: anyhow::Error) -> Message {
    Message::Notice(format!("{error:#}").into())
}
