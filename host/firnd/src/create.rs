//! From a request for a guest to what the plan needs: uploads are looked at, the seed is made, the template decides the rest.

use crate::daemon::{Daemon, Made, Request};
use crate::http::refusal::Refusal;
use crate::template;
use axum::http::StatusCode;
use firn_api::{Create, Image, NewDisk, NewNic, Problem, Set};
use firn_guests::{Autostart, Crash, HOST, Machine};
use firn_words::{Text, say};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

/// Begins making a guest.
///
/// # Errors
/// Everything that is wrong with the request.
pub fn guest(daemon: &Arc<Daemon>, by: &str, wanted: &Create) -> Result<Request, Refusal> {
    let mut problems = Vec::new();
    let mut made = Made::new(Arc::clone(daemon));
    let wanted = &with_mac(wanted);
    let template = template::find(wanted.template.as_deref());
    let template = template.map_err(|text| problems.push(Problem::new(&text, Some("template"))));
    let taken = image(daemon, wanted, &mut made, &mut problems);
    kernel(daemon, wanted, &mut made, &mut problems);
    seed(wanted, &mut made, &mut problems);
    let template = template.unwrap_or_else(|()| template::usual());
    made.judged = template.pvh && wanted.boot.is_none();
    let plain = plain(wanted, template, &made);
    if problems.is_empty() {
        return daemon.request(by, wanted.dry_run, made, |ground| ground.create(&plain));
    }
    // All that is wrong is said at once, also what only the plan finds.
    if let Err(refusal) = daemon.request(by, true, made, |ground| ground.create(&plain)) {
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

/// The request as the plan wants it.
fn plain(wanted: &Create, template: &template::Template, made: &Made) -> firn_guests::Create {
    let memory = wanted.memory.unwrap_or(template.memory);
    let cpus = wanted.cpus.unwrap_or(template.cpus);
    firn_guests::Create {
        name: firn_guests::tidy(&wanted.name),
        template: template.id.to_owned(),
        machine: machine(wanted, template),
        local_time: false,
        cpus,
        cpus_max: None,
        memory,
        memory_max: None,
        disks: disks(wanted),
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

fn machine(wanted: &Create, template: &template::Template) -> Machine {
    match &wanted.boot {
        Some(boot) => Machine::Kernel {
            ramdisk: boot.ramdisk.is_some(),
            command_line: boot.command_line.clone(),
        },
        // What is on the image's disk may say otherwise, once it is there.
        None if template.pvh && wanted.image.is_some() => Machine::Pvh,
        None => Machine::Hvm {
            uefi: false,
            viridian: false,
        },
    }
}

/// One that is refused counts as small: only what is wrong besides is to be said.
fn image_size(wanted: &Create, made: &Made) -> Option<u64> {
    let found = made.image.as_ref().map(|(_, found)| found.size);
    found.or(wanted.image.is_some().then_some(1 << 20))
}

/// An image needs a disk also where none is named.
fn disks(wanted: &Create) -> Vec<firn_guests::NewDisk> {
    let plain = |disk: &NewDisk| firn_guests::NewDisk {
        size: disk.size,
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
        let file = File::open(&path).map_err(|error| Text::from(error.to_string()))?;
        let largest = daemon.store.facts().map_err(|error| error.text())?.size;
        let go_on = |_, _| ControlFlow::Continue(());
        let found = firn_images::inspect(&file, largest, &go_on).map_err(|error| error.text())?;
        Ok((file, found))
    };
    match look() {
        Ok(image) => made.image = Some(image),
        Err(text) => {
            let text: Text = text;
            problems.push(Problem::new(&text, Some("image")));
            // Nothing can be made of it.
            made.use_up();
            return false;
        }
    }
    true
}

fn kernel(daemon: &Arc<Daemon>, wanted: &Create, made: &mut Made, problems: &mut Vec<Problem>) {
    let Some(boot) = &wanted.boot else { return };
    match upload(daemon, &boot.kernel, made) {
        Ok(path) => made.kernel = Some(path),
        Err(text) => problems.push(Problem::new(&text, Some("boot.kernel"))),
    }
    match boot.ramdisk.as_ref().map(|id| upload(daemon, id, made)) {
        Some(Ok(path)) => made.ramdisk = Some(path),
        Some(Err(text)) => problems.push(Problem::new(&text, Some("boot.ramdisk"))),
        None => {}
    }
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
