//! `firn task …`.

use super::Session;
use crate::arguments::{Json, TaskCommand, Waiting};
use crate::failure::Failure;
use crate::output::{note, print_json, task as page};
use firn_api::{Stage, Task};
use firn_client::ask;
use firn_words::say;

/// Does what a command says.
pub fn run(session: &mut Session, command: TaskCommand) -> Result<(), Failure> {
    match command {
        TaskCommand::List(json) => list(session, json),
        TaskCommand::Show { id, json } => {
            let task = session.task(&id)?;
            session.show(json, &task, || {
                page::page(&task, &session.zone, session.language)
            })
        }
        TaskCommand::Log { id, json } => {
            let task = session.task(&id)?;
            let log = session.client.send(&ask::task_log(&task.id))?;
            session.show(json, &log, || {
                page::log(&log, &session.zone, session.language)
            })
        }
        TaskCommand::Wait { id, json } => {
            let task = session.task(&id)?;
            let task = session.follow(task)?;
            ended(session, &task, json)
        }
        TaskCommand::Cancel { id, waiting } => cancel(session, &id, waiting),
    }
}

fn list(session: &mut Session, json: Json) -> Result<(), Failure> {
    let tasks = session.client.send(&ask::tasks())?;
    if tasks.is_empty() && !json.json {
        note(&say!("command-no-tasks").in_language(session.language));
        return Ok(());
    }
    session.show(json, &tasks, || {
        page::list(&tasks, &session.zone, session.language)
    })
}

fn cancel(session: &mut Session, typed: &str, waiting: Waiting) -> Result<(), Failure> {
    let task = session.task(typed)?;
    let task = session.client.send(&ask::cancel(&task.id))?;
    if waiting.no_wait {
        return session.leave(&task, waiting.output);
    }
    match session.follow(task) {
        // That is what was wanted.
        Err(Failure::Ended(task)) if task.stage == Stage::Cancelled => {
            ended(session, &task, waiting.output)
        }
        Ok(task) => ended(session, &task, waiting.output),
        Err(failure) => Err(failure),
    }
}

/// How a task has ended that has not failed.
fn ended(session: &Session, task: &Task, json: Json) -> Result<(), Failure> {
    if json.json {
        return print_json(task);
    }
    let (operation, name, stage) = (&task.operation, &task.name, page::stage(task));
    session.say(&say!(
        "command-task-ended",
        operation = operation,
        name = name,
        stage = stage
    ))
}
