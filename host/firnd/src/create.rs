//! From a request for a guest to what the plan needs: uploads are looked at, the seed is made, the template decides the rest.

use crate::daemon::{Daemon, Made, Request};
use crate::http::refusal::Refusal;
use crate::template;
use axum::http::StatusCode;
use firn_api::{Create, Image, NewDisk, NewNic, Problem, Set};
use firn_guests::{Autostart, Crash, Ground, HOST, Machine};
use firn_templates::{Kind, Template};
use firn_words::{Text, say};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes of the largest kernel or initrd: five times those of today's installers.
const LARGEST_BOOT_FILE: u64 = 512 << 20;

/// Begins making a guest.
///
/// # Errors
/// Everything that is wrong with the request.
pub fn guest(daemon: &Arc<Daemon>, by: &str, wanted: &Create) -> Result<Request, Refusal> {
    let mut problems = Vec::new();
    let mut made = Made::new(Arc::clone(daemon));
    let wanted = &with_mac(wanted);
    let catalog = template::catalog().map_err(|error| Refusal::failed(&error))?;
    let template = match &wanted.template {
        Some(id) => catalog.find(id),
        None => Ok(catalog.usual()),
    };
    let template = template.map_err(|text| problems.push(Problem::new(&text, Some("template"))));
    problems.extend(
        template
            .ok()
            .and_then(|template| too_little(wanted, template)),
    );
    let taken = image(daemon, wanted, &mut made, &mut problems);
    kernel(daemon, wanted, &mut made, &mut problems);
    seed(wanted, &mut made, &mut problems);
    let template = template.unwrap_or_else(|()| catalog.usual());
    made.judged = template.kind == Kind::Pvh && wanted.boot.is_none();
    let plain = plain(wanted, template, &made);
    let create = |ground: &Ground<'_>| {
        let cpus = cpus(wanted.cpus, plain.cpus, ground.host.cpus);
        ground.create(&firn_guests::Create { cpus, ..plain })
    };
    if problems.is_empty() {
        return daemon.request(by, wanted.dry_run, made, create);
    }
    // All that is wrong is said at once, also what only the plan finds.
    if let Err(refusal) = daemon.request(by, true, made, create) {
        problems.extend(refusal.problems());
    }
    let status = match (taken, problems.len()) {
        // The request is right, and the file is what cannot be taken.
        (false, 1) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Err(Refusal::all(status, problems))
}

/// A fixed address is for a NIC that is known beforehand.
fn with_mac(wanted: &Create) -> Create {
    let mut wanted = wanted.clone();
    if wanted
        .seed
        .as_ref()
        .is_some_and(|seed| seed.address.is_some())
    {
        let host = || {
            vec![NewNic {
                network: HOST.to_owned(),
                mac: None,
            }]
        };
        let nics = wanted.nics.get_or_insert_with(host);
        if let Some(nic) = nics.first_mut() {
            nic.mac.get_or_insert_with(firn_guests::random_mac);
        }
    }
    wanted
}

/// What is too little for any system, the plan says.
fn too_little(wanted: &Create, template: &Template) -> Option<Problem> {
    let memory = wanted.memory.filter(|memory| *memory < template.least)?;
    let text = say!(
        "firnd-least-memory",
        found = memory >> 20,
        template = &template.title,
        least = template.least >> 20
    );
    Some(Problem::new(&text, Some("memory")))
}

/// The request as the plan wants it.
fn plain(wanted: &Create, template: &Template, made: &Made) -> firn_guests::Create {
    let memory = wanted.memory.unwrap_or(template.memory);
    let cpus = wanted.cpus.unwrap_or(template.cpus);
    firn_guests::Create {
        name: firn_guests::tidy(&wanted.name),
        template: template.id.clone(),
        machine: machine(wanted, template),
        local_time: template.local_time(),
        cpus,
        cpus_max: None,
        memory,
        memory_max: None,
        disks: disks(wanted, template),
        image: image_size(wanted, made),
        cd: None,
        seed: made.seed.as_ref().map(|seed| seed.len() as u64),
        nics: nics(wanted),
        autostart: autostart(wanted.autostart),
        crash: Crash::default(),
        notes: wanted.notes.clone(),
        start: wanted.start,
    }
}

fn machine(wanted: &Create, template: &Template) -> Machine {
    match &wanted.boot {
        Some(boot) => Machine::Kernel {
            ramdisk: boot.ramdisk.is_some(),
            command_line: boot.command_line.clone(),
        },
        // What is on the image's disk may say otherwise, once it is there.
        None => match template.machine(wanted.image.is_some()) {
            firn_templates::Machine::Pvh => Machine::Pvh,
            firn_templates::Machine::Hvm { uefi, viridian } => Machine::Hvm { uefi, viridian },
        },
    }
}

/// One that is refused counts as small: only what is wrong besides is to be said.
fn image_size(wanted: &Create, made: &Made) -> Option<u64> {
    let found = made.image.as_ref().map(|(_, found)| found.size);
    found.or(wanted.image.is_some().then_some(1 << 20))
}

/// An image needs a disk also where none is named, and is as large as its disk where no size is named.
fn disks(wanted: &Create, template: &Template) -> Vec<firn_guests::NewDisk> {
    let usual = wanted.image.is_none().then_some(template.disk);
    let plain = |disk: &NewDisk| firn_guests::NewDisk {
        size: disk.size.or(usual),
        store: disk.store.clone(),
    };
    let mut disks: Vec<_> = wanted.disks.iter().map(plain).collect();
    if disks.is_empty() && wanted.image.is_some() {
        disks.push(firn_guests::NewDisk::default());
    }
    disks
}

fn nics(wanted: &Create) -> Vec<firn_guests::NewNic> {
    let plain = |nic: &NewNic| firn_guests::NewNic {
        network: nic.network.clone(),
        mac: nic.mac.clone(),
    };
    let one = || {
        vec![firn_guests::NewNic {
            network: HOST.to_owned(),
            mac: None,
        }]
    };
    wanted
        .nics
        .as_ref()
        .map_or_else(one, |nics| nics.iter().map(plain).collect())
}

fn autostart(wanted: firn_api::Autostart) -> Autostart {
    Autostart {
        enabled: wanted.enabled,
        order: wanted.order,
        delay: wanted.delay,
    }
}

/// Where nobody has asked for a number, the template's is no more than the host has.
fn cpus(wanted: Option<u32>, usual: u32, most: u32) -> u32 {
    wanted.unwrap_or(usual.min(most))
}

/// A change as the plan wants it.
pub fn set(wanted: &Set) -> firn_guests::Set {
    firn_guests::Set {
        name: wanted.name.as_deref().map(firn_guests::tidy),
        cpus: wanted.cpus,
        memory: wanted.memory,
        autostart: wanted.autostart.map(autostart),
        notes: wanted.notes.clone(),
        protected: wanted.protected,
        crash: None,
    }
}

/// Opens the image and looks at it; whether it can be taken, as far as it is there.
fn image(
    daemon: &Arc<Daemon>,
    wanted: &Create,
    made: &mut Made,
    problems: &mut Vec<Problem>,
) -> bool {
    let id = match &wanted.image {
        Some(Image::Upload(id)) => id,
        None => return true,
    };
    let path = match upload(daemon, id, made) {
        Ok(path) => path,
        Err(text) => {
            problems.push(Problem::new(&text, Some("image")));
            return true;
        }
    };
    let look = || {
        let failed = |text| firn_images::Error::Failed(text);
        let file = File::open(&path).map_err(|error| failed(error.to_string().into()))?;
        let facts = daemon.store.facts();
        let largest = facts.map_err(|error| failed(error.text()))?.size;
        let go_on = |_, _| ControlFlow::Continue(());
        let found = firn_images::inspect(&file, largest, &go_on)?;
        Ok((file, found))
    };
    let error: firn_images::Error = match look() {
        Ok(image) => {
            made.image = Some(image);
            return true;
        }
        Err(error) => error,
    };
    problems.push(Problem::new(&error.text(), Some("image")));
    let refused = matches!(error, firn_images::Error::Refused(_));
    if refused {
        // Nothing can be made of it. What the host could not do, it may be able to do later.
        made.use_up();
    }
    !refused
}

fn kernel(daemon: &Arc<Daemon>, wanted: &Create, made: &mut Made, problems: &mut Vec<Problem>) {
    let Some(boot) = &wanted.boot else { return };
    match boot_file(daemon, &boot.kernel, made) {
        Ok(path) => made.kernel = Some(path),
        Err(text) => problems.push(Problem::new(&text, Some("boot.kernel"))),
    }
    match boot.ramdisk.as_ref().map(|id| boot_file(daemon, id, made)) {
        Some(Ok(path)) => made.ramdisk = Some(path),
        Some(Err(text)) => problems.push(Problem::new(&text, Some("boot.ramdisk"))),
        None => {}
    }
}

/// A kernel or an initrd is copied beside the definition, where there is little room.
fn boot_file(daemon: &Arc<Daemon>, id: &str, made: &mut Made) -> Result<PathBuf, Text> {
    let path = upload(daemon, id, made)?;
    let size = path.metadata().map_or(0, |metadata| metadata.len());
    if size > LARGEST_BOOT_FILE {
        return Err(say!("firnd-boot-large", most = LARGEST_BOOT_FILE >> 20));
    }
    Ok(path)
}

fn upload(daemon: &Arc<Daemon>, id: &str, made: &mut Made) -> Result<PathBuf, Text> {
    let uploads = daemon
        .uploads()
        .map_err(|error| Text::from(format!("{error:#}")))?;
    let upload = uploads
        .get(id)
        .ok_or_else(|| say!("firnd-no-upload", id = id))?;
    made.uploads.push(id.to_owned());
    Ok(upload.path)
}

fn seed(wanted: &Create, made: &mut Made, problems: &mut Vec<Problem>) {
    let Some(seed) = &wanted.seed else { return };
    match crate::seed::make(&wanted.name, wanted.nics.as_deref(), seed) {
        Ok(bytes) => made.seed = Some(bytes),
        Err(found) => problems.extend(found),
    }
}

#[cfg(test)]
mod tests {
    use super::cpus;

    #[test]
    fn a_templates_cpus_are_no_more_than_the_host_has_and_what_was_asked_for_stays() {
        assert_eq!((cpus(None, 2, 1), cpus(None, 2, 64)), (1, 2));
        assert_eq!(cpus(Some(9), 2, 1), 9);
    }
}
