//! `firn guest create`.

use super::request::{boot, is_url, request, unreadable};
use super::{Session, address};
use crate::arguments::Create;
use crate::failure::{CONFLICT, Failure};
use crate::output::print_json;
use crate::output::progress::Progress;
use firn_api::{Image, Plan, Seed};
use firn_client::{Created, ask, folded};
use firn_words::{Text, say};
use std::fs::File;
use std::path::Path;

/// Makes a guest, or says how.
pub fn run(session: &mut Session, typed: Create) -> Result<(), Failure> {
    let mut create = request(&typed)?;
    free(session, &create.name)?;
    warn(session, &create);
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
            let task = session.follow(begun.task)?;
            finish(session, &typed, &task.guest)
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
    let image = create.image.is_some() || (create.boot.is_none() && !create.disks.is_empty());
    let way_in = |seed: &Seed| seed.password_hash.is_some() || !seed.ssh_keys.is_empty();
    if image && !create.seed.as_ref().is_some_and(way_in) {
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
    let mut send = |file: &Path| {
        let upload = upload(session, file)?;
        uploads.push(upload.clone());
        Ok::<_, Failure>(upload)
    };
    if let Some(image) = typed.from.image.as_deref().filter(|image| !is_url(image)) {
        create.image = Some(Image::Upload(send(Path::new(image))?));
    }
    if let Some(kernel) = &typed.from.kernel {
        let kernel = send(kernel)?;
        let ramdisk = typed.details.initrd.as_deref().map(send).transpose()?;
        create.boot = Some(boot(typed, kernel, ramdisk));
    }
    Ok(session.client.send(&ask::create(create))?)
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

/// Says how the guest can be reached, or started.
fn finish(session: &mut Session, typed: &Create, id: &str) -> Result<(), Failure> {
    let guest = session.client.send(&ask::guest(id))?;
    let (guest, last) = if typed.start {
        address::wait(session, guest, typed.login.user.as_deref())?
    } else {
        let last: Text = say!("command-done-create", name = &guest.name);
        (guest, last)
    };
    if typed.waiting.output.json {
        return print_json(&guest);
    }
    session.say(&last)
}
