//! The course of an installation: what it says, and how it ends.

use crate::execute::{self, Done, Event, Failure, journal};
use crate::wizard::message::Effect;
use crate::wizard::model::Model;
use crate::wizard::page::Page;
use firn_words::{Text, say};

/// Lines of the log that are kept.
const LOG_LINES: usize = 500;

/// Takes what it says.
pub fn follow(model: &mut Model, event: Event) {
    let run = &mut model.run;
    let line: Text = match event {
        Event::Step { name, n, of, title } => {
            // What was read from the log is English; the step's name says it in every language.
            let title = execute::title(&name).unwrap_or(title);
            (run.n, run.of, run.title) = (n, of, title.clone());
            run.steps.push(title.clone());
            title
        }
        Event::Progress { percent } => {
            run.percent = percent.min(100);
            return;
        }
        Event::Log { text } => text.into(),
        Event::Host { id, fingerprints } => journal::host_line(&id, &fingerprints).into(),
        Event::Warning { text } => say!("wizard-log-warning", text = text),
        Event::Error { step, text, .. } => say!("wizard-log-failed", step = step, text = text),
        Event::Undone { text } => say!("wizard-log-undone", text = text),
        Event::Left { disk, .. } => disk,
        Event::Done {
            hostname,
            addresses,
        } => {
            run.percent = 100;
            run.end = Some(Ok(Done {
                hostname: hostname.clone(),
                addresses,
                warnings: Vec::new(),
            }));
            say!("page-done-installed", name = hostname)
        }
    };
    run.log.push(line);
    if run.log.len() > LOG_LINES {
        run.log.remove(0);
    }
}

/// It is over.
pub fn end(model: &mut Model, result: Result<Done, Failure>) -> Vec<Effect> {
    let page = if result.is_ok() {
        Page::Done
    } else {
        Page::Failed
    };
    if result.is_err() {
        forget_edges(model);
    }
    model.run.ended = model.now;
    model.run.end = Some(result);
    vec![Effect::Show(page)]
}

/// What was at the beginning and the end of a disk before it was written to is no proof that it is another one when it is tried again.
fn forget_edges(model: &mut Model) {
    let disks = model.machine.disks.iter_mut();
    for disk in disks.filter(|disk| !disk.has_identity()) {
        disk.edges = None;
    }
}
