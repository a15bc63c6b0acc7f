//! `firn guest create`.

use super::request::{boot, is_fetched, request, unreadable};
use super::{Session, address};
use crate::arguments::Create;
use crate::failure::{CONFLICT, Failure};
use crate::output::progress::Progress;
use crate::output::{print_json, word};
use firn_api::{Fetch, Image, Plan, Seed};
use firn_client::{Created, ask, folded};
use firn_words::{Text, say};
use std::fs::File;
use std::path::Path;

/// Makes a guest, or says how.
pub fn run(session: &mut Session, typed: Create) -> Result<(), Failure> {
    let mut create = request(&typed)?;
    free(session, &create.name)?;
    let mut uploads = Vec::new();
    let end = send(session, &typed, &mut create, &mut uploads);
    if typed.dry_run || end.is_err() {
        for upload in &uploads {
            // firnd forgets by itself what nobody takes; this is only sooner.
            let _ = session.client.send(&ask::forget(upload));
        }
    }
    match end? {
        Created::Plan(plan) => show_plan(session, &typed, &plan),
        Created::Begun(begun) if typed.waiting.no_wait => {
            session.leave(&begun.task, typed.waiting.output)
        }
        Created::Begun(begun) => {
            let id = begun.task.guest.clone();
            if let Err(failure) = session.follow(begun.task) {
                made(session, &id);
                return Err(failure);
            }
            finish(session, &typed, &id)
        }
    }
}

/// Whether the name is free, before a large file is sent in vain.
fn free(session: &mut Session, name: &str) -> Result<(), Failure> {
    let guests = session.client.send(&ask::guests())?;
    let wanted = folded(name);
    match guests.iter().find(|guest| folded(&guest.name) == wanted) {
        Some(guest) => Err(Failure::Said(
            CONFLICT,
            say!("command-name-taken", name = &guest.name),
        )),
        None => Ok(()),
    }
}

/// Says when nobody will be able to log in.
fn warn(session: &Session, create: &firn_api::Create) {
    let way_in = |seed: &Seed| seed.password_hash.is_some() || !seed.ssh_keys.is_empty();
    if create.image.is_some() && !create.seed.as_ref().is_some_and(way_in) {
        session.note(&say!("command-no-login"));
    }
}

/// Uploads what has to be there before, and asks for the guest.
fn send(
    session: &mut Session,
    typed: &Create,
    create: &mut firn_api::Create,
    uploads: &mut Vec<String>,
) -> Result<Created, Failure> {
    if let Some(image) = typed.from.image.as_deref() {
        let upload = match (is_fetched(image), &typed.details.checksum) {
            (true, _) => fetch(session, typed, image)?,
            (false, None) => upload(session, Path::new(image))?,
            (false, Some(_)) => {
                let text = say!("command-checksum-of-file", file = image);
                return Err(Failure::Said(crate::failure::USAGE, text));
            }
        };
        uploads.push(upload.clone());
        create.image = Some(Image::Upload(upload));
    }
    let mut send = |file: &Path| {
        let upload = upload(session, file)?;
        uploads.push(upload.clone());
        Ok::<_, Failure>(upload)
    };
    if let Some(kernel) = &typed.from.kernel {
        let kernel = send(kernel)?;
        let ramdisk = typed.details.initrd.as_deref().map(send).transpose()?;
        create.boot = Some(boot(typed, kernel, ramdisk));
    }
    warn(session, create);
    Ok(session.client.send(&ask::create(create))?)
}

/// Has the host fetch an image; the id under which firnd then has it.
fn fetch(session: &mut Session, typed: &Create, from: &str) -> Result<String, Failure> {
    let wanted = Fetch {
        from: from.to_owned(),
        checksum: typed.details.checksum.clone(),
    };
    let begun = session.client.send(&ask::fetch(&wanted))?;
    let task = session.follow(begun.task)?;
    match task.fetched {
        Some(fetched) => Ok(fetched.upload),
        None => Err(Failure::Ended(Box::new(task))),
    }
}

/// Sends a file; the id under which firnd has it.
fn upload(session: &mut Session, file: &Path) -> Result<String, Failure> {
    let wrong = |error: &std::io::Error| unreadable(file, error);
    let source = File::open(file).map_err(|error| wrong(&error))?;
    let size = source.metadata().map_err(|error| wrong(&error))?;
    if !size.is_file() {
        let file = file.display().to_string();
        return Err(Failure::Said(
            crate::failure::USAGE,
            say!("command-no-regular-file", file = file),
        ));
    }
    let name = file
        .file_name()
        .unwrap_or(file.as_os_str())
        .to_string_lossy();
    let mut progress = Progress::of_bytes(&name, size.len(), session.language);
    let client = &mut session.client;
    let stored = client.upload(Box::new(source), size.len(), &mut |sent| {
        progress.bytes(sent)
    })?;
    Ok(stored.upload)
}

fn show_plan(session: &Session, typed: &Create, plan: &Plan) -> Result<(), Failure> {
    let step = |(number, step): (usize, &firn_api::Problem)| {
        format!("{:>3}. {}\n", number + 1, step.told(session.language))
    };
    let head = say!("command-plan", name = &typed.name).in_language(session.language);
    session.show(typed.waiting.output, plan, || {
        let steps: String = plan.steps.iter().enumerate().map(step).collect();
        format!("{head}\n{steps}")
    })
}

/// Says that a guest is there although its task has failed: only its start has.
fn made(session: &mut Session, id: &str) {
    if let Ok(guest) = session.client.send(&ask::guest(id)) {
        let (name, word) = (&guest.name, word(&guest.name));
        session.note(&say!("command-made", name = name, word = word.as_ref()));
    }
}

/// Says how the guest can be reached, or started.
fn finish(session: &mut Session, typed: &Create, id: &str) -> Result<(), Failure> {
    let guest = session.client.send(&ask::guest(id))?;
    let (guest, last) = if typed.start {
        address::wait(session, guest, typed.login.user.as_deref())?
    } else {
        let last: Text = say!(
            "command-done-create",
            word = word(&guest.name).as_ref(),
            name = &guest.name
        );
        (guest, last)
    };
    if typed.waiting.output.json {
        return print_json(&guest);
    }
    session.say(&last)
}
