//! `firn trash …`.

use super::Session;
use crate::arguments::{Json, TrashCommand, Waiting};
use crate::failure::{Failure, USAGE};
use crate::output::figures::{disk, moment};
use crate::output::table::{Cell, with_heads};
use firn_api::{Restore, Trashed};
use firn_client::{ask, find};
use firn_words::{Text, say};
use std::io::{IsTerminal, stdin};

/// Does what a command says.
pub fn run(session: &mut Session, command: TrashCommand) -> Result<(), Failure> {
    match command {
        TrashCommand::List(json) => list(session, json),
        TrashCommand::Restore {
            name,
            rename,
            waiting,
        } => restore(session, &name, rename, waiting),
        TrashCommand::Empty { name, yes, waiting } => empty(session, name.as_deref(), yes, waiting),
    }
}

fn list(session: &mut Session, json: Json) -> Result<(), Failure> {
    let trash = session.client.send(&ask::trash())?;
    if trash.is_empty() && !json.json {
        session.note(&say!("command-trash-is-empty"));
        return Ok(());
    }
    let heads = [
        say!("command-head-name"),
        say!("command-head-deleted"),
        say!("command-head-used"),
        say!("command-head-id"),
    ];
    let row = |one: &Trashed| {
        vec![
            Cell::from(&one.name),
            Cell::from(moment(&one.deleted, &session.zone)),
            Cell::number(disk(one.used).in_language(session.language)),
            Cell::from(&one.id),
        ]
    };
    let rows = trash.iter().map(row).collect();
    session.show(json, &trash, || with_heads(session.heads(heads), rows))
}

fn restore(
    session: &mut Session,
    typed: &str,
    rename: Option<String>,
    waiting: Waiting,
) -> Result<(), Failure> {
    let one = deleted(session, typed)?;
    let name = rename.clone().unwrap_or_else(|| one.name.clone());
    let begun = session
        .client
        .send(&ask::restore(&one.id, &Restore { name: rename }))?;
    session.finish(begun, waiting, &say!("command-done-restore", name = name))
}

fn empty(
    session: &mut Session,
    typed: Option<&str>,
    yes: bool,
    waiting: Waiting,
) -> Result<(), Failure> {
    let some = match typed {
        Some(typed) => vec![deleted(session, typed)?],
        None => session.client.send(&ask::trash())?,
    };
    if some.is_empty() {
        session.note(&say!("command-trash-is-empty"));
        return Ok(());
    }
    let used = some.iter().map(|one| one.used).sum();
    let names: Vec<&str> = some.iter().map(|one| one.name.as_str()).collect();
    if !yes
        && !sure(
            session,
            &say!("command-sure", names = names.join(", "), size = disk(used)),
        )?
    {
        session.note(&say!("command-nothing-done"));
        return Ok(());
    }
    let begun = match typed {
        Some(_) => session.client.send(&ask::discard(&some[0].id))?,
        None => session.client.send(&ask::empty_trash())?,
    };
    session.finish(
        begun,
        waiting,
        &say!("command-done-empty", size = disk(used)),
    )
}

fn deleted(session: &mut Session, typed: &str) -> Result<Trashed, Failure> {
    let trash = session.client.send(&ask::trash())?;
    let found = find(&trash, typed).cloned();
    found.map_err(|unknown| Failure::unknown(typed, unknown))
}

/// Whether somebody at a terminal says yes, in either language.
fn sure(session: &Session, question: &Text) -> Result<bool, Failure> {
    if !stdin().is_terminal() {
        return Err(Failure::Said(USAGE, say!("command-say-yes")));
    }
    session.note(question);
    let mut answer = String::new();
    stdin().read_line(&mut answer)?;
    let answer = answer.trim().to_lowercase();
    Ok(["y", "yes", "j", "ja"].contains(&answer.as_str()))
}
